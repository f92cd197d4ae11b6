"""Reports as files, edits to them as a user would make, and what they should say."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from napkinxl import Scenario
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.report import build_report
from napkinxl_workbook.sheets.columns import scenario_letter
from napkinxl_workbook.sheets.scenario_inputs import input_rows
from support.xlsx_package import MAIN, XlsxPackage

CREATED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def write(path: Path, scenarios: Sequence[Scenario], selected: str | None = None, moved: Sequence[str] = ()) -> Book:
    """Write the report of some scenarios; the book holds the core's value of every formula. Don't change the book."""
    book, content = _report(tuple(scenarios), selected, tuple(moved))
    path.write_bytes(content)
    return book


# Many tests begin with the same report: it is made once for all.
@lru_cache(maxsize=8)
def _report(scenarios: tuple[Scenario, ...], selected: str | None, moved: tuple[str, ...]) -> tuple[Book, bytes]:
    book, content = build_report(scenarios, created=CREATED, selected=selected, moved=moved), BytesIO()
    write_workbook(book.workbook, content, book.values, created=CREATED)
    return book, content.getvalue()


def edit(source: Path, target: Path, cells: Mapping[CellKey, float | str | None]) -> None:
    """Type into cells that exist: a number, a text, a formula with its "=", or nothing.

    The file's parts are patched: openpyxl would write blank cells as numbers without a value when it saves.
    """
    package = XlsxPackage(source)
    trees = {title: (part, tree) for title, part, tree in package.worksheets()}
    for (title, coordinate), value in cells.items():
        _type(next(c for c in trees[title][1].iter(f"{MAIN}c") if c.get("r") == coordinate), value)
    edited = {part: ElementTree.tostring(tree) for part, tree in trees.values()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edited.get(name) or old.read(name))


def _type(cell: ElementTree.Element, value: float | str | None) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str) and value.startswith("="):
        ElementTree.SubElement(cell, f"{MAIN}f").text = value.removeprefix("=")
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        ElementTree.SubElement(ElementTree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value
    elif value is not None:
        ElementTree.SubElement(cell, f"{MAIN}v").text = repr(value)


def input_cell(name: str, scenario: int = 0) -> CellKey:
    """The cell of an input on the sheet Inputs."""
    return "Inputs", f"{scenario_letter(scenario)}{input_rows()[name]}"
