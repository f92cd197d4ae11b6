"""What the functions of this package accept: finite numbers within bounds; a NaN goes straight through."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sized
from functools import wraps
from typing import ParamSpec

from napkinxl.errors import InputError

Arguments = ParamSpec("Arguments")
MOST_PERIODS = 100_000


def no_answer_passes(function: Callable[Arguments, float]) -> Callable[Arguments, float]:
    """Let a function give NaN where an argument, or a number of a list, is NaN: no answer in, no answer out."""

    @wraps(function)
    def answer(*args: Arguments.args, **kwargs: Arguments.kwargs) -> float:
        for value in (*args, *kwargs.values()):
            items = value if isinstance(value, Sized) and isinstance(value, Iterable) else (value,)
            if any(isinstance(item, float) and math.isnan(item) for item in items):
                return math.nan
        return function(*args, **kwargs)

    return answer


def number(
    name: str,
    value: object,
    *,
    above: float = -math.inf,
    at_least: float = -math.inf,
    at_most: float = math.inf,
) -> float:
    """`value` as a float within the bounds.

    Raises:
        InputError: it is no finite number, or lies outside the bounds.
    """
    found = _float(value)
    if found is None or not math.isfinite(found):
        raise InputError(f"{name} must be a finite number, got {_short(value)}")
    if not (found > above and at_least <= found <= at_most):
        raise InputError(f"{name} must be {_allowed(above, at_least, at_most)}, got {found:.10g}")
    return found


def whole(name: str, value: object, *, at_least: int = 1, at_most: int = MOST_PERIODS) -> int:
    """`value` as a whole number within the bounds.

    Raises:
        InputError: it is no whole number, or lies outside the bounds.
    """
    found = number(name, value)
    if found != int(found) or not at_least <= found <= at_most:
        raise InputError(f"{name} must be a whole number in [{at_least:,}, {at_most:,}], got {found:.10g}")
    return int(found)


def amounts(name: str, values: Iterable[object], *, at_least: int = 1) -> list[float]:
    """The numbers of a list.

    Raises:
        InputError: it is no list of finite numbers, or too short.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InputError(f"{name} must be a list of numbers, got {_short(values)}")
    found = [number(f"{name}[{place}]", value) for place, value in enumerate(values)]
    if len(found) < at_least:
        raise InputError(f"{name} must hold at least {at_least}, got {len(found)}")
    return found


def _float(value: object) -> float | None:
    if isinstance(value, (str, bytes, bool)) or not hasattr(value, "__float__"):
        return None
    try:
        return float(value)
    except (OverflowError, TypeError, ValueError):
        return None


def _allowed(above: float, at_least: float, at_most: float) -> str:
    if at_most == math.inf:
        return f"above {above:g}" if above > at_least else f"at least {at_least:g}"
    low = f"({above:g}" if above > at_least else f"[{at_least:g}"
    return f"in {low}, {at_most:g}]"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
