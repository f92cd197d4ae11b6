"""The cells of a sheet's XML, and where in its bytes their values stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation.areas import Area, Position, coordinate, read_cell, read_reference
from napkinxl_workbook.recalculation.xml_parts import MAIN, Attributes, XmlPart, new_parser

# More than a column's cells in one array formula is no model but an attack.
MOST_CELLS_IN_AN_ARRAY: Final = 1_048_576

_CELL: Final = f"{MAIN}c"
_ROW: Final = f"{MAIN}row"
_VALUE: Final = f"{MAIN}v"
_INLINE: Final = f"{MAIN}is"
_FORMULA: Final = f"{MAIN}f"
_TEXT: Final = f"{MAIN}t"
_PHONETIC: Final = f"{MAIN}rPh"

Span: TypeAlias = tuple[int, int]
"""Where an element begins in the bytes, and where the parser stood when it ended: at its end tag, if it has one."""


@dataclass(slots=True)
class Stored:
    """What a cell holds: its type, the text of its value (None without one), and where both stand in the bytes."""

    cell_type: str | None
    starts: int
    text: str | None = None
    value: Span | None = None
    formula: Span | None = None


@dataclass(frozen=True, slots=True)
class StoredFormula:
    """A formula as the file has it."""

    text: str
    kind: str | None
    """shared, array, dataTable, or None for a plain one."""
    group: str | None
    """The number that the cells of a shared formula have in common."""
    area: Area | None
    """The cells that an array formula or a data table fills."""
    is_dynamic: bool


@dataclass
class SheetCells:
    """All cells of one sheet."""

    number: int
    part: XmlPart
    cells: dict[Position, Stored] = field(default_factory=dict)
    formulas: dict[Position, StoredFormula] = field(default_factory=dict)

    @property
    def last_row(self) -> int:
        """The last row that holds a cell; 1 on an empty sheet."""
        return max((cell.row for cell in self.cells), default=1)

    @property
    def last_column(self) -> int:
        """The last column that holds a cell; 1 on an empty sheet."""
        return max((cell.column for cell in self.cells), default=1)


def read_sheet(number: int, part: XmlPart) -> SheetCells:
    """Read a sheet's cells.

    Raises:
        FileError: the XML is broken, or a cell has no place or is there twice.
    """
    sheet = SheetCells(number, part)
    _Reader(sheet).read()
    return sheet


class _Reader:
    """Takes the parser's events; only what stands in a cell concerns it."""

    def __init__(self, sheet: SheetCells) -> None:
        self._sheet = sheet
        self._parser = new_parser()
        self._row = self._column = 0
        self._place = Position(sheet.number, 0, 0)
        self._cell: Stored | None = None
        self._is_dynamic = False
        self._formula: Attributes | None = None
        self._formula_starts = 0
        self._texts: list[str] = []
        self._collects = self._within_phonetic = False

    def read(self) -> None:
        self._sheet.part.parse(self._start, self._end, self._text, self._parser)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == _CELL:
            self._start_cell(attributes)
        elif name == _ROW:
            self._row, self._column = self._row_number(attributes.get("r")), 0
        elif self._cell is None:
            return
        elif name in (_VALUE, _INLINE):
            self._texts, self._collects = [], name == _VALUE
            self._cell.value = (self._parser.CurrentByteIndex, 0)
        elif name == _FORMULA:
            self._texts, self._collects = [], True
            self._formula, self._formula_starts = attributes, self._parser.CurrentByteIndex
        elif name == _TEXT:
            self._collects = not self._within_phonetic
        elif name == _PHONETIC:
            self._within_phonetic = True

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column += 1
        # Most cells stand where the one before them ends.
        if reference is not None and reference != coordinate(self._row, self._column):
            found = read_cell(reference)
            if found is None or found[0] != self._row:
                raise self._error(
                    f"a cell of row {self._row} must have a place such as B{self._row}, got {reference!r}"
                )
            self._column = found[1]
        self._place = Position(self._sheet.number, self._row, self._column)
        if self._place in self._sheet.cells:
            raise self._error(f"the cell {coordinate(self._row, self._column)} is there twice")
        self._cell = self._sheet.cells[self._place] = Stored(attributes.get("t"), self._parser.CurrentByteIndex)
        self._is_dynamic = "cm" in attributes

    def _end(self, name: str) -> None:
        cell, self._collects = self._cell, False
        if cell is None:
            return
        if name == _CELL:
            self._cell = None
        elif name in (_VALUE, _INLINE) and cell.value is not None:
            cell.value = (cell.value[0], self._parser.CurrentByteIndex)
            cell.text = "".join(self._texts)
        elif name == _FORMULA and self._formula is not None:
            self._end_formula(cell, self._formula)
            self._formula = None
        elif name == _PHONETIC:
            self._within_phonetic = False

    def _end_formula(self, cell: Stored, attributes: Attributes) -> None:
        kind, area = attributes.get("t"), None
        if kind in ("array", "dataTable"):
            found = read_reference(attributes.get("ref", ""), self._sheet.number)
            if found is None or found.area().rows * found.area().columns > MOST_CELLS_IN_AN_ARRAY:
                raise self._error(f"an array formula must fill a range of cells, got {attributes.get('ref')!r}")
            area = found.area()
        self._sheet.formulas[self._place] = StoredFormula(
            "".join(self._texts),
            None if kind == "normal" else kind,
            attributes.get("si"),
            area,
            self._is_dynamic,
        )
        cell.formula = (self._formula_starts, self._parser.CurrentByteIndex)

    def _text(self, text: str) -> None:
        if self._collects:
            self._texts.append(text)

    def _row_number(self, text: str | None) -> int:
        if text is None:
            return self._row + 1
        if not text.isdecimal() or read_cell(f"A{int(text)}") is None:
            raise self._error(f"a row must have a number, got {text!r}")
        return int(text)

    def _error(self, reason: str) -> FileError:
        return FileError(f"the part {self._sheet.part.name} cannot be read: {reason}")
