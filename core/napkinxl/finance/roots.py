"""The rate at which dated flows are worth nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

MOST_HALVINGS = 200
FIRST_STEP = 1e-4  # of the logarithm of 1 + rate
STEP_GROWTH = 1.01
LONGEST_REACH = 700.0  # exp of more is no float


def rate_of_no_value(flows: Sequence[float], times: Sequence[float], guess: float) -> float:
    """The rate above -1 at which the flows are worth nothing, nearest to the guess; NaN where there is none.

    Seen from the guess, the search widens its steps by 1% each, so that two rates that lie closer together than
    1% of their distance from the guess may both be missed. A rate at which the value touches zero without
    changing its sign is no answer.
    """
    flows, times = _merged(flows, times)
    if len(flows) < 2 or min(flows) >= 0 or max(flows) <= 0:
        return math.nan
    low, high = _reach(flows, times)
    value = _valued(flows, times)
    start = min(max(math.log1p(guess), low), high)
    if value(start) == 0:
        return math.expm1(start)
    found = [_bisected(value, *bracket) for bracket in _brackets(value, start, low, high)]
    rates = [math.expm1(root) for root in found]
    return min(rates, key=lambda rate: abs(rate - guess), default=math.nan)


def _merged(flows: Sequence[float], times: Sequence[float]) -> tuple[list[float], list[float]]:
    """Flows by time as shares of the largest, those of one time added up, zeros left out."""
    scale = max(map(abs, flows), default=0.0) or 1.0
    total: dict[float, float] = {}
    for time, flow in zip(times, flows, strict=True):
        total[time] = total.get(time, 0.0) + flow / scale
    kept = sorted((time, flow) for time, flow in total.items() if flow != 0)
    return [flow for _, flow in kept], [time for time, _ in kept]


def _valued(flows: Sequence[float], times: Sequence[float]) -> Callable[[float], float]:
    """The worth at a logarithm of 1 + rate, counted from the end at which no term can overflow."""

    def value(log_growth: float) -> float:
        origin = times[0] if log_growth >= 0 else times[-1]
        terms = [flow * math.exp(-log_growth * (time - origin)) for flow, time in zip(flows, times, strict=True)]
        return math.fsum(terms)

    return value


def _reach(flows: Sequence[float], times: Sequence[float]) -> tuple[float, float]:
    """Where roots can be: beyond, the first or the last flow outweighs all others together."""
    total = math.log(sum(map(abs, flows)))
    high = max(0.0, total - math.log(abs(flows[0]))) / (times[1] - times[0])
    low = max(0.0, total - math.log(abs(flows[-1]))) / (times[-1] - times[-2])
    return -min(low + FIRST_STEP, LONGEST_REACH), min(high + FIRST_STEP, LONGEST_REACH)


def _brackets(value: Callable[[float], float], start: float, low: float, high: float) -> list[tuple[float, float]]:
    """The first change of sign on either side of the start."""
    found = []
    for end in (low, high):
        near, near_value, step = start, value(start), math.copysign(FIRST_STEP, end - start)
        while near != end:
            far = near + step
            if abs(far - start) >= abs(end - start):
                far = end
            far_value = value(far)
            if (near_value > 0) != (far_value > 0):
                found.append((near, far))
                break
            near, near_value, step = far, far_value, step * STEP_GROWTH
    return found


def _bisected(value: Callable[[float], float], left: float, right: float) -> float:
    """The place between two values of different sign where the sign changes."""
    positive = value(left) > 0
    for _ in range(MOST_HALVINGS):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        if (value(middle) > 0) == positive:
            left = middle
        else:
            right = middle
    return right
