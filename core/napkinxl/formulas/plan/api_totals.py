"""The fleet against the API over the plan: which costs less, from when on, and what is left with either."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, at_least, maximum, where
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, count_of, highest, last, lowest, present_value, total


@over_plan("USD", "Cost of the fleet over the plan")
def total_serving_usd(serving_usd_by_month: Numbers) -> Number:
    """Cost of the fleet over the plan: rent, running cost and depreciation.

    Examples
    --------
    >>> total_serving_usd([500.0, 410.0])
    910.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(serving_usd_by_month)


@over_plan("USD", "Tokens at the API's price over the plan")
def total_api_usd(api_usd_by_month: Numbers) -> Number:
    """What all tokens of the plan cost at the API's price.

    Examples
    --------
    >>> total_api_usd([450.0, 450.0])
    900.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(api_usd_by_month)


@over_plan("months", "Months in which the fleet costs less than the API")
def fleet_cheaper_month_count(fleet_dearer_month_by_month: Numbers) -> Number:
    """Months in which the fleet costs less than the API.

    Examples
    --------
    >>> fleet_cheaper_month_count([1.0, 0.0, 3.0, 0.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return count_of(fleet_dearer_month_by_month, 0)


@over_plan("months", "Month from which the fleet costs less than the API")
def fleet_cheaper_from_month(fleet_dearer_month_by_month: Numbers, month_by_month: Numbers) -> Number:
    """Month from which on the fleet costs less than the API in every month.

    dearer = highest(fleet_dearer_month_by_month)
    fleet_cheaper_from_month = where(at_least(dearer, last(month_by_month)), NO_ANSWER, dearer + 1)

    Notes
    -----
    From this month to the end of the plan; no answer where the last month is not one of them.

    Examples
    --------
    >>> fleet_cheaper_from_month([1.0, 0.0, 3.0, 0.0], [1.0, 2.0, 3.0, 4.0])
    4.0

    References
    ----------
    Break-even against an API (worked case LT04 has the tokens).
    """
    dearer = highest(fleet_dearer_month_by_month)
    return where(at_least(dearer, last(month_by_month)), NO_ANSWER, dearer + 1)


@over_plan("USD", "Peak funding with the API")
def api_peak_funding_usd(cumulative_api_cash_usd_by_month: Numbers) -> Number:
    """Most cash that must be put in if an API serves every request.

    Examples
    --------
    >>> api_peak_funding_usd([-100.0, -250.0, 40.0])
    250.0

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return maximum(0 - lowest(cumulative_api_cash_usd_by_month), 0)


@over_plan("USD", "Net present value with the API")
def api_npv_usd(monthly_cost_of_capital_share: Number, api_cash_usd_by_month: Numbers) -> Number:
    """Net present value of the plan if an API serves every request.

    Notes
    -----
    No fleet is owned at the start or at the end: compare it with npv_with_fleet_usd.

    Examples
    --------
    >>> round(api_npv_usd(0.08, [8000.0, 9200.0, 10_000.0, 12_000.0, 14_500.0]), 2)
    41922.06

    References
    ----------
    Excel's own example of NPV (worked case FN06).
    """
    return present_value(monthly_cost_of_capital_share, api_cash_usd_by_month)
