"""The same tokens from an API: what they would cost, and what would be left without a fleet."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, total


@monthly("USD", "API bill by plan", entity="tier", audience="finance", months="sum")
def tier_api_usd(
    tier_users: Number, api_usd_per_user_month: Number, season_ratio: Number, usage_ratio: Number, api_ratio: Number
) -> Number:
    """The plan's tokens would cost this much in the month at the API's prices.

    Notes
    -----
    The API charges tokens, not capacity: no busiest hour, no headroom, no spares. api_usd_per_user_month is the bill of
    month 1.

    Examples
    --------
    >>> tier_api_usd(1000, 2.5, 1.0, 2.0, 0.5)
    2500.0

    References
    ----------
    Users times the bill of each (worked case MI01 has the bill of a request).
    """
    return tier_users * api_usd_per_user_month * season_ratio * usage_ratio * api_ratio


@monthly("USD", "API bill, all plans", audience="board", months="sum")
def api_usd(every_tier_api_usd: Numbers) -> Number:
    """All tokens would cost this much in the month at the API's prices.

    Examples
    --------
    >>> api_usd([2500.0, 500.0])
    3000.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_api_usd)


@monthly("month no.", "Month number if fleet is no cheaper, else 0", helper=True)
def month_if_fleet_not_cheaper(month: Number, fleet_cost_usd: Number, api_usd: Number) -> Number:
    """The number of the month stands here if the fleet costs as much as the API bill or more, and 0 if it costs less.

    Examples
    --------
    >>> month_if_fleet_not_cheaper(7, 500.0, 450.0), month_if_fleet_not_cheaper(8, 410.0, 450.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(above(api_usd, fleet_cost_usd), 0, month)


@monthly("USD", "Cash flow with the API", audience="finance", months="sum")
def api_cash_flow_usd(operating_profit_usd: Number, fleet_cost_usd: Number, api_usd: Number) -> Number:
    """The month's cash flow would be this much if an API served every request and no GPU were bought or rented.

    Notes
    -----
    Nothing is bought, so that cash is profit. Fees, support, acquisition and fixed cost are those of the plan.

    Examples
    --------
    >>> api_cash_flow_usd(400, 500, 450)
    450

    References
    ----------
    Revenue less what is paid in the month; the indirect method without depreciation and investment.
    """
    return operating_profit_usd + fleet_cost_usd - api_usd


@monthly("USD", "Cumulative cash with the API", audience="finance", months="last")
def cumulative_api_cash_usd(previous_cumulative_api_cash_usd: Number, api_cash_flow_usd: Number) -> Number:
    """Cash flow since the start of the period would add up to this much if an API served every request.

    Examples
    --------
    >>> cumulative_api_cash_usd(450, 450)
    900

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return previous_cumulative_api_cash_usd + api_cash_flow_usd
