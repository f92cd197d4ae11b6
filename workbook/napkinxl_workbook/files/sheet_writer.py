"""openpyxl's writer of one sheet, with the value beside each formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any, Protocol, TypeAlias, cast

from openpyxl.cell._writer import write_cell
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.chart._chart import ChartBase
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.relationship import RelationshipList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element, SubElement

from napkinxl_workbook.files.chart_caches import XmlElement
from napkinxl_workbook.files.dynamic_arrays import DYNAMIC_ARRAY, DynamicArrayFormula
from napkinxl_workbook.files.stored_values import StoredValue

CellKey: TypeAlias = tuple[str, str]
"""A sheet's title and a cell's coordinate."""


class SheetParts(Protocol):
    """The private attributes of a worksheet that openpyxl's own writer uses, and so does this one."""

    _charts: list[ChartBase]
    _images: list[Any]
    _drawing: SpreadsheetDrawing
    _rels: RelationshipList
    _comments: list[CommentRecord]
    _hyperlinks: list[Hyperlink]
    legacy_drawing: str | None
    row_dimensions: Mapping[int, Iterable[tuple[str, str]]]


class _XmlStream(Protocol):
    def element(self, tag: str, attributes: Mapping[str, str]) -> AbstractContextManager[None]: ...

    def write(self, element: XmlElement) -> None: ...


class SheetWriter(WorksheetWriter):
    """Writes a sheet with the value beside each formula."""

    _rels: RelationshipList

    def __init__(self, sheet: Worksheet, stored: Mapping[CellKey, StoredValue]) -> None:
        self._stored = stored
        # In memory: openpyxl's temporary files stay behind when writing fails.
        self._content = BytesIO()
        super().__init__(sheet, self._content)

    def content(self) -> bytes:
        """Write the sheet and return its XML."""
        self.write()
        return self._content.getvalue()

    def relationships(self) -> RelationshipList:
        """Return the links to other parts that writing the sheet has made."""
        return self._rels

    def write_row(self, xf: _XmlStream, row: Iterable[Cell | MergedCell], row_idx: int) -> None:
        """Write one row, as openpyxl does except for its formulas."""
        sheet = cast(SheetParts, self.ws)
        attributes = {"r": str(row_idx)} | dict(sheet.row_dimensions.get(row_idx, ()))
        with xf.element("row", attributes):
            for cell in row:
                if cell.comment is not None:
                    sheet._comments.append(CommentRecord.from_cell(cell))
                if cell.data_type == "f":
                    self._write_formula(xf, cell)
                elif (self.ws.title, cell.coordinate) in self._stored:
                    xf.write(self._stored_cell(cell))  # an array formula fills it
                elif cell.value is None and cell.hyperlink is None and cell.has_style:
                    # openpyxl calls a blank a number without a value, which IronCalc reads as 0.
                    xf.write(Element("c", {"r": cell.coordinate, "s": str(cell.style_id)}))
                elif cell.value is not None or cell.has_style or cell.comment is not None:
                    write_cell(xf, self.ws, cell, cell.has_style)

    def _write_formula(self, xf: _XmlStream, cell: Cell | MergedCell) -> None:
        element = self._stored_cell(cell)
        formula_attributes: dict[str, str] = {}
        formula = cell.value
        if isinstance(formula, ArrayFormula):
            formula_attributes = {name: str(value) for name, value in formula}
            if isinstance(formula, DynamicArrayFormula):
                element.set("cm", DYNAMIC_ARRAY)
            formula = formula.text
        text = Element("f", formula_attributes)
        text.text = str(formula).removeprefix("=")
        element.insert(0, text)
        if cell.hyperlink is not None:
            cast(SheetParts, self.ws)._hyperlinks.append(cell.hyperlink)
        xf.write(element)

    def _stored_cell(self, cell: Cell | MergedCell) -> XmlElement:
        """A cell with its stored value."""
        stored = self._stored[self.ws.title, cell.coordinate]
        attributes = {"r": cell.coordinate}
        if cell.has_style:
            attributes["s"] = str(cell.style_id)
        if stored.cell_type is not None:
            attributes["t"] = stored.cell_type
        element: XmlElement = Element("c", attributes)
        SubElement(element, "v").text = stored.text
        return element
