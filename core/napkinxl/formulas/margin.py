"""What a price leaves, and how many users cover a GPU."""

from __future__ import annotations

from napkinxl.ops import Number, ratio
from napkinxl.quantities import quantity


@quantity("share", "Gross margin, rented")
def rent_gross_margin_share(price_usd_per_user_month: Number, rent_usd_per_user_month: Number) -> Number:
    """Share of a user's price that rent leaves: profit over revenue.

    rent_gross_margin_share = ratio(price_usd_per_user_month - rent_usd_per_user_month, price_usd_per_user_month)

    Parameters
    ----------
    price_usd_per_user_month : float or array
        Price a user pays [USD/month].
    rent_usd_per_user_month : float or array
        Rented, per present user and month [USD/month].

    Returns
    -------
    float or array
        Gross margin, rented [share].

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

    owned_gross_margin_share = ratio(price_usd_per_user_month - owned_usd_per_user_month, price_usd_per_user_month)

    Parameters
    ----------
    price_usd_per_user_month : float or array
        Price a user pays [USD/month].
    owned_usd_per_user_month : float or array
        Owned, per present user and month [USD/month].

    Returns
    -------
    float or array
        Gross margin, owned [share].

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

    rent_break_even_users_per_gpu = ratio(rent_usd_per_gpu_month, price_usd_per_user_month)

    Parameters
    ----------
    rent_usd_per_gpu_month : float or array
        Rented GPU per month [USD/month].
    price_usd_per_user_month : float or array
        Price a user pays [USD/month].

    Returns
    -------
    float or array
        Users per GPU that cover the rent [users].

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

    owned_break_even_users_per_gpu = ratio(owned_usd_per_gpu_month, price_usd_per_user_month)

    Parameters
    ----------
    owned_usd_per_gpu_month : float or array
        Owned GPU per month [USD/month].
    price_usd_per_user_month : float or array
        Price a user pays [USD/month].

    Returns
    -------
    float or array
        Users per GPU that cover an owned GPU [users].

    Examples
    --------
    >>> owned_break_even_users_per_gpu(1200, 20)
    60.0

    References
    ----------
    Break-even: fixed cost over contribution per user.
    """
    return ratio(owned_usd_per_gpu_month, price_usd_per_user_month)
