"""Names that Excel refuses, repairs or reads as a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from openpyxl.utils.cell import column_index_from_string

from support.xlsx_package import MAIN, XlsxPackage

LAST_COLUMN: Final = 16_384
LAST_ROW: Final = 1_048_576
MAXIMUM_SHEET_NAME: Final = 31
MAXIMUM_NAME: Final = 255
MAXIMUM_NAME_COMMENT: Final = 255

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_ROW_COLUMN: Final = re.compile(r"R[0-9]*(C[0-9]*)?|C[0-9]*", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"[A-Za-z_\\][\w.\\?]*")


def reads_as_cell(name: str) -> bool:
    """Whether Excel takes the name for a cell, as it does B200 and FP8."""
    if _ROW_COLUMN.fullmatch(name):
        return True
    match = _CELL.fullmatch(name)
    if match is None:
        return False
    return column_index_from_string(match[1].upper()) <= LAST_COLUMN and 1 <= int(match[2]) <= LAST_ROW


def is_legal_name(name: str) -> bool:
    """Whether a defined name or a table may be called so."""
    return bool(_IDENTIFIER.fullmatch(name)) and len(name) <= MAXIMUM_NAME and not reads_as_cell(name)


def sheet_name_findings(package: XlsxPackage) -> Iterator[str]:
    """Sheet names that are too long, hold a forbidden character or occur twice."""
    titles = [title for title, _ in package.sheets()]
    for title in titles:
        at_an_end = title.startswith("'") or title.endswith("'")
        forbidden = re.search(r"[\[\]:*?/\\]", title) or at_an_end or title.lower() == "history"
        if not title or len(title) > MAXIMUM_SHEET_NAME or forbidden:
            yield f"sheet name {title!r} is not allowed"
    for title, count in Counter(title.lower() for title in titles).items():
        if count > 1:
            yield f"sheet name {title!r} occurs {count} times"


def defined_names(package: XlsxPackage) -> dict[str, str]:
    """Each defined name in lower case with what it stands for."""
    found = package.workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    return {name.get("name", "").lower(): name.text or "" for name in found}


def defined_name_findings(package: XlsxPackage) -> Iterator[str]:
    """Defined names that are illegal, double or commented at too great length."""
    seen: set[tuple[str, str | None]] = set()
    for element in package.workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        name = element.get("name", "")
        key = name.lower(), element.get("localSheetId")
        if key in seen:
            yield f"name {name!r} is defined twice"
        seen.add(key)
        if not name.startswith("_xlnm.") and not is_legal_name(name):
            yield f"name {name!r} is not allowed or reads as a cell"
        if len(element.get("comment", "")) > MAXIMUM_NAME_COMMENT:
            yield f"name {name!r} has a comment of more than {MAXIMUM_NAME_COMMENT} characters"
