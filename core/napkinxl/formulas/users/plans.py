"""The users of a plan together: revenue, cost and contribution a month."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Revenue of the plan")
def revenue_usd_per_month(users: Number, price_usd_per_user_month: Number) -> Number:
    """What the users of the plan pay a month.

    Examples
    --------
    >>> revenue_usd_per_month(100_000, 5)
    500000

    References
    ----------
    Worked case BE02: 500,000 USD at 5 USD each.
    """
    return users * price_usd_per_user_month


@quantity("million tokens/month", "Tokens of the plan")
def million_tokens_per_month(users: Number, million_tokens_per_user_month: Number) -> Number:
    """Input and output tokens of the users of the plan.

    Examples
    --------
    >>> million_tokens_per_month(100_000, 0.5)
    50000.0

    References
    ----------
    Users times the tokens of each.
    """
    return users * million_tokens_per_user_month


@quantity("USD/month", "Serving all users of the plan")
def serving_usd_per_month(users: Number, serving_usd_per_user_month: Number) -> Number:
    """What answering the users of the plan costs a month, at the real utilisation.

    Examples
    --------
    >>> serving_usd_per_month(100_000, 0.25)
    25000.0

    References
    ----------
    Users times the cost of each.
    """
    return users * serving_usd_per_user_month


@quantity("USD/month", "Variable cost of the plan")
def variable_usd_per_month(users: Number, variable_usd_per_user_month: Number) -> Number:
    """What serving, payments and support of its users cost a month.

    Examples
    --------
    >>> variable_usd_per_month(100_000, 3)
    300000

    References
    ----------
    Worked case BE02: 3 USD each.
    """
    return users * variable_usd_per_user_month


@quantity("USD/month", "Contribution of the plan")
def contribution_usd_per_month(revenue_usd_per_month: Number, variable_usd_per_month: Number) -> Number:
    """What the plan leaves for fixed costs and for plans that pay less than they cost.

    Examples
    --------
    >>> contribution_usd_per_month(500_000, 300_000)
    200000

    References
    ----------
    Worked case BE02: break-even at fixed costs of 200,000.
    """
    return revenue_usd_per_month - variable_usd_per_month


@quantity("GPUs", "GPUs for the users of the plan, on average")
def gpus_for_users(users: Number, subscribers_per_gpu: Number) -> Number:
    """GPUs that the users of the plan take of a shared fleet.

    Examples
    --------
    >>> gpus_for_users(1000, 250)
    4.0

    References
    ----------
    Users over users per GPU; whole replicas are counted by the fleet.
    """
    return ratio(users, subscribers_per_gpu)


@quantity("USD/month", "Profit of the plan after fixed cost")
def profit_usd_per_month(contribution_usd_per_month: Number, fixed_usd_per_month: Number) -> Number:
    """Contribution less what does not grow with users.

    Examples
    --------
    >>> profit_usd_per_month(200_000, 200_000)
    0

    References
    ----------
    Worked case BE02: nothing at break-even.
    """
    return contribution_usd_per_month - fixed_usd_per_month
