"""Where columns lie: label, unit and name first, then one column per scenario, then what explains the row."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.book import Book

INPUTS_SHEET = "Inputs"
NAME_ROW = 4  # of the scenarios' names on the sheet Inputs, which the other sheets repeat
FIRST_SCENARIO_COLUMN = 4
SCENARIO_WIDTH = 26.0  # a model's full name
NOTE_LINE_POINTS = 13.0


def scenario_letter(index: int) -> str:
    """The column of a scenario, the same on every sheet."""
    return get_column_letter(FIRST_SCENARIO_COLUMN + index)


def scenario_range(row: int | str, scenarios: int) -> str:
    """The cells of all scenarios in a row, whatever column the formula stands in."""
    return f"${scenario_letter(0)}{row}:${scenario_letter(scenarios - 1)}{row}"


def widths(
    before: Sequence[float], scenarios: int, after: Sequence[float], each: float = SCENARIO_WIDTH
) -> list[float]:
    """The widths of a sheet's columns."""
    return [*before, *[each] * scenarios, *after]


def write_header(
    book: Book,
    sheet: Worksheet,
    row: int,
    before: Sequence[str],
    names: Sequence[str],
    after: Sequence[str],
    repeats: bool = True,
) -> None:
    """A header row whose scenario names follow the sheet Inputs; see `finish_header`."""
    book.row(sheet, row, before, "nHeader")
    for index, name in enumerate(names):
        formula = f"={INPUTS_SHEET}!{scenario_letter(index)}{NAME_ROW}"
        book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, name, "nHeaderRight")
    finish_header(book, sheet, row, FIRST_SCENARIO_COLUMN + len(names), after, repeats)
    sheet.row_dimensions[row].height = header_height(names, SCENARIO_WIDTH)


def header_height(names: Sequence[str], width: float) -> float:
    """How high a header must be for the longest name; characters of Chinese, Japanese and Korean take two places."""
    places = max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in name) for name in names)
    return max(32.0, 6 + 13.5 * -(-places // (width * 0.85)))


def finish_header(
    book: Book, sheet: Worksheet, row: int, column: int, after: Sequence[str], repeats: bool = True
) -> None:
    """The headers from a column on, frozen panes and what repeats on each printed page.

    Where a sheet holds tables with other headers below, the row does not repeat.
    """
    write_texts(book, sheet, row, column, after, "nHeaderNote")
    sheet.row_dimensions[row].height = 32
    sheet.freeze_panes = f"B{row + 1}"
    sheet.print_title_cols = "A:A"
    if repeats:
        sheet.print_title_rows = f"{row}:{row}"


def write_label(book: Book, sheet: Worksheet, row: int, label: str, unit: str, name: str) -> None:
    """What stands before the scenarios: the label, the unit or meaning, and the name."""
    book.row(sheet, row, [label, unit])
    book.text(sheet, row, 3, name, "nCode")


def write_remark(book: Book, sheet: Worksheet, row: int, text: str, columns: Sequence[float]) -> None:
    """A remark over columns of these widths, in a row as high as it needs."""
    book.text(sheet, row, 1, text, "nNote")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
    sheet.row_dimensions[row].height = NOTE_LINE_POINTS * (1 + len(text) // sum(columns))


def write_texts(
    book: Book, sheet: Worksheet, row: int, column: int, texts: Sequence[str], style: str = "nNote"
) -> None:
    """Texts side by side from a column on."""
    for offset, text in enumerate(texts):
        book.text(sheet, row, column + offset, text, style)
