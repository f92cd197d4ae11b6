"""Owned against rented: when buying pays."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity


@quantity("h", "Payback of buying over renting, in hours", audience="finance")
def owned_break_even_hours(
    purchase_usd_per_gpu: Number,
    rent_usd_per_gpu_hour: Number,
    opex_usd_per_gpu_month: Number,
    hours_per_month: Number,
    availability_share: Number,
) -> Number:
    """Buying a GPU has cost less than renting one after this many hours.

    saved_usd_per_gpu_hour = rent_usd_per_gpu_hour * availability_share - opex_usd_per_gpu_month / hours_per_month
    owned_break_even_hours = where(above(saved_usd_per_gpu_hour, 0),
        ratio(purchase_usd_per_gpu, saved_usd_per_gpu_hour), no answer)

    Notes
    -----
    No cost of capital and no resale; see the present values for both.

    Examples
    --------
    >>> round(owned_break_even_hours(250_141.8, 98.32, 6.37 * 730, 730, 1))
    2720

    References
    ----------
    Lenovo Press LP2368; worked cases LV01 to LV04 and LO01 to LO03.
    """
    saved_usd_per_gpu_hour = rent_usd_per_gpu_hour * availability_share - opex_usd_per_gpu_month / hours_per_month
    return where(above(saved_usd_per_gpu_hour, 0), ratio(purchase_usd_per_gpu, saved_usd_per_gpu_hour), NO_ANSWER)


@quantity("months", "Payback of buying over renting, in months", audience="board")
def owned_break_even_months(
    owned_break_even_hours: Number, hours_per_month: Number, useful_life_months: Number
) -> Number:
    """After this many months buying a GPU has cost less than renting one; no answer if its useful life ends first.

    months = owned_break_even_hours / hours_per_month
    owned_break_even_months = where(above(months, useful_life_months), no answer, months)

    Notes
    -----
    No cost of capital and no resale; see the present values for both.

    Examples
    --------
    >>> round(owned_break_even_months(4423, 730, 60), 1)
    6.1

    References
    ----------
    Lenovo Press LP2368; worked cases LV05 to LV08.
    """
    months = owned_break_even_hours / hours_per_month
    return where(above(months, useful_life_months), NO_ANSWER, months)


@quantity("share", "Utilisation at which owning beats renting", audience="finance")
def owned_break_even_utilization_share(owned_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """Owning costs less if a GPU would otherwise be rented for more than this share of all hours.

    Notes
    -----
    Above 1 renting is cheaper even around the clock.

    Examples
    --------
    >>> round(owned_break_even_utilization_share(662_900 / 43_800, 84.81) * 24, 1)
    4.3

    References
    ----------
    Owned cost an hour over the rent; worked case LV13, 4.3 hours a day.
    """
    return ratio(owned_usd_per_gpu_hour, rent_usd_per_gpu_hour)
