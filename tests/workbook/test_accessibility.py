"""A report can be read by people who see colours otherwise, in grey print, and by those who have it read to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font

from napkinxl import default_scenarios
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Chart, Series
from napkinxl_workbook.sheets.checks import AMBER, GREEN, RED
from napkinxl_workbook.theme import GREY, PALE_BLUE, SERIES_COLOURS
from support.colour_vision import VISIONS, contrast, difference, lab, lightness
from support.report_files import write
from support.workbook_lint import links
from support.xlsx_package import XlsxPackage

LEAST_TEXT_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
LEAST_LINE_CONTRAST = 3.0  # WCAG 2.2, success criterion 1.4.11
# Far more than the 2 that are just seen side by side: a legend stands away from what it names.
LEAST_DIFFERENCE = 20.0
LEAST_LIGHTNESS_STEP = 10.0
LONGEST_TITLE = 31
SAYS_NOTHING = {"here", "click here", "link", "more", "this", "see", "open"}
WHITE = "FFFFFF"
# Matplotlib's red and green, which are told apart by hue alone.
RED_LINE, GREEN_LINE = "D62728", "2CA02C"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Path]:
    path = tmp_path_factory.mktemp("accessible") / "report.xlsx"
    return write(path, default_scenarios()), path


def test_colours_are_measured_right() -> None:
    """WCAG's extremes and its best-known grey, and CIE's red; red and green are one for the colour-blind."""
    assert contrast("000000", WHITE) == pytest.approx(21.0)
    assert contrast("767676", WHITE) == pytest.approx(4.54, abs=0.005)
    assert lab("FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert difference(RED_LINE, GREEN_LINE) > 3 * LEAST_DIFFERENCE
    assert difference(RED_LINE, GREEN_LINE, "deuteranopia") < LEAST_DIFFERENCE
    assert all(difference("808080", WHITE, vision) > 40 for vision in VISIONS)  # greys stay greys


@pytest.mark.parametrize("vision", VISIONS)
def test_series_are_told_apart(vision: str) -> None:
    differences = {pair: difference(*pair, vision) for pair in combinations(SERIES_COLOURS, 2)}
    assert min(differences.values()) > LEAST_DIFFERENCE, differences


def test_series_are_told_apart_in_grey() -> None:
    steps = sorted(map(lightness, SERIES_COLOURS))
    assert min(high - low for low, high in pairwise(steps)) > LEAST_LIGHTNESS_STEP


def test_lines_stand_out_from_white() -> None:
    assert [colour for colour in SERIES_COLOURS if contrast(colour, WHITE) < LEAST_LINE_CONTRAST] == [PALE_BLUE]


def lines_of(book: Book) -> Iterator[list[Series]]:
    for placed in book.charts:
        if isinstance(placed.chart, Chart):
            yield [series for series in placed.chart.series if series.line]


def test_charts_keep_to_the_palette(written: tuple[Book, Path]) -> None:
    """No line is pale, two lines of a chart differ in their dashes too, and no colour occurs twice in a chart."""
    book, _ = written
    assert any(lines_of(book))
    for lines in lines_of(book):
        assert PALE_BLUE not in [line.colour for line in lines]
        assert len({line.dash for line in lines}) == len(lines)
    for placed in book.charts:
        shown = placed.chart.series if isinstance(placed.chart, Chart) else placed.chart.curves
        colours = [item.colour for item in shown if item.title and item.colour]
        assert set(colours) <= set(SERIES_COLOURS)
        assert len(set(colours)) == len(colours)
        assert placed.chart.x.title or placed.chart.y.title


def poor_texts(workbook: Workbook) -> list[str]:
    """Cells with a text whose colour is too near to that of their fill."""
    ratios: dict[tuple[str, str], float] = {}
    found = []
    for sheet in workbook.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value is not None and isinstance(cell, Cell):
                    pair = _colours(cell)
                    ratio = ratios.setdefault(pair, contrast(*pair))
                    found += [f"{sheet.title}!{cell.coordinate}: {ratio:.2f}"] if ratio < LEAST_TEXT_CONTRAST else []
    return found


def _colours(cell: Cell) -> tuple[str, str]:
    shade = cell.font.color.rgb if cell.font.color is not None and cell.font.color.type == "rgb" else "000000"
    return str(shade), str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else WHITE


def test_texts_stand_out_from_their_fill(written: tuple[Book, Path]) -> None:
    assert poor_texts(written[0].workbook) == []
    for colour, fill in (GREEN, AMBER, RED):
        assert contrast(colour, fill) > LEAST_TEXT_CONTRAST
    assert contrast(GREY, WHITE) > LEAST_TEXT_CONTRAST  # the texts of charts


def test_a_pale_text_is_found() -> None:
    book = Book()
    sheet = book.sheet("Pale", "Pale", "", [20.0], "Output")
    book.text(sheet, 4, 1, "hardly seen")
    sheet["A4"].font = Font(color="999999")
    assert poor_texts(book.workbook) == ["Pale!A4: 2.85"]  # the contrast that checkers of WCAG print for #999999


def test_colours_of_cells_never_stand_alone(written: tuple[Book, Path]) -> None:
    """A rule colours a cell that says a certain word, or shades numbers that are printed."""
    kinds = set()
    for sheet in written[0].workbook.worksheets:
        for ranges in sheet.conditional_formatting:
            cells = [sheet.cell(row, column) for area in ranges.cells.ranges for row, column in area.cells]
            for rule in ranges.rules:
                kinds.add(rule.type)
                if rule.type == "colorScale":
                    assert all(cell.data_type == "f" and cell.number_format != ";;;" for cell in cells)
                else:
                    assert '"' in rule.formula[0]  # the word
    assert kinds == {"cellIs", "expression", "colorScale"}


def test_links_say_where_they_lead(written: tuple[Book, Path]) -> None:
    package = XlsxPackage(written[1])
    shown = load_workbook(written[1], data_only=True)
    found = {(title, cell): str(shown[title][cell].value) for title, cell, _ in links(package)}
    assert len(found) > 40
    assert [place for place, text in found.items() if len(text) < 4 or text.lower().strip(". ") in SAYS_NOTHING] == []


def test_charts_say_what_they_show(written: tuple[Book, Path]) -> None:
    """The text is more than the title again, ends as a sentence does, and none is said of two charts of a sheet."""
    texts = [(placed.sheet, placed.chart.title, placed.chart.alt) for placed in written[0].charts]
    assert len(texts) >= 8
    assert len({(sheet, alt) for sheet, _, alt in texts}) == len(texts)
    for _, title, alt in texts:
        assert alt.endswith(".")
        assert len(alt.split()) >= len(title.split()) + 5


def test_sheets_and_file_are_named(written: tuple[Book, Path]) -> None:
    workbook = load_workbook(written[1])
    titles = [title.lower() for title in workbook.sheetnames]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= LONGEST_TITLE
    assert [sheet.title for sheet in workbook.worksheets if not str(sheet["A1"].value or "").strip()] == []
    about = workbook.properties
    assert (about.title, about.language) == ("LLM inference unit economics", "en")
    assert about.subject
    assert about.creator
