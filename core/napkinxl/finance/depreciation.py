"""How a purchase price is spread over a life, by Excel's methods; each gives the charge of one period, positive."""

from __future__ import annotations

import math

from napkinxl.errors import InputError
from napkinxl.finance.arguments import no_answer_passes, number, whole

MONTHS_PER_YEAR = 12


@no_answer_passes
def straight_line(cost_usd: float, salvage_usd: float, life_periods: float) -> float:
    """The same charge in every period (Excel's SLN).

    straight_line = (cost_usd - salvage_usd) / life_periods

    Parameters
    ----------
    cost_usd : float
        Purchase price [USD].
    salvage_usd : float
        Worth at the end of the life [USD].
    life_periods : float
        Life [periods].

    Returns
    -------
    float
        Depreciation of a period [USD].

    Raises
    ------
    InputError
        The life is not above 0, or the salvage value is not between 0 and the cost.

    Examples
    --------
    >>> straight_line(30_000, 7_500, 10)
    2250.0

    References
    ----------
    Microsoft, SLN function.
    """
    cost, salvage = _asset(cost_usd, salvage_usd)
    return (cost - salvage) / number("life_periods", life_periods, above=0)


@no_answer_passes
def sum_of_years_digits(cost_usd: float, salvage_usd: float, life_periods: float, period: float) -> float:
    """A charge that falls by the same amount each period (Excel's SYD).

    sum_of_years_digits = (cost_usd - salvage_usd) * (life - period + 1) * 2 / (life * (life + 1))

    Parameters
    ----------
    cost_usd : float
        Purchase price [USD].
    salvage_usd : float
        Worth at the end of the life [USD].
    life_periods : float
        Life, a whole number [periods].
    period : float
        Which period, from 1 [periods].

    Returns
    -------
    float
        Depreciation of that period [USD].

    Raises
    ------
    InputError
        The life is no whole number, or there is no such period.

    Examples
    --------
    >>> round(sum_of_years_digits(30_000, 7_500, 10, 1), 2)
    4090.91

    References
    ----------
    Microsoft, SYD function.
    """
    cost, salvage = _asset(cost_usd, salvage_usd)
    life = whole("life_periods", life_periods)
    which = whole("period", period, at_most=life)
    return (cost - salvage) * (life - which + 1) * 2 / (life * (life + 1))


@no_answer_passes
def fixed_declining_balance(
    cost_usd: float, salvage_usd: float, life_years: float, year: float, first_year_months: float = 12
) -> float:
    """The same share of the book value each year, which ends near the salvage value (Excel's DB).

    fixed_declining_balance = book value * rate,
    rate = 1 - (salvage_usd / cost_usd)^(1 / life_years), rounded to three decimals

    Parameters
    ----------
    cost_usd : float
        Purchase price [USD].
    salvage_usd : float
        Worth at the end of the life [USD].
    life_years : float
        Life, a whole number [years].
    year : float
        Which year, from 1; after a part first year there is one more year than the life [years].
    first_year_months : float
        Months in use in the first year, 1 to 12 [months].

    Returns
    -------
    float
        Depreciation of that year [USD].

    Raises
    ------
    InputError
        There is no such year, or the salvage value is not between 0 and the cost.

    Notes
    -----
    Excel rounds the rate, so the book value ends near the salvage value, not on it.

    Examples
    --------
    >>> round(fixed_declining_balance(1_000_000, 100_000, 6, 1, 7), 2)
    186083.33

    References
    ----------
    Microsoft, DB function.
    """
    cost, salvage = _asset(cost_usd, salvage_usd)
    life, months = whole("life_years", life_years), whole("first_year_months", first_year_months, at_most=12)
    which = whole("year", year, at_most=life + (months < MONTHS_PER_YEAR))
    if cost == 0:
        return 0.0
    rate = math.floor((1 - math.pow(salvage / cost, 1 / life)) * 1000 + 0.5) / 1000
    first = cost * rate * months / MONTHS_PER_YEAR
    if which == 1:
        return first
    book = (cost - first) * math.pow(1 - rate, which - 2)
    return book * rate * ((MONTHS_PER_YEAR - months) / MONTHS_PER_YEAR if which > life else 1)


