"""A user's workbook as a model: its cells, its formulas, and what each formula needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from napkinxl.errors import FileError
from napkinxl_addin.spelling import SpellingReader
from napkinxl_workbook.recalculation.archive import Package
from napkinxl_workbook.recalculation.areas import Area, Corner, Position, Reference, coordinate
from napkinxl_workbook.recalculation.arrays import cells_of
from napkinxl_workbook.recalculation.book_parts import BookParts, read_book
from napkinxl_workbook.recalculation.engine_text import Context
from napkinxl_workbook.recalculation.formulas import Formula, Operand
from napkinxl_workbook.recalculation.operands import Operands
from napkinxl_workbook.recalculation.sheet_cells import MOST_CELLS_IN_AN_ARRAY, SheetCells, StoredFormula, read_sheet
from napkinxl_workbook.recalculation.translation import Translator
from napkinxl_workbook.recalculation.values import Value, stored_value_of
from napkinxl_workbook.recalculation.xml_parts import XmlPart

# So that a hostile file cannot take all memory: each takes about 300 bytes.
_MOST_CALCULATED_CELLS: Final = 2 * MOST_CELLS_IN_AN_ARRAY


class FormulaCell(NamedTuple):
    """A cell with a formula; several share one `Formula`."""

    formula: Formula
    needs: list[Area]
    """The cells that it refers to."""
    area: Area
    """The cells that show its result: itself, or the range of an array formula."""
    is_array: bool
    is_dynamic: bool


@dataclass
class Model:
    """All that is known of a workbook before anything is calculated."""

    package: Package
    book: BookParts
    sheets: dict[int, SheetCells] = field(default_factory=dict)
    formulas: dict[Position, FormulaCell] = field(default_factory=dict)
    filled: dict[Position, Position] = field(default_factory=dict)
    """The cell whose formula fills a cell, for every cell that shows a formula's result."""

    @cached_property
    def last_cells(self) -> dict[int, tuple[int, int]]:
        """The last row and column of each sheet that hold something."""
        return {number: (sheet.last_row, sheet.last_column) for number, sheet in self.sheets.items()}

    def where(self, cell: Position) -> str:
        """A cell as people name it."""
        return f"{self.book.sheets[cell.sheet].title}!{coordinate(cell.row, cell.column)}"

    def stored(self, cell: Position) -> Value | None:
        """What the file holds in a cell.

        Raises:
            FileError: it is no value of the cell's type.
        """
        found = self.sheets[cell.sheet].cells.get(cell) if cell.sheet in self.sheets else None
        try:
            return stored_value_of(found, self.book.texts) if found is not None else None
        except (ValueError, IndexError):
            assert found is not None
            raise self.package.refusal(f"{self.where(cell)} holds {found.text!r} as type {found.cell_type!r}") from None


def read_model(package: Package, names: Collection[str], namespaces: Collection[str]) -> Model:
    """Read a workbook whose calls of the functions `names` are ours.

    Raises:
        FileError: a part is missing, broken or hostile, or the workbook rounds its values to what it shows.
    """
    model = Model(package, read_book(package))
    if not model.book.full_precision:
        raise package.refusal("it calculates with values rounded as displayed, which only Excel does")
    defined = {name.upper() for _, name in model.book.names}
    own = frozenset(names) - defined  # a name of the workbook, such as a LAMBDA, goes before a function
    reader = SpellingReader(own, namespaces)
    translator = Translator(Context(reader, Operands(model.book), own, model.book.dates_from_1904))
    for number, sheet in enumerate(model.book.sheets):
        if sheet.part is not None:
            model.sheets[number] = read_sheet(number, XmlPart(sheet.part, package.part(sheet.part)))
    areas = [formula.area for sheet in model.sheets.values() for formula in sheet.formulas.values()]
    if sum(area.rows * area.columns if area else 1 for area in areas) > _MOST_CALCULATED_CELLS:
        raise package.refusal(f"its formulas must fill at most {_MOST_CALCULATED_CELLS:,} cells")
    for cells in model.sheets.values():
        _read_formulas(model, cells, translator)
    return model


def _read_formulas(model: Model, sheet: SheetCells, translator: Translator) -> None:
    shared: dict[str, tuple[Position, Formula]] = {}
    for cell, stored in sheet.formulas.items():
        first = cell
        if stored.kind == "shared" and not stored.text:
            if stored.group not in shared:
                raise FileError(f"{model.where(cell)} shares a formula that is not there")
            first, formula = shared[stored.group]
        elif stored.kind == "dataTable" and stored.area is not None:
            formula = _data_table(stored.area)
        else:
            first, formula = translator.translate_copy(stored.text, cell)
        if stored.kind == "shared" and stored.text and stored.group is not None:
            shared[stored.group] = cell, translator.translate(stored.text, cell)
        _add(model, cell, first, formula, stored)


def _add(model: Model, cell: Position, first: Position, formula: Formula, stored: StoredFormula) -> None:
    area = stored.area or Area(*cell, cell.row, cell.column)
    if stored.area and area.first != cell:
        raise FileError(f"{model.where(cell)} must be the first cell of its array formula")
    needs = formula.areas(cell.row - first.row, cell.column - first.column)
    model.formulas[cell] = FormulaCell(formula, needs, area, stored.kind == "array", stored.is_dynamic)
    for member in cells_of(area):
        if model.filled.setdefault(member, cell) != cell:
            raise FileError(f"two formulas fill {model.where(member)}")


def _data_table(area: Area) -> Formula:
    """A what-if table: only Excel calculates it, from the formulas above and left of it."""
    top_left = Corner(max(1, area.top - 1), max(1, area.left - 1), True, True)
    around = Reference(area.sheet, top_left, Corner(area.bottom, area.right, True, True))
    return Formula((Operand(around, False),), ("a what-if data table",))
