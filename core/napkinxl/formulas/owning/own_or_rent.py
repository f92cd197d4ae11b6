"""Owned against rented: when buying pays."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity


@quantity("h", "Break-even of buying against renting, hours")
def own_break_even_hours(
    purchase_usd_per_gpu: Number,
    rent_usd_per_gpu_hour: Number,
    opex_usd_per_gpu_month: Number,
    hours_per_month: Number,
    availability_share: Number,
) -> Number:
    """Hours after which buying has cost less than renting; no answer where running costs as much as the rent.

    saved_usd_per_gpu_hour = rent_usd_per_gpu_hour * availability_share - opex_usd_per_gpu_month / hours_per_month
    own_break_even_hours = where(above(saved_usd_per_gpu_hour, 0), ratio(purchase_usd_per_gpu, saved_usd_per_gpu_hour),
        no answer)

    Notes
    -----
    No cost of capital and no resale; see the present values for both.

    Examples
    --------
    >>> round(own_break_even_hours(250_141.8, 98.32, 6.37 * 730, 730, 1))
    2720

    References
    ----------
    Lenovo Press LP2368; worked cases LV01 to LV04 and LO01 to LO03.
    """
    saved_usd_per_gpu_hour = rent_usd_per_gpu_hour * availability_share - opex_usd_per_gpu_month / hours_per_month
    return where(above(saved_usd_per_gpu_hour, 0), ratio(purchase_usd_per_gpu, saved_usd_per_gpu_hour), NO_ANSWER)


@quantity("months", "Break-even of buying against renting, months")
def own_break_even_months(own_break_even_hours: Number, hours_per_month: Number, lifetime_months: Number) -> Number:
    """The same in months; no answer where the GPU's life is over before.

    months = own_break_even_hours / hours_per_month
    own_break_even_months = where(above(months, lifetime_months), no answer, months)

    Notes
    -----
    No cost of capital and no resale; see the present values for both.

    Examples
    --------
    >>> round(own_break_even_months(4423, 730, 60), 1)
    6.1

    References
    ----------
    Lenovo Press LP2368; worked cases LV05 to LV08.
    """
    months = own_break_even_hours / hours_per_month
    return where(above(months, lifetime_months), NO_ANSWER, months)


@quantity("share", "Share of the hours rented otherwise, for owning to pay")
def own_break_even_utilization_share(owned_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """Share of all hours that a GPU must be rented for owning it to cost less.

    Notes
    -----
    Above 1 renting is cheaper even around the clock.

    Examples
    --------
    >>> round(own_break_even_utilization_share(662_900 / 43_800, 84.81) * 24, 1)
    4.3

    References
    ----------
    Owned cost an hour over the rent; worked case LV13, 4.3 hours a day.
    """
    return ratio(owned_usd_per_gpu_hour, rent_usd_per_gpu_hour)
