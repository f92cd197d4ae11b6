"""What an owned GPU costs, per month and per user."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/user", "Purchase price per user served")
def capex_usd_per_user(gpu_price_usd: Number, users_per_gpu: Number) -> Number:
    """Purchase price of a GPU over the users it serves.

    Examples
    --------
    >>> round(capex_usd_per_user(40_000, 6), 2)
    6666.67

    References
    ----------
    Article, 6k USD for 6 users at full duty; published figure capex_per_user_6.
    """
    return ratio(gpu_price_usd, users_per_gpu)


@quantity("USD/month", "Purchase price per GPU and month")
def capex_usd_per_gpu_month(gpu_price_usd: Number, lifetime_months: Number) -> Number:
    """Purchase price of a GPU spread evenly over its life.

    Notes
    -----
    Straight line, no residual value and no cost of capital; the GPU alone, without what is given under Own.

    Examples
    --------
    >>> round(capex_usd_per_gpu_month(30_000, 36), 2)
    833.33

    References
    ----------
    Summary, 30,000 USD over three years; published figure capex_per_month.
    """
    return gpu_price_usd / lifetime_months


@quantity("USD/month", "Purchase price per user and month")
def capex_usd_per_user_month(capex_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """Purchase price per user served and month of life.

    Examples
    --------
    >>> round(capex_usd_per_user_month(30_000 / 36, 300), 2)
    2.78

    References
    ----------
    Published figure capex_user_month_300 (the summary prints a per-day figure).
    """
    return ratio(capex_usd_per_gpu_month, users_per_gpu)


@quantity("USD/month", "Owned, per present user and month")
def owned_usd_per_user_month(owned_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """What a user costs per month on an owned GPU.

    Examples
    --------
    >>> owned_usd_per_user_month(1200, 300)
    4.0

    References
    ----------
    Method: cost of the GPU over the users it serves.
    """
    return ratio(owned_usd_per_gpu_month, users_per_gpu)
