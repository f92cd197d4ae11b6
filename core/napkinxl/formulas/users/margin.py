"""What a price leaves, and how many users cover a GPU."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("share", "Seat margin, rented GPU")
def rent_seat_margin_share(price_usd_per_user_month: Number, rent_usd_per_seat_month: Number) -> Number:
    """A seat in use day and night leaves this share of the price after rent; it is not the product's gross margin.

    Examples
    --------
    >>> round(rent_seat_margin_share(20, 4.32), 3)
    0.784

    References
    ----------
    Gross margin is profit over revenue, not over cost.
    """
    return ratio(price_usd_per_user_month - rent_usd_per_seat_month, price_usd_per_user_month)


@quantity("share", "Seat margin, owned GPU")
def owned_seat_margin_share(price_usd_per_user_month: Number, owned_usd_per_seat_month: Number) -> Number:
    """A seat in use day and night leaves this share of its price; it is not the product's gross margin.

    Examples
    --------
    >>> owned_seat_margin_share(20, 5)
    0.75

    References
    ----------
    Gross margin is profit over revenue, not over cost.
    """
    return ratio(price_usd_per_user_month - owned_usd_per_seat_month, price_usd_per_user_month)


@quantity("users", "Paying users that cover a rented GPU")
def rent_break_even_users_per_gpu(rent_usd_per_gpu_month: Number, price_usd_per_user_month: Number) -> Number:
    """This many paying users per GPU bring in its monthly rent.

    Examples
    --------
    >>> rent_break_even_users_per_gpu(2160, 20)
    108.0

    References
    ----------
    Break-even: fixed cost over contribution per user.
    """
    return ratio(rent_usd_per_gpu_month, price_usd_per_user_month)


@quantity("users", "Paying users that cover an owned GPU")
def owned_break_even_users_per_gpu(owned_usd_per_gpu_month: Number, price_usd_per_user_month: Number) -> Number:
    """This many paying users per GPU bring in the full monthly cost of an owned one.

    Examples
    --------
    >>> owned_break_even_users_per_gpu(1200, 20)
    60.0

    References
    ----------
    Break-even: fixed cost over contribution per user.
    """
    return ratio(owned_usd_per_gpu_month, price_usd_per_user_month)
