"""Calculating formulas with formualizer, our functions among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from itertools import islice
from math import isfinite
from typing import Any, Final, TypeAlias

import formualizer

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation import excel_operators
from napkinxl_workbook.recalculation.areas import Position, coordinate
from napkinxl_workbook.recalculation.arrays import SPILL, Grid, cell_of, cells_of, overflow, size
from napkinxl_workbook.recalculation.engine_text import COMPARE, JOIN, TEXT
from napkinxl_workbook.recalculation.formulas import GRID_CALL, VALUE_CALL, engine_sheet
from napkinxl_workbook.recalculation.model import FormulaCell, Model
from napkinxl_workbook.recalculation.trust import OURS
from napkinxl_workbook.recalculation.values import (
    EngineValue,
    ErrorValue,
    UnknownValueError,
    Value,
    from_engine,
    to_argument,
    to_engine,
)

Call: TypeAlias = Callable[..., Any]
"""Answers a call by the function's name in capitals and its arguments, as `napkinxl_addin.functions.call` does."""

_CELL: Final = "NAPKINXL.CELL"
_MEMBER: Final = "NAPKINXL.MEMBER"
_OPERATORS: Final[Mapping[str, Callable[..., EngineValue]]] = {
    COMPARE: excel_operators.compare,
    JOIN: excel_operators.join,
    TEXT: excel_operators.text,
    OURS["CONCAT"]: excel_operators.concatenate,
    OURS["SUMPRODUCT"]: excel_operators.sum_of_products,
}
_FAILED: Final = to_engine(ErrorValue("#VALUE!"))


