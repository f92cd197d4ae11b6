"""Ranges side by side: a row against a column gives a table, a single cell stands for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from napkinxl_addin.arguments import CellOrRange, as_grid
from napkinxl_addin.problems import Cell, Grid, Problem, bad_input

CellRows = Sequence[Sequence[Any]]
MOST_CELLS = 2**20  # the rows of a sheet; nobody waits for more


def is_rectangle(argument: CellOrRange) -> bool:
    """Whether all rows of a range are of one length, as hosts deliver them."""
    return len({len(row) for row in as_grid(argument)}) == 1


def common_shape(varying: Mapping[str, CellOrRange]) -> tuple[dict[str, CellRows], int, int] | Problem:
    """Every argument as rows of cells, and how many rows and columns the answer has."""
    grids = {name: as_grid(argument) for name, argument in varying.items()}
    heights = {name: len(grid) for name, grid in grids.items() if len(grid) > 1}
    widths = {name: len(grid[0]) for name, grid in grids.items() if len(grid[0]) > 1}
    for what, sizes in (("rows", heights), ("columns", widths)):
        if len(set(sizes.values())) > 1:
            given = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
            return bad_input(f"ranges must have the same number of {what}, or one; got {given}")
    rows, columns = max(heights.values(), default=1), max(widths.values(), default=1)
    if rows * columns > MOST_CELLS:
        return bad_input(f"the answer must have at most {MOST_CELLS:,} cells, got {rows:,} x {columns:,}")
    return grids, rows, columns


def each_cell(
    grids: Mapping[str, CellRows], height: int, width: int, answer: Callable[[dict[str, Any]], Cell]
) -> Cell | Grid:
    """The answer for each cell of the arguments' common shape; a single cell where that is one."""
    rows: Grid = [
        [answer({name: cell_at(grid, row, column) for name, grid in grids.items()}) for column in range(width)]
        for row in range(height)
    ]
    return rows[0][0] if height == width == 1 else rows


def cell_at(grid: CellRows, row: int, column: int) -> Any:
    """The cell of a grid that stands for a cell of the answer."""
    line = grid[row if len(grid) > 1 else 0]
    return line[column if len(line) > 1 else 0]
