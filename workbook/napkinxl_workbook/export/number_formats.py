"""Cells as text: a number as the workbook shows it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

from openpyxl.styles.numbers import is_date_format

from napkinxl_workbook.files.stored_values import NOT_A_NUMBER_EXCEL_HOLDS, NOT_AVAILABLE, CellValue

GENERAL: Final = "General"
TEN: Final = Decimal(10)
_GENERAL_DIGITS: Final = 10
_GENERAL_LARGEST, _GENERAL_SMALLEST = 1e11, 1e-4  # beyond them General is written with a power of ten
# Before the digits, the digits, a power of ten, and what follows; texts in quotes hold no digits by now.
_PARTS: Final = re.compile(r"([^#0]*)([#0,]*[#0](?:\.[#0]*)?,*)(E\+0+)?(.*)", re.DOTALL)
_QUOTED: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]', re.DOTALL)
_DATE_PARTS: Final = {"yyyy": "%Y", "mmmm": "%B", "mmm": "%b", "mm": "%m", "dd": "%d", "yy": "%y", "hh": "%H"}
_MINUTES: Final = "%M"


@dataclass(frozen=True)
class _Shape:
    """One section of a number format."""

    before: str
    digits: str
    power: str
    after: str


def formatted_cell(value: CellValue | datetime | date | time, number_format: str) -> str:
    """A cell's value as the workbook shows it.

    >>> formatted_cell(1234.5, "$#,##0.00"), formatted_cell(0.256, "0.0%"), formatted_cell(None, "General")
    ('$1,234.50', '25.6%', '#N/A')
    """
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value
    if isinstance(value, datetime | date | time):
        return _date_text(value, number_format)
    number = float(value)
    if not math.isfinite(number):
        return NOT_AVAILABLE if math.isnan(number) else NOT_A_NUMBER_EXCEL_HOLDS
    return formatted_number(number, number_format)


def formatted_number(number: float, number_format: str) -> str:
    """A finite number in an Excel number format: the formats of the workbook's theme and their like."""
    sections = _sections(number_format)
    section = sections[0]
    sign = "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    if section == GENERAL:
        return _general(number)
    if not isinstance(section, _Shape):
        return section
    digits = _digits(abs(number), section)
    if not re.search("[1-9]", digits):
        sign = ""  # what rounds to 0 is 0
    return f"{sign}{section.before}{digits}{section.after}".strip()


@cache
def _sections(number_format: str) -> tuple[_Shape | str, ...]:
    """The sections of a format: for positive numbers, negative ones and zero; one without digits is a text."""
    return tuple(GENERAL if text == GENERAL else _shape(text) for text in _split(number_format))


def _split(number_format: str) -> list[str]:
    """The sections, which semicolons part, but not those in quotes."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', number_format) or [GENERAL]


def _shape(section: str) -> _Shape | str:
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        """A sign of the private use area in place of a text, so that its digits are not taken for places."""
        literals.append(found[1] or found[2] or "")
        return chr(0xE000 + len(literals) - 1)

    def restore(text: str) -> str:
        return "".join(literals[ord(sign) - 0xE000] if 0xE000 <= ord(sign) < 0xF900 else sign for sign in text)

    found = _PARTS.fullmatch(_QUOTED.sub(keep, section))
    if found is None:
        return restore(_QUOTED.sub(keep, section))
    before, digits, power, after = found.groups()
    return _Shape(restore(before), digits, power or "", restore(after))


def _digits(number: float, shape: _Shape) -> str:
    """A number of at least 0 in the places of a section; halves are rounded up, as in Excel."""
    places = shape.digits.rstrip(",")
    whole, _, decimals = places.partition(".")
    thousands = len(shape.digits) - len(places)  # commas after the last place divide by a thousand each
    value = Decimal(repr(number)).scaleb(2 * shape.after.count("%") - 3 * thousands)
    smallest = Decimal(1).scaleb(-len(decimals))
    power = value.adjusted() if shape.power and value else 0
    rounded = value.scaleb(-power).quantize(smallest, ROUND_HALF_UP)
    if shape.power and rounded >= TEN:  # 9.96E+02 with one decimal
        power, rounded = power + 1, (rounded / TEN).quantize(smallest)
    left, _, right = f"{rounded:f}".partition(".")
    left = f"{int(left):,}" if "," in whole else left.zfill(whole.count("0"))
    right = right[: max(len(right.rstrip("0")), decimals.count("0"))]
    text = ("" if left == "0" and "0" not in whole else left) + (f".{right}" if right else "")
    if not shape.power:
        return text
    return f"{text}E{'-' if power < 0 else '+'}{abs(power):0{len(shape.power) - len('E+')}d}"


def _general(number: float) -> str:
    if number and not _GENERAL_SMALLEST <= abs(number) < _GENERAL_LARGEST:
        digits, _, power = f"{number:.5E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}"
    text = f"{number:.{max(_GENERAL_DIGITS - len(str(int(abs(number)))), 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date_text(value: datetime | date | time, number_format: str) -> str:
    if not is_date_format(number_format):
        return value.isoformat()
    # After hours, mm are minutes.
    pattern = re.sub(r"(hh:)mm", rf"\g<1>{_MINUTES}", number_format)
    return value.strftime(re.sub("|".join(_DATE_PARTS), lambda found: _DATE_PARTS[found[0]], pattern))
