"""What a workbook's parts say beside its cells: sheets, defined names, tables, shared texts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import NamedTuple

from napkinxl_workbook.recalculation.archive import Package
from napkinxl_workbook.recalculation.areas import Area, read_reference
from napkinxl_workbook.recalculation.xml_parts import MAIN, Attributes, XmlPart, attribute, unescaped


class Table(NamedTuple):
    """A table: its cells with headers and totals, and its columns' names."""

    name: str
    area: Area
    header_rows: int
    total_rows: int
    columns: tuple[str, ...]


class SheetPart(NamedTuple):
    """A sheet of the workbook; its part is None where it has no cells, as a chart sheet."""

    title: str
    part: str | None


@dataclass
class BookParts:
    """The workbook around its cells. Names are in lower case."""

    sheets: list[SheetPart] = field(default_factory=list)
    names: dict[tuple[int | None, str], str] = field(default_factory=dict)
    """The formula of each defined name, by the sheet that it belongs to and itself."""
    tables: dict[str, Table] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    full_precision: bool = True
    dates_from_1904: bool = False


class _Relationship(NamedTuple):
    kind: str
    target: str


def read_book(package: Package) -> BookParts:
    """Read the workbook's own parts.

    Raises:
        FileError: one is missing or broken.
    """
    main = next((link.target for link in _links(package, "").values() if link.kind == "officeDocument"), None)
    if main is None:
        raise package.refusal("it has no workbook part")
    links = _links(package, main)
    book = BookParts()
    _read_workbook(package, main, links, book)
    for link in links.values():
        if link.kind == "sharedStrings" and link.target in package:
            book.texts = _shared_texts(XmlPart(link.target, package.part(link.target)))
    for number, sheet in enumerate(book.sheets):
        for link in _links(package, sheet.part).values() if sheet.part else ():
            if link.kind == "table":
                table = _table(package, link.target, number)
                book.tables[table.name.lower()] = table
    return book


def _links(package: Package, part: str) -> dict[str, _Relationship]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    links: dict[str, _Relationship] = {}

    def start(_: str, attributes: Attributes) -> None:
        if "Id" in attributes and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            links[attributes["Id"]] = _Relationship(kind, target.lstrip("/"))

    if rels in package:
        XmlPart(rels, package.part(rels)).parse(start)
    return links


def _read_workbook(package: Package, part: str, links: dict[str, _Relationship], book: BookParts) -> None:
    texts: list[str] = []
    owner: list[tuple[int | None, str]] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == f"{MAIN}sheet":
            link = links.get(attribute(attributes, "id") or "")
            cells = link.target if link and link.kind == "worksheet" else None
            book.sheets.append(SheetPart(attributes.get("name", ""), cells))
        elif name == f"{MAIN}definedName":
            sheet = attributes.get("localSheetId")
            owner[:] = [(None if sheet is None else int(sheet), attributes.get("name", "").lower())]
            texts.clear()
        elif name == f"{MAIN}calcPr":
            book.full_precision = attributes.get("fullPrecision", "1") in ("1", "true")
        elif name == f"{MAIN}workbookPr":
            book.dates_from_1904 = attributes.get("date1904", "0") in ("1", "true")

    def end(name: str) -> None:
        if name == f"{MAIN}definedName":
            book.names[owner[0]] = "".join(texts)

    XmlPart(part, package.part(part)).parse(start, end, texts.append)


def _shared_texts(part: XmlPart) -> list[str]:
    found: list[str] = []
    pieces: list[str] = []
    state = {"collects": False, "phonetic": False}

    def start(name: str, _: Attributes) -> None:
        if name == f"{MAIN}t":
            state["collects"] = not state["phonetic"]
        elif name == f"{MAIN}rPh":
            state["phonetic"] = True
        elif name == f"{MAIN}si":
            pieces.clear()

    def end(name: str) -> None:
        if name == f"{MAIN}t":
            state["collects"] = False
        elif name == f"{MAIN}rPh":
            state["phonetic"] = False
        elif name == f"{MAIN}si":
            found.append(unescaped("".join(pieces)))

    part.parse(start, end, lambda text: pieces.append(text) if state["collects"] else None)
    return found


def _table(package: Package, part: str, sheet: int) -> Table:
    columns: list[str] = []
    found: Attributes = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == f"{MAIN}table":
            found.update(attributes)
        elif name == f"{MAIN}tableColumn":
            columns.append(unescaped(attributes.get("name", "")))

    XmlPart(part, package.part(part)).parse(start)
    reference = read_reference(found.get("ref", ""), sheet)
    headers, totals = found.get("headerRowCount", "1"), found.get("totalsRowCount", "0")
    if reference is None or not headers.isdecimal() or not totals.isdecimal():
        raise package.refusal(f"the table in {part} must have a range, got {found.get('ref')!r}")
    name = found.get("displayName") or found.get("name", "")
    return Table(name, reference.area(), int(headers), int(totals), tuple(columns))
