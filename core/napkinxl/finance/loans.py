"""Which part of a level payment is interest and which pays the loan back; Excel's signs, see `annuities`."""

from __future__ import annotations

import math

from napkinxl.errors import InputError
from napkinxl.finance.annuities import payment, present_value
from napkinxl.finance.arguments import no_answer_passes, number, whole


@no_answer_passes
def interest_payment(
    rate_per_period: float,
    period: float,
    periods: float,
    present_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """The interest within one payment (Excel's IPMT).

    interest_payment = balance before the payment * rate_per_period

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    period : float
        Which payment, from 1 [periods].
    periods : float
        Number of payments, a whole number [periods].
    present_usd : float
        Amount at the start, a loan taken up being positive [USD].
    future_usd : float
        Amount at the end [USD].
    at_start : bool
        Payments fall at the start of each period; the first then bears no interest.

    Returns
    -------
    float
        Interest of that period, negative where paid [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there is no such payment.

    Examples
    --------
    >>> round(interest_payment(0.1 / 12, 1, 36, 8_000), 2)
    -66.67

    References
    ----------
    Microsoft, IPMT function.
    """
    count = whole("periods", periods)
    which = whole("period", period, at_most=count)
    paid = payment(rate_per_period, count, present_usd, future_usd, at_start)
    rate = number("rate_per_period", rate_per_period, above=-1)
    if at_start and which == 1:
        return 0.0
    # What the payments to come are worth: looking back instead would cancel digits late in a long loan.
    balance = present_value(rate, count - which + 1, paid, future_usd, at_start)
    # At the start of a period the interest of the last one has just been added.
    return -balance * rate / (1 + rate * at_start)


@no_answer_passes
def principal_payment(
    rate_per_period: float,
    period: float,
    periods: float,
    present_usd: float,
    future_usd: float = 0.0,
    at_start: bool = False,
) -> float:
    """What one payment pays back (Excel's PPMT).

    principal_payment = payment - interest_payment

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    period : float
        Which payment, from 1 [periods].
    periods : float
        Number of payments, a whole number [periods].
    present_usd : float
        Amount at the start, a loan taken up being positive [USD].
    future_usd : float
        Amount at the end [USD].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Repayment in that period, negative where paid [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there is no such payment.

    Examples
    --------
    >>> round(principal_payment(0.1 / 12, 1, 24, 2_000), 2)
    -75.62

    References
    ----------
    Microsoft, PPMT function.
    """
    interest = interest_payment(rate_per_period, period, periods, present_usd, future_usd, at_start)
    return payment(rate_per_period, periods, present_usd, future_usd, at_start) - interest


@no_answer_passes
def cumulative_interest(
    rate_per_period: float,
    periods: float,
    present_usd: float,
    first_period: float,
    last_period: float,
    at_start: bool = False,
) -> float:
    """The interest of several payments in a row (Excel's CUMIPMT).

    cumulative_interest = sum of interest_payment from first_period to last_period

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    periods : float
        Number of payments, a whole number [periods].
    present_usd : float
        Amount at the start, a loan taken up being positive [USD].
    first_period, last_period : float
        The payments counted, from 1 [periods].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Interest, negative where paid [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there are no such payments.

    Examples
    --------
    >>> round(cumulative_interest(0.09 / 12, 360, 125_000, 13, 24, at_start=True), 2)
    -11052.34

    References
    ----------
    Microsoft, CUMIPMT function.
    """
    counted = _counted(periods, first_period, last_period)
    return math.fsum(
        interest_payment(rate_per_period, period, periods, present_usd, at_start=at_start) for period in counted
    )


@no_answer_passes
def cumulative_principal(
    rate_per_period: float,
    periods: float,
    present_usd: float,
    first_period: float,
    last_period: float,
    at_start: bool = False,
) -> float:
    """What several payments in a row pay back (Excel's CUMPRINC).

    cumulative_principal = sum of principal_payment from first_period to last_period

    Parameters
    ----------
    rate_per_period : float
        Interest, above -1 [share per period].
    periods : float
        Number of payments, a whole number [periods].
    present_usd : float
        Amount at the start, a loan taken up being positive [USD].
    first_period, last_period : float
        The payments counted, from 1 [periods].
    at_start : bool
        Payments fall at the start of each period.

    Returns
    -------
    float
        Repayment, negative where paid [USD].

    Raises
    ------
    InputError
        The rate is -1 or less, or there are no such payments.

    Examples
    --------
    >>> round(cumulative_principal(0.09 / 12, 360, 125_000, 13, 24, at_start=True), 2)
    -927.15

    References
    ----------
    Microsoft, CUMPRINC function.
    """
    counted = _counted(periods, first_period, last_period)
    return math.fsum(
        principal_payment(rate_per_period, period, periods, present_usd, at_start=at_start) for period in counted
    )


def _counted(periods: float, first_period: float, last_period: float) -> range:
    count = whole("periods", periods)
    first, last = whole("first_period", first_period, at_most=count), whole("last_period", last_period, at_most=count)
    if first > last:
        raise InputError(f"first_period must be at most last_period, got {first} and {last}")
    return range(first, last + 1)
