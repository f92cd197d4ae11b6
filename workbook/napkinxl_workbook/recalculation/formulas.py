"""A formula as the engine may calculate it: which cells it needs, what it calls, and why it cannot be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from napkinxl_workbook.recalculation.areas import LAST_COLUMN, LAST_ROW, Area, Reference, coordinate

# The engine hands an argument that was left out to a function as the number 0; this text says what it was.
OMITTED: Final = "\ue000omitted"
# A call in a place where a range may come back, and one where only a single value may.
GRID_CALL: Final = "NAPKINXL.GRID."
VALUE_CALL: Final = "NAPKINXL.VALUE."


class Operand(NamedTuple):
    """Cells in a formula; as an argument of ours, a whole column ends with the sheet's last row."""

    reference: Reference
    ends_with_sheet: bool


class DirectCall(NamedTuple):
    """A call of ours that is a whole formula, its arguments nothing but literals and single cells."""

    name: str
    arguments: tuple[float | str | bool | None, ...]
    """None is the next of the cells that the formula needs."""


@dataclass(frozen=True)
class Formula:
    """A formula that its copies share."""

    pieces: tuple[str | Operand, ...]
    refusals: tuple[str, ...]
    """What the engine cannot be trusted with: "OFFSET", "a range where one value belongs"."""
    calls_ours: bool = False
    hides_its_cells: bool = False
    call: DirectCall | None = None

    def areas(self, rows: int, columns: int) -> list[Area]:
        """The cells that a copy so many rows and columns further needs."""
        return [piece.reference.area(rows, columns) for piece in self.pieces if isinstance(piece, Operand)]

    def engine_text(self, areas: Iterable[Area], last_cells: Mapping[int, tuple[int, int]]) -> str:
        """The formula of the copy that needs `areas`; `last_cells` are row and column where each sheet ends."""
        needed = iter(areas)
        return "".join(
            [
                piece if isinstance(piece, str) else _spelled(next(needed), piece.ends_with_sheet, last_cells)
                for piece in self.pieces
            ]
        )


def engine_sheet(number: int) -> str:
    """What a sheet is called in the engine: its own title may hold anything."""
    return f"Part{number}"


def _spelled(area: Area, ends_with_sheet: bool, last_cells: Mapping[int, tuple[int, int]]) -> str:
    sheet = engine_sheet(area.sheet)
    if area.is_cell:
        return f"{sheet}!{coordinate(area.top, area.left)}"
    last_row, last_column = last_cells.get(area.sheet, (LAST_ROW, LAST_COLUMN))
    if ends_with_sheet and area.bottom == LAST_ROW:
        area = area._replace(bottom=max(area.top, last_row))
    if ends_with_sheet and area.right == LAST_COLUMN:
        area = area._replace(right=max(area.left, last_column))
    return f"{sheet}!{coordinate(area.top, area.left)}:{coordinate(area.bottom, area.right)}"
