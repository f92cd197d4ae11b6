"""What an owned GPU costs, per month and per user."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/seat", "Capex per seat in use")
def capex_usd_per_seat(gpu_price_usd: Number, users_per_gpu: Number) -> Number:
    """A GPU's own purchase price is divided by the seats it serves at a time.

    Examples
    --------
    >>> round(capex_usd_per_seat(40_000, 6), 2)
    6666.67

    References
    ----------
    Article, 6k USD for 6 users at full duty; published figure capex_per_user_6.
    """
    return ratio(gpu_price_usd, users_per_gpu)


@quantity("USD/month", "Capex per GPU, spread over its life", audience="finance")
def capex_usd_per_gpu_month(gpu_price_usd: Number, useful_life_months: Number) -> Number:
    """A GPU's own purchase price is spread evenly over its useful life, without cost of capital.

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
    return gpu_price_usd / useful_life_months


@quantity("USD/month", "Capex per seat in use, per month")
def capex_usd_per_seat_month(capex_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """A GPU's own purchase price is spread over its useful life and the seats it serves at a time.

    Examples
    --------
    >>> round(capex_usd_per_seat_month(30_000 / 36, 300), 2)
    2.78

    References
    ----------
    Published figure capex_user_month_300 (the summary prints a per-day figure).
    """
    return ratio(capex_usd_per_gpu_month, users_per_gpu)


@quantity("USD/month", "Owned GPU cost per seat in use, per month")
def owned_usd_per_seat_month(owned_usd_per_gpu_month: Number, users_per_gpu: Number) -> Number:
    """A seat in use day and night costs this much a month on an owned GPU, which is not what a subscriber costs.

    Examples
    --------
    >>> owned_usd_per_seat_month(1200, 300)
    4.0

    References
    ----------
    Method: cost of the GPU over the users it serves.
    """
    return ratio(owned_usd_per_gpu_month, users_per_gpu)
