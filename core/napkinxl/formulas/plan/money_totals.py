"""The money over the plan."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ratio, where
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, last, total


@over_plan("USD", "Revenue over the plan")
def total_revenue_usd(revenue_usd_by_month: Numbers) -> Number:
    """Revenue over the plan.

    Examples
    --------
    >>> total_revenue_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(revenue_usd_by_month)


@over_plan("USD", "Cost of revenue over the plan")
def total_cost_of_revenue_usd(cost_of_revenue_usd_by_month: Numbers) -> Number:
    """Cost of revenue over the plan.

    Examples
    --------
    >>> total_cost_of_revenue_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(cost_of_revenue_usd_by_month)


@over_plan("USD", "Operating profit over the plan")
def total_operating_profit_usd(operating_profit_usd_by_month: Numbers) -> Number:
    """Operating profit over the plan.

    Examples
    --------
    >>> total_operating_profit_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(operating_profit_usd_by_month)


@over_plan("USD", "Purchases over the plan")
def total_purchases_usd(purchases_usd_by_month: Numbers) -> Number:
    """Purchases over the plan.

    Examples
    --------
    >>> total_purchases_usd([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(purchases_usd_by_month)


@over_plan("USD", "Cash earned at the end")
def closing_cash_usd(cumulative_cash_usd_by_month: Numbers) -> Number:
    """Cash since the start, at the end of the plan.

    Examples
    --------
    >>> closing_cash_usd([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(cumulative_cash_usd_by_month)


@over_plan("USD", "Fleet of the start, at cost")
def opening_fleet_at_cost_usd(opening_servers: Number, gpus_per_server: Number, purchase_usd_per_gpu: Number) -> Number:
    """Price of the servers owned at the start.

    fleet = opening_servers * gpus_per_server * purchase_usd_per_gpu
    opening_fleet_at_cost_usd = where(above(opening_servers, 0), fleet, 0)

    Notes
    -----
    They are valued as if bought at the price of month 1.

    Examples
    --------
    >>> opening_fleet_at_cost_usd(1, 8, 40_000)
    320000

    References
    ----------
    Own bookkeeping of the plan.
    """
    fleet = opening_servers * gpus_per_server * purchase_usd_per_gpu
    return where(above(opening_servers, 0), fleet, 0)


@over_plan("USD", "Value of the fleet at the start")
def opening_fleet_value_usd(
    opening_fleet_at_cost_usd: Number,
    opening_servers_months_left: Number,
    residual_share: Number,
    lifetime_months: Number,
) -> Number:
    """Book value of the servers owned at the start.

    left = residual_share + (1 - residual_share) * opening_servers_months_left / lifetime_months
    opening_fleet_value_usd = opening_fleet_at_cost_usd * left

    Examples
    --------
    >>> opening_fleet_value_usd(320_000, 18, 0.25, 36)
    200000.0

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    left = residual_share + (1 - residual_share) * opening_servers_months_left / lifetime_months
    return opening_fleet_at_cost_usd * left


@over_plan("USD", "Value of the owned fleet at the end")
def closing_fleet_value_usd(fleet_value_usd_by_month: Numbers) -> Number:
    """Book value of the owned fleet at the end of the plan.

    Examples
    --------
    >>> closing_fleet_value_usd([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(fleet_value_usd_by_month)


@over_plan("share", "Gross margin over the plan")
def plan_gross_margin_share(total_revenue_usd: Number, total_cost_of_revenue_usd: Number) -> Number:
    """Gross margin over the plan.

    Examples
    --------
    >>> round(plan_gross_margin_share(562_027, 87_072), 3)
    0.845

    References
    ----------
    Gross margin is profit over revenue; profit over cost is markup (worked cases DS03, DS04).
    """
    return ratio(total_revenue_usd - total_cost_of_revenue_usd, total_revenue_usd)
