"""What a paying user leaves after everything that grows with users: the margin of a plan."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Payment fees per user", audience="finance")
def payment_fees_usd_per_user_month(
    payment_fee_share: Number,
    price_usd_per_user_month: Number,
    payment_fee_usd: Number,
) -> Number:
    """The payment provider keeps this much of a user's monthly payment.

    fee = payment_fee_share * price_usd_per_user_month + payment_fee_usd
    payment_fees_usd_per_user_month = where(above(price_usd_per_user_month, 0), fee, 0)

    Examples
    --------
    >>> round(payment_fees_usd_per_user_month(0.029, 20, 0.3), 2)
    0.88

    References
    ----------
    A share of the price and a fixed fee; who pays nothing causes none.
    """
    fee = payment_fee_share * price_usd_per_user_month + payment_fee_usd
    return where(above(price_usd_per_user_month, 0), fee, 0)


@quantity("USD/month", "Cost of revenue per user (COGS)", audience="board")
def cost_of_revenue_usd_per_user_month(
    serving_usd_per_user_month: Number,
    payment_fees_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
) -> Number:
    """Serving, payment fees and support cost this much per user a month.

    Examples
    --------
    >>> cost_of_revenue_usd_per_user_month(15, 2, 1)
    18

    References
    ----------
    Worked case BE04: variable cost 18.
    """
    return serving_usd_per_user_month + payment_fees_usd_per_user_month + support_usd_per_user_month


@quantity("USD/month", "Contribution per user", audience="board")
def contribution_usd_per_user_month(
    price_usd_per_user_month: Number, cost_of_revenue_usd_per_user_month: Number
) -> Number:
    """The price less the cost of revenue leaves this much a month for acquisition, fixed cost and profit.

    Examples
    --------
    >>> contribution_usd_per_user_month(30, 18)
    12

    References
    ----------
    Contribution margin; worked case BE04.
    """
    return price_usd_per_user_month - cost_of_revenue_usd_per_user_month


@quantity("share", "Gross margin of the plan", audience="board", headline=True)
def gross_margin_share(contribution_usd_per_user_month: Number, price_usd_per_user_month: Number) -> Number:
    """Contribution is this share of the price, after serving, payment fees and support.

    Examples
    --------
    >>> round(gross_margin_share(562_027 - 87_072, 562_027), 4)
    0.8451

    References
    ----------
    DeepSeek, profit over revenue; worked case DS04.
    """
    return ratio(contribution_usd_per_user_month, price_usd_per_user_month)


@quantity("share", "Mark-up on cost of revenue", audience="finance")
def markup_share(contribution_usd_per_user_month: Number, cost_of_revenue_usd_per_user_month: Number) -> Number:
    """Contribution is this share of the cost of revenue; gross margin divides it by the price instead.

    Examples
    --------
    >>> round(markup_share(562_027 - 87_072, 87_072), 2)
    5.45

    References
    ----------
    DeepSeek prints 545%: profit over cost; worked case DS03.
    """
    return ratio(contribution_usd_per_user_month, cost_of_revenue_usd_per_user_month)


@quantity("USD/month", "Break-even price per user", audience="board")
def break_even_price_usd_per_user_month(
    serving_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
    payment_fee_usd: Number,
    payment_fee_share: Number,
) -> Number:
    """At this monthly price a user just covers the cost of revenue.

    Examples
    --------
    >>> break_even_price_usd_per_user_month(9, 0, 0.5, 0.05)
    10.0

    References
    ----------
    Price less its own fee must cover the rest.
    """
    return ratio(serving_usd_per_user_month + support_usd_per_user_month + payment_fee_usd, 1 - payment_fee_share)


@quantity("USD/month", "Price for the target gross margin", audience="board")
def target_price_usd_per_user_month(
    serving_usd_per_user_month: Number,
    support_usd_per_user_month: Number,
    payment_fee_usd: Number,
    payment_fee_share: Number,
    target_gross_margin_share: Number,
) -> Number:
    """This monthly price leaves the target gross margin; there is no answer if fees take too much.

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


@quantity("users", "Paying users that cover fixed cost", audience="board")
def break_even_users(fixed_usd_per_month: Number, contribution_usd_per_user_month: Number) -> Number:
    """The contributions of this many paying users cover the fixed operating cost.

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
