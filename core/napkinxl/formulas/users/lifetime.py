"""What a user brings while staying, against what winning one costs."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity


@quantity("months", "Customer lifetime", audience="finance")
def customer_lifetime_months(churn_share_per_month: Number) -> Number:
    """An average user stays this many months if churn is constant.

    Notes
    -----
    Constant churn: users who stayed long are as likely to leave as new ones.

    Examples
    --------
    >>> customer_lifetime_months(0.025)
    40.0

    References
    ----------
    Worked cases SA11 and SA12.
    """
    return ratio(1, churn_share_per_month)


@quantity("USD/user", "Lifetime value per user (LTV)", audience="board")
def lifetime_value_usd_per_user(contribution_usd_per_user_month: Number, churn_share_per_month: Number) -> Number:
    """A user brings this much contribution over the customer lifetime, not discounted.

    Examples
    --------
    >>> round(lifetime_value_usd_per_user(120 * 0.8, 0.04))
    2400

    References
    ----------
    LTV = revenue x margin / churn; worked cases SA04, SA07 and SA10.
    """
    return ratio(contribution_usd_per_user_month, churn_share_per_month)


@quantity("x", "Lifetime value over acquisition (LTV/CAC)", audience="board")
def lifetime_value_over_acquisition_ratio(
    lifetime_value_usd_per_user: Number,
    acquisition_usd_per_user: Number,
) -> Number:
    """A user earns back the acquisition cost this many times.

    Examples
    --------
    >>> lifetime_value_over_acquisition_ratio(15_000, 6000)
    2.5

    References
    ----------
    Worked cases SA02, SA05 and SA08.
    """
    return ratio(lifetime_value_usd_per_user, acquisition_usd_per_user)


@quantity("months", "Payback of acquisition cost (CAC payback)", audience="board")
def acquisition_payback_months(acquisition_usd_per_user: Number, contribution_usd_per_user_month: Number) -> Number:
    """This many months of contribution repay the cost of winning a user.

    Examples
    --------
    >>> acquisition_payback_months(1200, 120 * 0.8)
    12.5

    References
    ----------
    Worked cases SA03, SA06 and SA09.
    """
    return where(
        above(contribution_usd_per_user_month, 0),
        ratio(acquisition_usd_per_user, contribution_usd_per_user_month),
        NO_ANSWER,
    )
