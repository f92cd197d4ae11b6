"""A quantity for many cells at once, column-wise with numpy; the same answers as cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy
from numpy.typing import NDArray

from napkinxl.engine.ops import NO_ANSWER
from napkinxl.formulas import BLOCK_ROWS, evaluate, needed_names
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl.scenarios.consistency import RULES
from napkinxl_addin.arguments import is_blank, read_name, read_number
from napkinxl_addin.broadcast import CellRows
from napkinxl_addin.cases import RULE_NAMES, answer_cell, contradiction, named_values, no_answer
from napkinxl_addin.problems import Cell, Grid, Problem

Codes = NDArray[numpy.intp]
Shape = tuple[int, int]


@dataclass
class ProblemCells:
    """Which cells of the answer have a problem: 0 for none, else its place in the list, counted from 1."""

    codes: Codes
    problems: list[Problem] = field(default_factory=list)

    def new_code(self, problem: Problem) -> int:
        """A new code for a problem."""
        self.problems.append(problem)
        return len(self.problems)

    def mark(self, codes: Any) -> None:
        """Take codes, one for each cell or one for all; of several problems a cell keeps the first."""
        self.codes = numpy.where(self.codes == 0, codes, self.codes)


def quantity_columns(
    name: str, grids: Mapping[str, CellRows], shape: Shape, choices: Mapping[str, str], own: Mapping[str, float]
) -> Grid:
    """A quantity for ranges of arguments; see `quantity_calls.call_quantity`."""
    wrong = ProblemCells(numpy.zeros(shape[0] * shape[1], dtype=numpy.intp))
    chosen = {**DEFAULT_CHOICES, **choices}
    numbers: dict[str, Any] = {}
    names: dict[str, tuple[list[str], Any]] = {}
    for key, grid in grids.items():
        if key in DEFAULT_CHOICES:
            names[key] = _read_names(key, grid, shape, chosen[key], wrong)
        else:
            numbers[key] = _read_numbers(key, grid, shape, wrong)
    wanted = (name, *(RULE_NAMES if own else ()))
    values = {**_named_columns(names, chosen, needed_names(wanted), wrong), **own}
    for key, column in numbers.items():
        in_use = _in_use(column, values.get(key))
        if in_use is not None:
            values[key] = in_use
    answers = _evaluate(name, wanted, values, wrong)
    return [answers[start : start + shape[1]] for start in range(0, len(answers), shape[1])]


def _read_numbers(name: str, grid: CellRows, shape: Shape, wrong: ProblemCells) -> Any:
    """An argument as a float or a column of floats, NaN where blank or wrong."""
    cells = [cell for row in grid for cell in row]
    if set(map(type, cells)) <= {float, type(None)}:
        found = numpy.array(cells, dtype=float)
        # A number that is NaN or infinite is none; a blank is NaN from here on.
        with numpy.errstate(all="ignore"):
            places = numpy.flatnonzero(INPUTS[name].bounds.outside(found) | ~numpy.isfinite(found)).tolist()
    else:
        found, places = numpy.empty(len(cells)), list(range(len(cells)))
    codes = numpy.zeros(len(cells), dtype=numpy.intp)
    for place in places:
        number = read_number(name, cells[place])
        found[place] = number if isinstance(number, float) else NO_ANSWER
        if isinstance(number, Problem):
            codes[place] = wrong.new_code(number)
    wrong.mark(_spread(codes, grid, shape))
    return float(found[0]) if len(cells) == 1 else _spread(found, grid, shape)


def _read_names(name: str, grid: CellRows, shape: Shape, default: str, wrong: ProblemCells) -> tuple[list[str], Any]:
    """The distinct names of an argument, and which of them each cell bears."""
    distinct: dict[str, int] = {}
    seen: dict[Any, tuple[int, int]] = {}
    found: list[tuple[int, int]] = []
    for row in grid:
        for cell in row:
            key = cell if cell.__class__ is str else (cell.__class__, repr(cell))
            if key not in seen:
                text = default if is_blank(cell) else read_name(name, cell)
                if isinstance(text, Problem):
                    seen[key] = 0, wrong.new_code(text)
                else:
                    seen[key] = distinct.setdefault(str(text), len(distinct)), 0
            found.append(seen[key])
    codes, problems = numpy.array(found, dtype=numpy.intp).T
    wrong.mark(_spread(problems, grid, shape))
    return list(distinct) or [default], codes[0] if len(found) == 1 else _spread(codes, grid, shape)


def _spread(column: NDArray[Any], grid: CellRows, shape: Shape) -> NDArray[Any]:
    """An argument's cells as those of the answer."""
    return numpy.broadcast_to(column.reshape(len(grid), len(grid[0])), shape).reshape(-1)


