"""Users of a pool who are busy at once, summed exactly: what the closed forms of pools are held against.

Users who are busy a share of the time, each on their own, are binomial. `burst` is the variance of the busy users over
the binomial's: their duty is then itself drawn from a beta distribution of the same mean (a beta-binomial; Johnson,
Kemp and Kotz, Univariate Discrete Distributions, 6.2.2).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable

import numpy

# Beyond so many standard deviations, and bursts, from the mean a probability is nothing to a float.
DEVIATIONS, BURSTS = 12, 40
# Bursts as large as the pool: all are busy or nobody; a hair less keeps the logarithms finite.
SMALLEST = 1e-9
# A probability that is met exactly is met, whatever the last bits say.
GUARD = 1e-9


def missed_share(users: int, slots: int, duty: float, burst: float = 1) -> float:
    """Share of time in which more users are busy than there are slots."""
    if users <= slots:
        return 0.0
    if duty == 1:
        return 1.0
    mean = users * duty
    reach = DEVIATIONS * math.sqrt(burst * mean * (1 - duty)) + BURSTS * burst
    counts = numpy.arange(max(math.floor(mean - reach), 0), min(math.ceil(mean + reach), users) + 1)
    busy, idle = counts[:-1], users - counts[:-1]
    # Each share over the one before: no factorial, nothing that overflows.
    ratios = numpy.log(idle / (busy + 1))
    if burst == 1:
        ratios += math.log(duty) - math.log1p(-duty)
    else:
        both = max((users - burst) / (burst - 1), SMALLEST)
        ratios += numpy.log((busy + both * duty) / (idle - 1 + both * (1 - duty)))
    heights = numpy.append(0.0, ratios.cumsum())
    weights = numpy.exp(heights - heights.max())
    return float(weights[counts > slots].sum() / weights.sum())


def most_users(slots: int, duty: float, probability: float, burst: float = 1) -> int:
    """The most users of whom all who are busy find a slot with the probability."""

    def too_many(users: int) -> bool:
        return missed_share(users, slots, duty, burst) > allowed(probability)

    return _first(too_many, slots, math.ceil(slots / duty) + 1) - 1


def fewest_slots(users: int, duty: float, probability: float, burst: float = 1) -> int:
    """The fewest slots in which all who are busy fit with the probability."""

    def enough(slots: int) -> bool:
        return missed_share(users, slots, duty, burst) <= allowed(probability)

    return _first(enough, 0, users)


def allowed(probability: float) -> float:
    """The share of time that may be missed."""
    return (1 - probability) * (1 + GUARD)


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The first whole number from `low` on for which something holds that holds from a point on."""
    while not holds(high):
        low, high = high, 2 * high
    return bisect_left(range(high), True, lo=low, key=holds)
