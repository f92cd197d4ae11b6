"""Functions on whole rows: totals, the first month of something, a value of another month, present value.

A row is a sequence of numbers (floats or arrays), or cells while a formula is traced. INDEX finds values of other
months: OFFSET and INDIRECT would make Excel recalculate the sheet at every keystroke.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

from napkinxl.expressions import Expression, Symbol, excel, expression, words
from napkinxl.ops import NO_ANSWER, Number, floor, maximum, minimum, where

Numbers: TypeAlias = Any


@dataclass(frozen=True, eq=False)
class Cells(Symbol):
    """The address of one cell or a range in a formula being traced; a range begins with the value of `first`."""

    first: int = 1


@dataclass(frozen=True, eq=False)
class Named(Symbol):
    """The name of a row or series, in a formula being written for people."""


def _traced(row: Any, excel_text: str, words_text: str, *others: object) -> Symbol:
    """The text of a function on a row; {0} is the row, {1} and so on the other arguments."""
    write = excel if isinstance(row, Cells) else words
    template = excel_text if isinstance(row, Cells) else words_text
    return Symbol(template.format(row.text, *(write(expression(other)) for other in others)))


def total(row: Numbers) -> Number:
    """The sum of a row, or of a value over all tiers.

    >>> total([1.0, 2.0, 3.5])
    6.5
    """
    if isinstance(row, Expression):
        return _traced(row, "SUM({0})", "total({0})")
    found: Number = sum(row[1:], start=row[0])
    return found


def lowest(row: Numbers) -> Number:
    """The smallest value; no answer if one has none.

    >>> lowest([1.0, -2.0, 3.5])
    -2.0
    """
    if isinstance(row, Expression):
        return _traced(row, "MIN({0})", "lowest({0})")
    found: Number = reduce(minimum, row)
    return found


def highest(row: Numbers) -> Number:
    """The largest value; no answer if one has none.

    >>> highest([1.0, -2.0, 3.5])
    3.5
    """
    if isinstance(row, Expression):
        return _traced(row, "MAX({0})", "highest({0})")
    found: Number = reduce(maximum, row)
    return found


def last(row: Numbers) -> Number:
    """The value of the last month.

    >>> last([1.0, -2.0, 3.5])
    3.5
    """
    if isinstance(row, Expression):
        return _traced(row, "INDEX({0},COLUMNS({0}))", "last({0})")
    found: Number = row[-1]
    return found


def count_of(row: Numbers, value: Number) -> Number:
    """In how many months the row has this value; no answer if a month has none.

    >>> count_of([2.0, 0.0, 0.0], 0.0)
    2.0
    """
    if isinstance(row, Expression):
        return _traced(row, "COUNTIF({0},{1})+0*SUM({0})", "number of ({0} = {1})", value)
    return total([where(_same(item, value), 1.0, 0.0) for item in row]) + 0 * total(row)


def first_month(row: Numbers, value: Number) -> Number:
    """The first month in which the row has this value; no answer if none has, or if a month has none.

    >>> first_month([2.0, 0.0, 0.0], 0.0)
    2.0
    """
    if isinstance(row, Expression):
        return _traced(row, "MATCH({1},{0},0)+0*SUM({0})", "first month of ({0} = {1})", value)
    found: Number = NO_ANSWER
    for month in range(len(row), 0, -1):
        found = where(_same(row[month - 1], value), float(month), found)
    return found + 0 * total(row)


def _same(item: Any, value: Any) -> Any:
    """Whether they are equal, for `where`."""
    same = item == value
    return same if getattr(same, "ndim", 0) else float(same)


def present_value(rate: Number, row: Numbers) -> Number:
    """The net present value of flows at the end of each month: Excel's NPV.

    >>> round(present_value(0.08, [8000.0, 9200.0, 10_000.0, 12_000.0, 14_500.0]), 2)
    41922.06
    """
    if isinstance(row, Expression):
        return _traced(row, "NPV({1},{0})", "NPV({1}, {0})", rate)
    found: Number = row[0] * 0.0
    factor = 1.0 + rate * 0.0
    for flow in row:
        factor = factor / (1.0 + rate)
        found = found + flow * factor
    return found


def month_value(row: Numbers, month: Number) -> Number:
    """The value of a row in some month, 0 where the row has no such month.

    >>> month_value([5.0, 7.0], 2.0), month_value([5.0, 7.0], 0.0), month_value([5.0, 7.0], 3.0)
    (7.0, 0.0, 0.0)
    """
    if isinstance(row, Expression):
        # A history begins with the opening column, which is no month.
        shift = month if getattr(row, "first", 1) else month + 1
        lowest_place = 1 if getattr(row, "first", 1) else 2
        text = f"IF(OR({{1}}<{lowest_place},{{1}}>COLUMNS({{0}})),0,INDEX({{0}},{{1}}))"
        return _traced(row, text, "{0} of month ({1})", shift if isinstance(row, Cells) else month)
    if month != month:
        return NO_ANSWER
    place = int(floor(month))  # type: ignore[call-overload]
    found: Number = row[place - 1] if 1 <= place <= len(row) else 0.0
    return found


def is_given(series: Any) -> Number:
    """Whether a series has a number for this month: 1 or 0; for `where`.

    >>> is_given(3.0), is_given(float("nan"))
    (1.0, 0.0)
    """
    if isinstance(series, Expression):
        return _traced(series, "ISNUMBER({0})", "{0} is given")
    return 1.0 if series == series else 0.0
