"""A book read into plain data: sheets as headings, tables and charts, cells as the texts that the workbook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Placed
from napkinxl_workbook.export.number_formats import formatted_cell
from napkinxl_workbook.files.text_cells import xml_text

# Sheets that are looked up, not read: their figures stand in the others.
CATALOG_SHEETS: Final = frozenset(
    {"GPUs", "Models", "Presets", "Prices", "As written", "Row sums", "Sensitivity workings"}
)

TITLE_STYLE, SUBTITLE_STYLE, SECTION_STYLE, HEADER_STYLES = "nTitle", "nSubtitle", "nSection", "nHeader"
PLAIN_STYLE: Final = "Normal"
SENTENCE_STYLES: Final = ("nAnswer", SUBTITLE_STYLE)
MINIMUM_WIDTH: Final = 6

Kind: TypeAlias = Literal["header", "section", "row"]


@dataclass(frozen=True)
class Cell:
    """What a cell shows, the name of its style, how many columns it takes, and the sheet that it leads to."""

    text: str
    style: str = PLAIN_STYLE
    span: int = 1
    right: bool = False
    link: str = ""


@dataclass(frozen=True)
class Row:
    """Cells side by side."""

    cells: tuple[Cell, ...]
    kind: Kind = "row"


@dataclass(frozen=True)
class Table:
    """Rows of the same columns, with their widths in characters."""

    rows: tuple[Row, ...]
    widths: tuple[int, ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.widths)


@dataclass(frozen=True)
class Page:
    """A sheet: its tables and charts from the top down."""

    title: str
    heading: str
    subtitle: str
    parts: tuple[Table | Placed, ...]


def read_pages(book: Book) -> list[Page]:
    """Every sheet that is not hidden, in the workbook's order."""
    return [_page(book, sheet) for sheet in book.workbook.worksheets if sheet.sheet_state == "visible"]


def cell_value(book: Book, sheet: Worksheet, cell: Any) -> Any:
    """The value of a cell: what was put there, or what its formula gives."""
    return book.values.get((sheet.title, cell.coordinate), cell.value)


def _page(book: Book, sheet: Worksheet) -> Page:
    rows = _filled_rows(book, sheet)
    heading = subtitle = ""
    for number in sorted(rows)[:2]:
        first = next(iter(rows[number].values()))
        if first.style == TITLE_STYLE and not heading:
            heading = first.text
        elif first.style == SUBTITLE_STYLE and heading and len(rows[number]) == 1:
            subtitle = first.text
        else:
            break
        del rows[number]
    charts = [item for item in book.charts if item.sheet == sheet.title]
    parts = _in_order(sheet, list(_groups(sheet, rows)), charts)
    return Page(sheet.title, heading or sheet.title, subtitle, tuple(parts))


def _filled_rows(book: Book, sheet: Worksheet) -> dict[int, dict[int, Cell]]:
    """The cells that show something, by row and column."""
    rows: dict[int, dict[int, Cell]] = {}
    for line in sheet.iter_rows():
        for cell in line:
            value = cell_value(book, sheet, cell)
            # A formula without an answer shows that; a cell without a formula is blank.
            filled = value not in (None, "") or (value is None and (sheet.title, cell.coordinate) in book.values)
            if isinstance(cell, SheetCell) and filled and not _hidden(sheet, cell):
                rows.setdefault(cell.row, {})[cell.column] = _cell(cell, value)
    return rows


def _hidden(sheet: Worksheet, cell: SheetCell) -> bool:
    return bool(sheet.row_dimensions[cell.row].hidden or sheet.column_dimensions[cell.column_letter].hidden)


def _cell(cell: SheetCell, value: Any) -> Cell:
    aligned = cell.alignment.horizontal
    right = aligned == "right" or (aligned in (None, "general") and not isinstance(value, str))
    location = (cell.hyperlink.location or cell.hyperlink.target or "") if cell.hyperlink else ""
    link = location.lstrip("#").rpartition("!")[0].strip("'").replace("''", "'")
    return Cell(xml_text(formatted_cell(value, cell.number_format)).strip(), str(cell.style), right=right, link=link)


