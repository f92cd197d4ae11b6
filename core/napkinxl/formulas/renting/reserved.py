"""Reserved GPUs: cheaper by the hour, paid for every hour."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import HOURS_PER_DAY


@quantity("USD/h", "Rent less the discount of a reservation")
def discounted_reserved_usd_per_gpu_hour(rent_usd_per_gpu_hour: Number, reserved_discount_share: Number) -> Number:
    """What a reserved GPU costs an hour where no price of its own is known.

    Examples
    --------
    >>> round(discounted_reserved_usd_per_gpu_hour(98.32, 1 - 62.92 / 98.32), 2)
    62.92

    References
    ----------
    Lenovo Press LP2368: 98.32 on demand, 62.92 reserved for a year, for 8 GPUs.
    """
    return rent_usd_per_gpu_hour * (1 - reserved_discount_share)


@quantity("USD/month", "Reserved GPU per month")
def reserved_usd_per_gpu_month(reserved_usd_per_gpu_hour: Number, hours_per_month: Number) -> Number:
    """Rent of a reserved GPU, every hour of the month.

    Examples
    --------
    >>> round(reserved_usd_per_gpu_month(62.92, 730), 1)
    45931.6

    References
    ----------
    Lenovo Press LP2368: 62.92 USD an hour, months of 730 hours.
    """
    return reserved_usd_per_gpu_hour * hours_per_month


@quantity("USD", "What a reservation commits to, per GPU")
def reservation_usd_per_gpu(reserved_usd_per_gpu_month: Number, committed_months: Number) -> Number:
    """Rent that is owed for a reservation whether the GPU is needed or not.

    Examples
    --------
    >>> reservation_usd_per_gpu(2160, 12)
    25920

    References
    ----------
    Committed months times the monthly rent.
    """
    return reserved_usd_per_gpu_month * committed_months


@quantity("h", "Break-even of a reservation, hours a day")
def reserved_break_even_hours_per_day(reserved_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """Hours a day that a GPU must be needed for a reservation to cost less than renting by the hour.

    hours = 24 * ratio(reserved_usd_per_gpu_hour, rent_usd_per_gpu_hour)
    reserved_break_even_hours_per_day = where(above(hours, 24), no answer, hours)

    Notes
    -----
    No answer where a day has not as many hours: the reservation is dearer than renting around the clock.

    Examples
    --------
    >>> round(reserved_break_even_hours_per_day(62.92, 98.32), 1)
    15.4

    References
    ----------
    Break-even: the reserved price over the price on demand.
    """
    hours = HOURS_PER_DAY * ratio(reserved_usd_per_gpu_hour, rent_usd_per_gpu_hour)
    return where(above(hours, HOURS_PER_DAY), NO_ANSWER, hours)


@quantity("share", "Demand to reserve: its quantile")
def reserve_demand_quantile_share(reserved_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """Reserve as many GPUs as are enough in this share of the hours, and rent the others by the hour.

    Notes
    -----
    Where a reservation is dearer than renting by the hour it is below zero: reserve none.

    Examples
    --------
    >>> round(reserve_demand_quantile_share(1, 3), 3)
    0.667

    References
    ----------
    Newsvendor critical ratio: what one GPU too few costs over that and what one too many costs; worked case NW01,
    0.667.
    """
    return ratio(rent_usd_per_gpu_hour - reserved_usd_per_gpu_hour, rent_usd_per_gpu_hour)
