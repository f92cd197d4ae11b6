"""What money costs: the cost of capital, and the payment that recovers a price over its life."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, power, ratio, root, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MONTHS_PER_YEAR


@quantity("share", "Cost of equity, per year", audience="finance")
def cost_of_equity_share(
    risk_free_share: Number,
    equity_beta: Number,
    equity_risk_premium_share: Number,
    equity_extra_premium_share: Number,
) -> Number:
    """Shareholders expect this yearly return: the risk-free rate plus premiums for the risk they take (CAPM).

    Examples
    --------
    >>> round(cost_of_equity_share(0.035, 1.2, 0.055, 0.014), 4)
    0.115

    References
    ----------
    Capital asset pricing model; worked case BC02, 11.5%.
    """
    return risk_free_share + equity_beta * equity_risk_premium_share + equity_extra_premium_share


@quantity("share", "Weighted average cost of capital (WACC)", audience="finance")
def wacc_share(
    equity_share: Number,
    cost_of_equity_share: Number,
    debt_interest_share: Number,
    tax_share: Number,
) -> Number:
    """Equity and debt together cost the company this much a year, with interest counted after tax.

    debt_share = (1 - equity_share) * debt_interest_share * (1 - tax_share)
    wacc_share = equity_share * cost_of_equity_share + debt_share

    Examples
    --------
    >>> round(wacc_share(0.75, 0.115, 0.04667, 0.25), 4)
    0.095

    References
    ----------
    Weighted average cost of capital; worked case BC01, 9.5%.
    """
    debt_share = (1 - equity_share) * debt_interest_share * (1 - tax_share)
    return equity_share * cost_of_equity_share + debt_share


@quantity("share", "Cost of capital, per month", number_format="0.000%", audience="finance")
def monthly_cost_of_capital_share(annual_cost_of_capital_share: Number) -> Number:
    """This monthly rate compounds to the yearly cost of capital.

    Examples
    --------
    >>> round(monthly_cost_of_capital_share(0.1), 6)
    0.007974

    References
    ----------
    Effective rate: twelve months at it make 10% a year; Excel: RRI(12, 1, 1.1).
    """
    return root(1 + annual_cost_of_capital_share, MONTHS_PER_YEAR) - 1


@quantity("x", "Monthly capital recovery factor", audience="finance")
def capital_recovery_factor(monthly_cost_of_capital_share: Number, useful_life_months: Number) -> Number:
    """Earning this share of a purchase every month recovers the price and the cost of capital over its useful life.

    left = power(1 / (1 + monthly_cost_of_capital_share), useful_life_months)
    annuity = ratio(monthly_cost_of_capital_share, 1 - left)
    capital_recovery_factor = where(above(monthly_cost_of_capital_share, 0), annuity, 1 / useful_life_months)

    Notes
    -----
    Rate and life count the same periods; at no cost of capital it is one over the life.

    Examples
    --------
    >>> round(capital_recovery_factor(0.1, 5), 8)
    0.26379748

    References
    ----------
    Capital recovery factor, r(1+r)^n / ((1+r)^n - 1); worked cases CR01 to CR11; Excel: -PMT(r, n, 1).
    """
    left = power(1 / (1 + monthly_cost_of_capital_share), useful_life_months)
    annuity = ratio(monthly_cost_of_capital_share, 1 - left)
    return where(above(monthly_cost_of_capital_share, 0), annuity, 1 / useful_life_months)
