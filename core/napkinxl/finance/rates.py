"""Rates turned into each other: nominal and effective, growth over many periods and per period."""

from __future__ import annotations

import math

from napkinxl.finance.arguments import no_answer_passes, number, whole


@no_answer_passes
def effective_rate(nominal_rate_per_year: float, periods_per_year: float) -> float:
    """The yearly interest with interest on interest (Excel's EFFECT).

    effective_rate = (1 + nominal_rate_per_year / periods_per_year)^periods_per_year - 1

    Parameters
    ----------
    nominal_rate_per_year : float
        Stated interest: that of one period times the periods [share per year].
    periods_per_year : float
        How often interest is added, a whole number [periods per year].

    Returns
    -------
    float
        Effective interest [share per year].

    Raises
    ------
    InputError
        A period's interest is -1 or less, or the periods are no whole number.

    Examples
    --------
    >>> round(effective_rate(0.0525, 4), 6)
    0.053543

    References
    ----------
    Microsoft, EFFECT function.
    """
    count = whole("periods_per_year", periods_per_year)
    rate = number("nominal_rate_per_year", nominal_rate_per_year, above=-count) / count
    return _growth_less_1(count * math.log1p(rate))


@no_answer_passes
def nominal_rate(effective_rate_per_year: float, periods_per_year: float) -> float:
    """The stated yearly interest behind an effective one (Excel's NOMINAL).

    nominal_rate = periods_per_year * ((1 + effective_rate_per_year)^(1 / periods_per_year) - 1)

    Parameters
    ----------
    effective_rate_per_year : float
        Effective interest, above -1 [share per year].
    periods_per_year : float
        How often interest is added, a whole number [periods per year].

    Returns
    -------
    float
        Stated interest [share per year]; over periods_per_year it is the interest of one period.

    Raises
    ------
    InputError
        The interest is -1 or less, or the periods are no whole number.

    Examples
    --------
    >>> round(nominal_rate(0.053543, 4), 4)
    0.0525

    References
    ----------
    Microsoft, NOMINAL function.
    """
    count = whole("periods_per_year", periods_per_year)
    rate = number("effective_rate_per_year", effective_rate_per_year, above=-1)
    return count * math.expm1(math.log1p(rate) / count)


@no_answer_passes
def growth_rate(periods: float, present_usd: float, future_usd: float) -> float:
    """The growth per period from one amount to another (Excel's RRI).

    growth_rate = (future_usd / present_usd)^(1 / periods) - 1

    Parameters
    ----------
    periods : float
        Periods between them [periods].
    present_usd : float
        Amount at the start [USD].
    future_usd : float
        Amount at the end [USD].

    Returns
    -------
    float
        Growth [share per period].

    Raises
    ------
    InputError
        An amount or the periods are not above 0.

    Examples
    --------
    >>> round(growth_rate(48, 10_000, 21_000), 6)
    0.015577

    References
    ----------
    Microsoft, RRI function.
    """
    return _growth_less_1(_log_ratio(present_usd, future_usd) / number("periods", periods, above=0))


@no_answer_passes
def growth_periods(rate_per_period: float, present_usd: float, future_usd: float) -> float:
    """How long an amount takes to grow to another (Excel's PDURATION).

    growth_periods = log(future_usd / present_usd) / log(1 + rate_per_period)

    Parameters
    ----------
    rate_per_period : float
        Growth, above -1 [share per period].
    present_usd : float
        Amount at the start [USD].
    future_usd : float
        Amount at the end [USD].

    Returns
    -------
    float
        Time [periods]; negative where the amount shrinks away from its goal, NaN where it does not change.

    Raises
    ------
    InputError
        The growth is -1 or less, or an amount is not above 0.

    Examples
    --------
    >>> round(growth_periods(0.025, 2_000, 2_200), 2)
    3.86

    References
    ----------
    Microsoft, PDURATION function.
    """
    rate = number("rate_per_period", rate_per_period, above=-1)
    log_ratio = _log_ratio(present_usd, future_usd)
    return log_ratio / math.log1p(rate) if rate else math.nan


def _log_ratio(present_usd: float, future_usd: float) -> float:
    future, present = number("future_usd", future_usd, above=0), number("present_usd", present_usd, above=0)
    return math.log(future) - math.log(present)


def _growth_less_1(log_growth: float) -> float:
    try:
        return math.expm1(log_growth)
    except OverflowError:
        return math.nan
