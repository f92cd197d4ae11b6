"""Reserved GPUs: cheaper by the hour, paid for every hour."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import HOURS_PER_DAY


@quantity("USD/h", "Reserved rent derived from the discount", audience="finance", helper=True)
def discounted_reserved_usd_per_gpu_hour(rent_usd_per_gpu_hour: Number, reserved_discount_share: Number) -> Number:
    """The on-demand rent less the reservation discount is used where no reserved price is known.

    Examples
    --------
    >>> round(discounted_reserved_usd_per_gpu_hour(98.32, 1 - 62.92 / 98.32), 2)
    62.92

    References
    ----------
    Lenovo Press LP2368: 98.32 on demand, 62.92 reserved for a year, for 8 GPUs.
    """
    return rent_usd_per_gpu_hour * (1 - reserved_discount_share)


@quantity("USD/month", "Rent per GPU, reserved, per month", audience="finance")
def reserved_usd_per_gpu_month(reserved_usd_per_gpu_hour: Number, hours_per_month: Number) -> Number:
    """A reserved GPU costs this much rent a month, used or not.

    Examples
    --------
    >>> round(reserved_usd_per_gpu_month(62.92, 730), 1)
    45931.6

    References
    ----------
    Lenovo Press LP2368: 62.92 USD an hour, months of 730 hours.
    """
    return reserved_usd_per_gpu_hour * hours_per_month


@quantity("USD", "Reservation commitment per GPU", audience="finance")
def reservation_usd_per_gpu(reserved_usd_per_gpu_month: Number, committed_months: Number) -> Number:
    """This much rent is owed over the term, whether the GPU is needed or not.

    Examples
    --------
    >>> reservation_usd_per_gpu(2160, 12)
    25920

    References
    ----------
    Committed months times the monthly rent.
    """
    return reserved_usd_per_gpu_month * committed_months


@quantity("h", "Hours a day at which a reservation pays", audience="finance")
def reserved_break_even_hours_per_day(reserved_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """A reservation costs less than hourly rent if the GPU is needed for more hours a day than this.

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


@quantity("share", "Share of hours the reserved GPUs should cover", audience="finance")
def reserve_demand_quantile_share(reserved_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """Reserve as many GPUs as are enough in this share of the hours, and rent the rest by the hour.

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
