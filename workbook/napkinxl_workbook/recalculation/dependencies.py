"""Which formulas depend on which: what has to be calculated anew, and nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from napkinxl_workbook.recalculation.areas import Area, Position

# Ranges are looked up by bands of rows, so that a cell meets few that do not hold it.
_BAND_ROWS: Final = 64
_MOST_COLUMNS_LISTED: Final = 8
_ANY_COLUMN: Final = 0

Band: TypeAlias = tuple[int, int, int]
"""A sheet, a band of rows and a column, or `_ANY_COLUMN` for ranges of many."""


class Dependencies:
    """The formulas of a workbook and the cells that each needs.

    Parameters
    ----------
    needs
        The areas that each formula refers to, by the cell that holds the formula.
    filled
        The cell that holds the formula of each cell with a calculated value: itself, or the first of its array.
    """

    def __init__(self, needs: Mapping[Position, Sequence[Area]], filled: Mapping[Position, Position]) -> None:
        self._needs = needs
        self._filled = filled

    def dependents(self, starts: Iterable[Position]) -> set[Position]:
        """The formulas at the given cells and all that depend on them."""
        reached = set(starts)
        if len(reached) == len(self._needs):
            return reached
        of_cell, of_band = self._readers()
        filled_by: dict[Position, list[Position]] = defaultdict(list)
        for cell, holder in self._filled.items():
            filled_by[holder].append(cell)
        waiting = list(reached)
        while waiting:
            for cell in filled_by[waiting.pop()]:
                new = set(of_cell.get(cell, ())) - reached
                for column in (cell.column, _ANY_COLUMN):
                    new |= _taken(of_band.get((cell.sheet, cell.row // _BAND_ROWS, column)), cell, reached)
                reached |= new
                waiting += new
        return reached

    def precedents(self, starts: Iterable[Position]) -> set[Position]:
        """The formulas at the given cells and all that they need, however far back."""
        reached = set(starts)
        if len(reached) == len(self._needs):
            return reached
        columns = _Columns(self._filled)
        waiting = list(reached)
        seen: set[Area] = set()
        while waiting:
            for area in self._needs[waiting.pop()]:
                if area in seen:
                    continue
                seen.add(area)
                new = {self._filled[cell] for cell in columns.take(area)} - reached
                reached |= new
                waiting += new
        return reached

    def _readers(
        self,
    ) -> tuple[dict[Position, list[Position]], dict[Band, list[tuple[Area, Position]]]]:
        """Who reads each single cell, and who reads ranges in each band of rows of a sheet."""
        last_row: dict[int, int] = defaultdict(int)
        for cell in self._filled:
            last_row[cell.sheet] = max(last_row[cell.sheet], cell.row)
        of_cell: dict[Position, list[Position]] = defaultdict(list)
        of_band: dict[Band, list[tuple[Area, Position]]] = defaultdict(list)
        for reader, areas in self._needs.items():
            for area in areas:
                if area.is_cell:
                    of_cell[area.first].append(reader)
                    continue
                # Below the last calculated cell there is nothing that a formula could depend on.
                bottom = min(area.bottom, last_row[area.sheet])
                listed = area.columns <= _MOST_COLUMNS_LISTED
                columns = range(area.left, area.right + 1) if listed else (_ANY_COLUMN,)
                for band in range(area.top // _BAND_ROWS, bottom // _BAND_ROWS + 1):
                    for column in columns:
                        of_band[area.sheet, band, column].append((area, reader))
        return of_cell, of_band


def _taken(band: list[tuple[Area, Position]] | None, cell: Position, reached: set[Position]) -> set[Position]:
    """The readers in a band that read a cell; they and those reached before are taken from it."""
    found: set[Position] = set()
    if not band:
        return found
    left = []
    for area, reader in band:
        if reader in reached:
            continue
        if area.holds(cell):
            found.add(reader)
        else:
            left.append((area, reader))
    if len(left) < len(band):
        band[:] = left
    return found


class _Columns:
    """The calculated cells by column, each given out once: ranges that overlap must not cost their product."""

    def __init__(self, cells: Iterable[Position]) -> None:
        self._rows: dict[tuple[int, int], list[int]] = defaultdict(list)
        for cell in cells:
            self._rows[cell.sheet, cell.column].append(cell.row)
        for rows in self._rows.values():
            rows.sort()
        self._next = {key: list(range(len(rows) + 1)) for key, rows in self._rows.items()}

    def take(self, area: Area) -> list[Position]:
        """The cells in an area that were not taken before."""
        found: list[Position] = []
        if area.is_cell or area.columns <= len(self._rows):
            keys = [(area.sheet, column) for column in range(area.left, area.right + 1)]
        else:
            keys = [key for key in self._rows if key[0] == area.sheet and area.left <= key[1] <= area.right]
        for key in keys:
            rows = self._rows.get(key)
            if rows:
                found += [Position(key[0], row, key[1]) for row in self._take(key, rows, area.top, area.bottom)]
        return found

    def _take(self, key: tuple[int, int], rows: list[int], top: int, bottom: int) -> list[int]:
        nexts, found = self._next[key], []
        at = _follow(nexts, bisect_left(rows, top))
        while at < len(rows) and rows[at] <= bottom:
            found.append(rows[at])
            nexts[at] = at + 1
            at = _follow(nexts, at)
        return found


def _follow(nexts: list[int], at: int) -> int:
    """The first place from `at` on that was not taken, with the way to it shortened."""
    end = at
    while nexts[end] != end:
        end = nexts[end]
    while nexts[at] != end:
        nexts[at], at = end, nexts[at]
    return end
