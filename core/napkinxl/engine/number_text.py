"""Numbers as people read them: on a screen, in a sentence, in a reference; and as a file keeps them."""

from __future__ import annotations

from typing import Final

NO_ANSWER: Final = "no answer"
SMALLEST_PERCENT, SMALLEST_CENTS = 0.001, 0.1  # below these a fixed number of decimals says too little
LARGE, LARGE_SUM_USD = 10_000, 100_000  # from here on decimals say nothing
EXACT_INTEGERS_BELOW: Final = 2**53


def number_text(value: object) -> str:
    """A value to six digits; "no answer" for NaN.

    >>> number_text(26.2144), number_text(200000.0), number_text(float("nan"))
    ('26.2144', '200,000', 'no answer')
    """
    if not isinstance(value, (int, float)):
        return str(value)
    if value != value:
        return NO_ANSWER
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.6g}" if abs(value) < 1e6 else whole_text(value)


def whole_text(value: float) -> str:
    """A value without decimals; "no answer" for NaN.

    >>> whole_text(1234.5), whole_text(float("nan"))
    ('1,234', 'no answer')
    """
    return NO_ANSWER if value != value else f"{value:,.0f}"


def precise_text(value: float) -> str:
    """A value as it was given: with all its digits, ten at most.

    >>> precise_text(0.123456789), precise_text(20000.0)
    ('0.123456789', '20,000')
    """
    return f"{value:,.10g}"


def cell_text(value: object, unit: str) -> str:
    """A value in a table whose row names the unit: a share in percent, money with cents, else with its digits.

    >>> cell_text(0.2165, "share"), cell_text(4.32, "USD/month"), cell_text(0.00239, "USD/month")
    ('21.6%', '4.32', '0.00239')
    >>> cell_text(1234567.8, "USD"), cell_text(float("nan"), "ms")
    ('1,234,568', 'no answer')
    """
    if not isinstance(value, float) or value != value:
        return number_text(value)
    if unit == "share":
        return f"{value:.1%}" if abs(value) >= SMALLEST_PERCENT or value == 0 else f"{value * 100:.2g}%"
    if unit == "USD" and abs(value) >= LARGE_SUM_USD:
        return whole_text(value)
    if unit.startswith("USD"):
        return f"{value:,.2f}" if abs(value) >= SMALLEST_CENTS or value == 0 else f"{value:.3g}"
    return whole_text(value) if abs(value) >= LARGE else number_text(value)


def amount_text(value: object, unit: str) -> str:
    """A value in a sentence: as in a table, and money with its sign.

    >>> amount_text(4.32, "USD/month"), amount_text(-1234.5, "USD"), amount_text(0.2165, "share")
    ('$4.32', '-$1,234.50', '21.6%')
    """
    text = cell_text(value, unit)
    if not unit.startswith("USD") or value != value:
        return text
    return f"-${text[1:]}" if text.startswith("-") else f"${text}"


def stored_text(number: float) -> str:
    """The shortest decimal text that reads back as the same number.

    >>> stored_text(0.1), stored_text(-0.0), stored_text(4096.0)
    ('0.1', '0', '4096')
    """
    if number.is_integer() and abs(number) < EXACT_INTEGERS_BELOW:
        return str(int(number))
    return repr(number)
