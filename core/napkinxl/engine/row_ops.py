"""Functions on whole rows: totals, the first month of something, a value of another month, present value.

A row is a sequence of numbers (floats or arrays), or a symbol while a formula is traced: each function then becomes a
node of the tree, as those of `napkinxl.engine.ops` do. INDEX finds values of other months: OFFSET and INDIRECT would
make Excel recalculate the sheet at every keystroke.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, TypeAlias

from napkinxl.engine.expressions import Call, Expression, History, expression
from napkinxl.engine.ops import NO_ANSWER, Number, floor, maximum, minimum, where

Numbers: TypeAlias = Any


def _traced(function: str, *arguments: object) -> Call:
    return Call(function, tuple(map(expression, arguments)))


def total(row: Numbers) -> Number:
    """The sum of a row, or of a value over all tiers.

    >>> total([1.0, 2.0, 3.5])
    6.5
    """
    if isinstance(row, Expression):
        return _traced("total", row)
    found: Number = sum(row[1:], start=row[0])
    return found


def lowest(row: Numbers) -> Number:
    """The smallest value; no answer if one has none.

    >>> lowest([1.0, -2.0, 3.5])
    -2.0
    """
    if isinstance(row, Expression):
        return _traced("lowest", row)
    found: Number = reduce(minimum, row)
    return found


def highest(row: Numbers) -> Number:
    """The largest value; no answer if one has none.

    >>> highest([1.0, -2.0, 3.5])
    3.5
    """
    if isinstance(row, Expression):
        return _traced("highest", row)
    found: Number = reduce(maximum, row)
    return found


def last(row: Numbers) -> Number:
    """The value of the last month.

    >>> last([1.0, -2.0, 3.5])
    3.5
    """
    if isinstance(row, Expression):
        return _traced("last", row)
    found: Number = row[-1]
    return found


def count_of(row: Numbers, value: Number) -> Number:
    """In how many months the row has this value; no answer if a month has none.

    >>> count_of([2.0, 0.0, 0.0], 0.0)
    2.0
    """
    if isinstance(row, Expression):
        return _traced("count_of", row, value)
    return total([where(_same(item, value), 1.0, 0.0) for item in row]) + 0 * total(row)


def first_month(row: Numbers, value: Number) -> Number:
    """The first month in which the row has this value; no answer if none has, or if a month has none.

    >>> first_month([2.0, 0.0, 0.0], 0.0)
    2.0
    """
    if isinstance(row, Expression):
        return _traced("first_month", row, value)
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
        return _traced("present_value", row, rate)
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
        opening = 1 if isinstance(row, History) else 0  # a column before the first month
        return _traced("month_value", row, month + opening if opening else month, 1 + opening)
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
        return _traced("is_given", series)
    return 1.0 if series == series else 0.0
