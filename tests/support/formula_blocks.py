"""Which formulas of a sheet are one formula copied across or down, and which stand alone: declared, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.formula.translate import Translator
from openpyxl.worksheet.worksheet import Worksheet

from support.xlsx_package import Area, area

Place: TypeAlias = tuple[int, int]  # row and column


@dataclass(frozen=True)
class Blocks:
    """Areas in which a row (across) or a column (down) is one formula, and areas of formulas that stand alone."""

    across: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


def block_findings(sheet: Worksheet, blocks: Blocks) -> list[str]:
    """Formulas that are not their neighbour's copied, and formulas that stand in no declared area."""
    cells = {
        (row, column)
        for row, line in enumerate(sheet.iter_rows(), start=1)
        for column, cell in enumerate(line, start=1)
        if cell.data_type == "f"
    }
    declared: set[Place] = set()
    findings: list[str] = []
    for names, find in ((blocks.across, _across), (blocks.down, _down), (blocks.alone, _alone)):
        for name in names:
            inside = {place for place in cells if _is_inside(place, area(name))}
            if not inside:
                findings.append(f"{sheet.title}!{name}: declared, but without a formula")
            declared |= inside
            findings += find(sheet, inside, area(name))
    strays = [sheet.cell(*place).coordinate for place in sorted(cells - declared)]
    return findings + [f"{sheet.title}!{coordinate}: a formula in no declared area" for coordinate in strays]


def _is_inside(place: Place, found: Area) -> bool:
    row, column = place
    return found.top <= row <= found.bottom and found.left <= column <= found.right


def _across(sheet: Worksheet, inside: set[Place], found: Area) -> Iterator[str]:
    """A row with a formula has it in every column of the area."""
    for row in sorted({row for row, _ in inside}):
        for column in range(found.left + 1, found.right + 1):
            yield from _copy_findings(sheet, (row, found.left), (row, column))


def _down(sheet: Worksheet, inside: set[Place], found: Area) -> Iterator[str]:
    """The formulas of a column are one; headings may stand between them."""
    for column in range(found.left, found.right + 1):
        rows = sorted(row for row, other in inside if other == column)
        for row in rows[1:]:
            yield from _copy_findings(sheet, (rows[0], column), (row, column))


def _alone(_sheet: Worksheet, _inside: set[Place], _found: Area) -> Iterator[str]:
    """Nothing to compare with."""
    yield from ()


def _copy_findings(sheet: Worksheet, first: Place, here: Place) -> Iterator[str]:
    origin, cell = sheet.cell(*first), sheet.cell(*here)
    copied = Translator(str(origin.value), origin.coordinate).translate_formula(cell.coordinate)
    if cell.value != copied:
        yield f"{sheet.title}!{cell.coordinate}: {cell.value}, not {copied} as copied from {origin.coordinate}"