def _named_columns(
    names: Mapping[str, tuple[list[str], Any]], chosen: Mapping[str, str], needed: set[str], wrong: ProblemCells
) -> dict[str, Any]:
    """The inputs in use by name: one number where all cells agree, else a column."""
    gpus, gpu_codes = names.get("gpu", ([chosen["gpu"]], 0))
    models, model_codes = names.get("model", ([chosen["model"]], 0))
    used, codes = numpy.unique(gpu_codes * len(models) + model_codes, return_inverse=True)
    tables: list[dict[str, float]] = []
    problems: list[int] = []
    for pair in used.tolist():
        table = named_values(gpus[pair // len(models)], models[pair % len(models)], chosen["preset"])
        problems.append(wrong.new_code(table) if isinstance(table, Problem) else 0)
        tables.append({} if isinstance(table, Problem) else table)
    wrong.mark(numpy.array(problems)[codes.reshape(-1)])
    fields = [name for name in INPUTS if name in needed and any(name in table for table in tables)]
    if len(tables) == 1:
        return {name: tables[0][name] for name in fields} if tables[0] else _no_values()
    # Where a table lacks what another has, the input follows; a wrong cell is computed from nothing.
    columns = {name: numpy.array([table.get(name, NO_ANSWER) for table in tables])[codes] for name in fields}
    return columns if fields else _no_values()


def _no_values() -> dict[str, Any]:
    return {name: NO_ANSWER for name, item in INPUTS.items() if not item.follows}


def _in_use(column: Any, default: Any) -> Any:
    """An argument's numbers, and where it is blank what is in use otherwise; None for a blank that follows."""
    if isinstance(column, float):
        return column if column == column else default
    return column if default is None else numpy.where(numpy.isnan(column), default, column)


def _evaluate(name: str, wanted: tuple[str, ...], values: dict[str, Any], wrong: ProblemCells) -> list[Cell]:
    """Evaluate in blocks; cells with a problem show it, those without an answer say so."""
    total = len(wrong.codes)
    columns = {key for key, value in values.items() if numpy.ndim(value)}
    answers: list[Cell] = []
    for start in range(0, total, BLOCK_ROWS):
        stop = min(start + BLOCK_ROWS, total)
        block = {key: value[start:stop] if key in columns else value for key, value in values.items()}
        with numpy.errstate(all="ignore"):
            results = evaluate(block, wanted)
            if len(wanted) > 1:
                _mark_contradictions(results, start, stop, wrong)
        answers.extend(_cells(name, results[name], stop - start))
    for place in numpy.flatnonzero(wrong.codes).tolist():
        answers[place] = wrong.problems[wrong.codes[place] - 1]
    return answers


def _mark_contradictions(results: Mapping[str, Any], start: int, stop: int, wrong: ProblemCells) -> None:
    """Note the problem of each row whose inputs contradict each other."""
    size = stop - start
    broken = numpy.zeros(size, dtype=bool)
    for rule in RULES:
        broken |= rule.broken(results)
    columns = {name: numpy.broadcast_to(results[name], (size,)) for name in RULE_NAMES}
    for row in numpy.flatnonzero(broken & (wrong.codes[start:stop] == 0)).tolist():
        problem = contradiction({name: float(column[row]) for name, column in columns.items()})
        assert problem is not None
        wrong.codes[start + row] = wrong.new_code(problem)


def _cells(name: str, answer: Any, size: int) -> list[Cell]:
    if not numpy.ndim(answer):
        return [answer_cell(name, answer)] * size
    cells: list[Cell] = answer.tolist()
    if answer.dtype.kind == "U":
        return [cell or no_answer(name) for cell in cells]
    for place in numpy.flatnonzero(~numpy.isfinite(answer)).tolist():
        cells[place] = no_answer(name)
    return cells
