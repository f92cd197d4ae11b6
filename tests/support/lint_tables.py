"""What Excel checks in the tables of a sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils.cell import get_column_letter

from support.lint_names import is_legal_name
from support.lint_sheets import Shared, cell_text, merged_areas
from support.xlsx_package import MAIN, Area, XlsxPackage, area


class Table(NamedTuple):
    """A table's name, place and headings."""

    name: str
    place: Area
    headings: list[str]
    has_heading_row: bool


def tables(package: XlsxPackage, part: str) -> list[Table]:
    """The tables of one sheet."""
    parts = [relation.target for relation in package.relations(part) if relation.kind == "table"]
    return [_table(package.tree(target)) for target in parts if target in package]


def table_findings(sheet: ElementTree.Element, found: list[Table], shared: Shared) -> Iterator[str]:
    """Tables whose headings differ from their cells, or that overlap something."""
    cells = {cell.get("r", ""): cell for cell in sheet.iter(f"{MAIN}c")}
    for table in found:
        yield from (f"table {table.name}: {finding}" for finding in _shape_findings(table))
        if any(table.place.overlaps(merged) for merged in merged_areas(sheet)):
            yield f"table {table.name}: a merged range inside"
        if not table.has_heading_row:
            continue
        for offset, heading in enumerate(table.headings):
            coordinate = f"{get_column_letter(table.place.left + offset)}{table.place.top}"
            cell = cells.get(coordinate)
            text = None if cell is None else cell_text(cell, shared)
            if text != heading:
                yield f"table {table.name}: {coordinate} holds {text!r}, the heading is {heading!r}"
    for one, other in combinations(found, 2):
        if one.place.overlaps(other.place):
            yield f"tables {one.name} and {other.name} overlap"


def table_name_findings(found: list[Table], defined: Collection[str]) -> Iterator[str]:
    """Table names that are illegal or taken; `defined` holds the workbook's names in lower case."""
    taken = set(defined)
    for table in found:
        if not is_legal_name(table.name):
            yield f"table name {table.name!r} is not allowed or reads as a cell"
        if table.name.lower() in taken:
            yield f"table name {table.name!r} is taken"
        taken.add(table.name.lower())


def _table(tree: ElementTree.Element) -> Table:
    headings = [column.get("name", "") for column in tree.iter(f"{MAIN}tableColumn")]
    has_heading_row = tree.get("headerRowCount") != "0"
    return Table(tree.get("displayName", ""), area(tree.get("ref", "")), headings, has_heading_row)


def _shape_findings(table: Table) -> Iterator[str]:
    if len({heading.lower() for heading in table.headings}) != len(table.headings):
        yield "two columns of one name"
    if table.place.right - table.place.left + 1 != len(table.headings):
        yield f"{len(table.headings)} headings for {table.place.right - table.place.left + 1} columns"
