"""When flows have paid themselves back, and how much money they need until then."""

from __future__ import annotations

import math
from collections.abc import Sequence

from napkinxl.finance.arguments import amounts, no_answer_passes, number
from napkinxl.finance.cash_flows import running_total


@no_answer_passes
def payback_periods(flows_usd: Sequence[float]) -> float:
    """Periods until what was put in has come back, read off a straight line within the period.

    payback_periods = t - 1 + missing after t - 1 / flows_usd[t], for the first t with nothing missing

    Parameters
    ----------
    flows_usd : sequence of float
        Cash flows one period apart, the first at time 0 [USD].

    Returns
    -------
    float
        Payback time [periods]; 0 where no money is ever missing, NaN where it does not come back.

    Raises
    ------
    InputError
        There are no flows.

    Notes
    -----
    The first time only: a later outlay may put the total below zero again.

    Examples
    --------
    >>> round(payback_periods([-850, -145, 501.3, 550.1, 602.8, 659.7]), 1)
    2.9

    References
    ----------
    Worked case BC06, a solved business case.
    """
    flows = amounts("flows_usd", flows_usd)
    before, missing = 0.0, False
    for period, total in enumerate(running_total(flows)):
        if missing and total >= 0:
            return period - 1 - before / flows[period]
        missing = missing or total < 0
        before = total
    return math.nan if missing else 0.0


@no_answer_passes
def discounted_payback_periods(rate_per_period: float, flows_usd: Sequence[float]) -> float:
    """Periods until what was put in has come back with its cost of capital.

    discounted_payback_periods = payback_periods(flows_usd[t] / (1 + rate_per_period)^t)

    Parameters
    ----------
    rate_per_period : float
        Cost of capital, above -1 [share per period].
    flows_usd : sequence of float
        Cash flows one period apart, the first at time 0 [USD].

    Returns
    -------
    float
        Payback time [periods]; NaN where the money does not come back.

    Raises
    ------
    InputError
        The rate is -1 or less, or there are no flows.

    Examples
    --------
    >>> round(discounted_payback_periods(0.095, [-850, -145, 501.3, 550.1, 602.8, 659.7]), 2)
    3.35

    References
    ----------
    Worked case BC07, a solved business case.
    """
    discount = 1 / (1 + number("rate_per_period", rate_per_period, above=-1))
    worth, factor = [], 1.0
    for flow in amounts("flows_usd", flows_usd):
        worth.append(flow * factor)
        factor *= discount
    return float(payback_periods(worth)) if all(map(math.isfinite, worth)) else math.nan


@no_answer_passes
def peak_funding_usd(flows_usd: Sequence[float]) -> float:
    """The most money that is ever put in and not yet back.

    peak_funding_usd = -minimum(0, running total)

    Parameters
    ----------
    flows_usd : sequence of float
        Cash flows, the first at time 0 [USD].

    Returns
    -------
    float
        Money needed at the worst time [USD], positive; 0 where none is.

    Raises
    ------
    InputError
        There are no flows.

    Examples
    --------
    >>> peak_funding_usd([-850, -145, 501.3, 550.1])
    995.0

    References
    ----------
    Worked case BC08, a solved business case.
    """
    return max(0.0, -min(running_total(flows_usd)))
