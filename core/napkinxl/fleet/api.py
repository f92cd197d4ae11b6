"""The same tokens from an API: what they would cost, and what would be left without a fleet."""

from __future__ import annotations

from napkinxl.fleet.registry import monthly
from napkinxl.fleet.rows import Numbers, total
from napkinxl.ops import Number, above, where


@monthly("USD", "Tokens at the API's price")
def tier_api_usd(
    tier_users: Number, api_usd_per_user_month: Number, season_ratio: Number, usage_ratio: Number, api_ratio: Number
) -> Number:
    """What the tokens of a tier cost in the month at the API's price.

    tier_api_usd = tier_users * api_usd_per_user_month * season_ratio * usage_ratio * api_ratio

    Parameters
    ----------
    tier_users : float or array
        Users of the tier [users].
    api_usd_per_user_month : float or array
        At the API, per user and month, in month 1 [USD/month].
    season_ratio : float or array
        Traffic of the month over the mean month [x].
    usage_ratio : float or array
        Traffic of a user over that of month 1 [x].
    api_ratio : float or array
        Price of the API over that of month 1 [x].

    Returns
    -------
    float or array
        Tokens of the tier at the API's price [USD].

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


@monthly("USD", "Tokens at the API's price, of all tiers")
def api_usd(every_tier_api_usd: Numbers) -> Number:
    """What all tokens cost in the month at the API's price.

    api_usd = total(every_tier_api_usd)

    Parameters
    ----------
    every_tier_api_usd : sequence of float or array
        Tokens of each tier at the API's price [USD].

    Returns
    -------
    float or array
        Tokens of all tiers at the API's price [USD].

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

    fleet_dearer_month = where(above(api_usd, serving_usd), 0, month)

    Parameters
    ----------
    month : float or array
        Number of the month [months].
    serving_usd : float or array
        Cost of the fleet [USD].
    api_usd : float or array
        Tokens at the API's price [USD].

    Returns
    -------
    float or array
        The month, or 0 where the fleet costs less [months].

    Examples
    --------
    >>> fleet_dearer_month(7, 500.0, 450.0), fleet_dearer_month(8, 410.0, 450.0)
    (7, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(above(api_usd, serving_usd), 0, month)


@monthly("USD", "Cash flow with the API")
def api_cash_usd(operating_profit_usd: Number, serving_usd: Number, api_usd: Number) -> Number:
    """Cash flow of the month if an API served every request.

    api_cash_usd = operating_profit_usd + serving_usd - api_usd

    Parameters
    ----------
    operating_profit_usd : float or array
        Operating profit with the fleet [USD].
    serving_usd : float or array
        Cost of the fleet [USD].
    api_usd : float or array
        Tokens at the API's price [USD].

    Returns
    -------
    float or array
        Profit, and cash, without a fleet [USD].

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


@monthly("USD", "Cumulative cash with the API")
def cumulative_api_cash_usd(previous_cumulative_api_cash_usd: Number, api_cash_usd: Number) -> Number:
    """Cash since the start of the plan if an API served every request.

    cumulative_api_cash_usd = previous_cumulative_api_cash_usd + api_cash_usd

    Parameters
    ----------
    previous_cumulative_api_cash_usd : float or array
        Cumulative cash with the API a month earlier [USD].
    api_cash_usd : float or array
        Cash flow with the API [USD].

    Returns
    -------
    float or array
        Cash since the start of the plan, without a fleet [USD].

    Examples
    --------
    >>> cumulative_api_cash_usd(450, 450)
    900

    References
    ----------
    Peak funding is the minimum of cumulative cash (worked case BC08).
    """
    return previous_cumulative_api_cash_usd + api_cash_usd
