"""How the value of a formula is written into a cell of an xlsx file."""

from __future__ import annotations

import math
import numbers
from typing import Final, NamedTuple, TypeAlias

from napkinxl.engine.number_text import stored_text
from napkinxl.errors import InputError
from napkinxl_workbook.files.text_cells import file_text

CellValue: TypeAlias = float | str | bool | None
"""What a formula may yield; ``None`` and NaN both mean "no answer"."""

NOT_AVAILABLE: Final = "#N/A"
NOT_A_NUMBER_EXCEL_HOLDS: Final = "#NUM!"
ERROR_TEXTS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", NOT_A_NUMBER_EXCEL_HOLDS, NOT_AVAILABLE, "#SPILL!", "#CALC!"}
)


class StoredValue(NamedTuple):
    """The ``t`` attribute of a cell (None for a number) and the text of its ``v`` element."""

    cell_type: str | None
    text: str


def stored_value(value: object, where: str) -> StoredValue:
    """Spell a formula's value as the file does.

    Parameters
    ----------
    value
        A number, a text, a truth value or None; a text such as ``#N/A`` is that error.
    where
        The cell, for the message of the error.

    Raises
    ------
    InputError
        The value is of another kind, or a text that no cell can hold.

    Examples
    --------
    >>> stored_value(float("nan"), "Calc!B3")
    StoredValue(cell_type='e', text='#N/A')
    >>> stored_value(12.0, "Calc!B3")
    StoredValue(cell_type=None, text='12')
    """
    if value is None:
        return StoredValue("e", NOT_AVAILABLE)
    if isinstance(value, bool):
        return StoredValue("b", str(int(value)))
    if isinstance(value, numbers.Real):
        return _stored_number(float(value))
    if not isinstance(value, str):
        raise InputError(
            f"the value of {where} must be a number, a text, True, False or None, got {type(value).__name__}"
        )
    if value in ERROR_TEXTS:
        return StoredValue("e", value)
    return StoredValue("str", file_text(value, where))


def _stored_number(number: float) -> StoredValue:
    if math.isnan(number):
        return StoredValue("e", NOT_AVAILABLE)
    if math.isinf(number):
        return StoredValue("e", NOT_A_NUMBER_EXCEL_HOLDS)
    return StoredValue(None, stored_text(number))
