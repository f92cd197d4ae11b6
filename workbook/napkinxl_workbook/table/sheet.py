"""The sheets of the scenario table: its header and look, and the sheet About that says what each column is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import napkinxl
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.streamed_sheet import CellStyles
from napkinxl_workbook.files.text_cells import set_text
from napkinxl_workbook.printing import set_up_print
from napkinxl_workbook.table.columns import FIRST_ROW, LABEL_ROW, NAME_ROW, TableColumn

TITLE, ABOUT = "Scenarios", "About"
LINE_POINTS = 13.5
CHARACTERS_PER_WIDTH = 0.9
NOTES = (
    "One scenario a row. Blue on cream is what a scenario sets; a blank means the catalog's value or the default.",
    "Black figures are values that Python worked out, not formulas. For live formulas: napkinxl report, --only NAME.",
    "#N/A is no answer: a number that is needed is not known, or the model does not fit the GPU.",
    f"The sheet {TITLE} is a file of the same scenarios: change the blue cells or add rows, then give it to napkinxl "
    "estimate again. Its results are passed over there.",
)


def add_sheet(book: Book, columns: Sequence[TableColumn], widths: Sequence[float], rows: int) -> Worksheet:
    """The sheet with the names of the fields, their labels, and all that belongs to a long list."""
    sheet: Worksheet = book.workbook.create_sheet(TITLE)
    book.sheets[TITLE] = sheet
    lines = 1
    for place, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        book.text(sheet, NAME_ROW, place, column.name, "nCode")
        book.text(sheet, LABEL_ROW, place, column.heading, "nHeaderNote" if column.is_text else "nHeaderRight")
        lines = max(lines, len(wrap(column.heading, int(width * CHARACTERS_PER_WIDTH))))
    sheet.row_dimensions[LABEL_ROW].height = 6 + LINE_POINTS * lines
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{LABEL_ROW}:{get_column_letter(len(columns))}{FIRST_ROW + rows - 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{NAME_ROW}:{LABEL_ROW}", "A:A"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_properties.tabColor = "1F3864"
    _set_up_print(sheet)
    return sheet


def cell_styles(sheet: Worksheet, column: TableColumn) -> CellStyles:
    """The styles of a column's cells: inputs blue, results black."""
    plain, quoted, small = (_styled_cell(sheet, column) for _ in CellStyles._fields)
    set_text(quoted, "=")
    small.number_format = column.small_format
    return CellStyles(plain.style_id, quoted.style_id, small.style_id)


def _styled_cell(sheet: Worksheet, column: TableColumn) -> Cell:
    """A cell that is in no row; openpyxl changes a style in place, so each style needs a cell of its own."""
    cell = Cell(sheet, FIRST_ROW, 1)
    cell.style = "nInput" if column.is_given else "nText" if column.is_text else "nNumber"
    cell.number_format = column.number_format
    if column.is_text:
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    return cell


def write_about(book: Book, columns: Sequence[TableColumn], rows: int, created: datetime) -> None:
    """The sheet About: version and date, how to read the table, and what each column is."""
    sheet = book.sheet(ABOUT, "About", "What this table is, and what its columns are.", [34, 50, 16, 100], "Control")
    facts = [
        ("Made by", f"napkinxl {napkinxl.__version__}"),
        ("Made on", f"{created:%Y-%m-%d %H:%M} UTC"),
        ("Scenarios", f"{rows:,}"),
        *(("How to read it", note) for note in NOTES),
    ]
    for row, fact in enumerate(facts, start=4):
        book.row(sheet, row, fact)
    heading = 5 + len(facts)
    book.row(sheet, heading, ["Column", "Label", "Unit", "What it is"], "nHeader")
    for row, column in enumerate(columns, start=heading + 1):
        book.row(sheet, row, ["", column.label, column.unit])
        book.text(sheet, row, 1, column.name, "nCode")
        book.text(sheet, row, 4, column.meaning, "nNote")


def _set_up_print(sheet: Worksheet) -> None:
    sheet.page_setup.scale = 70
    sheet.page_setup.pageOrder = "overThenDown"
    set_up_print(sheet, header="LLM inference unit economics: scenarios")
