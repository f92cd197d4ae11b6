"""Reports as files, edits to them as a user would make, and what they should say."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
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


def write(path: Path, scenarios: Sequence[Scenario]) -> Book:
    """Write the report of some scenarios; the book holds the core's value of every formula."""
    book = build_report(scenarios, created=CREATED)
    write_workbook(book.workbook, path, book.values, created=CREATED)
    return book


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
