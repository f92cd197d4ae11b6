"""One quantity from inputs, or from quantities that take the place of theirs; one number from a formula of a plan."""

from __future__ import annotations

from typing import Any

from napkinxl.formulas import evaluate


def quantity(name: str, **given: float) -> float:
    """The quantity of that name."""
    return float(evaluate(given, [name])[name])


def number(value: Any) -> float:
    """What a formula gives for numbers."""
    return float(value)
