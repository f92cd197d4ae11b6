"""The sheet Cover: what this is, for whom, whether all is well, what each sheet holds, and how cells are coloured."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

import napkinxl
from napkinxl_workbook.answers import answer
from napkinxl_workbook.book import Book
from napkinxl_workbook.printing import set_one_page
from napkinxl_workbook.sheets.outputs import name_in_use
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import SELECTOR
from napkinxl_workbook.sheets.workings import Workings
from napkinxl_workbook.theme import TABS

TITLE = "Cover"
HEADING = "What serving a language model costs"
WIDTHS = [30, 14, 62]
COLOURS = (
    ("nInput", "blue on cream: an input, type here; a blank means the catalog's value or the default"),
    ("nNumber", "black: a formula, or a figure of the catalog; #N/A is no answer, never an error"),
)
SIGN_OFF = ("Prepared by", "Reviewed by", "Approved by")


def write_cover(report: Report) -> None:
    """Write the sheet; it is a page that a phone shows whole."""
    book = report.book
    made = f"LLM inference unit economics · made with napkinxl {napkinxl.__version__} on {report.created:%Y-%m-%d}"
    sheet = book.sheet(TITLE, HEADING, made, WIDTHS, TITLE)
    sheet.page_setup.orientation = "portrait"
    set_one_page(sheet)
    row = _write_answer(report, sheet)
    row = _write_contents(report, sheet, row)
    row = _write_colours(book, sheet, row)
    _write_sign_off(book, sheet, row)


def selected_cells(report: Report) -> dict[str, str]:
    """Where everything of the selected scenario lies, for a sentence about it."""
    workings = report.get(Workings)
    letter = f"${workings.selected_letter}$"
    return {
        "name": SELECTOR,
        **{field: name_in_use(report, field, letter) for field in report.look_ups},
        **{name: workings.selected(name) for name in workings.pipeline.rows},
    }


def _write_answer(report: Report, sheet: Worksheet) -> int:
    book = report.book
    book.section(sheet, 5, "The selected scenario", len(WIDTHS))
    formula, text = answer(report.base, selected_cells(report))
    book.formula(sheet, 6, 1, formula, text, "nAnswer")
    sheet.merge_cells(start_row=6, end_row=6, start_column=1, end_column=len(WIDTHS))
    sheet.row_dimensions[6].height = 4 + 16 * (1 + len(text) // int(sum(WIDTHS) * 0.9))
    count = len(report.estimates)
    more = f"One of {count} scenarios, which Outputs and Price tiers show together; choose the one to show on Inputs."
    others = more if count > 1 else "One scenario."
    book.text(sheet, 7, 1, others, "nSubtitle")
    return 9


def _write_contents(report: Report, sheet: Worksheet, row: int) -> int:
    book = report.book
    book.row(sheet, row, ["Sheet", "Kind", "What it holds"], "nHeader")
    for line, part in enumerate(report.sheets, start=row + 1):
        if part.title == TITLE:
            book.row(sheet, line, [TITLE, part.role], "nText")
        else:
            write_sheet_link(sheet, line, 1, part.title)
            book.text(sheet, line, 2, part.role)
        book.text(sheet, line, 3, part.meaning, "nWrap")
    return row + len(report.sheets) + 2


def write_sheet_link(sheet: Worksheet, row: int, column: int, title: str) -> None:
    """A link to a sheet, which bears its title."""
    cell = sheet.cell(row, column, title)
    cell.hyperlink = f"#'{title}'!A1"
    cell.style = "nLink"


def _write_colours(book: Book, sheet: Worksheet, row: int) -> int:
    book.section(sheet, row, "Colours of cells and tabs", len(WIDTHS))
    for line, (style, meaning) in enumerate(COLOURS, start=row + 1):
        book.number(sheet, line, 1, 100.0, style)
        book.text(sheet, line, 2, "")
        book.text(sheet, line, 3, meaning, "nWrap")
    line = row + 1 + len(COLOURS)
    book.row(sheet, line, ["Tabs", "", "by kind: " + ", ".join(sorted(TABS, key=list(TABS).index)).lower()])
    return line + 2


def _write_sign_off(book: Book, sheet: Worksheet, row: int) -> None:
    book.row(sheet, row, ["Sign-off", "Date", "Name and remarks"], "nHeader")
    for line, label in enumerate(SIGN_OFF, start=row + 1):
        book.text(sheet, line, 1, label)
        for column in (2, 3):
            book.text(sheet, line, column, "", "nInput")


COVER = ReportSheet(TITLE, "Cover", "this page: contents, colours and sign-off", write_cover, needs=("Outputs",))
