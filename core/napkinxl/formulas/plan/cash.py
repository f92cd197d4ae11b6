"""When money moves: resale, cash, and the months in which some is missing."""

from __future__ import annotations

from napkinxl.engine.ops import Number, at_least, where
from napkinxl.engine.registry import monthly

HALF_A_CENT = 0.005  # USD


@monthly("USD", "Resale proceeds", audience="finance", months="sum")
def resale_usd(retired_at_cost_usd: Number, resale_share: Number) -> Number:
    """The servers retired in the month are sold for this much.

    Examples
    --------
    >>> resale_usd(640_000, 0.125)
    80000.0

    References
    ----------
    Residual value at the end of life.
    """
    return retired_at_cost_usd * resale_share


@monthly("USD", "Cash flow", audience="board", months="sum")
def cash_flow_usd(
    operating_profit_usd: Number, depreciation_usd: Number, purchases_usd: Number, resale_usd: Number
) -> Number:
    """Operating profit before depreciation, less server purchases, plus resale proceeds, is the month's cash flow.

    Notes
    -----
    Everything but purchases is paid in its month; no interest, no tax.

    Examples
    --------
    >>> cash_flow_usd(500, 100, 640, 80)
    40

    References
    ----------
    Cash flow by the indirect method: profit, plus depreciation, less investment.
    """
    return operating_profit_usd + depreciation_usd - purchases_usd + resale_usd


@monthly("USD", "Cumulative cash", audience="board", months="last")
def cumulative_cash_usd(previous_cumulative_cash_usd: Number, cash_flow_usd: Number) -> Number:
    """Cash flow since the start of the period adds up to this much; below zero, it must be funded.

    Examples
    --------
    >>> cumulative_cash_usd(-600, 40)
    -560

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return previous_cumulative_cash_usd + cash_flow_usd


@monthly("month no.", "Month number if it makes a loss, else 0", helper=True)
def month_if_loss(month: Number, operating_profit_usd: Number) -> Number:
    """The number of the month stands here if operating profit is negative, and 0 if it is not.

    Notes
    -----
    Less than half a cent is rounding.

    Examples
    --------
    >>> month_if_loss(7, -20.0), month_if_loss(8, 3.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(at_least(operating_profit_usd, -HALF_A_CENT), 0, month)


@monthly("month no.", "Month number if cash is below zero, else 0", helper=True)
def month_if_cash_below_zero(month: Number, cumulative_cash_usd: Number) -> Number:
    """The number of the month stands here if cumulative cash is negative, and 0 if it is not.

    Notes
    -----
    Less than half a cent is rounding.

    Examples
    --------
    >>> month_if_cash_below_zero(7, -20.0), month_if_cash_below_zero(8, 3.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(at_least(cumulative_cash_usd, -HALF_A_CENT), 0, month)
