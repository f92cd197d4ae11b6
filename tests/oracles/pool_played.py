"""A pool played through: users who think, ask, and think again, each on their own clock."""

from __future__ import annotations

from collections.abc import Callable

import numpy
from numpy.typing import NDArray

Draw = Callable[[numpy.random.Generator, tuple[int, int]], NDArray[numpy.float64]]

# How long an answer takes, a second on average.
ANSWERS: dict[str, Draw] = {
    "exponential": lambda generator, size: generator.exponential(1, size),
    "all alike": lambda generator, size: numpy.ones(size),
    "lognormal": lambda generator, size: generator.lognormal(-0.5 * numpy.log(5), numpy.sqrt(numpy.log(5)), size),
}


def missed_share(users: int, slots: int, duty: float, answers: str, rounds: int = 10_000) -> float:
    """Share of time in which more users are busy than there are slots, after a tenth of the time to warm up."""
    generator = numpy.random.default_rng(7)
    asked = ANSWERS[answers](generator, (users, rounds))
    ends = (asked + generator.exponential(1 / duty - 1, (users, rounds))).cumsum(axis=1)
    times = numpy.concatenate([(ends - asked).ravel(), ends.ravel()])
    order = times.argsort()
    busy = numpy.where(order < ends.size, 1, -1).cumsum()[:-1]
    last = ends[:, -1].min()  # from then on somebody has nothing left to ask
    spans = numpy.diff(times[order].clip(last / 10, last))
    return float(spans[busy > slots].sum() / spans.sum())