def _groups(sheet: Worksheet, rows: dict[int, dict[int, Cell]]) -> Iterator[dict[int, dict[int, Cell]]]:
    """Rows that belong together: up to a blank row; under a frozen header, up to the next header."""
    frozen = coordinate_to_tuple(sheet.freeze_panes)[0] - 1 if sheet.freeze_panes else 0
    group: dict[int, dict[int, Cell]] = {}
    for number, cells in sorted(rows.items()):
        if group and (
            number == frozen
            or (number != max(group) + 1 and not 0 < frozen < number)
            or (_is_header(cells.values()) and not _is_header(group[max(group)].values()))
            or _is_sentence(cells) != _is_sentence(group[max(group)])
        ):
            yield group
            group = {}
        group[number] = cells
    if group:
        yield group


def _is_sentence(cells: dict[int, Cell]) -> bool:
    """Whether a row is a text that stands by itself."""
    return len(cells) == 1 and next(iter(cells.values())).style in SENTENCE_STYLES


def _is_header(cells: Iterable[Cell]) -> bool:
    return all(cell.style.startswith(HEADER_STYLES) for cell in cells)


def _table(sheet: Worksheet, group: dict[int, dict[int, Cell]]) -> Table:
    used = sorted({column for cells in group.values() for column in cells})
    merged = {(area.min_row, area.min_col): area.max_col for area in sheet.merged_cells.ranges}
    rows = []
    for number, cells in group.items():
        line = [_placed(sheet, number, cells, used, place, merged) for place in range(len(used))]
        rows.append(Row(tuple(_without_covered(line)), _kind(cells)))
    return Table(tuple(rows), tuple(_width(sheet, group, column) for column in used))


def _width(sheet: Worksheet, group: dict[int, dict[int, Cell]], column: int) -> int:
    """What the longest text takes, up to the width of the sheet's column."""
    longest = max((len(cells[column].text) for cells in group.values() if _is_plain(cells, column)), default=0)
    return max(MINIMUM_WIDTH, min(round(sheet.column_dimensions[get_column_letter(column)].width), longest + 1))


def _is_plain(cells: dict[int, Cell], column: int) -> bool:
    """Whether there is a cell in a row that is no section's title, which runs over the columns beside it."""
    return column in cells and _kind(cells) != "section"


def _kind(cells: dict[int, Cell]) -> Kind:
    if _is_header(cells.values()):
        return "header"
    (first, *others) = cells.values()
    return "section" if first.style == SECTION_STYLE and not others else "row"


def _placed(
    sheet: Worksheet,
    row: int,
    cells: dict[int, Cell],
    used: Sequence[int],
    place: int,
    merged: dict[tuple[int, int], int],
) -> Cell:
    """The cell in a column of the table, with its span: merged, or a text that runs over blank cells beside it."""
    column = used[place]
    if column not in cells:
        return Cell("", str(sheet._cells[row, column].style) if (row, column) in sheet._cells else PLAIN_STYLE)
    cell, rest = cells[column], used[place + 1 :]
    if (row, column) in merged:
        covered = [other for other in rest if other <= merged[row, column]]
    elif _kind(cells) == "section":
        covered = list(rest)
    else:
        covered = []
        own = sheet.cell(row, column)
        runs_over = not cell.right and not own.alignment.wrap_text
        for other in rest if runs_over else ():
            if other in cells or ((row, other) in sheet._cells and sheet._cells[row, other].has_style):
                break
            covered.append(other)
    return Cell(cell.text, cell.style, 1 + len(covered), cell.right, cell.link)


def _without_covered(line: Sequence[Cell]) -> Iterator[Cell]:
    place = 0
    while place < len(line):
        yield line[place]
        place += line[place].span


def _in_order(
    sheet: Worksheet, groups: Sequence[dict[int, dict[int, Cell]]], charts: Sequence[Placed]
) -> Iterator[Table | Placed]:
    """Tables and charts by the row in which they begin; a chart beside a table stands before it."""
    parts: list[tuple[int, int, Table | Placed]] = [(min(group), 1, _table(sheet, group)) for group in groups]
    for chart in charts:
        row = coordinate_to_tuple(chart.cell)[0]
        begins = next((min(group) for group in groups if min(group) <= row <= max(group)), row)
        parts.append((begins, 0, chart))
    return (part for *_, part in sorted(parts, key=lambda item: item[:2]))
