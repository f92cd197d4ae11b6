"""A workbook being built: cells are put down together with the value that each formula has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.charts.native import draw
from napkinxl_workbook.charts.spec import Chart, Placed, XYChart
from napkinxl_workbook.files.dynamic_arrays import DynamicArrayFormula
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.files.text_cells import set_text, xml_text
from napkinxl_workbook.printing import set_pages, set_up_print
from napkinxl_workbook.theme import TABS, add_styles

LONGEST_DESCRIPTION = 1000
# Styles that wrap, and how many of their characters fit in one unit of column width.
WRAPPED_STYLES = {"nNote": 1.3, "nWrap": 1.2}


@dataclass
class Book:
    """The workbook and the value of each of its formulas."""

    workbook: Workbook = field(default_factory=Workbook)
    values: dict[CellKey, CellValue] = field(default_factory=dict)
    sheets: dict[str, Worksheet] = field(default_factory=dict)
    charts: list[Placed] = field(default_factory=list)
    page_starts: dict[str, tuple[int, ...]] = field(default_factory=dict)  # columns that begin a page, by sheet
    _lines: dict[tuple[str, int], int] = field(default_factory=dict)
    _styles: dict[tuple[str, str | None], StyleArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.workbook.remove(self.workbook.worksheets[0])
        add_styles(self.workbook)

    def sheet(self, title: str, heading: str, subtitle: str, widths: Sequence[float], role: str) -> Worksheet:
        """A new sheet with its heading, column widths, print set-up and the tab colour of its role."""
        sheet: Worksheet = self.workbook.create_sheet(title)
        self.sheets[title] = sheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 90
        sheet.sheet_properties.tabColor = TABS[role]
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self.text(sheet, 1, 1, heading, "nTitle")
        self.text(sheet, 2, 1, subtitle, "nSubtitle")
        _set_up_print(sheet)
        return sheet

    def text(self, sheet: Worksheet, row: int, column: int, text: str, style: str = "nText") -> None:
        """A text that never becomes a formula."""
        cell = sheet.cell(row, column)
        self._style(cell, style)
        set_text(cell, text)
        if style in WRAPPED_STYLES:
            width = sheet.column_dimensions[get_column_letter(column)].width
            lines = _lines(text, max(int(width * WRAPPED_STYLES[style]), 1))
            self._lines[sheet.title, row] = max(lines, self._lines.get((sheet.title, row), 1))

    def number(
        self, sheet: Worksheet, row: int, column: int, value: float | None, style: str, number_format: str = "General"
    ) -> None:
        """A number that stands by itself; None leaves a styled blank."""
        self._style(sheet.cell(row, column, value), style, number_format)

    def formula(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        formula: str,
        value: CellValue,
        style: str = "nNumber",
        number_format: str = "General",
    ) -> None:
        """A live formula, with its leading ``=``, and the value that the core gives for it."""
        cell = sheet.cell(row, column, formula)
        self._style(cell, style, number_format)
        self.values[sheet.title, cell.coordinate] = value

    def spill(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        formula: str,
        values: Sequence[Sequence[CellValue]],
        style: str = "nNumber",
        number_format: str = "General",
        dynamic: bool = True,
    ) -> None:
        """An array formula with the values of all the cells that it fills; a dynamic one spills in Excel."""
        last = f"{get_column_letter(column + len(values[0]) - 1)}{row + len(values) - 1}"
        kind = DynamicArrayFormula if dynamic else ArrayFormula
        for down, line in enumerate(values):
            for across, value in enumerate(line):
                cell = sheet.cell(row + down, column + across)
                self._style(cell, style, number_format)
                if isinstance(value, str):
                    set_text(cell, value)
                else:
                    cell.value = value
                self.values[sheet.title, cell.coordinate] = value
        first = sheet.cell(row, column)
        first.value = kind(ref=f"{first.coordinate}:{last}", text=formula)

    def _style(self, cell: Any, style: str, number_format: str | None = None) -> None:
        """Style a cell; openpyxl searches all styles at each cell, so what it found for the first one is copied."""
        found = self._styles.get((style, number_format))
        if found is not None:
            cell._style = copy(found)
            return
        cell.style = style
        if number_format is not None:
            cell.number_format = number_format
        self._styles[style, number_format] = copy(cell._style)

    def chart(self, sheet: Worksheet, cell: str, chart: Chart | XYChart, width: float = 24, height: float = 9) -> None:
        """A native chart with its upper left corner in a cell, of that many cm."""
        sheet.add_chart(draw(chart, width, height), cell)
        self.charts.append(Placed(sheet.title, cell, chart, width, height))

    def row(self, sheet: Worksheet, row: int, texts: Sequence[str], style: str = "nText") -> None:
        """Texts side by side, from the first column."""
        for column, text in enumerate(texts, start=1):
            self.text(sheet, row, column, text, style)

    def describe(self, title: str, created: datetime, names: Sequence[str] = ()) -> None:
        """What the file says of itself; `names` are those of the scenarios."""
        properties = self.workbook.properties
        properties.title, properties.creator = title, "napkinxl"
        properties.subject = "What serving a language model costs"
        properties.category = "Financial model"
        properties.keywords = "LLM, inference, unit economics, GPU, cost"
        properties.language = "en"
        properties.description = xml_text(f"Scenarios: {', '.join(names)}")[:LONGEST_DESCRIPTION] if names else None
        properties.created = properties.modified = created.replace(tzinfo=None)

    def finish(self, order: Sequence[str]) -> None:
        """Put the sheets in order, make their rows as high as their wrapped texts need, and cut them into pages.

        Excel sets heights by itself only for rows that somebody has edited.
        """
        for index, title in enumerate(order):
            self.workbook.move_sheet(title, index - self.workbook.sheetnames.index(title))
        self.workbook.active = 0
        for (title, row), lines in self._lines.items():
            dimensions = self.sheets[title].row_dimensions[row]
            if lines > 1 and dimensions.height is None:
                dimensions.height = 3 + 12.5 * lines
        for title, sheet in self.sheets.items():
            if not sheet.page_setup.fitToHeight:  # otherwise it is one page
                charts = [(_row(item.cell), item.height) for item in self.charts if item.sheet == title]
                set_pages(sheet, charts, self.page_starts.get(title, ()))

    def group_rows(self, sheet: Worksheet, rows: Iterable[int]) -> None:
        """Let a reader fold rows away under the heading above them."""
        sheet.sheet_properties.outlinePr = Outline(summaryBelow=False, summaryRight=False)
        for row in rows:
            sheet.row_dimensions[row].outlineLevel = 1

    def group_columns(self, sheet: Worksheet, first: int, last: int) -> None:
        """Let a reader fold columns away."""
        for column in range(first, last + 1):
            sheet.column_dimensions[get_column_letter(column)].outlineLevel = 1

    def print_head_only(self, sheet: Worksheet, area: str) -> None:
        """Print the sums of a long sheet of control on one page: its rows are for the screen."""
        sheet.print_area, sheet.page_setup.fitToHeight = area, 1

    def section(self, sheet: Worksheet, row: int, title: str, columns: int) -> None:
        """A heading across the columns."""
        self.row(sheet, row, [title, *[""] * (columns - 1)], "nSection")


def _set_up_print(sheet: Worksheet) -> None:
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    set_up_print(sheet, name="&F")


def _row(cell: str) -> int:
    return coordinate_to_tuple(cell)[0]


def _lines(text: str, room: int) -> int:
    """How many lines a wrapped text takes in a column that holds so many characters."""
    return sum(1 if len(line) <= room else len(wrap(line, room)) for line in text.splitlines())
