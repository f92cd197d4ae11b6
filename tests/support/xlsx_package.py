"""The parts of an xlsx file, as they are stored."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

from openpyxl.utils.cell import column_index_from_string

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_COORDINATE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class Area(NamedTuple):
    """A rectangle of cells; columns and rows count from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Area) -> bool:
        """Whether the two share a cell."""
        beside = self.right < other.left or other.right < self.left
        return not beside and self.top <= other.bottom and other.top <= self.bottom


def area(reference: str) -> Area:
    """Read ``B2:C9`` or ``B2``."""
    first, _, last = reference.partition(":")
    left, top = position(first)
    right, bottom = position(last or first)
    return Area(left, top, right, bottom)


def position(coordinate: str) -> tuple[int, int]:
    """Read ``B2`` as column and row."""
    match = _COORDINATE.fullmatch(coordinate)
    if match is None:
        raise ValueError(f"not a cell: {coordinate!r}")
    return column_index_from_string(match[1]), int(match[2])


class Relation(NamedTuple):
    """A link from one part to another, or to the outside."""

    identifier: str
    kind: str
    target: str
    external: bool


class XlsxPackage:
    """An xlsx file opened for looking at its parts."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self._content = {name: archive.read(name) for name in self.names}
        self.workbook = self.tree("xl/workbook.xml")

    def __contains__(self, name: str) -> bool:
        return name in self._content

    def tree(self, name: str) -> ElementTree.Element:
        """The parsed part."""
        return ElementTree.fromstring(self._content[name])

    def relations(self, part: str) -> list[Relation]:
        """The links of a part, their targets as part names; none for a part without."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if rels not in self:
            return []
        return [self._relation(folder, element) for element in self.tree(rels)]

    def sheets(self) -> list[tuple[str, str]]:
        """Title and part name of each sheet, in the order of the tabs."""
        targets = {relation.identifier: relation.target for relation in self.relations("xl/workbook.xml")}
        found = self.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return [(sheet.get("name", ""), targets.get(sheet.get(RELATION_ID, ""), "")) for sheet in found]

    def worksheets(self) -> Iterator[tuple[str, str, ElementTree.Element]]:
        """Title, part name and tree of each sheet of cells whose part exists."""
        for title, part in self.sheets():
            if part in self and "chartsheets/" not in part:
                yield title, part, self.tree(part)

    @staticmethod
    def _relation(folder: str, element: ElementTree.Element) -> Relation:
        target = element.get("Target", "")
        external = element.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, external)
