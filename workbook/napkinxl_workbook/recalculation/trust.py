"""Which functions the calculation engine may be trusted with, and where each takes a range.

A list of what was compared, not of what failed: every function here gives LibreOffice's values on the cases of
tests/recalculation. formualizer 0.13 is silently wrong elsewhere: above all where a range stands in the place of one
value, which Excel reads as one cell or as many, depending on how the formula was entered.
"""

from __future__ import annotations

from typing import Final


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONE_VALUE_EACH: Final = _names(
    """
    ABS CEILING EVEN EXP FACT FLOOR INT LN LOG LOG10 MOD MROUND ODD PI POWER QUOTIENT RADIANS DEGREES ROUND ROUNDDOWN
    ROUNDUP SIGN SQRT TRUNC SIN COS TAN ATAN ATAN2
    IF IFERROR IFNA NOT TRUE FALSE NA ISBLANK ISERR ISERROR ISLOGICAL ISNA ISNUMBER ISTEXT ISNONTEXT CHOOSE IFS SWITCH
    LEN LEFT RIGHT MID UPPER LOWER TRIM EXACT FIND SEARCH SUBSTITUTE REPLACE REPT VALUE CHAR CODE
    DATE YEAR MONTH DAY EDATE EOMONTH WEEKDAY DAYS TIME HOUR MINUTE SECOND
    PMT PV FV NPER IPMT PPMT RATE SLN
    NORM.S.DIST NORM.S.INV NORM.DIST NORM.INV
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
    "TEXTJOIN": set(range(2, 255)),
    "VLOOKUP": {1},
    "XLOOKUP": {1, 2},
}
_RANGE_FIRST_THEN_PAIRS: Final = frozenset({"SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"})
_PAIRS: Final = "COUNTIFS"
_TAKES_A_CRITERION: Final = frozenset({"SUMIF", "COUNTIF", "AVERAGEIF", _PAIRS, *_RANGE_FIRST_THEN_PAIRS})

TRUSTED: Final = _ONE_VALUE_EACH | _RANGES_EVERYWHERE | _RANGES_AT.keys() | _TAKES_A_CRITERION
# Operators on whole ranges work in this one as Excel has them, however the formula was entered.
CALCULATES_WITH_RANGES: Final = "SUMPRODUCT"
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


def takes_a_range(name: str, argument: int) -> bool:
    """Whether a trusted function takes a range as its argument of that number, from 0."""
    if name in _RANGES_EVERYWHERE:
        return True
    if name in _RANGE_FIRST_THEN_PAIRS:
        return argument == 0 or argument % 2 == 1
    if name == _PAIRS:
        return argument % 2 == 0
    return argument in _RANGES_AT.get(name, ())


def takes_a_criterion(name: str) -> bool:
    """Whether a function compares a range with a text such as ``>5``."""
    return name in _TAKES_A_CRITERION
