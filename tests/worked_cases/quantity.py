"""One quantity from inputs, or from quantities that take the place of theirs."""

from __future__ import annotations

from napkinxl.evaluation import evaluate


def quantity(name: str, **given: float) -> float:
    """The quantity of that name."""
    return float(evaluate(given, [name])[name])
