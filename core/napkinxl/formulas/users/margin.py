"""What a price leaves, and how many users cover a GPU."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("share", "Gross margin, rented")
def rent_gross_margin_share(price_usd_per_user_month: Number, rent_usd_per_user_month: Number) -> Number:
    """Share of a user's price that rent leaves: profit over revenue.

    Examples
    --------
    >>> round(rent_gross_margin_share(20, 4.32), 3)
    0.784

    References
    ----------
    Gross margin is profit over revenue, not over cost.
    """
    return ratio(price_usd_per_user_month - rent_usd_per_user_month, price_usd_per_user_month)


@quantity("share", "Gross margin, owned")
def owned_gross_margin_share(price_usd_per_user_month: Number, owned_usd_per_user_month: Number) -> Number:
    """Share of a user's price that the owned GPU leaves: profit over revenue.

    Examples
    --------
    >>> owned_gross_margin_share(20, 5)
    0.75

    References
    ----------
    Gross margin is profit over revenue, not over cost.
    """
    return ratio(price_usd_per_user_month - owned_usd_per_user_month, price_usd_per_user_month)


@quantity("users", "Users per GPU that cover the rent")
def rent_break_even_users_per_gpu(rent_usd_per_gpu_month: Number, price_usd_per_user_month: Number) -> Number:
    """Paying users per GPU at which the price covers the rent.

    Examples
    --------
    >>> rent_break_even_users_per_gpu(2160, 20)
    108.0

    References
    ----------
    Break-even: fixed cost over contribution per user.
    """
    return ratio(rent_usd_per_gpu_month, price_usd_per_user_month)


@quantity("users", "Users per GPU that cover an owned GPU")
def owned_break_even_users_per_gpu(owned_usd_per_gpu_month: Number, price_usd_per_user_month: Number) -> Number:
    """Paying users per GPU at which the price covers the owned GPU.

    Examples
    --------
    >>> owned_break_even_users_per_gpu(1200, 20)
    60.0

    References
    ----------
    Break-even: fixed cost over contribution per user.
    """
    return ratio(owned_usd_per_gpu_month, price_usd_per_user_month)
