"""What stands in a formula for cells: references, defined names and columns of tables, resolved to areas."""

from __future__ import annotations

import re
from typing import Final

from napkinxl_workbook.recalculation.areas import Area, Corner, Position, Reference, read_reference
from napkinxl_workbook.recalculation.book_parts import BookParts, Table

_ON_A_SHEET: Final = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!\[\]]+))!(?P<rest>.+)", re.DOTALL)
_IN_ANOTHER_BOOK: Final = re.compile(r"'?[^!\[]*\[[^\]]+\][^!]*!")
_COLUMN: Final = r"\[((?:[^\[\]'#@]|'.)+)\]"
_TABLE: Final = re.compile(r"(?P<table>[^\W\d][\w.\\?]*)?\[(?P<inside>.*)\]", re.DOTALL)
_ITEM: Final = re.compile(r"\[?(#[A-Za-z ]+|@)\]?,?")


class NotResolvedError(Exception):
    """An operand that has no cells here; its text is a reason to complete "Calc!B3 uses ..."."""


class Operands:
    """Finds what operands mean in one workbook."""

    def __init__(self, book: BookParts) -> None:
        self._book = book
        self._sheets = {sheet.title.lower(): number for number, sheet in enumerate(book.sheets)}

    def resolve(self, text: str, cell: Position) -> Reference | str:
        """The reference that an operand of a cell's formula means, or the formula of the name that it is.

        Raises:
            NotResolvedError: it means neither.
        """
        if _IN_ANOTHER_BOOK.match(text):
            raise NotResolvedError("a link to another workbook")
        on_a_sheet = _ON_A_SHEET.fullmatch(text)
        if on_a_sheet:
            sheet = self._sheet(on_a_sheet["plain"] or on_a_sheet["quoted"].replace("''", "'"))
            rest = on_a_sheet["rest"]
            return read_reference(rest, sheet) or self._name(rest, sheet)
        reference = read_reference(text, cell.sheet)
        if reference is not None:
            return reference
        if "[" in text:
            return self._columns(text, cell)
        table = self._book.tables.get(text.lower())
        return _fixed(_rows(table, "#data")) if table else self._name(text, cell.sheet)

    def _sheet(self, title: str) -> int:
        number = self._sheets.get(title.lower())
        if number is None:
            raise NotResolvedError(f"the sheet {title!r}, which is not there")
        if self._book.sheets[number].part is None:
            raise NotResolvedError(f"the sheet {title!r}, which has no cells")
        return number

    def _name(self, text: str, sheet: int) -> str:
        for owner in (sheet, None):
            formula = self._book.names.get((owner, text.lower()))
            if formula is not None:
                return formula
        raise NotResolvedError(f"the name {text}, which is not defined")

    def _columns(self, text: str, cell: Position) -> Reference:
        found = _TABLE.fullmatch(text)
        if found is None:
            raise NotResolvedError(f"{text}, which is no range of a table")
        table = self._table(found["table"], cell)
        inside, item = found["inside"], "#data"
        if match := _ITEM.match(inside):
            item, inside = match[1].lower(), inside[match.end() :]
        area = _this_row(table, cell) if item in ("@", "#this row") else _rows(table, item)
        area = _within_columns(table, area, inside)
        if item not in ("@", "#this row"):
            return _fixed(area)
        # It moves down with the copies of a formula along the table.
        return Reference(
            area.sheet, Corner(area.top, area.left, False, True), Corner(area.bottom, area.right, False, True)
        )

    def _table(self, name: str | None, cell: Position) -> Table:
        tables = self._book.tables
        found = tables.get(name.lower()) if name else next((it for it in tables.values() if it.area.holds(cell)), None)
        if found is None:
            raise NotResolvedError(f"the table {name}, which is not there")
        return found


def _fixed(area: Area) -> Reference:
    return Reference(area.sheet, Corner(area.top, area.left, True, True), Corner(area.bottom, area.right, True, True))


def _rows(table: Table, item: str) -> Area:
    """The rows of a table that an item such as #Headers names."""
    area = table.area
    data_top, data_bottom = area.top + table.header_rows, area.bottom - table.total_rows
    bounds = {
        "#all": (area.top, area.bottom),
        "#data": (data_top, data_bottom),
        "#headers": (area.top, data_top - 1),
        "#totals": (data_bottom + 1, area.bottom),
    }.get(item)
    if bounds is None or bounds[0] > bounds[1]:
        raise NotResolvedError(f"{table.name}[{item}], rows that the table does not have")
    return area._replace(top=bounds[0], bottom=bounds[1])


def _this_row(table: Table, cell: Position) -> Area:
    data = _rows(table, "#data")
    if cell.sheet != data.sheet or not data.top <= cell.row <= data.bottom:
        raise NotResolvedError(f"{table.name}[#This Row] outside the table's rows")
    return data._replace(top=cell.row, bottom=cell.row)


def _within_columns(table: Table, area: Area, inside: str) -> Area:
    """The columns of an area that the rest of a reference names: all, one, or from one to another."""
    if not inside:
        return area
    wrapped = inside if inside.startswith("[") else f"[{inside}]"
    found = re.fullmatch(f"{_COLUMN}(?::{_COLUMN})?", wrapped, re.DOTALL)
    if found is None:
        raise NotResolvedError(f"{table.name}[{inside}], which is no column of the table")
    names = [name.lower() for name in table.columns]
    places = []
    for given in (found[1], found[2] or found[1]):
        name = re.sub(r"'(.)", r"\1", given).lower()
        if name not in names:
            raise NotResolvedError(f"{table.name}[{given}], which is no column of the table")
        places.append(area.left + names.index(name))
    return area._replace(left=min(places), right=max(places))
