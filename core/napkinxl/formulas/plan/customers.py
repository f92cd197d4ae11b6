"""The people who pay, month by month: who joins, who leaves, who stays."""

from __future__ import annotations

from napkinxl.engine.ops import Number, floor, maximum, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, is_given, month_value, total
from napkinxl.engine.units import MONTHS_PER_YEAR


@monthly("month no.", "Month number", audience="finance", helper=True)
def month(previous_month: Number) -> Number:
    """Months are numbered from 1, the first month of the period.

    Examples
    --------
    >>> month(11)
    12

    References
    ----------
    Own bookkeeping of the plan.
    """
    return previous_month + 1


@monthly("x", "Seasonal factor of the month", audience="finance")
def season_ratio(month: Number, first_calendar_month: Number, season_ratios: Numbers) -> Number:
    """Traffic in the month is this many times that of an average month.

    place = first_calendar_month + month - 2
    season_ratio = month_value(season_ratios, place - 12 * floor(place / 12) + 1)

    Notes
    -----
    The 12 factors have mean 1, so that a year has the traffic of its users.

    Examples
    --------
    >>> season_ratio(14, 1, [1.0, 1.1, *[0.99] * 10])
    1.1

    References
    ----------
    Seasonal index of classical decomposition: factors of a year average to 1.
    """
    place = first_calendar_month + month - 2
    return month_value(season_ratios, place - MONTHS_PER_YEAR * floor(place / MONTHS_PER_YEAR) + 1)


@monthly("users", "Churned users by plan", entity="tier", audience="finance", months="sum")
def tier_churned_users(previous_tier_users: Number, churn_share_per_month: Number, given_tier_users: Number) -> Number:
    """This many users of the plan leave in the month.

    natural = previous_tier_users * churn_share_per_month
    fallen = previous_tier_users - given_tier_users
    tier_churned_users = where(is_given(given_tier_users), maximum(natural, fallen), natural)

    Notes
    -----
    Where users are given and fall faster than by churn, the difference leaves too.

    Examples
    --------
    >>> round(tier_churned_users(100, 0.03, float("nan")), 2)
    3.0

    References
    ----------
    Worked case SA13: a cohort n(m) = n(0) (1 - churn)^m; active users U(m+1) = U(m) (1 - churn) + new.
    """
    natural = previous_tier_users * churn_share_per_month
    fallen = previous_tier_users - given_tier_users
    return where(is_given(given_tier_users), maximum(natural, fallen), natural)


@monthly("users", "New users by plan", entity="tier", audience="finance", months="sum")
def tier_new_users(
    previous_tier_users: Number,
    tier_churned_users: Number,
    growth_share_per_month: Number,
    given_tier_users: Number,
    given_tier_new_users: Number,
) -> Number:
    """This many users join the plan in the month.

    kept = previous_tier_users - tier_churned_users
    joined = where(is_given(given_tier_new_users), given_tier_new_users, previous_tier_users * growth_share_per_month)
    tier_new_users = where(is_given(given_tier_users), given_tier_users - kept, joined)

    Notes
    -----
    Given users come first, then given new users, then growth.

    Examples
    --------
    >>> none = float("nan")
    >>> tier_new_users(100, 3, 0.5, none, none), tier_new_users(100, 3, 0.5, 120.0, none)
    (50.0, 23.0)

    References
    ----------
    Worked case SA13: a cohort n(m) = n(0) (1 - churn)^m; active users U(m+1) = U(m) (1 - churn) + new.
    """
    kept = previous_tier_users - tier_churned_users
    grown = previous_tier_users * growth_share_per_month
    joined = where(is_given(given_tier_new_users), given_tier_new_users, grown)
    return where(is_given(given_tier_users), given_tier_users - kept, joined)


@monthly("users", "Users by plan", opening="users", entity="tier", audience="board", months="last")
def tier_users(previous_tier_users: Number, tier_new_users: Number, tier_churned_users: Number) -> Number:
    """The plan has this many users in the month, after those who join and leave.

    Notes
    -----
    Those who join pay and use from this month on; those who leave do so no more.

    Examples
    --------
    >>> round(tier_users(100 * 0.97**11, 0, 100 * 0.97**11 * 0.03), 2)
    69.38

    References
    ----------
    Worked case SA13: a cohort n(m) = n(0) (1 - churn)^m; active users U(m+1) = U(m) (1 - churn) + new.
    """
    return previous_tier_users + tier_new_users - tier_churned_users


@monthly("users", "New users, all plans", audience="board", months="sum")
def new_users(every_tier_new_users: Numbers) -> Number:
    """This many users join the product in the month.

    Examples
    --------
    >>> new_users([50.0, 3.0])
    53.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_new_users)


@monthly("users", "Churned users, all plans", audience="board", months="sum")
def churned_users(every_tier_churned_users: Numbers) -> Number:
    """This many users leave the product in the month.

    Examples
    --------
    >>> churned_users([3.0, 1.0])
    4.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_churned_users)


@monthly("users", "Users, all plans", opening="opening_total_users", audience="board", months="last")
def total_users(every_tier_users: Numbers) -> Number:
    """The product has this many users in the month, after those who join and leave.

    Examples
    --------
    >>> total_users([147.0, 20.0])
    167.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_users)
