"""When money moves: resale, cash, and the months in which some is missing."""

from __future__ import annotations

from napkinxl.engine.ops import Number, at_least, where
from napkinxl.engine.registry import monthly

HALF_A_CENT = 0.005  # USD


@monthly("USD", "Resale", months="sum")
def resale_usd(retired_at_cost_usd: Number, residual_share: Number) -> Number:
    """Resale value of the servers retired in the month.

    Examples
    --------
    >>> resale_usd(640_000, 0.125)
    80000.0

    References
    ----------
    Residual value at the end of life.
    """
    return retired_at_cost_usd * residual_share


@monthly("USD", "Cash flow", months="sum")
def cash_usd(
    operating_profit_usd: Number, depreciation_usd: Number, purchases_usd: Number, resale_usd: Number
) -> Number:
    """Cash flow of the month.

    Notes
    -----
    Everything but purchases is paid in its month; no interest, no tax.

    Examples
    --------
    >>> cash_usd(500, 100, 640, 80)
    40

    References
    ----------
    Cash flow by the indirect method: profit, plus depreciation, less investment.
    """
    return operating_profit_usd + depreciation_usd - purchases_usd + resale_usd


@monthly("USD", "Cumulative cash", months="last")
def cumulative_cash_usd(previous_cumulative_cash_usd: Number, cash_usd: Number) -> Number:
    """Cash since the start of the plan.

    Examples
    --------
    >>> cumulative_cash_usd(-600, 40)
    -560

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return previous_cumulative_cash_usd + cash_usd


@monthly("months", "Month with a loss")
def loss_month(month: Number, operating_profit_usd: Number) -> Number:
    """Number of the month where it makes a loss.

    Notes
    -----
    Less than half a cent is rounding.

    Examples
    --------
    >>> loss_month(7, -20.0), loss_month(8, 3.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(at_least(operating_profit_usd, -HALF_A_CENT), 0, month)


@monthly("months", "Month with cash still to earn back")
def funded_month(month: Number, cumulative_cash_usd: Number) -> Number:
    """Number of the month where cash spent is not yet earned back.

    Notes
    -----
    Less than half a cent is rounding.

    Examples
    --------
    >>> funded_month(7, -20.0), funded_month(8, 3.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(at_least(cumulative_cash_usd, -HALF_A_CENT), 0, month)
