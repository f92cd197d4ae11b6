"""What is left of the revenue."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import monthly


@monthly("USD", "Gross profit", audience="board", months="sum")
def gross_profit_usd(revenue_usd: Number, cost_of_revenue_usd: Number) -> Number:
    """Revenue less cost of revenue leaves this much in the month.

    Examples
    --------
    >>> gross_profit_usd(562_027, 87_072)
    474955

    References
    ----------
    Gross margin is profit over revenue; profit over cost is markup (worked cases DS03, DS04).
    """
    return revenue_usd - cost_of_revenue_usd


@monthly("share", "Gross margin, all plans", audience="board")
def month_gross_margin_share(gross_profit_usd: Number, revenue_usd: Number) -> Number:
    """Gross profit is this share of the month's revenue.

    Examples
    --------
    >>> round(month_gross_margin_share(562_027 - 87_072, 562_027), 3)
    0.845

    References
    ----------
    Gross margin is profit over revenue; profit over cost is markup (worked cases DS03, DS04).
    """
    return ratio(gross_profit_usd, revenue_usd)


@monthly("USD", "Operating profit", audience="board", months="sum")
def operating_profit_usd(gross_profit_usd: Number, acquisition_usd: Number, fixed_usd: Number) -> Number:
    """Gross profit less acquisition and fixed operating cost leaves this much in the month.

    Notes
    -----
    Before interest and tax.

    Examples
    --------
    >>> operating_profit_usd(1000, 300, 200)
    500

    References
    ----------
    Operating profit is gross profit less operating expenses.
    """
    return gross_profit_usd - acquisition_usd - fixed_usd
