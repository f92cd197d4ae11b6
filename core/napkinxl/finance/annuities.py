"""Level payments: what a loan, a lease or a savings plan costs per period, and how long it takes.

Excel's signs: money received (a loan taken up) is positive, money paid (its instalments) negative. `at_start` says
that payments fall at the start of each period, Excel's type 1. The rate is that of one period.
"""

from __future__ import annotations

import math

from napkinxl.finance.arguments import no_answer_passes, number, whole
from napkinxl.finance.growth import accumulation, growth_factor, sum_of_discounts
from napkinxl.finance.roots import rate_of_no_value


@no_answer_passes
def payment(
    rate_per_period: float,
    periods: float,
    present_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """The level payment that turns a present amount into a future one (Excel's PMT).

    payment = -(present_usd + future_usd * (1 + rate)^-periods) / (sum of discounts * (1 + rate * at_start))

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    periods : float
        Number of payments [periods].
    present_usd : float
        Amount at the start, a loan taken up being positive [USD].
    future_usd : float
        Amount at the end; 0 pays the loan off [USD].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Payment per period, negative where paid [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there are no periods.

    Examples
    --------
    >>> round(payment(0.075 / 12, 180, 200_000), 2)
    -1854.02

    References
    ----------
    numpy-financial, pmt; Microsoft, PMT function.
    """
    rate, count = _rate(rate_per_period), number("periods", periods, above=0)
    present, future = number("present_usd", present_usd), number("future_usd", future_usd)
    per_usd = sum_of_discounts(rate, count) * (1 + rate * at_start)
    return _finite(-(present + future * growth_factor(rate, -count)) / per_usd)


@no_answer_passes
def present_value(
    rate_per_period: float,
    periods: float,
    payment_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """What level payments and a final amount are worth today (Excel's PV).

    present_value = -(future_usd * (1 + rate)^-periods + payment_usd * sum of discounts * (1 + rate * at_start))

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    periods : float
        Number of payments [periods].
    payment_usd : float
        Payment per period [USD].
    future_usd : float
        Amount at the end [USD].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Present value, of the opposite sign [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or the periods are negative.

    Examples
    --------
    >>> round(present_value(0.08 / 12, 240, 500), 2)
    -59777.15

    References
    ----------
    Microsoft, PV function.
    """
    rate, count = _rate(rate_per_period), number("periods", periods, at_least=0)
    paid, future = number("payment_usd", payment_usd), number("future_usd", future_usd)
    annuity = paid * sum_of_discounts(rate, count) * (1 + rate * at_start)
    return _finite(-(future * growth_factor(rate, -count) + annuity))


@no_answer_passes
def future_value(
    rate_per_period: float,
    periods: float,
    payment_usd: float,
    present_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """What a present amount and level payments grow to (Excel's FV).

    future_value = -(present_usd * (1 + rate)^periods + payment_usd * accumulation * (1 + rate * at_start))

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    periods : float
        Number of payments [periods].
    payment_usd : float
        Payment per period, negative where paid in [USD].
    present_usd : float
        Amount at the start, negative where paid in [USD].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Future value, of the opposite sign [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or the periods are negative.

    Examples
    --------
    >>> round(future_value(0.06 / 12, 10, -200, -500, at_start=True), 2)
    2581.4

    References
    ----------
    Microsoft, FV function.
    """
    rate, count = _rate(rate_per_period), number("periods", periods, at_least=0)
    paid, present = number("payment_usd", payment_usd), number("present_usd", present_usd)
    return _finite(-(present * growth_factor(rate, count) + paid * accumulation(rate, count) * (1 + rate * at_start)))


@no_answer_passes
def payment_periods(
    rate_per_period: float,
    payment_usd: float,
    present_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """How many level payments turn a present amount into a future one (Excel's NPER).

    payment_periods = log((due - future_usd * rate) / (due + present_usd * rate)) / log(1 + rate),
    due = payment_usd * (1 + rate * at_start)

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    payment_usd : float
        Payment per period [USD].
    present_usd : float
        Amount at the start [USD].
    future_usd : float
        Amount at the end [USD].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Number of payments [periods]; NaN where the payments never get there. Negative, as in Excel, where the
        amounts agree at a time before the start.

    Raises
    ------
    InputError
        The rate is -1 or less.

    Examples
    --------
    >>> round(payment_periods(0.01, -100, -1_000, 10_000, at_start=True), 2)
    59.67

    References
    ----------
    Microsoft, NPER function.
    """
    rate, paid = _rate(rate_per_period), number("payment_usd", payment_usd)
    present, future = number("present_usd", present_usd), number("future_usd", future_usd)
    due = paid * (1 + rate * at_start)
    if rate == 0 or due + present * rate == 0:
        return -(present + future) / paid if rate == 0 and paid else math.nan
    growth_less_1 = -rate * (present + future) / (due + present * rate)
    return _finite(math.log1p(growth_less_1) / math.log1p(rate)) if growth_less_1 > -1 else math.nan


@no_answer_passes
def periodic_rate(
    periods: float,
    payment_usd: float,
    present_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
    guess: float = 0.1,
) -> float:
    """The interest that level payments carry (Excel's RATE).

    present_value(periodic_rate, periods, payment_usd, future_usd, at_start) = present_usd

    Parameters
    ----------
    periods : float
        Number of payments, a whole number [periods].
    payment_usd : float
        Payment per period [USD].
    present_usd : float
        Amount at the start [USD].
    future_usd : float
        Amount at the end [USD].
    at_start : bool
        Payments fall at the start of each period.
    guess : float
        Of several rates the one nearest to this is given [share per period].

    Returns
    -------
    float
        Interest [share per period]; NaN where no rate fits.

    Raises
    ------
    InputError
        The periods are no whole number.

    Examples
    --------
    >>> round(periodic_rate(48, -200, 8_000), 6)
    0.007701

    References
    ----------
    Microsoft, RATE function.
    """
    count, paid = whole("periods", periods), number("payment_usd", payment_usd)
    flows = [paid] * count + [0.0] if at_start else [0.0] + [paid] * count
    flows[0] += number("present_usd", present_usd)
    flows[-1] += number("future_usd", future_usd)
    return rate_of_no_value(flows, [float(time) for time in range(count + 1)], number("guess", guess, above=-1))


def _rate(rate_per_period: float) -> float:
    return number("rate_per_period", rate_per_period, above=-1)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else math.nan