@no_answer_passes
def double_declining_balance(
    cost_usd: float, salvage_usd: float, life_periods: float, period: float, factor: float = 2.0
) -> float:
    """A multiple of the straight-line share of the book value each period (Excel's DDB).

    double_declining_balance = minimum(book value * factor / life_periods, book value - salvage_usd)

    Parameters
    ----------
    cost_usd : float
        Purchase price [USD].
    salvage_usd : float
        Worth below which it is not written [USD].
    life_periods : float
        Life, a whole number [periods].
    period : float
        Which period, from 1 [periods].
    factor : float
        Times the straight-line share; 2 is double declining [ratio].

    Returns
    -------
    float
        Depreciation of that period [USD].

    Raises
    ------
    InputError
        The life is no whole number, there is no such period, or the factor is not above 0.

    Notes
    -----
    It need not reach the salvage value within the life; `variable_declining_balance` does.

    Examples
    --------
    >>> round(double_declining_balance(2_400, 300, 10, 10), 4)
    22.1225

    References
    ----------
    Microsoft, DDB function.
    """
    cost, salvage = _asset(cost_usd, salvage_usd)
    life = whole("life_periods", life_periods)
    which = whole("period", period, at_most=life)
    return _declining(cost, salvage, life, which, number("factor", factor, above=0))


@no_answer_passes
def variable_declining_balance(
    cost_usd: float,
    salvage_usd: float,
    life_periods: float,
    start_period: float,
    end_period: float,
    factor: float = 2.0,
    no_switch: bool = False,
) -> float:
    """Declining balance between two times, changing to straight line once that is more (Excel's VDB).

    variable_declining_balance = sum over periods of charge * share of the period between start and end,
    charge = maximum(declining balance, (book value - salvage_usd) / remaining periods)

    Parameters
    ----------
    cost_usd : float
        Purchase price [USD].
    salvage_usd : float
        Worth at the end of the life [USD].
    life_periods : float
        Life, a whole number [periods].
    start_period, end_period : float
        From when to when; 0 to 0.5 is the first half of the first period [periods].
    factor : float
        Times the straight-line share; 2 is double declining [ratio].
    no_switch : bool
        Stay with the declining balance.

    Returns
    -------
    float
        Depreciation between the two [USD].

    Raises
    ------
    InputError
        The life is no whole number, or the times are not in order within it.

    Examples
    --------
    >>> round(variable_declining_balance(2_400, 300, 10, 0, 0.875, 1.5), 2)
    315.0

    References
    ----------
    Microsoft, VDB function.
    """
    cost, salvage = _asset(cost_usd, salvage_usd)
    life, times = whole("life_periods", life_periods), number("factor", factor, above=0)
    start = number("start_period", start_period, at_least=0, at_most=life)
    end = number("end_period", end_period, at_least=0, at_most=life)
    if start > end:
        raise InputError(f"start_period must be at most end_period, got {start:g} and {end:g}")
    book, charged = cost, 0.0
    for period in range(1, math.ceil(end) + 1):
        left = max(book - salvage, 0.0)  # rounding may take it a hair below
        straight = 0.0 if no_switch else left / (life - period + 1)
        charge = max(min(book * times / life, left), straight)
        charged += charge * max(0.0, min(end, period) - max(start, period - 1))
        book -= charge
    return charged


def _declining(cost: float, salvage: float, life: int, period: int, factor: float) -> float:
    """Book values fall by the same share until the salvage value is reached."""
    share = min(factor / life, 1.0)
    book = max(cost * math.pow(1 - share, period - 1), salvage)
    return min(book * share, book - salvage)


def _asset(cost_usd: float, salvage_usd: float) -> tuple[float, float]:
    cost = number("cost_usd", cost_usd, at_least=0)
    return cost, number("salvage_usd", salvage_usd, at_least=0, at_most=cost)
