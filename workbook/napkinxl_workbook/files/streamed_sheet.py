"""A sheet of any number of rows, written into the file as they come: no row is kept, nor is a temporary file made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BufferedWriter
from typing import Any, ClassVar, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell._writer import write_cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element

from napkinxl_workbook.files.dateless_archive import DatelessArchive
from napkinxl_workbook.files.sheet_writer import SheetParts
from napkinxl_workbook.files.stored_values import NOT_A_NUMBER_EXCEL_HOLDS, NOT_AVAILABLE
from napkinxl_workbook.files.text_cells import FORMULA_STARTS, file_text
from napkinxl_workbook.files.workbook_writer import BookWriter
from napkinxl_workbook.theme import SMALLEST_CENTS

_BUFFER_BYTES = 1 << 18
# No cell's XML is longer: a name of seven letters and digits at most, a style, a number of 17 digits.
_MOST_BYTES_PER_CELL = 96
_MOST_BYTES_PER_CHARACTER = 7  # an underscore that must be spelled _x005F_
_MOST_BYTES_BESIDE_CELLS = 1 << 20

Value = float | str | None


class CellStyles(NamedTuple):
    """The numbers of a column's styles in the workbook."""

    plain: int
    quoted: int  # of a text that would turn into a formula when it is edited
    small: int  # of a number nearer to 0 than `SMALLEST_CENTS`


class TableCell:
    """The cell of a column, used again in each row: all that openpyxl's writer of cells asks for, and nothing else.

    None is a blank; NaN the error #N/A; a text stays text, whatever it begins with.
    """

    __slots__ = ("_value", "coordinate", "data_type", "letter", "style_id", "styles")
    hyperlink: ClassVar[None] = None

    def __init__(self, column: int, styles: CellStyles) -> None:
        self.letter = get_column_letter(column)
        self.styles = styles

    def put(self, value: Value, row: str) -> None:
        """Take the value of a row."""
        self.coordinate = self.letter + row
        self.style_id = self.styles.plain
        if isinstance(value, str):
            self.data_type = "s"
            self._value: str | None = file_text(value, self.coordinate) or None
            if value.startswith(FORMULA_STARTS):
                self.style_id = self.styles.quoted
        elif value is None:
            self.data_type, self._value = "n", None
        elif math.isfinite(value):
            self.data_type = "n"
            self._value = repr(value)  # all digits: openpyxl rounds a number that it spells itself
            if 0 < abs(value) < SMALLEST_CENTS:
                self.style_id = self.styles.small
        else:
            self.data_type = "e"
            self._value = NOT_AVAILABLE if value != value else NOT_A_NUMBER_EXCEL_HOLDS

    def write(self, xf: Any, sheet: Worksheet) -> None:
        """Write the cell as openpyxl does, but for a blank: as a number without a value IronCalc would read 0."""
        if self._value is None:
            xf.write(Element("c", {"r": self.coordinate, "s": str(self.style_id)}))
        else:
            write_cell(xf, sheet, cast(Any, self), True)


@dataclass(frozen=True)
class StreamedRows:
    """The rows that follow those of a sheet in memory, and what must be known of them before the first."""

    cells: Sequence[TableCell]
    values: Iterable[Sequence[Value]]
    first_row: int
    count: int
    characters: int  # of all texts together

    def __iter__(self) -> Iterator[tuple[int, Sequence[TableCell]]]:
        for number, values in enumerate(self.values, start=self.first_row):
            row = str(number)
            for cell, value in zip(self.cells, values, strict=True):
                cell.put(value, row)
            yield number, self.cells

    @property
    def most_bytes(self) -> int:
        """What the sheet's XML does not exceed."""
        cells = (self.count + self.first_row) * (len(self.cells) + 1) * _MOST_BYTES_PER_CELL
        return cells + self.characters * _MOST_BYTES_PER_CHARACTER + _MOST_BYTES_BESIDE_CELLS


class StreamedBookWriter(BookWriter):
    """Writes a workbook without formulas, one sheet of which goes on with streamed rows."""

    def __init__(
        self, workbook: Workbook, archive: DatelessArchive, created: datetime, sheet: Worksheet, rows: StreamedRows
    ) -> None:
        super().__init__(workbook, archive, {}, {}, created)
        self._parts, self._sheet, self._rows = archive, sheet, rows

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet."""
        if ws is not self._sheet:
            super().write_worksheet(ws)
            return
        with BufferedWriter(cast(Any, self._parts.stream(ws.path[1:], self._rows.most_bytes)), _BUFFER_BYTES) as stream:
            writer = _StreamedSheetWriter(ws, stream, self._rows)
            try:
                writer.write()
            finally:
                writer.close()  # before the stream: it closes its elements
        cast(SheetParts, ws)._rels = writer._rels
        self.manifest.append(ws)


class _StreamedSheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, with more rows than the sheet holds."""

    _rels: Any
    xf: Any

    def __init__(self, sheet: Worksheet, stream: BufferedWriter, streamed: StreamedRows) -> None:
        self._sheet, self._streamed = sheet, streamed
        super().__init__(sheet, stream)

    def write_dimensions(self) -> None:
        """The area of all cells, streamed ones too."""
        last_row = self._streamed.first_row + self._streamed.count - 1
        last = f"{self._streamed.cells[-1].letter}{last_row}"
        self.xf.send(SheetDimension(f"A1:{last}").to_tree())

    def write_rows(self) -> None:
        """The sheet's own rows, then the streamed ones."""
        xf = self.xf.send(True)
        with xf.element("sheetData"):
            for number, own in self.rows():
                self.write_row(xf, own, number)
            for number, cells in self._streamed:
                with xf.element("row", {"r": str(number)}):
                    for cell in cells:
                        cell.write(xf, self._sheet)
        self.xf.send(None)  # gives control back to openpyxl
