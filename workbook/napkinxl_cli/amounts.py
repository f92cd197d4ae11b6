"""Amounts as people read them on a screen."""

from __future__ import annotations

from napkinxl.tracing import number_text

SMALLEST_PERCENT, SMALLEST_CENTS = 0.001, 0.1  # below these a fixed number of decimals says too little
LARGE = 10_000  # from here on decimals say nothing


def cell(value: object, unit: str) -> str:
    """A value in a table whose row names the unit: a share in percent, money with cents, else with its digits.

    >>> cell(0.2165, "share"), cell(4.32, "USD/month"), cell(0.00239, "USD/month"), cell(float("nan"), "ms")
    ('21.6%', '4.32', '0.00239', 'no answer')
    """
    if not isinstance(value, float) or value != value:
        return number_text(value)
    if unit == "share":
        return f"{value:.1%}" if abs(value) >= SMALLEST_PERCENT or value == 0 else f"{value * 100:.2g}%"
    if unit.startswith("USD"):
        return f"{value:,.2f}" if abs(value) >= SMALLEST_CENTS or value == 0 else f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= LARGE else number_text(value)


def amount(value: object, unit: str) -> str:
    """A value in a sentence: as in a table, and money with its sign.

    >>> amount(4.32, "USD/month"), amount(-1234.5, "USD"), amount(0.2165, "share")
    ('$4.32', '-$1,234.50', '21.6%')
    """
    text = cell(value, unit)
    if not unit.startswith("USD") or value != value:
        return text
    return f"-${text[1:]}" if text.startswith("-") else f"${text}"
