"""Compound growth, exact for the smallest rates and at none."""

from __future__ import annotations

import math


def growth_factor(rate: float, periods: float) -> float:
    """(1 + rate)^periods; infinite where a float does not reach.

    >>> round(growth_factor(0.1, 2), 12)
    1.21
    """
    try:
        return math.exp(periods * math.log1p(rate))
    except OverflowError:
        return math.inf


def accumulation(rate: float, periods: float) -> float:
    """What one dollar at the end of each period has grown to: ((1 + rate)^periods - 1) / rate.

    >>> accumulation(0.0, 12)
    12.0
    """
    if rate == 0:
        return float(periods)
    try:
        return math.expm1(periods * math.log1p(rate)) / rate
    except OverflowError:
        return math.copysign(math.inf, rate)


def sum_of_discounts(rate: float, periods: float) -> float:
    """What one dollar at the end of each period is worth today: (1 - (1 + rate)^-periods) / rate.

    >>> round(sum_of_discounts(0.1, 5), 4)
    3.7908
    """
    return -accumulation(rate, -periods) if periods else 0.0
