"""The sheet Published figures: what the sources print, recomputed live from the inputs that they used."""

from __future__ import annotations

from napkinxl.evidence.published import PublishedFigure, published_figures
from napkinxl.formulas import QUANTITIES, excel_formula
from napkinxl.inputs import INPUTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.balances import GOOD
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.theme import number_format

TITLE = "Published figures"
HEADER_ROW = 4
# The headers and the widths of their columns.
COLUMNS = {
    "Figure": 46,
    "Sources": 22,
    "Printed": 12,
    "Unit": 14,
    "Recomputed": 18,
    "Worked by hand": 18,
    "Tolerance": 10,
    "Agrees": 10,
    "Verdict": 12,
    "Why": 52,
    "Quantity": 32,
    "Id": 24,
}
SMALLEST_SHOWN = 0.001  # below it the unit's format would show nothing but zeros
INPUT_HEADERS = ["Input", "Name", "Value", "Unit", "Used by"]


def write_published(report: Report) -> None:
    """Write the sheet."""
    book = report.book
    figures = published_figures()
    subtitle = "Recomputed with the same formulas as the model, from the inputs below that each source used."
    sheet = book.sheet(TITLE, "Published figures", subtitle, list(COLUMNS.values()), "Output")
    book.row(sheet, HEADER_ROW, list(COLUMNS), "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 32
    first_row = HEADER_ROW + 1
    inputs_row = first_row + len(figures) + 2
    cells = _write_inputs(book, figures, inputs_row)
    for row, figure in enumerate(figures, start=first_row):
        _write_figure(book, row, figure, cells[figure.id])
    last_row = first_row + len(figures) - 1
    sheet.freeze_panes = f"B{first_row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    area = f"'{TITLE}'!$H${first_row}:$H${last_row}"
    meaning = "every recomputed figure agrees with the one worked by hand"
    report.check(TITLE, meaning, f'COUNTIF({area},"{GOOD}")=ROWS({area})')


def _write_inputs(book: Book, figures: list[PublishedFigure], first_row: int) -> dict[str, dict[str, str]]:
    """The inputs that the sources used, one a row; returns their cells by figure and name."""
    sheet = book.sheets[TITLE]
    book.text(sheet, first_row, 1, "Inputs that the sources used", "nSection")
    book.row(sheet, first_row + 1, INPUT_HEADERS, "nHeader")
    row = first_row + 2
    cells: dict[str, dict[str, str]] = {}
    for figure in figures:
        cells[figure.id] = {}
        for name, value in figure.inputs.items():
            item = INPUTS.get(name) or QUANTITIES[name]
            book.row(sheet, row, [item.label, name, "", item.unit, figure.id])
            book.number(sheet, row, 3, value, "nInput", "General")
            cells[figure.id][name] = f"$C${row}"
            row += 1
    return cells


def _write_figure(book: Book, row: int, figure: PublishedFigure, cells: dict[str, str]) -> None:
    sheet = book.sheets[TITLE]
    shown = number_format(figure.quantity.unit) if abs(figure.expected) >= SMALLEST_SHOWN else "0.00E+00"
    texts = [figure.figure, figure.sources, figure.printed, figure.unit]
    book.row(sheet, row, texts, "nWrap")
    recomputed = figure.recomputed
    book.formula(sheet, row, 5, excel_formula(figure.quantity.name, cells), recomputed, "nNumber", shown)
    book.number(sheet, row, 6, figure.expected, "nNumber", shown)
    book.number(sheet, row, 7, figure.relative_tolerance, "nNumber", "0E+00")
    verdict = "OK" if figure.agrees(recomputed) else "CHECK"
    book.formula(sheet, row, 8, f'=IF(ABS(E{row}-F{row})<=G{row}*ABS(F{row}),"OK","CHECK")', verdict)
    for column, text in enumerate((figure.verdict, figure.explanation), start=9):
        book.text(sheet, row, column, text, "nNote")
    book.text(sheet, row, 11, figure.quantity.name, "nCode")
    book.text(sheet, row, 12, figure.id, "nCode")


PUBLISHED = ReportSheet(TITLE, "Output", "what the sources print, recomputed live", write_published)
