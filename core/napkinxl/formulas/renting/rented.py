"""What a rented GPU costs, per month and per user."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Rented GPU per month")
def rent_usd_per_gpu_month(rent_usd_per_gpu_hour: Number, hours_per_month: Number) -> Number:
    """Rent of a GPU for every hour of a month, busy or idle.

    Examples
    --------
    >>> rent_usd_per_gpu_month(3, 720)
    2160

    References
    ----------
    Article, 3 USD/h for 720 h.
    """
    return rent_usd_per_gpu_hour * hours_per_month


@quantity("USD/h", "Rented, per user and hour")
def rent_usd_per_user_hour(rent_usd_per_gpu_hour: Number, users_per_gpu: Number) -> Number:
    """What a user costs per hour on a rented GPU.

    Examples
    --------
    >>> rent_usd_per_user_hour(3, 500)
    0.006

    References
    ----------
    Article, 0.006 USD; published figure rent_per_user_hour.
    """
    return ratio(rent_usd_per_gpu_hour, users_per_gpu)


@quantity("USD/month", "Rented, per present user and month")
def rent_usd_per_user_month(rent_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """What a user costs per month on a rented GPU.

    Examples
    --------
    >>> rent_usd_per_user_month(2160, 500)
    4.32

    References
    ----------
    Article, 4.32 USD; published figure rent_per_user_month.
    """
    return ratio(rent_usd_per_gpu_month, users_per_gpu)
