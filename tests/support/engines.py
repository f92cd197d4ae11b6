"""The values of a workbook's formulas, as engines that are not ours see them.

Two engines: LibreOffice, and IronCalc from PyPI. IronCalc 0.9 and formualizer 0.13 are both short of version 1;
IronCalc had 330 of 332 formulas right (formualizer 323), reads tables, tells an error from a text that looks like
one, and recalculates in milliseconds. It is silently wrong on array idioms such as SUMPRODUCT(--ISERROR(range)),
which the workbooks avoid; LibreOffice is the second opinion.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias
from xml.etree import ElementTree

import ironcalc

from support.libreoffice import recalculate
from support.xlsx_package import MAIN, XlsxPackage, position

CellKey: TypeAlias = tuple[str, str]
EngineValue: TypeAlias = float | str | bool | None
"""Errors are their text, such as ``#N/A``; None is a formula without a stored value."""

_NUMBER_TYPES: Final = (None, "n")


def stored_values(path: Path) -> dict[CellKey, EngineValue]:
    """Read the value that the file holds for each formula cell, without calculating."""
    return {
        (title, cell.get("r", "")): _stored(cell)
        for title, _, tree in XlsxPackage(path).worksheets()
        for cell in tree.iter(f"{MAIN}c")
        if cell.find(f"{MAIN}f") is not None
    }


def libreoffice_values(path: Path, folder: Path) -> dict[CellKey, EngineValue]:
    """Recalculate in LibreOffice from the formulas alone."""
    return stored_values(recalculate(path, folder))


def ironcalc_values(path: Path) -> dict[CellKey, EngineValue]:
    """Recalculate in IronCalc from the formulas alone; the file is not changed."""
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    titles = [properties["name"] for properties in model.get_worksheets_properties()]
    values: dict[CellKey, EngineValue] = {}
    for title, coordinate in stored_values(path):
        column, row = position(coordinate)
        values[title, coordinate] = model.get_cell_value(titles.index(title), row, column)
    return values


def _stored(cell: ElementTree.Element) -> EngineValue:
    value = cell.find(f"{MAIN}v")
    if value is None:
        return None
    text = value.text or ""
    if cell.get("t") in _NUMBER_TYPES:
        return float(text) if text else None
    if cell.get("t") == "b":
        return text == "1"
    return text


def differences(
    expected: dict[CellKey, EngineValue], found: dict[CellKey, EngineValue], *, relative: float = 1e-9
) -> list[str]:
    """List the cells on which two engines disagree, one line each.

    Parameters
    ----------
    expected, found
        Values by sheet title and coordinate; only the cells of `expected` are compared.
    relative
        The largest difference allowed between two numbers, as a share of the larger.
    """
    findings = []
    for key, value in expected.items():
        if key not in found:
            findings.append(f"{key[0]}!{key[1]}: no value")
        elif not _same(value, found[key], relative):
            findings.append(f"{key[0]}!{key[1]}: {value!r} against {found[key]!r}")
    return findings


def _same(one: EngineValue, other: EngineValue, relative: float) -> bool:
    numbers = [value for value in (one, other) if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(numbers) == 2:
        return abs(numbers[0] - numbers[1]) <= relative * max(abs(numbers[0]), abs(numbers[1]))
    return type(one) is type(other) and one == other
