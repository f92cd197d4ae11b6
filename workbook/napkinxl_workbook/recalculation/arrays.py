"""The result of an array formula in the cells that the file keeps for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from napkinxl_workbook.recalculation.areas import Area, Position
from napkinxl_workbook.recalculation.values import ErrorValue, Value

Grid = Sequence[Sequence[Value]]

SPILL: Final = ErrorValue("#SPILL!")
BEYOND: Final = ErrorValue("#N/A")


def size(grid: Grid) -> tuple[int, int]:
    """Rows and columns."""
    return len(grid), max((len(row) for row in grid), default=0)


def cell_of(grid: Grid, row: int, column: int, *, is_dynamic: bool) -> Value:
    """What a cell of an array formula shows, counted from 0.

    Beyond the result it is #N/A. In an array formula of the old kind, entered into a range chosen by hand, a single
    row or column repeats itself instead, as in Excel.
    """
    if not is_dynamic:
        rows, columns = size(grid)
        row = 0 if rows == 1 else row
        column = 0 if columns == 1 else column
    if row < len(grid) and column < len(grid[row]):
        return grid[row][column]
    return BEYOND


def overflow(area: Area, grid: Grid) -> list[Area]:
    """The cells right of and below an area into which a result would spill."""
    rows, columns = size(grid)
    found = []
    if columns > area.columns:
        found.append(area._replace(left=area.right + 1, right=area.left + columns - 1, bottom=area.top + rows - 1))
    if rows > area.rows:
        right = area.left + min(columns, area.columns) - 1
        found.append(area._replace(top=area.bottom + 1, bottom=area.top + rows - 1, right=right))
    return found


def cells_of(area: Area) -> Iterator[Position]:
    """The cells of an area, row by row."""
    if area.is_cell:
        yield area.first
        return
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield Position(area.sheet, row, column)
