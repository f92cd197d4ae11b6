"""What a rented GPU costs, per month and per user."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Rent per GPU, on demand, per month", audience="finance")
def rent_usd_per_gpu_month(rent_usd_per_gpu_hour: Number, hours_per_month: Number) -> Number:
    """A GPU rented around the clock without commitment costs this much a month.

    Examples
    --------
    >>> rent_usd_per_gpu_month(3, 720)
    2160

    References
    ----------
    Article, 3 USD/h for 720 h.
    """
    return rent_usd_per_gpu_hour * hours_per_month


@quantity("USD/h", "Rent per seat in use, per hour")
def rent_usd_per_seat_hour(rent_usd_per_gpu_hour: Number, users_per_gpu: Number) -> Number:
    """The hourly rent of a GPU is divided by the seats it serves at a time.

    Examples
    --------
    >>> rent_usd_per_seat_hour(3, 500)
    0.006

    References
    ----------
    Article, 0.006 USD; published figure rent_per_user_hour.
    """
    return ratio(rent_usd_per_gpu_hour, users_per_gpu)


@quantity("USD/month", "Rent per seat in use, per month")
def rent_usd_per_seat_month(rent_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """A seat in use day and night costs this much a month on a rented GPU, which is not what a subscriber costs.

    Examples
    --------
    >>> rent_usd_per_seat_month(2160, 500)
    4.32

    References
    ----------
    Article, 4.32 USD; published figure rent_per_user_month.
    """
    return ratio(rent_usd_per_gpu_month, users_per_gpu)
