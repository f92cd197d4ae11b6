"""Which functions the calculation engine may be trusted with, and where each takes a range.

A list of what was compared, not of what failed: every function here gives LibreOffice's values on the cases of
tests/recalculation. formualizer 0.13 is silently wrong elsewhere: above all where a range stands in the place of one
value, which Excel reads as one cell or as many, depending on how the formula was entered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from napkinxl_workbook.recalculation.areas import Area


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONE_VALUE_EACH: Final = _names(
    """
    ABS EVEN EXP FACT INT LN LOG LOG10 MOD MROUND ODD PI POWER QUOTIENT RADIANS DEGREES ROUND ROUNDDOWN
    ROUNDUP SIGN SQRT TRUNC SIN COS TAN ATAN ATAN2
    IF IFERROR IFNA NOT TRUE FALSE NA ISBLANK ISERR ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT ISNONTEXT CHOOSE IFS SWITCH
    LEN LEFT RIGHT MID TRIM EXACT FIND FIXED SEARCH SUBSTITUTE REPLACE REPT CHAR CODE TEXT
    DATE YEAR MONTH DAY EDATE EOMONTH WEEKDAY DAYS TIME
    PMT PV FV NPER IPMT PPMT RATE SLN
    NORM.S.DIST NORM.S.INV NORMSINV NORM.DIST NORM.INV
    """
)
_RANGES_EVERYWHERE: Final = _names(
    """
    SUM AVERAGE MIN MAX COUNT COUNTA PRODUCT MEDIAN SUMSQ STDEV STDEV.S STDEV.P STDEVP VAR VAR.S VAR.P VARP GEOMEAN
    HARMEAN AND OR SUMPRODUCT CONCAT
    """
)
_RANGES_AT: Final = {
    "AVERAGEIF": {0, 2},
    "COLUMNS": {0},
    "COUNTBLANK": {0},
    "COUNTIF": {0},
    "HLOOKUP": {1},
    "INDEX": {0},
    "IRR": {0},
    "LARGE": {0},
    "MATCH": {1},
    "NPV": set(range(1, 255)),
    "PERCENTILE": {0},
    "PERCENTILE.INC": {0},
    "QUARTILE": {0},
    "RANK": {1},
    "RANK.EQ": {1},
    "ROWS": {0},
    "SMALL": {0},
    "SUMIF": {0, 2},
    "VLOOKUP": {1},
    "XLOOKUP": {1, 2},
}
_RANGE_FIRST_THEN_PAIRS: Final = frozenset({"SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"})
_PAIRS: Final = "COUNTIFS"
_CRITERIA: Final = frozenset({"SUMIF", "COUNTIF", "AVERAGEIF", _PAIRS, *_RANGE_FIRST_THEN_PAIRS})
_EQUALLY_LARGE_RANGES: Final = frozenset({_PAIRS, *_RANGE_FIRST_THEN_PAIRS})
_TEXTS_AT: Final = {
    "CODE": {0},
    "EXACT": {0, 1},
    "FIND": {0, 1},
    "LEFT": {0},
    "LEN": {0},
    "MID": {0},
    "REPLACE": {0, 3},
    "REPT": {0},
    "RIGHT": {0},
    "SEARCH": {0, 1},
    "SUBSTITUTE": {0, 1, 2},
    "TRIM": {0},
}
# Right only with a literal at this place: whole steps, exact matches.
_STEPS: Final = frozenset({"CEILING", "FLOOR"})
_EXACT_MATCH_AT: Final = {"MATCH": 2, "VLOOKUP": 3, "HLOOKUP": 3}
_XLOOKUP_MATCHES_AT: Final = 4
_COMPARED_FORMATS: Final = re.compile(r'"(?:(?:#,##)?0(?:\.0+)?%?|yyyy-mm-dd)"')

TRUSTED: Final = _ONE_VALUE_EACH | _RANGES_EVERYWHERE | _RANGES_AT.keys() | _CRITERIA | _STEPS
# Operators on whole ranges work in this one as Excel has them, however the formula was entered.
CALCULATES_WITH_RANGES: Final = "SUMPRODUCT"
# These we calculate ourselves.
OURS: Final = {"SUMPRODUCT": "NAPKINXL.SUMPRODUCT", "CONCAT": "NAPKINXL.CONCAT"}
# A whole column would take seconds.
MOST_CELLS_OF_OURS: Final = 100_000
# On which cells these depend shows only when they are calculated.
HIDES_ITS_CELLS: Final = frozenset({"INDIRECT", "OFFSET"})
COUNTS_DATES: Final = _names("DATE YEAR MONTH DAY EDATE EOMONTH WEEKDAY DAYS")

_FUTURE_PREFIXES: Final = ("_XLFN.", "_XLWS.")


def plain_name(name: str) -> str:
    """A function's name without what Excel puts before those that it learnt after 2007.

    >>> plain_name("_xlfn._xlws.xlookup")
    'XLOOKUP'
    """
    name = name.upper()
    for prefix in _FUTURE_PREFIXES:
        name = name.removeprefix(prefix)
    return name


def refusal_of_name(name: str, *, dates_from_1904: bool) -> str | None:
    """Why a function is not trusted, whatever its arguments are."""
    if name not in TRUSTED:
        return name
    if dates_from_1904 and name in COUNTS_DATES:
        return f"{name} in a workbook that counts its dates from 1904"
    return None


def takes_a_range(name: str, argument: int) -> bool:
    """Whether a trusted function takes a range as its argument of that number, from 0."""
    if name in _RANGES_EVERYWHERE:
        return True
    if name in _RANGE_FIRST_THEN_PAIRS:
        return argument == 0 or argument % 2 == 1
    if name == _PAIRS:
        return argument % 2 == 0
    return argument in _RANGES_AT.get(name, ())


def reads_text(name: str, argument: int) -> bool:
    """Whether a function takes a number in that argument as its text."""
    return argument in _TEXTS_AT.get(name, ())


class Argument(NamedTuple):
    """What is known of an argument that is nothing but cells or a literal."""

    area: Area | None = None
    literal: str | None = None


def refusal_of_arguments(name: str, arguments: Sequence[Argument]) -> str | None:
    """Why a function is not trusted with some arguments, though with others it is.

    Parameters
    ----------
    name : str
        The function, without prefix.
    arguments : sequence of Argument
        All its arguments.
    """
    literals = [argument.literal for argument in arguments]
    areas = [argument.area for argument in arguments if argument.area is not None]
    if name in _STEPS and not (len(literals) == 2 and (literals[1] or "").isdecimal()):
        return f"{name} to other than a whole number"
    at = _EXACT_MATCH_AT.get(name)
    if at is not None and (len(literals) <= at or (literals[at] or "").upper() not in ("0", "FALSE")):
        return f"{name} with the nearest match"
    if name == "XLOOKUP" and len(literals) > _XLOOKUP_MATCHES_AT and literals[_XLOOKUP_MATCHES_AT] != "0":
        return f"{name} with the nearest match"
    if name == "TEXT" and not (len(literals) == 2 and _COMPARED_FORMATS.fullmatch(literals[1] or "")):
        return "TEXT with a format that was not compared"
    if name in _CRITERIA and any((literal or "").startswith('"') and "#" in (literal or "") for literal in literals):
        return f"{name} that looks for an error"
    if name in _EQUALLY_LARGE_RANGES and len({(area.rows, area.columns) for area in areas if not area.is_cell}) > 1:
        return f"{name} with ranges of different sizes"
    if name == "INDEX" and len(arguments) == 2 and areas and areas[0].rows > 1 and areas[0].columns > 1:
        return f"{name} without a column"
    return None
