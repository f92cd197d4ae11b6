"""Values of cells: as the file stores them, as the engine has them, as our functions take and give them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from napkinxl_addin.problems import Problem
from napkinxl_workbook.recalculation.formulas import OMITTED
from napkinxl_workbook.recalculation.sheet_cells import Stored
from napkinxl_workbook.recalculation.xml_parts import unescaped


@dataclass(frozen=True)
class ErrorValue:
    """An error of Excel, such as #N/A."""

    code: str


Value: TypeAlias = float | str | bool | ErrorValue
EngineValue: TypeAlias = Any
"""What formualizer gives and takes: an error is a mapping, a range a list of rows."""

_KINDS: Final = {
    "#DIV/0!": "Div",
    "#N/A": "Na",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
    "#SPILL!": "Spill",
    "#CALC!": "Calc",
}
_CODES: Final = {kind: code for code, kind in _KINDS.items()}
CIRCLE: Final = "Circ"
# An error that the engine has no word for; a formula that passes it on is refused, one that catches it is right.
_OTHER_ERROR: Final = "NImpl"
# Excel calculates with 15 digits and stores 17: engines differ in the last ones.
_SAME_NUMBER: Final = 1e-14


class UnknownValueError(Exception):
    """A value that the engine gave and no cell can hold; its text says which."""


def stored_value_of(stored: Stored, shared_texts: Sequence[str]) -> Value | None:
    """What a cell of the file holds; None where it holds nothing.

    Raises:
        ValueError, IndexError: the text is no value of the cell's type.
    """
    if stored.text is None or (stored.text == "" and stored.cell_type != "str" and stored.cell_type != "inlineStr"):
        return None
    if stored.cell_type in (None, "n"):
        return float(stored.text)
    if stored.cell_type == "s":
        return shared_texts[int(stored.text)]
    if stored.cell_type == "b":
        return stored.text.strip() in ("1", "true")
    if stored.cell_type == "e":
        return ErrorValue(stored.text)
    if stored.cell_type == "d":
        return _serial(stored.text)
    return unescaped(stored.text)


def _serial(date: str) -> float:
    from openpyxl.utils import datetime  # rare, and slow to import

    read: Any = datetime.from_ISO8601
    serial: Any = datetime.to_excel
    return float(serial(read(date)))


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two values are the same to a reader: numbers to 14 digits, everything else exactly."""
    numbers = [value for value in (one, other) if isinstance(value, float)]
    if len(numbers) == 2:
        return math.isclose(numbers[0], numbers[1], rel_tol=_SAME_NUMBER)
    return type(one) is type(other) and one == other


def from_engine(value: EngineValue) -> Value:
    """The value of a cell that the engine gave; a blank is 0, as Excel shows it.

    Raises:
        UnknownValueError: no cell can hold it.
    """
    if value is None:
        return 0.0
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else ErrorValue("#NUM!")
    if isinstance(value, dict):
        kind = str(value.get("kind"))
        if kind in _CODES:
            return ErrorValue(_CODES[kind])
        raise UnknownValueError("a circle of references" if kind == CIRCLE else f"an error that is unknown ({kind})")
    raise UnknownValueError(f"a value of a kind that is unknown ({type(value).__name__})")


def to_engine(value: Value | Problem | None) -> EngineValue:
    """A value as a registered function returns it; nothing is an empty text, as in the hosts."""
    if value.__class__ is float:
        return value
    if isinstance(value, (ErrorValue, Problem)):
        return {"type": "Error", "kind": _KINDS.get(value.code, _OTHER_ERROR)}
    return "" if value is None else value


def to_argument(value: EngineValue) -> object:
    """An argument as our functions take it: an error as its text, a range as rows, what was left out as None."""
    if value.__class__ is float:
        return value
    if isinstance(value, list):
        return [[_cell_argument(cell) for cell in row] for row in value]
    return _cell_argument(value)


def _cell_argument(value: EngineValue) -> object:
    if isinstance(value, dict):
        return _CODES.get(str(value.get("kind")), "#VALUE!")
    return None if value == OMITTED else value
