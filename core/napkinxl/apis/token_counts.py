"""Counts of tokens as the prices of APIs take them."""

from __future__ import annotations

import math

from napkinxl.errors import InputError

LONGEST_QUOTE = 60


def token_count(name: str, value: object) -> float:
    """`value` as a count of tokens.

    Raises:
        InputError: it is no finite number, or below 0.

    >>> token_count("prompt_tokens", 200_001)
    200001.0
    """
    found = _float(value)
    if not math.isfinite(found):
        raise InputError(f"{name} must be a finite number, got {_short(value)}")
    if found < 0:
        raise InputError(f"{name} must be at least 0, got {found:.10g}")
    return found


def _float(value: object) -> float:
    """A float, NaN where it is none: neither a text that reads as a number nor a truth value is one."""
    if isinstance(value, (str, bytes, bool)) or not hasattr(value, "__float__"):
        return math.nan
    try:
        return float(value)
    except (OverflowError, TypeError, ValueError):
        return math.nan


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}..."
