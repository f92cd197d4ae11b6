"""The users of a plan together: revenue, cost and contribution a month."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Monthly revenue of the plan", audience="board")
def revenue_usd_per_month(users: Number, price_usd_per_user_month: Number) -> Number:
    """All users of the plan together pay this much a month.

    Examples
    --------
    >>> revenue_usd_per_month(100_000, 5)
    500000

    References
    ----------
    Worked case BE02: 500,000 USD at 5 USD each.
    """
    return users * price_usd_per_user_month


@quantity("million tokens/month", "Monthly tokens of the plan", audience="finance")
def million_tokens_per_month(users: Number, million_tokens_per_user_month: Number) -> Number:
    """All users of the plan together use this many million input and output tokens a month.

    Examples
    --------
    >>> million_tokens_per_month(100_000, 0.5)
    50000.0

    References
    ----------
    Users times the tokens of each.
    """
    return users * million_tokens_per_user_month


@quantity("USD/month", "Monthly serving cost of the plan", audience="finance")
def serving_usd_per_month(users: Number, serving_usd_per_user_month: Number) -> Number:
    """Serving all users of the plan costs this much a month, before the idle capacity of whole servers.

    Examples
    --------
    >>> serving_usd_per_month(100_000, 0.25)
    25000.0

    References
    ----------
    Users times the cost of each.
    """
    return users * serving_usd_per_user_month


@quantity("USD/month", "Monthly cost of revenue of the plan", audience="board")
def cost_of_revenue_usd_per_month(users: Number, cost_of_revenue_usd_per_user_month: Number) -> Number:
    """Serving, payment fees and support cost this much a month for all users of the plan.

    Examples
    --------
    >>> cost_of_revenue_usd_per_month(100_000, 3)
    300000

    References
    ----------
    Worked case BE02: 3 USD each.
    """
    return users * cost_of_revenue_usd_per_user_month


@quantity("USD/month", "Monthly contribution of the plan", audience="board")
def contribution_usd_per_month(revenue_usd_per_month: Number, cost_of_revenue_usd_per_month: Number) -> Number:
    """The plan's revenue less its cost of revenue leaves this much a month for fixed cost and profit.

    Examples
    --------
    >>> contribution_usd_per_month(500_000, 300_000)
    200000

    References
    ----------
    Worked case BE02: break-even at fixed costs of 200,000.
    """
    return revenue_usd_per_month - cost_of_revenue_usd_per_month


@quantity("GPUs", "GPUs used by the plan, on average", audience="finance")
def gpus_for_users(users: Number, subscribers_per_gpu: Number) -> Number:
    """The plan takes up this many GPUs of a shared fleet, before rounding to whole servers.

    Examples
    --------
    >>> gpus_for_users(1000, 250)
    4.0

    References
    ----------
    Users over users per GPU; whole replicas are counted by the fleet.
    """
    return ratio(users, subscribers_per_gpu)


@quantity("USD/month", "Monthly profit of the plan before CAC", audience="board")
def profit_usd_per_month(contribution_usd_per_month: Number, fixed_usd_per_month: Number) -> Number:
    """Contribution less fixed operating cost leaves this profit a month, before the cost of winning users.

    Examples
    --------
    >>> profit_usd_per_month(200_000, 200_000)
    0

    References
    ----------
    Worked case BE02: nothing at break-even.
    """
    return contribution_usd_per_month - fixed_usd_per_month
