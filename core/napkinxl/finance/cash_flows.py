"""What a row of cash flows is worth, earns, and when it has paid itself back.

Flows are one period apart, the first at time 0; money paid out is negative. The rate is that of one period.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from itertools import accumulate

from napkinxl.errors import InputError
from napkinxl.finance.arguments import amounts, no_answer_passes, number
from napkinxl.finance.roots import rate_of_no_value

DAYS_PER_YEAR = 365  # Excel's year for dated flows, leap years too


@no_answer_passes
def net_present_value(
    rate_per_period: float, flows_usd: Sequence[float], *, first_flow_after_one_period: bool = False
) -> float:
    """What flows are worth today.

    net_present_value = sum of flows_usd[t] / (1 + rate_per_period)^t, t from 0

    Parameters
    ----------
    rate_per_period : float
        Cost of capital, above -1 [share per period].
    flows_usd : sequence of float
        Cash flows one period apart [USD].
    first_flow_after_one_period : bool
        Excel's NPV counts this way: its first flow comes one period from now.

    Returns
    -------
    float
        Net present value [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there are no flows.

    Examples
    --------
    >>> round(net_present_value(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]), 5)
    3065.22267
    >>> flows = [8_000, 9_200, 10_000, 12_000, 14_500]
    >>> round(net_present_value(0.08, flows, first_flow_after_one_period=True) - 40_000, 2)
    1922.06

    References
    ----------
    numpy-financial, npv; Microsoft, NPV function.
    """
    growth = 1 + number("rate_per_period", rate_per_period, above=-1)
    worth = 0.0
    for flow in reversed(amounts("flows_usd", flows_usd)):
        worth = worth / growth + flow
    return _finite(worth / growth if first_flow_after_one_period else worth)


@no_answer_passes
def internal_rate_of_return(flows_usd: Sequence[float], guess: float = 0.1) -> float:
    """The rate at which flows are worth nothing today.

    net_present_value(internal_rate_of_return, flows_usd) = 0

    Parameters
    ----------
    flows_usd : sequence of float
        Cash flows one period apart [USD].
    guess : float
        Of several rates the one nearest to this is given [share per period].

    Returns
    -------
    float
        Internal rate of return [share per period]; NaN where the flows never change sign or no rate fits.

    Raises
    ------
    InputError
        There are no flows, or the guess is -1 or less.

    Notes
    -----
    Flows that change sign more than once may have several rates; compare `modified_rate_of_return`. The search is
    `napkinxl.finance.roots.rate_of_no_value`, which says how close two rates may lie.

    Examples
    --------
    >>> round(internal_rate_of_return([-70_000, 12_000, 15_000, 18_000, 21_000, 26_000]), 4)
    0.0866

    References
    ----------
    Microsoft, IRR function.
    """
    flows = amounts("flows_usd", flows_usd)
    return rate_of_no_value(flows, [float(time) for time in range(len(flows))], number("guess", guess, above=-1))


@no_answer_passes
def modified_rate_of_return(flows_usd: Sequence[float], finance_rate: float, reinvest_rate: float) -> float:
    """The growth per period of money put in to money taken out, each at its own rate (Excel's MIRR).

    modified_rate_of_return = (future value of inflows / present value of outflows)^(1 / (flows - 1)) - 1

    Parameters
    ----------
    flows_usd : sequence of float
        Cash flows one period apart [USD].
    finance_rate : float
        Rate paid on money put in [share per period].
    reinvest_rate : float
        Rate earned on money taken out [share per period].

    Returns
    -------
    float
        Modified internal rate of return [share per period]; NaN where nothing is put in or nothing taken out.

    Raises
    ------
    InputError
        A rate is -1 or less, or there are fewer than two flows.

    Examples
    --------
    >>> round(modified_rate_of_return([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12), 4)
    0.1261

    References
    ----------
    Microsoft, MIRR function.
    """
    flows = amounts("flows_usd", flows_usd, at_least=2)
    finance = 1 + number("finance_rate", finance_rate, above=-1)
    reinvest = 1 + number("reinvest_rate", reinvest_rate, above=-1)
    put_in, taken_out = 0.0, 0.0
    for flow in reversed(flows):
        put_in = put_in / finance - min(flow, 0.0)
    for flow in flows:
        taken_out = taken_out * reinvest + max(flow, 0.0)
    ratio = taken_out / put_in if put_in else math.nan
    return _finite(ratio ** (1 / (len(flows) - 1)) - 1) if ratio > 0 else math.nan


@no_answer_passes
def dated_net_present_value(rate_per_year: float, flows_usd: Sequence[float], days: Sequence[date]) -> float:
    """What dated flows are worth on the day of the first (Excel's XNPV).

    dated_net_present_value = sum of flows_usd[i] / (1 + rate_per_year)^((days[i] - days[0]) / 365)

    Parameters
    ----------
    rate_per_year : float
        Cost of capital, above -1 [share per year].
    flows_usd : sequence of float
        Cash flows [USD].
    days : sequence of date
        The day of each, none before the first.

    Returns
    -------
    float
        Net present value [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or days and flows do not match.

    Examples
    --------
    >>> days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    >>> round(dated_net_present_value(0.09, [-10_000, 2_750, 4_250, 3_250, 2_750], days), 4)
    2086.6476

    References
    ----------
    Microsoft, XNPV function.
    """
    flows = amounts("flows_usd", flows_usd)
    log_growth = math.log1p(number("rate_per_year", rate_per_year, above=-1))
    try:
        terms = [flow * math.exp(-log_growth * year) for flow, year in zip(flows, _years(days, flows), strict=True)]
    except OverflowError:
        return math.nan
    return _finite(math.fsum(terms))


@no_answer_passes
def dated_rate_of_return(flows_usd: Sequence[float], days: Sequence[date], guess: float = 0.1) -> float:
    """The yearly rate at which dated flows are worth nothing (Excel's XIRR).

    dated_net_present_value(dated_rate_of_return, flows_usd, days) = 0

    Parameters
    ----------
    flows_usd : sequence of float
        Cash flows [USD].
    days : sequence of date
        The day of each, none before the first.
    guess : float
        Of several rates the one nearest to this is given [share per year].

    Returns
    -------
    float
        Internal rate of return [share per year]; NaN where the flows never change sign or no rate fits.

    Raises
    ------
    InputError
        Days and flows do not match, or the guess is -1 or less.

    Examples
    --------
    >>> days = [date(2014, 1, 1), date(2014, 3, 1), date(2014, 10, 30), date(2015, 2, 15), date(2015, 4, 1)]
    >>> round(dated_rate_of_return([-10_000, 2_750, 4_250, 3_250, 2_750], days), 4)
    0.3749

    References
    ----------
    Microsoft, XIRR function.
    """
    flows = amounts("flows_usd", flows_usd)
    return rate_of_no_value(flows, _years(days, flows), number("guess", guess, above=-1))


def _years(days: Sequence[date], flows: Sequence[float]) -> list[float]:
    if len(days) != len(flows):
        raise InputError(f"days must be as many as the {len(flows)} flows, got {len(days)}")
    plain = [day.date() if isinstance(day, datetime) else day for day in days]
    for day in plain:
        if not isinstance(day, date):
            raise InputError(f"days must be dates, got {day!r}")
        if day < plain[0]:
            raise InputError(f"days must not lie before the first, {plain[0]}, got {day}")
    return [(day - plain[0]).days / DAYS_PER_YEAR for day in plain]


def _finite(value: float) -> float:
    """What outgrows a float is no answer."""
    return value if math.isfinite(value) else math.nan


def running_total(flows_usd: Sequence[float]) -> list[float]:
    """The cash position after each flow.

    >>> running_total([-100, 60, 60])
    [-100.0, -40.0, 20.0]
    """
    return list(accumulate(amounts("flows_usd", flows_usd)))
