"""Calc's errors inside numbers: a quiet NaN whose low 32 bits hold the error's code."""

from __future__ import annotations

import math
import struct
from typing import Final

from napkinxl_addin.problems import BAD_INPUT

_QUIET_NAN: Final = 0x7FF8_0000_0000_0000
_CODE_BITS: Final = 0xFFFF_FFFF
ERROR_CODES: Final = {
    "#NUM!": 503,
    BAD_INPUT: 519,
    "#NULL!": 521,
    "#REF!": 524,
    "#NAME?": 525,
    "#DIV/0!": 532,
    "#N/A": 32767,
}
_TEXTS: Final = {code: text for text, code in ERROR_CODES.items()}


def error_bits(text: str) -> int:
    """The 64 bits of an error's number; those of `#VALUE!` for an error that Calc does not know."""
    return _QUIET_NAN | ERROR_CODES.get(text, ERROR_CODES[BAD_INPUT])


def error_number(text: str) -> float:
    """The number that Calc shows, and treats, as this error.

    >>> error_text(error_number("#N/A"))
    '#N/A'
    """
    number: float = struct.unpack("<d", struct.pack("<Q", error_bits(text)))[0]
    return number


def error_text(number: float) -> str | None:
    """The error that a number from Calc stands for, None for an ordinary number; Calc's own kinds are `#VALUE!`."""
    if not math.isnan(number):
        return None
    bits: int = struct.unpack("<Q", struct.pack("<d", number))[0]
    return _TEXTS.get(bits & _CODE_BITS, BAD_INPUT)
