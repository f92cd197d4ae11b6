"""What the plan comes to: funding, break-even, payback, present value."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, at_least, maximum, power, where
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, first_month, highest, last, lowest, present_value


@over_plan("USD", "Peak funding", audience="board")
def peak_funding_usd(cumulative_cash_usd_by_month: Numbers) -> Number:
    """Cumulative cash falls this far below zero before it recovers, so this much must be raised.

    Examples
    --------
    >>> peak_funding_usd([-100.0, -250.0, 40.0])
    250.0

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return maximum(0 - lowest(cumulative_cash_usd_by_month), 0)


@over_plan("month no.", "First month without a loss", audience="board")
def first_profit_month(month_if_loss_by_month: Numbers) -> Number:
    """Operating profit is not negative in this month for the first time.

    Notes
    -----
    A later month may make a loss again: see break_even_month.

    Examples
    --------
    >>> first_profit_month([1.0, 0.0, 3.0, 0.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return first_month(month_if_loss_by_month, 0)


@over_plan("month no.", "Break-even month", audience="board")
def break_even_month(month_if_loss_by_month: Numbers, month_by_month: Numbers) -> Number:
    """No month from this one on makes an operating loss; there is no answer if the last month does.

    loss = highest(month_if_loss_by_month)
    break_even_month = where(at_least(loss, last(month_by_month)), NO_ANSWER, loss + 1)

    Notes
    -----
    From this month to the end of the plan; no answer where the last month is not one of them.

    Examples
    --------
    >>> break_even_month([1.0, 0.0, 3.0, 0.0], [1.0, 2.0, 3.0, 4.0])
    4.0

    References
    ----------
    Break-even: profit is no longer negative (worked cases BE01 to BE04 have the units).
    """
    loss = highest(month_if_loss_by_month)
    return where(at_least(loss, last(month_by_month)), NO_ANSWER, loss + 1)


@over_plan("month no.", "Payback month", audience="board")
def payback_month(month_if_cash_below_zero_by_month: Numbers, month_by_month: Numbers) -> Number:
    """All cash spent is earned back from this month on; there is no answer if it is not by the end.

    funded = highest(month_if_cash_below_zero_by_month)
    payback_month = where(at_least(funded, last(month_by_month)), NO_ANSWER, funded + 1)

    Notes
    -----
    From this month to the end of the plan; no answer where the last month is not one of them. Whole
    months: no interpolation.

    Examples
    --------
    >>> payback_month([1.0, 2.0, 0.0], [1.0, 2.0, 3.0])
    3.0

    References
    ----------
    Payback: the first period whose cumulative cash is not negative (worked case BC06).
    """
    funded = highest(month_if_cash_below_zero_by_month)
    return where(at_least(funded, last(month_by_month)), NO_ANSWER, funded + 1)


@over_plan("USD", "Net present value of cash flows (NPV)", audience="finance")
def npv_usd(monthly_cost_of_capital_share: Number, cash_flow_usd_by_month: Numbers) -> Number:
    """All cash flows of the period are worth this much today, discounted at the cost of capital.

    Notes
    -----
    Flows at the end of each month, as Excel's NPV has them; the fleet that is left at the end counts as
    nothing, which is hard on owning: see npv_with_book_value_usd.

    Examples
    --------
    >>> round(npv_usd(0.08, [8000.0, 9200.0, 10_000.0, 12_000.0, 14_500.0]), 2)
    41922.06

    References
    ----------
    Excel's own example of NPV (worked case FN06).
    """
    return present_value(monthly_cost_of_capital_share, cash_flow_usd_by_month)


@over_plan("USD", "NPV with owned servers at book value", audience="board")
def npv_with_book_value_usd(
    npv_usd: Number,
    opening_book_value_usd: Number,
    closing_book_value_usd: Number,
    monthly_cost_of_capital_share: Number,
    month_by_month: Numbers,
) -> Number:
    """All cash flows are worth this much today if servers also come in at opening and leave at closing book value.

    growth = power(1 + monthly_cost_of_capital_share, last(month_by_month))
    npv_with_book_value_usd = npv_usd + closing_book_value_usd / growth - opening_book_value_usd

    Notes
    -----
    Own and rent can be compared by it. Servers ordered and not yet in use count at their price.

    Examples
    --------
    >>> round(npv_with_book_value_usd(1922.06, 0, -9000, 0.08, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), 2)
    -3749.47

    References
    ----------
    Residual value as a last flow; Excel's own example of NPV adds a sixth one of -9,000 (worked case FN06 has five).
    """
    growth = power(1 + monthly_cost_of_capital_share, last(month_by_month))
    return npv_usd + closing_book_value_usd / growth - opening_book_value_usd
