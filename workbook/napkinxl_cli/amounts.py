"""Amounts as people read them on a screen."""

from __future__ import annotations

from napkinxl.quantities import TEXT
from napkinxl.tracing import number_text

SMALLEST_CENTS = 0.1  # USD; below it cents say too little


def amount(value: object, unit: str) -> str:
    """A value of a unit: a share in percent, money with its sign, anything else with its digits.

    >>> amount(0.2165, "share"), amount(4.32, "USD/month"), amount(0.00239, "USD/month"), amount(float("nan"), "ms")
    ('21.6%', '$4.32', '$0.00239', 'no answer')
    """
    if unit == TEXT or not isinstance(value, (int, float)) or value != value:
        return number_text(value)
    if unit == "share":
        return f"{value:.1%}" if abs(value) >= 0.001 or value == 0 else f"{value:.2g}".replace("e-0", "e-")
    if unit.startswith("USD"):
        sign = "-" if value < 0 else ""
        size = abs(value)
        return f"{sign}${size:,.2f}" if size >= SMALLEST_CENTS or size == 0 else f"{sign}${size:.3g}"
    return number_text(value)
