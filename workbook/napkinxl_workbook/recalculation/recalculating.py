"""Recalculating a user's workbook without Excel: only values change in its file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from napkinxl.errors import FileError, InputError
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.spelling import KNOWN_NAMESPACES
from napkinxl_workbook.files.safe_files import replace_file
from napkinxl_workbook.files.stored_values import StoredValue, stored_value
from napkinxl_workbook.recalculation.archive import Package
from napkinxl_workbook.recalculation.areas import Position
from napkinxl_workbook.recalculation.arrays import cells_of
from napkinxl_workbook.recalculation.dependencies import Dependencies
from napkinxl_workbook.recalculation.engine import Calculation
from napkinxl_workbook.recalculation.model import Model, read_model
from napkinxl_workbook.recalculation.patching import patched
from napkinxl_workbook.recalculation.sheet_cells import Stored
from napkinxl_workbook.recalculation.values import ErrorValue, Value, same_value

STEPS: Final = 3
_SUFFIXES: Final = (".xlsx", ".xlsm")
_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Change:
    """A cell whose value in the file was another one; None is no value. An error is its text."""

    cell: str
    before: float | str | bool | None
    after: float | str | bool


@dataclass(frozen=True)
class Recalculation:
    """What was calculated, and where the result is."""

    path: Path
    formulas: int
    """Formula cells of the workbook."""
    function_cells: int
    """Those that call a function of ours."""
    calculated: int
    """Those that were calculated; the others were left as they are."""
    changes: tuple[Change, ...]
    cut: tuple[str, ...]
    """Cells whose array has more values than the file keeps cells for; Excel shows the rest when it calculates."""


def recalculate(
    path: str | Path,
    output: str | Path | None = None,
    *,
    namespaces: Collection[str] = KNOWN_NAMESPACES,
    write: bool = True,
    progress: Callable[[str], object] = lambda _: None,
) -> Recalculation:
    """Calculate the functions of napkinxl in a workbook, and what hangs together with them, without Excel.

    Calculated are the formulas that call our functions or have no value in the file, all that depend on them and all
    that they need. If the engine cannot be trusted with one of these, the workbook is refused and nothing is written;
    so it is where INDIRECT or OFFSET hide what depends on what. All other cells stay as they are. In the file only
    the values and types of calculated cells change, byte for byte; a number that agrees to 14 digits stays.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    output
        Where to write, by default the file itself, replaced at one stroke.
    namespaces
        The namespaces of an xlwings Server under which our functions are called.
    write
        False only compares: nothing is written.
    progress
        Told of each of the `STEPS` before it begins.

    Raises
    ------
    FileError
        The file cannot be read, trusted or written; whatever was there before is untouched.
    InputError
        A name is no workbook's.
    """
    source, target = Path(path), Path(output if output is not None else path)
    _refuse_names(source, target)
    progress("Reading")
    package = Package(source)
    model = read_model(package, FUNCTIONS, namespaces)
    wanted = _wanted(model)
    progress("Calculating")
    calculation = Calculation(model, wanted, FUNCTIONS, call)
    values = calculation.values() if wanted else {}
    changed = {cell: value for cell, value in values.items() if _differs(model, cell, value)}
    progress("Writing")
    if write and (changed or not _is_same_file(source, target)):
        replaced = _replaced_parts(model, changed)
        replace_file(target, lambda stream: package.write(stream, replaced))
    return Recalculation(
        target,
        len(model.formulas),
        sum(cell.formula.calls_ours for cell in model.formulas.values()),
        len(wanted),
        tuple(Change(model.where(cell), _shown(model.stored(cell)), _text(changed[cell])) for cell in sorted(changed)),
        tuple(model.where(cell) for cell in sorted({*calculation.cut, *_without_room(model, wanted)})),
    )


def _refuse_names(source: Path, target: Path) -> None:
    for path in (source, target):
        if path.suffix.lower() not in _SUFFIXES:
            raise InputError(f"a workbook's name must end in .xlsx or .xlsm, got {path.name!r}")
    if source.suffix.lower() != target.suffix.lower():
        raise InputError(f"the result of {source.name} must end in {source.suffix} too, got {target.name!r}")


def _is_same_file(source: Path, target: Path) -> bool:
    return os.path.realpath(source) == os.path.realpath(target)


def _wanted(model: Model) -> set[Position]:
    """The formulas to calculate.

    Raises:
        FileError: the engine cannot be trusted with one of them.
    """
    needs = {cell: formula.needs for cell, formula in model.formulas.items()}
    dependencies = Dependencies(needs, model.filled)
    starts = [
        cell
        for cell, formula in model.formulas.items()
        if formula.formula.calls_ours or model.stored(cell) is None or formula.formula.hides_its_cells
    ]
    wanted = dependencies.precedents(dependencies.dependents(starts))
    refused = [cell for cell in sorted(wanted) if model.formulas[cell].formula.refusals]
    if refused:
        named = ", ".join(
            f"{model.where(cell)} uses {model.formulas[cell].formula.refusals[0]}" for cell in refused[:_MOST_NAMED]
        )
        more = f" and {len(refused) - _MOST_NAMED} more cells" if len(refused) > _MOST_NAMED else ""
        raise FileError(
            f"{model.package.path} cannot be recalculated without Excel: {named}{more}; nothing was written"
        )
    return wanted


def _without_room(model: Model, cells: Iterable[Position]) -> Iterator[Position]:
    """Array formulas whose file lacks cells of the range that they fill."""
    for cell in cells:
        area = model.formulas[cell].area
        if any(member not in model.sheets[member.sheet].cells for member in cells_of(area)):
            yield cell


def _differs(model: Model, cell: Position, value: Value) -> bool:
    """Whether a cell that the file has holds another value; cells that it lacks are not made."""
    return cell in model.sheets[cell.sheet].cells and not same_value(model.stored(cell), value)


def _replaced_parts(model: Model, changed: dict[Position, Value]) -> dict[str, bytes]:
    by_sheet: dict[int, list[tuple[Stored, StoredValue]]] = {}
    for cell, value in changed.items():
        stored = _stored_value(value, model.where(cell))
        by_sheet.setdefault(cell.sheet, []).append((model.sheets[cell.sheet].cells[cell], stored))
    replaced = {}
    for number, changes in by_sheet.items():
        part = model.sheets[number].part
        replaced[part.name] = part.encoded(patched(part.content, changes))
    return replaced


def _stored_value(value: Value, where: str) -> StoredValue:
    if isinstance(value, ErrorValue):
        return StoredValue("e", value.code)
    stored = stored_value(value, where)
    # A text that reads as an error is still a text.
    return StoredValue("str", stored.text) if isinstance(value, str) else stored


def _text(value: Value) -> float | str | bool:
    return value.code if isinstance(value, ErrorValue) else value


def _shown(value: Value | None) -> float | str | bool | None:
    return None if value is None else _text(value)
