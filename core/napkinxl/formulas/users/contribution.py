"""What a paying user leaves after everything that grows with users: the margin of a plan."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Payment fees, per user and month")
def payment_usd_per_user_month(
    payment_fee_share: Number,
    price_usd_per_user_month: Number,
    payment_fee_usd: Number,
) -> Number:
    """What a month's payment costs.

    fee = payment_fee_share * price_usd_per_user_month + payment_fee_usd
    payment_usd_per_user_month = where(above(price_usd_per_user_month, 0), fee, 0)

    Examples
    --------
    >>> round(payment_usd_per_user_month(0.029, 20, 0.3), 2)
    0.88

    References
    ----------
    A share of the price and a fixed fee; who pays nothing causes none.
    """
    fee = payment_fee_share * price_usd_per_user_month + payment_fee_usd
    return where(above(price_usd_per_user_month, 0), fee, 0)


@quantity("USD/month", "Cost that a user adds, per month")
def variable_usd_per_user_month(
    serving_usd_per_user_month: Number,
    payment_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
) -> Number:
    """Serving, payment fees and support of a user.

    Examples
    --------
    >>> variable_usd_per_user_month(15, 2, 1)
    18

    References
    ----------
    Worked case BE04: variable cost 18.
    """
    return serving_usd_per_user_month + payment_usd_per_user_month + support_usd_per_user_month


@quantity("USD/month", "Contribution of a user, per month")
def contribution_usd_per_user_month(price_usd_per_user_month: Number, variable_usd_per_user_month: Number) -> Number:
    """What a user's price leaves for fixed costs and profit.

    Examples
    --------
    >>> contribution_usd_per_user_month(30, 18)
    12

    References
    ----------
    Contribution margin; worked case BE04.
    """
    return price_usd_per_user_month - variable_usd_per_user_month


@quantity("share", "Gross margin after serving, fees and support")
def gross_margin_share(contribution_usd_per_user_month: Number, price_usd_per_user_month: Number) -> Number:
    """Profit over revenue: the share of the price that is left.

    Examples
    --------
    >>> round(gross_margin_share(562_027 - 87_072, 562_027), 4)
    0.8451

    References
    ----------
    DeepSeek, profit over revenue; worked case DS04.
    """
    return ratio(contribution_usd_per_user_month, price_usd_per_user_month)


@quantity("share", "Markup")
def markup_share(contribution_usd_per_user_month: Number, variable_usd_per_user_month: Number) -> Number:
    """Profit over cost: not the gross margin.

    Examples
    --------
    >>> round(markup_share(562_027 - 87_072, 87_072), 2)
    5.45

    References
    ----------
    DeepSeek prints 545%: profit over cost; worked case DS03.
    """
    return ratio(contribution_usd_per_user_month, variable_usd_per_user_month)


@quantity("USD/month", "Price that just covers a user")
def break_even_price_usd_per_user_month(
    serving_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
    payment_fee_usd: Number,
    payment_fee_share: Number,
) -> Number:
    """The price at which a user's contribution is nothing.

    Examples
    --------
    >>> break_even_price_usd_per_user_month(9, 0, 0.5, 0.05)
    10.0

    References
    ----------
    Price less its own fee must cover the rest.
    """
    return ratio(serving_usd_per_user_month + support_usd_per_user_month + payment_fee_usd, 1 - payment_fee_share)


@quantity("USD/month", "Price that reaches the margin")
def target_price_usd_per_user_month(
    serving_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
    payment_fee_usd: Number,
    payment_fee_share: Number,
    target_gross_margin_share: Number,
) -> Number:
    """The price that leaves the gross margin to reach; no answer where fees take too much.

    kept = 1 - payment_fee_share - target_gross_margin_share
    cost = serving_usd_per_user_month + support_usd_per_user_month + payment_fee_usd
    target_price_usd_per_user_month = where(above(kept, 0), ratio(cost, kept), no answer)

    Examples
    --------
    >>> target_price_usd_per_user_month(0.226, 0, 0, 0, 0.5)
    0.452

    References
    ----------
    Margin is profit over revenue: at 50% the price is twice the cost.
    """
    kept = 1 - payment_fee_share - target_gross_margin_share
    cost = serving_usd_per_user_month + support_usd_per_user_month + payment_fee_usd
    return where(above(kept, 0), ratio(cost, kept), NO_ANSWER)


@quantity("users", "Users that cover the fixed cost")
def break_even_users(fixed_usd_per_month: Number, contribution_usd_per_user_month: Number) -> Number:
    """Paying users at which contributions cover what does not grow with them; no answer where a user leaves nothing.

    Examples
    --------
    >>> break_even_users(500, 20 - 15)
    100.0

    References
    ----------
    Break-even units: fixed cost over contribution; worked cases BE01 to BE03.
    """
    return where(
        above(contribution_usd_per_user_month, 0),
        ratio(fixed_usd_per_month, contribution_usd_per_user_month),
        NO_ANSWER,
    )
