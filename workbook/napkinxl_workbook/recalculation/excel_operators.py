"""What Excel does and the engine does not: comparing to 15 digits, numbers in texts, SUMPRODUCT without truth values.

formualizer 0.13 finds 0.1+0.2=0.3 false and "ä"="Ä" too, joins a third as 0.3333333333333333, and counts TRUE as 1 in
SUMPRODUCT. Values are the engine's: an error is a mapping, a range a list of rows.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from napkinxl_workbook.recalculation.values import EngineValue, ErrorValue, UnknownValueError, to_engine

_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LARGEST_IN_A_TEXT: Final = 1e15
_SMALLEST_IN_A_TEXT: Final = 1e-4


def compare(left: EngineValue, sign: str, right: EngineValue) -> EngineValue:
    """A comparison as Excel makes it, of values or of ranges cell by cell."""
    return _by_cell(lambda one, other: _compared(one, sign, other), left, right)


def join(*values: EngineValue) -> EngineValue:
    """The texts of values one after another, as the operator & has it; ranges cell by cell."""
    joined = text(values[0])
    for value in values[1:]:
        joined = _by_cell(_joined, joined, text(value))
    return joined


def concatenate(*values: EngineValue) -> EngineValue:
    """The texts of all values and of all cells of ranges one after another, as CONCAT has it."""
    cells = [cell for value in values for row in _rows(value) for cell in row]
    return join(*cells) if cells else ""


def text(value: EngineValue) -> EngineValue:
    """A value as a text, where it is no error; ranges cell by cell."""
    return _by_cell(lambda one, _: _text(one), value, None)


def sum_of_products(*values: EngineValue) -> EngineValue:
    """The sum of the products of equally large ranges; texts, truth values and blanks count as 0."""
    grids = [_rows(value) for value in values]
    if len({(len(grid), len(grid[0])) for grid in grids}) != 1:
        return to_engine(ErrorValue("#VALUE!"))
    total = 0.0
    for rows in zip(*grids, strict=True):
        for cells in zip(*rows, strict=True):
            error = next((cell for cell in cells if isinstance(cell, dict)), None)
            if error is not None:
                return error
            product = 1.0
            for cell in cells:
                product *= cell if isinstance(cell, (int, float)) and not isinstance(cell, bool) else 0.0
            total += product
    return total


def _compared(one: EngineValue, sign: str, other: EngineValue) -> EngineValue:
    error = next((value for value in (one, other) if isinstance(value, dict)), None)
    return error if error is not None else _COMPARISONS[sign](_order(one, other), _order(other, one))


def _order(value: EngineValue, other: EngineValue) -> tuple[int, float | str | bool]:
    """A value's place: numbers before texts before truth values; a blank is what the other value's kind has for it."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, float(f"{value:.15g}"))


def _joined(one: EngineValue, other: EngineValue) -> EngineValue:
    error = next((value for value in (one, other) if isinstance(value, dict)), None)
    return error if error is not None else one + other


def _text(value: EngineValue) -> EngineValue:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if not isinstance(value, (int, float)):
        return value
    if value and not _SMALLEST_IN_A_TEXT <= abs(value) < _LARGEST_IN_A_TEXT:
        raise UnknownValueError("a text with a number that Excel may write with an exponent")
    return f"{float(value):.15g}" if value else "0"


def _by_cell(
    combine: Callable[[EngineValue, EngineValue], EngineValue], left: EngineValue, right: EngineValue
) -> EngineValue:
    if not isinstance(left, list) and not isinstance(right, list):
        return combine(left, right)
    one, other = _rows(left), _rows(right)
    rows, columns = max(len(one), len(other)), max(len(one[0]), len(other[0]))
    return [
        [combine(_cell(one, row, column), _cell(other, row, column)) for column in range(columns)]
        for row in range(rows)
    ]


def _rows(value: EngineValue) -> list[list[EngineValue]]:
    return value if isinstance(value, list) else [[value]]


def _cell(grid: list[list[EngineValue]], row: int, column: int) -> EngineValue:
    """A cell of a range that repeats its only row or column; #N/A beyond it."""
    row = 0 if len(grid) == 1 else row
    column = 0 if len(grid[0]) == 1 else column
    if row < len(grid) and column < len(grid[0]):
        return grid[row][column]
    return to_engine(ErrorValue("#N/A"))
