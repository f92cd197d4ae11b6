"""What changes from year to year: the traffic of a user, rents, the price of new GPUs, and the API's prices."""

from __future__ import annotations

from napkinxl.engine.ops import Number, power
from napkinxl.engine.registry import monthly
from napkinxl.engine.units import MONTHS_PER_YEAR


@monthly("x", "Traffic per user relative to month 1", audience="finance", helper=True)
def usage_ratio(month: Number, usage_change_share_per_year: Number) -> Number:
    """A user's traffic in the month is this many times that of month 1, seasons aside.

    Notes
    -----
    More or longer requests: busy sequences grow, the memory that each takes does not.

    Examples
    --------
    >>> usage_ratio(25, 1.0)
    4.0

    References
    ----------
    Compound growth: value = first x (1 + rate)^years, Excel's RRI backwards (worked case FN51).
    """
    return power(1 + usage_change_share_per_year, (month - 1) / MONTHS_PER_YEAR)


@monthly("x", "GPU rent relative to month 1", audience="finance", helper=True)
def rent_ratio(month: Number, rent_change_share_per_year: Number) -> Number:
    """GPU rents in the month are this many times those of month 1.

    Notes
    -----
    Month by month: for rent without commitment. A contract keeps its price.

    Examples
    --------
    >>> rent_ratio(13, -0.25)
    0.75

    References
    ----------
    Price trend p(t) = p(0) / f^t (worked cases A16, EP05), with f = 1 / (1 + change).
    """
    return power(1 + rent_change_share_per_year, (month - 1) / MONTHS_PER_YEAR)


@monthly("x", "GPU purchase price relative to month 1", audience="finance", helper=True)
def purchase_ratio(month: Number, purchase_change_share_per_year: Number) -> Number:
    """A GPU ordered in the month costs this many times the price of month 1.

    Examples
    --------
    >>> purchase_ratio(25, -0.5)
    0.25

    References
    ----------
    Price trend p(t) = p(0) / f^t (worked cases A16, EP05), with f = 1 / (1 + change).
    """
    return power(1 + purchase_change_share_per_year, (month - 1) / MONTHS_PER_YEAR)


@monthly("x", "API price relative to month 1", audience="finance", helper=True)
def api_ratio(month: Number, api_change_share_per_year: Number) -> Number:
    """The API's prices in the month are this many times those of month 1.

    Examples
    --------
    >>> api_ratio(25, -0.5)
    0.25

    References
    ----------
    Price trend p(t) = p(0) / f^t (worked cases A16, EP05), with f = 1 / (1 + change).
    """
    return power(1 + api_change_share_per_year, (month - 1) / MONTHS_PER_YEAR)
