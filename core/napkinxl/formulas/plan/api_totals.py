"""The fleet against the API over the plan: which costs less, from when on, and what is left with either."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, at_least, maximum, where
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, count_of, highest, last, lowest, present_value, total


@over_plan("USD", "Fleet cost, whole period", audience="board")
def total_fleet_cost_usd(fleet_cost_usd_by_month: Numbers) -> Number:
    """Rent, opex and depreciation of the fleet come to this much over the whole period.

    Examples
    --------
    >>> total_fleet_cost_usd([500.0, 410.0])
    910.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(fleet_cost_usd_by_month)


@over_plan("USD", "API bill, whole period", audience="board")
def total_api_usd(api_usd_by_month: Numbers) -> Number:
    """All tokens of the whole period would cost this much at the API's prices.

    Examples
    --------
    >>> total_api_usd([450.0, 450.0])
    900.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(api_usd_by_month)


@over_plan("months", "Months in which the fleet beats the API", audience="board")
def fleet_cheaper_month_count(month_if_fleet_not_cheaper_by_month: Numbers) -> Number:
    """The fleet costs less than the API bill in this many months.

    Examples
    --------
    >>> fleet_cheaper_month_count([1.0, 0.0, 3.0, 0.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return count_of(month_if_fleet_not_cheaper_by_month, 0)


@over_plan("month no.", "Month from which the fleet beats the API", audience="board")
def fleet_cheaper_from_month(month_if_fleet_not_cheaper_by_month: Numbers, month_by_month: Numbers) -> Number:
    """From this month to the end the fleet costs less than the API; no answer if it does not in the last month.

    dearer = highest(month_if_fleet_not_cheaper_by_month)
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
    dearer = highest(month_if_fleet_not_cheaper_by_month)
    return where(at_least(dearer, last(month_by_month)), NO_ANSWER, dearer + 1)


@over_plan("USD", "Peak funding with the API", audience="finance")
def api_peak_funding_usd(cumulative_api_cash_usd_by_month: Numbers) -> Number:
    """Cumulative cash would fall this far below zero if an API served every request.

    Examples
    --------
    >>> api_peak_funding_usd([-100.0, -250.0, 40.0])
    250.0

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return maximum(0 - lowest(cumulative_api_cash_usd_by_month), 0)


@over_plan("USD", "Net present value with the API", audience="finance")
def api_npv_usd(monthly_cost_of_capital_share: Number, api_cash_flow_usd_by_month: Numbers) -> Number:
    """All cash flows of the period would have this present value if an API served every request.

    Notes
    -----
    No fleet is owned at the start or at the end: compare it with npv_with_book_value_usd.

    Examples
    --------
    >>> round(api_npv_usd(0.08, [8000.0, 9200.0, 10_000.0, 12_000.0, 14_500.0]), 2)
    41922.06

    References
    ----------
    Excel's own example of NPV (worked case FN06).
    """
    return present_value(monthly_cost_of_capital_share, api_cash_flow_usd_by_month)
