"""Answers Calc's Basic functions inside LibreOffice's own Python, with the standard library alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from napkinxl.inputs import INPUTS
from napkinxl_addin.arguments import single_cell
from napkinxl_addin.calc.errors import error_number, error_text
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.problems import BAD_INPUT, NOT_AVAILABLE, Cell, Problem

# A value of a cell; a range is its number of rows, its number of columns and its cells, row after row: LibreOffice
# hands nested sequences to Basic as arrays of arrays, which a cell cannot show.
Answer: TypeAlias = float | str | bool | tuple[float | str | bool, ...]
_WHOLE_COLUMN: Final = 1_048_576


def answer(excel_name: str, arguments: Sequence[Any]) -> Answer:
    """What a function answers to Calc.

    Parameters
    ----------
    excel_name : str
        A key of `FUNCTIONS`.
    arguments : sequence of cell or range
        As LibreOffice delivers them: None, int, float, str, or a tuple of rows of these.

    Returns
    -------
    Answer
        Never raises: an unexpected error is `#VALUE!`, as an exception would be shown in a dialog, which nobody
        can close where LibreOffice runs without a window.
    """
    try:
        return _encoded(call(excel_name, *_decoded(excel_name, arguments)))
    except Exception:
        return error_number(BAD_INPUT)


def _decoded(excel_name: str, arguments: Sequence[Any]) -> list[Any]:
    names = [item.name for item in FUNCTIONS[excel_name].arguments]
    decoded = [_argument(given) for given in _trimmed(arguments)]
    for position, name in enumerate(names[: len(decoded)]):
        # An argument left out between others arrives as the number 0. Nothing but a number is ever called 0, so
        # there it means "blank"; for a number it cannot be told from a 0 that was given, and stays one.
        if name not in INPUTS and decoded[position] == 0:
            decoded[position] = None
    return decoded


def _argument(given: Any) -> Any:
    if not isinstance(given, (tuple, list)):
        return _cell(given)
    return single_cell([[_cell(cell) for cell in row] for row in given])


def _cell(given: Any) -> Any:
    error = error_text(given) if isinstance(given, float) else None
    return given if error is None else error


def _trimmed(arguments: Sequence[Any]) -> list[Any]:
    """Whole columns cut below their last used row, all at the same row."""
    whole = [given for given in arguments if isinstance(given, (tuple, list)) and len(given) == _WHOLE_COLUMN]
    used = max(map(_used_rows, whole), default=0)
    return [given[:used] if any(given is column for column in whole) else given for given in arguments]


def _used_rows(rows: Sequence[Sequence[Any]]) -> int:
    empty = (None,) * len(rows[0])  # compared as a whole: a column has a million rows
    return next((number for number in range(len(rows), 0, -1) if rows[number - 1] != empty), 0)


def _encoded(found: Any) -> Answer:
    if not isinstance(found, list):
        return _shown(found)
    cells = [_shown(cell) for row in found for cell in row]
    return (len(found), len(found[0]), *cells)


def _shown(cell: Cell) -> float | str | bool:
    if isinstance(cell, Problem):
        return error_number(cell.code)
    if isinstance(cell, float) and math.isnan(cell):
        return error_number(NOT_AVAILABLE)
    return "" if cell is None else cell
