"""Searches for the point where something stops, or starts, to hold."""

from __future__ import annotations

from collections.abc import Callable


def last_whole(holds: Callable[[int], bool], known: int, guess: int, limit: int) -> int:
    """The largest whole number up to `limit` for which something holds that holds from `known` up to a point.

    Strides that double lead from the guess to a bracket, so a good guess needs few looks.

    >>> last_whole(lambda number: number**2 <= 50, known=0, guess=5, limit=100)
    7
    """
    low, high, stride = known, limit + 1, 1
    trial = min(max(guess, known + 1), limit)
    while low < trial < high:
        if holds(trial):
            low, trial = trial, trial + stride
        else:
            high, trial = trial, trial - stride
        stride *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def first_whole(holds: Callable[[int], bool], least: int, guess: int, limit: int) -> int:
    """The smallest whole number from `least` on for which something holds that holds from a point on; `limit` at most.

    >>> first_whole(lambda number: number**2 >= 50, least=1, guess=5, limit=100)
    8
    """
    if holds(least):
        return least
    return last_whole(lambda number: not holds(number), least, guess, limit - 1) + 1


def crossing(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes zero between two points, to the last bits of a float.

    >>> round(crossing(lambda x: x * x - 2, 0, 2), 12)
    1.414213562373
    """
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
