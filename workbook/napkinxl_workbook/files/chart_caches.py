"""The copies of cell values inside a chart, from which previews and mail programs draw it."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import SubElement

from napkinxl.engine.number_text import stored_text
from napkinxl.errors import InputError
from napkinxl_workbook.files.stored_values import ERROR_TEXTS
from napkinxl_workbook.files.text_cells import xml_text

# An element of lxml or of the standard library, whichever openpyxl found; the two share no type.
XmlElement: TypeAlias = Any
CellReader: TypeAlias = Callable[[str, str], object]
"""The value of a formula cell, by sheet title and coordinate."""

_serial_number: Callable[[datetime | date | time | timedelta], float] = to_excel

# Only these may hold text; a text among the values of a series is a point that is not drawn.
_PARENTS_OF_TEXT: Final = ("cat", "xVal")


def fill_chart_caches(chart: XmlElement, workbook: Workbook, formula_value: CellReader) -> None:
    """Put into a chart's XML the values of the cells that it refers to.

    Parameters
    ----------
    chart
        The chart's tree as openpyxl makes it; changed in place. Categories that are text become text
        references: openpyxl writes all of them as numbers, and a preview then shows 1, 2, 3.
    workbook
        Where plain cells are read.
    formula_value
        Gives the value of a formula cell.

    Raises
    ------
    InputError
        A reference is not one closed range of a sheet in the workbook.
    """
    for parent in list(chart.iter()):
        for reference in list(parent):
            if reference.tag not in ("numRef", "strRef"):
                continue
            cells = list(_cells(reference.findtext("f"), workbook, formula_value))
            is_text = any(isinstance(value, str) and value not in ERROR_TEXTS for value, _ in cells)
            if reference.tag == "strRef" or (is_text and parent.tag in _PARENTS_OF_TEXT):
                reference.tag = "strRef"
                _fill(reference, "strCache", [_text(value) for value, _ in cells], None)
            else:
                number_format = cells[0][1] if cells else "General"
                _fill(reference, "numCache", [_number(value) for value, _ in cells], number_format)


def _cells(reference: str, workbook: Workbook, formula_value: CellReader) -> Iterator[tuple[object, str]]:
    """The value and the number format of every cell of a range, row by row."""
    sheet, bounds = _range(reference, workbook)
    for row in range(bounds[1], bounds[3] + 1):
        for column in range(bounds[0], bounds[2] + 1):
            # Worksheet.cell would make the cells that do not exist
            cell = sheet._cells.get((row, column))
            if cell is None:
                yield None, "General"
            elif cell.data_type == "f":
                yield formula_value(sheet.title, cell.coordinate), cell.number_format
            else:
                yield cell.value, cell.number_format


def _range(reference: str, workbook: Workbook) -> tuple[Worksheet, tuple[int, int, int, int]]:
    title, _, address = reference.rpartition("!")
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    sheet = next((sheet for sheet in workbook.worksheets if sheet.title == title), None)
    try:
        left, top, right, bottom = range_boundaries(address)
    except (ValueError, TypeError):
        left = top = right = bottom = None
    if sheet is None or left is None or top is None or right is None or bottom is None:
        raise InputError(f"a chart must refer to one range of a sheet, such as Calc!$B$2:$B$9, got {reference!r}")
    return sheet, (left, top, right, bottom)


def _fill(reference: XmlElement, tag: str, texts: list[str | None], number_format: str | None) -> None:
    for stale in [*reference.findall("numCache"), *reference.findall("strCache")]:
        reference.remove(stale)
    cache = SubElement(reference, tag)
    if number_format is not None:
        SubElement(cache, "formatCode").text = number_format
    SubElement(cache, "ptCount", {"val": str(len(texts))})
    for index, text in enumerate(texts):
        if text is not None:
            point = SubElement(cache, "pt", {"idx": str(index)})
            SubElement(point, "v").text = text


def _number(value: object) -> str | None:
    """The text of a point, or None for a gap: an error or a text has no place on a numeric axis."""
    if isinstance(value, datetime | date | time | timedelta):
        value = _serial_number(value)
    if not isinstance(value, numbers.Real) or not math.isfinite(value):
        return None
    return stored_text(float(value))


def _text(value: object) -> str | None:
    return xml_text(value) if isinstance(value, str) else _number(value)
