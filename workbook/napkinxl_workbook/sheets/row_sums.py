"""The sheet Row sums: what each row of the workbook adds up to, then and now, so that a broken formula shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.as_written import AS_WRITTEN
from napkinxl_workbook.sheets.balances import CHECKS_SHEET, TOLERANCE_CELL
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.sensitivity.sheet import RESULT_ROW, SENSITIVITY
from napkinxl_workbook.sheets.workings import LOOK_UP_ROWS, SELECTED_ROW, WORKINGS_SHEET

TITLE = "Row sums"
HEADERS = ["Sheet", "Row", "Kind", "As written", "Now", "Changed"]
WIDTHS = [26, 10, 14, 20, 20, 10]
TYPED_ROW, WORKED_ROW, HEADER_ROW = 4, 5, 7
CHANGED_CELLS = tuple(f"'{TITLE}'!$F${row}" for row in (TYPED_ROW, WORKED_ROW))
SUM_FORMAT = "#,##0.0000"
Kind = Literal["typed", "worked out"]
KINDS: tuple[Kind, Kind] = ("typed", "worked out")
# What stands for names that are typed: their places in lists.
PLACES = {WORKINGS_SHEET: {*LOOK_UP_ROWS.values(), SELECTED_ROW}, SENSITIVITY.title: {RESULT_ROW + 1}}
# Rows that add up to the same whatever is typed: each of their blue cells is watched by itself.
SAME_SUM, NAME_COLUMN = ("season_ratios",), 3
# These hold texts, or are compared with the rest themselves.
LEFT_OUT = (AS_WRITTEN.title, CHECKS_SHEET, TITLE)


@dataclass(frozen=True)
class RowSum:
    """The numbers of one kind in a row: runs of columns, and the sum of their absolute values."""

    sheet: str
    row: int
    kind: Kind
    runs: tuple[tuple[int, int], ...]
    total: float

    @property
    def formula(self) -> str:
        """Their sum now; SUMIF passes over errors and texts, and absolute values do not cancel out."""
        ends = ((get_column_letter(first), get_column_letter(last)) for first, last in self.runs)
        areas = (f"'{self.sheet}'!{first}{self.row}:{last}{self.row}" for first, last in ends)
        return "=" + "+".join(f'SUMIF({area},">0")-SUMIF({area},"<0")' for area in areas)


def write_row_sums(report: Report) -> None:
    """Write the sheet, after all those that it watches."""
    book = report.book
    subtitle = "Sums of absolute values by row, as written and now; 1: changed. Typed rows are blue cells and lists."
    sheet = book.sheet(TITLE, TITLE, subtitle, WIDTHS, "Control")
    sums = [item for title, other in book.sheets.items() if title not in LEFT_OUT for item in _sums(book, other)]
    last = HEADER_ROW + len(sums)
    for row, kind in zip((TYPED_ROW, WORKED_ROW), KINDS, strict=True):
        book.row(sheet, row, [f"Rows {kind} that have changed", "", "", "", ""], "nSection")
        area = f'SUMIF($C${HEADER_ROW + 1}:$C${last},"{kind}",$F${HEADER_ROW + 1}:$F${last})'
        book.formula(sheet, row, 6, f"={area}", 0.0, "nFigure", "0")
    book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    sheet.freeze_panes, sheet.print_title_rows = f"A{HEADER_ROW + 1}", f"{HEADER_ROW}:{HEADER_ROW}"
    for row, item in enumerate(sums, start=HEADER_ROW + 1):
        book.row(sheet, row, [item.sheet, "", item.kind])
        book.number(sheet, row, 2, item.row, "nNumber", "0")
        book.number(sheet, row, 4, item.total, "nNumber", SUM_FORMAT)
        book.formula(sheet, row, 5, item.formula, item.total, "nNumber", SUM_FORMAT)
        changed = f"=IF(ABS(E{row}-D{row})<={TOLERANCE_CELL}*D{row},0,1)"
        book.formula(sheet, row, 6, changed, 0.0, "nNumber", "0")
    book.print_head_only(sheet, f"A1:F{WORKED_ROW}")
    typed, worked = CHANGED_CELLS
    report.check(TITLE, "as long as no input has changed, every row still has its sum", f"OR({typed}>0,{worked}=0)")


def _sums(book: Book, sheet: Worksheet) -> Iterator[RowSum]:
    """The sums of a sheet, for each row those of what is typed and of what is worked out."""
    places = PLACES.get(sheet.title, set())
    for cells in sheet.iter_rows():
        numbers = [(cell, _kind(cell, places)) for cell in cells if isinstance(cell, Cell)]
        apart = any(cell.value in SAME_SUM for cell in cells[NAME_COLUMN - 1 : NAME_COLUMN])
        for kind in KINDS:
            runs = tuple(_runs(numbers, kind))
            values = {cell.column: abs(_value(book, cell)) for cell, own in numbers if own == kind}
            parts = [((column, column),) for column in values] if apart and kind == "typed" else [runs] if runs else []
            for part in parts:
                total = sum(value for column, value in values.items() if any(a <= column <= b for a, b in part))
                yield RowSum(sheet.title, numbers[0][0].row, kind, part, total)


def _kind(cell: Cell, places: set[int]) -> Kind | None:
    """What a cell counts as; words that stand there count as neither."""
    if cell.data_type == "f":
        return "typed" if cell.row in places else "worked out"
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return "typed" if is_number or (cell.value is None and cell.style == "nInput") else None


def _value(book: Book, cell: Cell) -> float:
    """The number that a cell shows, 0 where it shows none."""
    value = book.values[cell.parent.title, cell.coordinate] if cell.data_type == "f" else cell.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return 0.0
    return float(value)


def _runs(cells: Iterable[tuple[Cell, Kind | None]], kind: Kind) -> Iterator[tuple[int, int]]:
    """Columns side by side with cells of a kind; others between them may only be texts or blanks."""
    first = last = 0
    for cell, own in cells:
        if own == kind:
            first, last = first or cell.column, cell.column
        elif own is not None and first:
            yield first, last
            first = 0
    if first:
        yield first, last


def row_sums_sheet(others: Iterable[ReportSheet]) -> ReportSheet:
    """The sheet, written after the others."""
    return ReportSheet(
        TITLE,
        "Control",
        "what each row added up to when the file was written, and now",
        write_row_sums,
        needs=tuple(sheet.title for sheet in others),
    )
