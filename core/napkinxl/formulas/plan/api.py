"""The same tokens from an API: what they would cost, and what would be left without a fleet."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, total


@monthly("USD", "Tokens at the API's price", entity="tier", months="sum")
def tier_api_usd(
    tier_users: Number, api_usd_per_user_month: Number, season_ratio: Number, usage_ratio: Number, api_ratio: Number
) -> Number:
    """What the tokens of a tier cost in the month at the API's price.

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


@monthly("USD", "Tokens at the API's price, of all tiers", months="sum")
def api_usd(every_tier_api_usd: Numbers) -> Number:
    """What all tokens cost in the month at the API's price.

    Examples
    --------
    >>> api_usd([2500.0, 500.0])
    3000.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_tier_api_usd)


@monthly("months", "Month in which the fleet does not cost less")
def fleet_dearer_month(month: Number, serving_usd: Number, api_usd: Number) -> Number:
    """Number of the month where the fleet costs at least as much as the API.

    Examples
    --------
    >>> fleet_dearer_month(7, 500.0, 450.0), fleet_dearer_month(8, 410.0, 450.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(above(api_usd, serving_usd), 0, month)


@monthly("USD", "Cash flow with the API", months="sum")
def api_cash_usd(operating_profit_usd: Number, serving_usd: Number, api_usd: Number) -> Number:
    """Cash flow of the month if an API served every request.

    Notes
    -----
    Nothing is bought, so that cash is profit. Fees, support, acquisition and fixed cost are those of the plan.

    Examples
    --------
    >>> api_cash_usd(400, 500, 450)
    450

    References
    ----------
    Revenue less what is paid in the month; the indirect method without depreciation and investment.
    """
    return operating_profit_usd + serving_usd - api_usd


@monthly("USD", "Cumulative cash with the API", months="last")
def cumulative_api_cash_usd(previous_cumulative_api_cash_usd: Number, api_cash_usd: Number) -> Number:
    """Cash since the start of the plan if an API served every request.

    Examples
    --------
    >>> cumulative_api_cash_usd(450, 450)
    900

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return previous_cumulative_api_cash_usd + api_cash_usd
