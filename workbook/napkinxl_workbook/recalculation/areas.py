"""A1 references: read, moved as a copied formula moves them, and spelled."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384

_CORNER: Final = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})")
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_COLUMNS: Final = re.compile(r"(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3})")
_ROWS: Final = re.compile(r"(\$?)([1-9][0-9]{0,6}):(\$?)([1-9][0-9]{0,6})")


class Position(NamedTuple):
    """A cell: the number of its sheet (from 0), its row and its column (from 1)."""

    sheet: int
    row: int
    column: int


class Corner(NamedTuple):
    """A corner of a reference, and which parts of it stay when the formula is copied."""

    row: int
    column: int
    row_stays: bool
    column_stays: bool


class Area(NamedTuple):
    """A rectangle of cells on one sheet."""

    sheet: int
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self[1:3] == self[3:]

    @property
    def first(self) -> Position:
        """The cell at the top left."""
        return Position(self.sheet, self.top, self.left)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    def holds(self, cell: Position) -> bool:
        """Whether a cell is in it."""
        return (
            cell.sheet == self.sheet and self.top <= cell.row <= self.bottom and self.left <= cell.column <= self.right
        )

    def overlaps(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        return (
            self.sheet == other.sheet
            and max(self.top, other.top) <= min(self.bottom, other.bottom)
            and max(self.left, other.left) <= min(self.right, other.right)
        )


class Reference(NamedTuple):
    """A reference in a formula: two opposite corners on a sheet."""

    sheet: int
    one: Corner
    other: Corner

    def area(self, rows: int = 0, columns: int = 0) -> Area:
        """The cells that it means in a copy of its formula so many rows and columns further."""
        top, left = _moved(self.one, rows, columns)
        if self.one is self.other:
            return Area(self.sheet, top, left, top, left)
        bottom, right = _moved(self.other, rows, columns)
        return Area(self.sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    @property
    def moves(self) -> bool:
        """Whether a copy of the formula means other cells."""
        corners = (self.one, self.other)
        return not all(corner.row_stays and corner.column_stays for corner in corners)


def _moved(corner: Corner, rows: int, columns: int) -> tuple[int, int]:
    """Row and column of a corner in a copy; past an edge of the sheet it goes on at the other, as in Excel."""
    row, column, row_stays, column_stays = corner
    return (
        row if row_stays else (row - 1 + rows) % LAST_ROW + 1,
        column if column_stays else (column - 1 + columns) % LAST_COLUMN + 1,
    )


def read_reference(text: str, sheet: int) -> Reference | None:
    """A reference without its sheet, such as B2, $B$2:C9, A:A or 3:7; None where the text is none."""
    first, colon, second = text.partition(":")
    one, other = _corner(first), _corner(second) if colon else None
    if one and (other or not colon):
        corners = [one, other or one]
    elif columns := _COLUMNS.fullmatch(text):
        corners = [
            Corner(1, column_number(columns[2]), True, bool(columns[1])),
            Corner(LAST_ROW, column_number(columns[4]), True, bool(columns[3])),
        ]
    elif rows := _ROWS.fullmatch(text):
        corners = [Corner(int(rows[2]), 1, bool(rows[1]), True), Corner(int(rows[4]), LAST_COLUMN, bool(rows[3]), True)]
    else:
        return None
    if any(corner.row > LAST_ROW or corner.column > LAST_COLUMN for corner in corners):
        return None
    return Reference(sheet, corners[0], corners[1])


def _corner(text: str) -> Corner | None:
    found = _CORNER.fullmatch(text)
    return Corner(int(found[4]), column_number(found[2]), bool(found[3]), bool(found[1])) if found else None


def read_cell(text: str) -> tuple[int, int] | None:
    """Row and column of a cell such as B9; None where the text is none."""
    found = _CELL.fullmatch(text)
    if found is None:
        return None
    row, column = int(found[2]), column_number(found[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def coordinate(row: int, column: int) -> str:
    """A cell without its sheet.

    >>> coordinate(9, 2)
    'B9'
    """
    return f"{_column_letters(column)}{row}"


# openpyxl has both, but takes longer to import than a large workbook takes to read.
@cache
def column_number(letters: str) -> int:
    """The number of a column.

    >>> column_number("A"), column_number("xfd")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("@")
    return number


@cache
def _column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
