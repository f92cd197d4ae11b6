"""The money over the plan."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ratio, where
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, last, total


@over_plan("USD", "Revenue, whole period", audience="board")
def total_revenue_usd(revenue_usd_by_month: Numbers) -> Number:
    """Users pay this much over the whole period.

    Examples
    --------
    >>> total_revenue_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(revenue_usd_by_month)


@over_plan("USD", "Cost of revenue (COGS), whole period", audience="board")
def total_cost_of_revenue_usd(cost_of_revenue_usd_by_month: Numbers) -> Number:
    """The fleet, payment fees and support cost this much over the whole period.

    Examples
    --------
    >>> total_cost_of_revenue_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(cost_of_revenue_usd_by_month)


@over_plan("USD", "Operating profit, whole period", audience="board")
def total_operating_profit_usd(operating_profit_usd_by_month: Numbers) -> Number:
    """Gross profit less acquisition and fixed operating cost leaves this much over the whole period.

    Examples
    --------
    >>> total_operating_profit_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(operating_profit_usd_by_month)


@over_plan("USD", "Server purchases (capex), whole period", audience="board")
def total_purchases_usd(purchases_usd_by_month: Numbers) -> Number:
    """The servers ordered over the whole period cost this much.

    Examples
    --------
    >>> total_purchases_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(purchases_usd_by_month)


@over_plan("USD", "Cumulative cash in the last month", audience="board")
def closing_cash_usd(cumulative_cash_usd_by_month: Numbers) -> Number:
    """The product has earned this much cash, or used it if below zero, by the end of the period.

    Examples
    --------
    >>> closing_cash_usd([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(cumulative_cash_usd_by_month)


@over_plan("USD", "Opening servers, at cost", audience="finance", helper=True)
def opening_owned_at_cost_usd(opening_servers: Number, gpus_per_server: Number, purchase_usd_per_gpu: Number) -> Number:
    """The servers owned at the start are valued at the purchase price of month 1.

    fleet = opening_servers * gpus_per_server * purchase_usd_per_gpu
    opening_owned_at_cost_usd = where(above(opening_servers, 0), fleet, 0)

    Notes
    -----
    They are valued as if bought at the price of month 1.

    Examples
    --------
    >>> opening_owned_at_cost_usd(1, 8, 40_000)
    320000

    References
    ----------
    Own bookkeeping of the plan.
    """
    fleet = opening_servers * gpus_per_server * purchase_usd_per_gpu
    return where(above(opening_servers, 0), fleet, 0)


@over_plan("USD", "Book value of owned servers at the start", audience="finance")
def opening_book_value_usd(
    opening_owned_at_cost_usd: Number,
    opening_servers_months_left: Number,
    resale_share: Number,
    useful_life_months: Number,
) -> Number:
    """The servers owned at the start stand in the books at this value.

    left = resale_share + (1 - resale_share) * opening_servers_months_left / useful_life_months
    opening_book_value_usd = opening_owned_at_cost_usd * left

    Examples
    --------
    >>> opening_book_value_usd(320_000, 18, 0.25, 36)
    200000.0

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    left = resale_share + (1 - resale_share) * opening_servers_months_left / useful_life_months
    return opening_owned_at_cost_usd * left


@over_plan("USD", "Book value of owned servers at the end", audience="finance")
def closing_book_value_usd(book_value_usd_by_month: Numbers) -> Number:
    """The owned servers stand in the books at this value at the end of the period.

    Examples
    --------
    >>> closing_book_value_usd([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(book_value_usd_by_month)


@over_plan("share", "Gross margin, whole period", audience="board")
def plan_gross_margin_share(total_revenue_usd: Number, total_cost_of_revenue_usd: Number) -> Number:
    """Gross profit is this share of revenue over the whole period.

    Examples
    --------
    >>> round(plan_gross_margin_share(562_027, 87_072), 3)
    0.845

    References
    ----------
    Gross margin is profit over revenue; profit over cost is markup (worked cases DS03, DS04).
    """
    return ratio(total_revenue_usd - total_cost_of_revenue_usd, total_revenue_usd)