class Calculation:
    """One calculation of some formulas of a workbook; the other cells keep the values that the file holds.

    Calls of ours whose arguments no formula calculates are answered at once; the engine calculates the others. There
    every formula is wrapped in a function of ours that takes its result: an array stays with its formula and never
    spills in the engine, whose rules for that are not Excel's.
    """

    def __init__(self, model: Model, wanted: Collection[Position], names: Collection[str], call: Call) -> None:
        self._model = model
        self._wanted = sorted(wanted)
        self._names = names
        self._call = call
        self._calculated = {cell: holder for holder in self._wanted for cell in cells_of(model.formulas[holder].area)}
        """The cells that the formulas fill, each with the cell of its formula."""
        self._known: dict[Position, EngineValue] = {}
        """What the engine need not calculate: values of the file, answers of direct calls; no blanks."""
        self._results: dict[Position, Grid] = {}
        self._failure: Exception | None = None
        self.cut: dict[Position, tuple[int, int]] = {}
        """Dynamic arrays whose result, of so many rows and columns, is larger than their range in the file."""

    def values(self) -> dict[Position, Value]:
        """Calculate, and give the value of every cell that the formulas fill.

        Raises:
            FileError: the engine failed, formulas go in a circle, or a result cannot be stored.
        """
        for sheet in self._model.sheets.values():
            for cell in sheet.cells.keys() - self._calculated.keys():
                value = self._model.stored(cell)
                if value is not None:
                    self._known[cell] = to_engine(value)
        self._answer_direct_calls()
        if len(self._results) < len(self._wanted):
            self._calculate_the_others()
        self._refuse_readers_of_overflow()
        return {member: self._member(cell, member) for member, cell in self._calculated.items()}

    def _answer_direct_calls(self) -> None:
        for number, cell in enumerate(self._wanted):
            formula = self._model.formulas[cell]
            call, needs = formula.formula.call, [area.first for area in formula.needs]
            if call is not None and self._calculated.keys().isdisjoint(needs):
                cells = iter(needs)
                given = [self._known.get(next(cells)) if value is None else value for value in call.arguments]
                self._take(number, self._answer(call.name, True, *given))

    def _calculate_the_others(self) -> None:
        workbook = self._loaded()
        try:
            workbook.evaluate_all()
        except Exception as error:
            raise self._model.package.refusal(f"the calculation engine failed: {error}") from error
        if isinstance(self._failure, UnknownValueError):
            raise self._model.package.refusal(f"a formula makes {self._failure}")
        if self._failure is not None:
            raise self._failure
        self._take_errors(workbook)

    def _loaded(self) -> formualizer.Workbook:
        model = self._model
        workbook = formualizer.Workbook(config=_one_thread())
        for number in range(len(model.book.sheets)):
            workbook.add_sheet(engine_sheet(number))
        self._register(workbook)
        answered = [(cell, holder) for cell, holder in self._calculated.items() if holder in self._results]
        self._known |= {cell: to_engine(self._member(holder, cell)) for cell, holder in answered}
        try:
            # The last cell first: in the engine a sheet that grows row by row takes ten times as long.
            for cell in sorted(self._known, reverse=True):
                workbook.set_value(engine_sheet(cell.sheet), cell.row, cell.column, self._known[cell])
            for cell, formula in self._formulas():
                workbook.set_formula(engine_sheet(cell.sheet), cell.row, cell.column, formula)
        except (RuntimeError, UnicodeEncodeError) as error:
            raise model.package.refusal(f"the calculation engine cannot read it ({error})") from error
        return workbook

    def _formulas(self) -> Iterator[tuple[Position, str]]:
        """The formulas that are left as the engine takes them, and those of the other cells that they fill."""
        for number, cell in enumerate(self._wanted):
            if cell in self._results:
                continue
            formula, ends = self._model.formulas[cell], self._model.last_cells
            if formula.is_array:
                # A whole column reaches as far as its sheet's cells do, or as the cells that show the result.
                rows, columns = formula.area.rows, formula.area.columns
                ends = {sheet: (max(row, rows), max(last, columns)) for sheet, (row, last) in ends.items()}
            yield cell, f"={_CELL}({number},{formula.formula.engine_text(formula.needs, ends)})"
            if formula.is_array:
                first = f"{engine_sheet(cell.sheet)}!{coordinate(cell.row, cell.column)}"
                for member in islice(cells_of(formula.area), 1, None):
                    yield member, f"={_MEMBER}({number},{member.row},{member.column},{first})"

    def _register(self, workbook: formualizer.Workbook) -> None:
        def register(name: str, answer: Callable[..., EngineValue]) -> None:
            workbook.register_function(name, partial(self._guarded, answer), min_args=0)

        register(_CELL, self._take)
        register(_MEMBER, self._give)
        for name, answer in _OPERATORS.items():
            register(name, answer)
        for name in self._names:
            register(f"{GRID_CALL}{name}", partial(self._answer, name, True))
            register(f"{VALUE_CALL}{name}", partial(self._answer, name, False))

    def _guarded(self, answer: Callable[..., EngineValue], *arguments: EngineValue) -> EngineValue:
        """The engine would turn an exception into #VALUE!; here the first one ends the calculation."""
        if self._failure is None:
            try:
                return answer(*arguments)
            except Exception as error:
                self._failure = error
        return _FAILED

    def _answer(self, name: str, may_be_range: bool, *arguments: EngineValue) -> EngineValue:
        """What a function of ours answers."""
        found = self._call(name, *map(to_argument, arguments))
        if not isinstance(found, list):
            return to_engine(found)
        if not may_be_range and size(found) != (1, 1):
            raise self._model.package.refusal(f"{name} gives a range where a formula has room for one value")
        return [[to_engine(cell) for cell in row] for row in found]

    def _take(self, number: float, value: EngineValue) -> EngineValue:
        """Keep the result of a formula; the engine goes on with what its first cell shows."""
        cell = self._wanted[int(number)]
        formula = self._model.formulas[cell]
        if value.__class__ is float and isfinite(value) and not formula.is_array:  # as most are
            self._results[cell] = [[value]]
            return value
        try:
            rows = value if isinstance(value, list) else [[value]]
            grid: Grid = [[from_engine(entry) for entry in row] for row in rows]
        except UnknownValueError as error:
            raise FileError(f"{self._model.where(cell)} comes to {error}") from None
        if formula.is_array:
            grid = self._spilled(cell, formula, grid)
        elif size(grid) != (1, 1) and not formula.formula.calls_ours:
            raise FileError(f"{self._model.where(cell)} gives a range where it has room for one value")
        self._results[cell] = grid
        return to_engine(grid[0][0])

    def _spilled(self, cell: Position, formula: FormulaCell, grid: Grid) -> Grid:
        """The result of an array formula, or #SPILL! where Excel would find its cells taken."""
        beyond = overflow(formula.area, grid) if formula.is_dynamic else []
        if not beyond:
            return grid
        if any(self._is_taken(member) for area in beyond for member in cells_of(area)):
            return [[SPILL]]
        self.cut[cell] = size(grid)
        return grid

    def _is_taken(self, cell: Position) -> bool:
        return cell in self._model.filled or self._model.stored(cell) is not None

    def _give(self, number: float, row: float, column: float, first: EngineValue) -> EngineValue:
        """The value of another cell of an array, once its first one is calculated."""
        cell = self._wanted[int(number)]
        if cell not in self._results:
            return first
        return to_engine(self._member(cell, Position(cell.sheet, int(row), int(column))))

    def _member(self, cell: Position, member: Position) -> Value:
        formula = self._model.formulas[cell]
        place = (member.row - cell.row, member.column - cell.column)
        return cell_of(self._results[cell], *place, is_dynamic=formula.is_dynamic or not formula.is_array)

    def _take_errors(self, workbook: formualizer.Workbook) -> None:
        """Some errors, such as that of YEAR(-1), end a formula before it can hand its result over."""
        for cell in self._wanted:
            if cell not in self._results:
                value = workbook.evaluate_cell(engine_sheet(cell.sheet), cell.row, cell.column)
                try:
                    self._results[cell] = [[from_engine(value)]]
                except UnknownValueError as error:
                    raise FileError(f"{self._model.where(cell)} comes to {error}") from None

    def _refuse_readers_of_overflow(self) -> None:
        """A formula would read a blank cell where Excel shows a value of an array that grew."""
        for cell, (rows, columns) in self.cut.items():
            beyond = overflow(self._model.formulas[cell].area, [[SPILL] * columns] * rows)
            for reader, formula in self._model.formulas.items():
                if any(area.overlaps(other) for area in formula.needs for other in beyond):
                    raise FileError(
                        f"{self._model.where(reader)} reads cells into which {self._model.where(cell)} now spills "
                        f"{rows:,} x {columns:,} values: open and save the workbook in Excel"
                    )


def _one_thread() -> formualizer.WorkbookConfig:
    """Several would only wait for each other: our functions are Python's."""
    evaluation = formualizer.EvaluationConfig()
    evaluation.enable_parallel = False
    return formualizer.WorkbookConfig(eval_config=evaluation)
