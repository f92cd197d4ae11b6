"""Pages: a sheet that is too wide for one is cut between columns, and between rows before a heading, not anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak, RowBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

PIXELS_PER_CM = 96 / 2.54
POINTS_PER_CM = 72 / 2.54
# A4 on its side within the margins, and a little less: programs differ in the last millimetres.
PAGE_WIDTH_CM, PAGE_HEIGHT_CM = 27.7 * 0.97, 17.6 * 0.95
LEAST_SCALE = 0.5  # smaller, print is hard to read
PAGED_SCALES = (0.6, 0.58, 0.56, 0.54, 0.52, 0.5)
ROW_POINTS = 15.0
DEFAULT_WIDTH = 8.43
HEADING_STYLE = "nSection"
LAST_COLUMN = re.compile(r":\$?([A-Z]+)\$?\d+")
LOW_FOOTER_INCHES = 0.3  # clear of what fills a page down to its margin


def set_up_print(sheet: Worksheet, header: str = "", name: str = "") -> None:
    """A4 on its side; the header says what it is and the file, the footer the sheet and the page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    above, below = sheet.oddHeader, sheet.oddFooter
    assert above is not None
    assert below is not None
    texts = ((above.left, header), (above.right, name), (below.left, "napkinxl · &A"), (below.right, "Page &P of &N"))
    for part, text in texts:
        if text:
            part.text, part.size = text, 8


def set_one_page(sheet: Worksheet) -> None:
    """Print a sheet on one page, its footer clear of what is above it."""
    sheet.page_setup.fitToHeight = 1
    sheet.page_margins.footer = LOW_FOOTER_INCHES


def set_pages(sheet: Worksheet, charts: Collection[tuple[int, float]] = (), before: Sequence[int] = ()) -> None:
    """Cut a sheet into pages, unless it fits on one page's width at a size that can be read.

    Parameters
    ----------
    sheet : Worksheet
        Filled; its first column is repeated on every page. Columns beyond its print area are not printed.
    charts : collection of (int, float)
        The first row and the height in cm of charts, which are not cut.
    before : sequence of int
        Columns that begin a page where the sheet is cut.
    """
    wide = [_width_cm(sheet, column) for column in range(1, _last_column(sheet) + 1)]
    if sum(wide) * LEAST_SCALE <= PAGE_WIDTH_CM:
        scale = min(PAGE_WIDTH_CM / sum(wide), 1.0)
    else:
        # The largest at which no page is spent on a column or two.
        scale = min(PAGED_SCALES, key=lambda tried: (len(list(_first_columns(wide, tried, before))), -tried))
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        sheet.page_setup.scale = round(scale * 100)
        sheet.page_setup.pageOrder = "overThenDown"
        sheet.col_breaks = ColBreak(brk=[Break(id=column - 1) for column in _first_columns(wide, scale, before)])
    breaks = list(_first_rows(sheet, PAGE_HEIGHT_CM * POINTS_PER_CM / scale, charts))
    sheet.row_breaks = RowBreak(brk=[*sheet.row_breaks.brk, *(Break(id=row - 1) for row in breaks)])


def _last_column(sheet: Worksheet) -> int:
    """The last one that is printed, of one area or several."""
    ends = LAST_COLUMN.findall(str(sheet.print_area or ""))
    return max(map(column_index_from_string, ends), default=sheet.max_column)


def _width_cm(sheet: Worksheet, column: int) -> float:
    letter = get_column_letter(column)
    width = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else DEFAULT_WIDTH
    return float(width * 7 + 5) / PIXELS_PER_CM


def _first_columns(wide: Sequence[float], scale: float, before: Sequence[int]) -> Iterator[int]:
    """The columns that begin a page, counted from 1; the first column stands on every page."""
    room = PAGE_WIDTH_CM / scale - wide[0]
    left = room
    for column, width in enumerate(wide[1:], start=2):
        if column in before or (width > left and left < room):
            yield column
            left = room
        left -= width


def _first_rows(sheet: Worksheet, page: float, charts: Collection[tuple[int, float]]) -> Iterator[int]:
    """The rows that begin a page: a heading or a chart that would be cut, else the row that no longer fits."""
    blocks = {row: height * POINTS_PER_CM for row, height in charts}
    used, heading, used_at_heading = 0.0, 0, 0.0
    given = {item.id + 1 for item in sheet.row_breaks.brk}
    last = max([sheet.max_row, *blocks])
    for row in range(1, last + 1):
        height = _height(sheet, row)
        if row in given:
            used = 0.0
        if sheet.cell(row, 1).style == HEADING_STYLE:
            heading, used_at_heading = row, used
        if used + max(height, blocks.get(row, 0.0)) > page and used:
            # A heading in the lower half goes on the next page with what it heads.
            start = heading if heading and used_at_heading > page / 2 else row
            yield start
            used = used - used_at_heading if start == heading else 0.0
            heading = 0
        used += height


def _height(sheet: Worksheet, row: int) -> float:
    dimensions = sheet.row_dimensions
    height = dimensions[row].height if row in dimensions else None
    return float(height or ROW_POINTS)
