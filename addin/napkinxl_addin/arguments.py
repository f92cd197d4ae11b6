"""What a host delivers, read the same way everywhere: blanks, numbers, texts, dates, errors, ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias

from napkinxl.errors import InputError, unknown
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES, GIVEN_IN_FULL
from napkinxl_addin.problems import EXCEL_ERRORS, Problem, bad_input

# A range as rows of cells, or one cell.
CellOrRange: TypeAlias = Any
# Errors that only some versions know, such as #SPILL! and #BUSY!: no function could answer with them.
NEWER_ERROR = re.compile(r"#[A-Z_]+[!?]|#GETTING_DATA")
HEADING = "field"  # of the column, where people select it too
# 20.000 is twenty in some countries and twenty thousand in others.
THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+")
EMPTY_AS_ZERO = "; in xlwings Lite and Server an empty cell arrives as 0: leave the argument out instead"


def as_grid(argument: CellOrRange) -> Sequence[Sequence[Any]]:
    """An argument as rows of cells; a single cell is a grid of one, a flat list a single row."""
    if not isinstance(argument, (list, tuple)):
        return ((argument,),)
    if argument and all(isinstance(row, (list, tuple)) for row in argument):
        return argument if argument[0] else ((None,),)
    return (argument,) if argument else ((None,),)


def single_cell(argument: CellOrRange) -> CellOrRange:
    """A range of one cell as that cell, as hosts deliver some or all of their cells."""
    if isinstance(argument, list) and len(argument) == 1 and len(argument[0]) == 1:
        return argument[0][0]
    return argument


def is_blank(cell: object) -> bool:
    """Whether a cell means "default": empty, or a text without signs."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def error_in(cell: object) -> Problem | None:
    """The error that an input cell holds, to be passed on as it is."""
    if isinstance(cell, Problem):
        return cell
    if isinstance(cell, str) and cell in EXCEL_ERRORS:
        return Problem(cell, f"an input cell holds {cell}")
    if isinstance(cell, str) and NEWER_ERROR.fullmatch(cell):
        return bad_input(f"an input cell holds {cell}")
    return None


def read_number(name: str, cell: object) -> float | Problem | None:
    """A cell as the number of an input: None where it is blank, a problem where it is not allowed.

    A text that reads as a number is one; a truth value is none; a date is none where the host says that it is one.
    """
    if cell.__class__ is not float:
        if is_blank(cell):
            return None
        problem = error_in(cell)
        if problem:
            return problem
        if isinstance(cell, str) and THOUSANDS_OR_DECIMALS.fullmatch(cell.strip()):
            return bad_input(f"{name} must be a number that reads one way only, got the text {cell.strip()!r}")
    try:
        return INPUTS[name].check(cell)
    except InputError as error:
        return bad_input(f"{error}{_hint(cell)}")


def _is_zero(cell: object) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == 0


def _hint(cell: object) -> str:
    return EMPTY_AS_ZERO if _is_zero(cell) else ""


def read_name(what: str, cell: object) -> str | Problem | None:
    """A cell as a name: None where it is blank, a problem where it can be none. A number may be a name."""
    if isinstance(cell, str):
        return _text_as_name(what, cell)
    if cell is None or isinstance(cell, Problem):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return bad_input(f"{what} must be a name, got {cell!r}")
    if cell == 0:
        return bad_input(f"{what} must be a name, got 0{_hint(cell)}")
    return f"{cell:.15g}"


@lru_cache(maxsize=1024)  # a sheet repeats few names in many cells
def _text_as_name(what: str, text: str) -> str | Problem | None:
    if is_blank(text):
        return None
    name = text.strip()
    return error_in(text) or (name.casefold() if what == "preset" else name)


def read_fields(argument: CellOrRange, allowed: Sequence[str]) -> dict[str, float | str] | Problem:
    """A range of fields and values.

    Parameters
    ----------
    argument : range
        The first column holds fields, the last one their values; rows whose field or value is blank are passed over,
        and so is a heading that says "field".
        Usually there are two columns; columns between them let one range serve several scenarios side by side.
    allowed : sequence of str
        The fields that may stand there: inputs, or "gpu", "model" and "preset".

    Returns
    -------
    dict of str to float or str, or Problem
        A problem where a field is unknown or given twice, or its value is not allowed.
    """
    found: dict[str, float | str] = {}
    for row in as_grid(argument):
        field, cell = row[0], row[-1]
        if is_blank(field) or _is_zero(field):  # some hosts deliver an empty cell as 0
            continue
        if len(row) < 2:
            return bad_input(f"a range of fields needs a second column with their values, got only {field!r}")
        name = str(field).strip().casefold()
        if name == HEADING:
            continue
        if name not in allowed:
            return error_in(field) or bad_input(unknown("field", field, allowed))
        value = read_name(name, cell) if name in DEFAULT_CHOICES else read_number(name, cell)
        if isinstance(value, Problem):
            return value
        if value is None:
            continue
        if name in found:
            return bad_input(f"the field {name} is given twice, {found[name]!r} and {value!r}")
        found[name] = value
    return found


def holds_fields(argument: CellOrRange, allowed: Sequence[str]) -> bool:
    """Whether a range describes one GPU or model by fields, rather than naming several."""
    if not isinstance(argument, (list, tuple)):
        return False
    rows = as_grid(argument)
    if len(rows[0]) < 2:
        return False
    fields = [row[0].strip().casefold() for row in rows if isinstance(row[0], str) and not is_blank(row[0])]
    return bool(fields) and any(field in allowed for field in fields)


@cache
def own_fields(owner: str) -> tuple[str, ...]:
    """The inputs that describe a GPU or a model.

    >>> own_fields("gpu")[:2]
    ('gpu_price_usd', 'rent_usd_per_gpu_hour')
    """
    return tuple(item.name for item in INPUTS.values() if item.describes(owner))


SETTING_FIELDS = (*DEFAULT_CHOICES, *INPUTS)


def read_fixed(given: Mapping[str, CellOrRange]) -> tuple[dict[str, Any], dict[str, str], dict[str, float]] | Problem:
    """Split a call's arguments into those that may vary from cell to cell, and what is the same for all of them.

    Returns
    -------
    (varying, choices, own), or Problem
        Arguments still to be read; names of the GPU, the model and the preset; inputs that are given. An own GPU or
        model stands in `own`, and its name is `GIVEN_IN_FULL`.
    """
    settings = read_fields(given["settings"], SETTING_FIELDS) if "settings" in given else {}
    if isinstance(settings, Problem):
        return settings
    varying = {name: argument for name, argument in given.items() if name != "settings"}
    choices = {name: value for name, value in settings.items() if isinstance(value, str)}
    own = {name: value for name, value in settings.items() if not isinstance(value, str)}
    for owner in ("gpu", "model"):
        if owner in varying and holds_fields(varying[owner], own_fields(owner)):
            fields = read_fields(varying.pop(owner), own_fields(owner))
            if isinstance(fields, Problem):
                return fields
            own |= {name: value for name, value in fields.items() if not isinstance(value, str)}
            choices[owner] = GIVEN_IN_FULL
    return varying, choices, own
