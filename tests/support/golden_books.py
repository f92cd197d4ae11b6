"""Small books for the golden files: toy cells, so that they change only when the writer or the look changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas
from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl import write_scenario_table
from napkinxl.inputs.choices import GIVEN_IN_FULL
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Series, XYChart
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.sheets.checks import ALL_GOOD, colour_light
from napkinxl_workbook.theme import SERIES_COLOURS, TABS
from support.random_scenarios import CUSTOM_GPU, CUSTOM_MODEL
from support.report_files import CREATED

FIRST_ROW, LAST_ROW = 6, 9
SERIES: Final = ("Owned", "Rented", "API")
LONG_ROWS, WIDE_COLUMNS = 90, 14  # more than a page either way


def write_charts(path: Path) -> None:
    """One chart of each kind over a few cells: columns, stacked ones, bars, lines, a second axis, a plane."""
    book = Book()
    sheet = book.sheet("Charts", "Charts of toy cells", "Each kind once", [16.0] * 4, "Output")
    book.row(sheet, FIRST_ROW - 1, ["Point", *SERIES], "nHeader")
    for row in range(FIRST_ROW, LAST_ROW + 1):
        book.text(sheet, row, 1, f"Point {row - FIRST_ROW + 1}")
        for column in range(2, 2 + len(SERIES)):
            number = float(row * column)
            book.formula(sheet, row, column, f"=ROW()*{column}", number, "nNumber", "#,##0.0")
    for place, chart in enumerate(_charts(sheet)):
        book.chart(sheet, f"A{LAST_ROW + 2 + 16 * place}", chart, 12, 7)
    _save(book, path)


def _column(sheet: Worksheet, column: int) -> Reference:
    return Reference(sheet, min_col=column, min_row=FIRST_ROW, max_row=LAST_ROW)


def _charts(sheet: Worksheet) -> list[Chart | XYChart]:
    x, y, points = Axis("Points", "General"), Axis("USD", "$#,##0"), _column(sheet, 1)
    bars = tuple(
        Series(title, _column(sheet, column), SERIES_COLOURS[column - 2])
        for column, title in enumerate(SERIES, start=2)
    )
    lines = (
        Series("Owned", bars[0].values, SERIES_COLOURS[0], line=True),
        Series("Rented", bars[1].values, SERIES_COLOURS[1], line=True, dash="dash"),
        Series("API", bars[2].values, SERIES_COLOURS[2], line=True, dash="sysDot"),
    )
    above = Series("API", bars[2].values, SERIES_COLOURS[1], line=True, second_axis=True)
    floating = (Series("", bars[0].values, ""), *bars[1:])
    curves = (
        Curve("Roof", bars[0].values, bars[1].values, SERIES_COLOURS[0]),
        Curve("Decode", bars[0].values, bars[2].values, SERIES_COLOURS[1], marked=True),
    )
    return [
        Chart("Columns", "Columns side by side, three for each point.", points, bars, x, y, from_zero=True),
        Chart("One column", "One column for each point, without a legend.", points, bars[:1], x, y),
        Chart("Stacked columns", "Columns on each other, the lowest not drawn.", points, floating, x, y, stacked=True),
        Chart("Bars", "Bars from the left, the first point on top.", points, bars, x, y, sideways=True, labels_cm=3.0),
        Chart("Lines", "Three lines over the points, each with dashes of its own.", points, lines, x, y, label_every=2),
        Chart("Two scales", "Columns, and a line on the right axis.", points, (*bars[:2], above), x, y, Axis("Users")),
        XYChart("A plane", "A line and marks over two logarithmic axes.", curves, x, y),
    ]


def write_look(path: Path) -> None:
    """Every style, tab colour and light, a sheet cut into pages, and rows and columns that fold."""
    book = Book()
    for role in TABS:
        sheet = book.sheet(role, f"A sheet of the kind {role}", "With every style", [24.0, 18.0], role)
        sheet.page_setup.fitToHeight = 1
    for row, style in enumerate(sorted(name for name in book.workbook.named_styles if name != "Normal"), start=4):
        book.text(book.sheets["Cover"], row, 1, style, style)
        book.number(book.sheets["Cover"], row, 2, 1234.5, style, "#,##0.00")
    _write_light(book)
    _write_pages(book)
    _save(book, path)


def _write_light(book: Book) -> None:
    sheet = book.sheets["Control"]
    book.formula(sheet, 3, 1, f'=IF(B3=0,"{ALL_GOOD}","SEE BELOW")', ALL_GOOD, "nLight")
    book.number(sheet, 3, 2, 0.0, "nInput")
    colour_light(sheet, "A3")
    sheet.cell(3, 1).hyperlink = "#'Cover'!A1"
    sheet.cell(3, 1).style = "nLight"


def _write_pages(book: Book) -> None:
    """Longer and wider than a page, with headings where it is cut and a text that wraps."""
    widths = [30.0, *[20.0] * (WIDE_COLUMNS - 1)]
    sheet = book.sheet("Long", "Longer and wider than a page", "Cut before headings", widths, "Workings")
    book.row(sheet, 4, ["Row", *[f"Column {number}" for number in range(2, WIDE_COLUMNS + 1)]], "nHeader")
    sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols = "B5", "4:4", "A:A"
    for row in range(5, LONG_ROWS, 15):
        book.section(sheet, row, f"Part {row // 15 + 1}", WIDE_COLUMNS)
        book.text(sheet, row + 1, 1, "A text that needs more than one line of its column, so the row grows.", "nWrap")
        book.group_rows(sheet, range(row + 1, row + 15))
    book.group_columns(sheet, WIDE_COLUMNS - 2, WIDE_COLUMNS)
    book.page_starts["Long"] = (WIDE_COLUMNS - 2,)


def _save(book: Book, path: Path) -> None:
    book.finish(list(book.sheets))
    book.describe("A golden workbook", CREATED, ["Toy"])
    write_workbook(book.workbook, path, book.values, created=CREATED)


def write_table(path: Path) -> None:
    """A streamed table of three scenarios that are given in full; one does not fit, one has a name to be quoted."""
    given = {"gpu": GIVEN_IN_FULL, "model": GIVEN_IN_FULL, **CUSTOM_GPU, **CUSTOM_MODEL}
    names, contexts = ["Plain", "=1+1 & <more>", "Too long"], [4_000.0, 20_000.0, 5e7]
    rows = [{"name": name, **given, "context_tokens": context} for name, context in zip(names, contexts, strict=True)]
    quantities = ("weights_gb", "kv_cache_gb", "concurrent_sequences", "bottleneck", "rent_usd_per_seat_month")
    write_scenario_table(path, pandas.DataFrame(rows), quantities=quantities, created=CREATED)


GOLDEN: Final[dict[str, Callable[[Path], None]]] = {
    "charts.xlsx": write_charts,
    "look.xlsx": write_look,
    "table.xlsx": write_table,
}
