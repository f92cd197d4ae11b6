"""What capital costs per year, and what that makes of a purchase price."""

from __future__ import annotations

import math

from napkinxl.finance.arguments import no_answer_passes, number
from napkinxl.finance.growth import accumulation, sum_of_discounts


@no_answer_passes
def cost_of_equity(
    risk_free_rate: float, beta: float, equity_risk_premium: float, specific_premium: float = 0.0
) -> float:
    """What owners expect to earn per year, by the capital asset pricing model.

    cost_of_equity = risk_free_rate + beta * equity_risk_premium + specific_premium

    Parameters
    ----------
    risk_free_rate : float
        Yield without risk [share per year].
    beta : float
        How strongly the share follows the market [ratio].
    equity_risk_premium : float
        What the market pays above the risk-free rate [share per year].
    specific_premium : float
        Added for size, country or project [share per year].

    Returns
    -------
    float
        Cost of equity [share per year].

    Raises
    ------
    InputError
        Something is no finite number.

    Examples
    --------
    >>> round(cost_of_equity(0.035, 1.2, 0.055, 0.014), 4)
    0.115

    References
    ----------
    Worked case BC02, a solved business case.
    """
    premium = number("beta", beta) * number("equity_risk_premium", equity_risk_premium)
    return number("risk_free_rate", risk_free_rate) + premium + number("specific_premium", specific_premium)


@no_answer_passes
def weighted_average_cost_of_capital(
    equity_share: float, cost_of_equity_rate: float, cost_of_debt_rate: float, tax_share: float = 0.0
) -> float:
    """What equity and debt together cost per year, interest being deducted from tax (WACC).

    weighted_average_cost_of_capital = equity_share * cost_of_equity_rate
    + (1 - equity_share) * cost_of_debt_rate * (1 - tax_share)

    Parameters
    ----------
    equity_share : float
        Equity over equity and debt [share].
    cost_of_equity_rate : float
        What owners expect [share per year].
    cost_of_debt_rate : float
        Interest before tax [share per year].
    tax_share : float
        Tax on profit [share].

    Returns
    -------
    float
        Cost of capital after tax [share per year].

    Raises
    ------
    InputError
        A share is not in [0, 1].

    Examples
    --------
    >>> round(weighted_average_cost_of_capital(0.75, 0.115, 0.04667, 0.25), 3)
    0.095

    References
    ----------
    Worked case BC01, a solved business case.
    """
    share = number("equity_share", equity_share, at_least=0, at_most=1)
    tax = number("tax_share", tax_share, at_least=0, at_most=1)
    debt = (1 - share) * number("cost_of_debt_rate", cost_of_debt_rate) * (1 - tax)
    return share * number("cost_of_equity_rate", cost_of_equity_rate) + debt


@no_answer_passes
def capital_recovery_factor(rate_per_period: float, periods: float) -> float:
    """The level charge per period that recovers one dollar of capital with its cost.

    capital_recovery_factor = rate * (1 + rate)^periods / ((1 + rate)^periods - 1); 1 / periods at no rate

    Parameters
    ----------
    rate_per_period : float
        Cost of capital, above -1 [share per period].
    periods : float
        Life [periods].

    Returns
    -------
    float
        Charge per dollar of capital [share per period].

    Raises
    ------
    InputError
        The rate is -1 or less, or the life is not above 0.

    Examples
    --------
    >>> round(capital_recovery_factor(0.1, 5), 8)
    0.26379748

    References
    ----------
    Worked cases CR01 to CR09, a course page; minus Excel's PMT of one dollar.
    """
    rate, life = number("rate_per_period", rate_per_period, above=-1), number("periods", periods, above=0)
    return 1 / sum_of_discounts(rate, life)


@no_answer_passes
def capital_charge_usd(rate_per_period: float, periods: float, price_usd: float, residual_usd: float = 0.0) -> float:
    """The level charge per period for a purchase that is worth something at the end.

    capital_charge_usd = price_usd * capital_recovery_factor - residual_usd / accumulation,
    accumulation = ((1 + rate)^periods - 1) / rate

    Parameters
    ----------
    rate_per_period : float
        Cost of capital, above -1 [share per period].
    periods : float
        Life [periods].
    price_usd : float
        Purchase price [USD].
    residual_usd : float
        What it sells for at the end [USD].

    Returns
    -------
    float
        Charge per period [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or the life is not above 0.

    Notes
    -----
    The residual value is discounted from the end of the life: the same as (price - residual) *
    capital_recovery_factor + residual * rate. Some calculators leave the last term out, which is too low.

    Examples
    --------
    >>> round(capital_charge_usd(0.1, 5, 18_000), 2)
    4748.35

    References
    ----------
    Worked cases CR02 to CR08, a course page.
    """
    factor = capital_recovery_factor(rate_per_period, periods)
    price, residual = number("price_usd", price_usd), number("residual_usd", residual_usd)
    charge = price * factor - residual / accumulation(rate_per_period, periods)
    return charge if math.isfinite(charge) else math.nan


@no_answer_passes
def levelized_cost_usd(
    fixed_charge_rate: float,
    capital_usd: float,
    fixed_usd_per_year: float,
    output_per_year: float,
    variable_usd: float = 0.0,
) -> float:
    """What a unit of output costs over the life of a plant.

    levelized_cost_usd = (fixed_charge_rate * capital_usd + fixed_usd_per_year) / output_per_year + variable_usd

    Parameters
    ----------
    fixed_charge_rate : float
        Yearly charge per dollar of capital, such as capital_recovery_factor [share per year].
    capital_usd : float
        Capital spent [USD].
    fixed_usd_per_year : float
        Running cost whatever the output [USD/year].
    output_per_year : float
        Output that is used: kWh, GPU-hours, millions of tokens [units/year].
    variable_usd : float
        Running cost of a unit [USD/unit].

    Returns
    -------
    float
        Cost of a unit [USD/unit].

    Raises
    ------
    InputError
        There is no output.

    Examples
    --------
    >>> round(levelized_cost_usd(0.12, 445e6, 35e6, 8e8), 4)
    0.1105

    References
    ----------
    Worked case LC01, NREL WISDEM; NREL SAM, levelised cost by fixed charge rate.
    """
    capital = number("fixed_charge_rate", fixed_charge_rate) * number("capital_usd", capital_usd)
    fixed = number("fixed_usd_per_year", fixed_usd_per_year)
    output = number("output_per_year", output_per_year, above=0)
    return (capital + fixed) / output + number("variable_usd", variable_usd)
