"""User text in cells: it stays text, in Excel and in CSV files made from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from napkinxl.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

MAXIMUM_CELL_CHARACTERS: Final = 32_767

# OWASP "CSV Injection": a spreadsheet may read a text that begins so as a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN_IN_XML: Final = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ in a file as the letter A, so such a text needs its underscore spelled the same way.
_READS_AS_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def set_text(cell: Cell | MergedCell, text: str) -> None:
    """Put a user's text in a cell so that it never becomes a formula, a number or an error.

    Parameters
    ----------
    cell
        The cell; give it its named style before, since a style set later drops the quote prefix.
    text
        Any text. Characters that XML forbids are dropped, every line end becomes one line feed.

    Raises
    ------
    InputError
        The text is longer than a cell can hold, or the cell is hidden by a merged range.
    """
    from openpyxl.cell.cell import MergedCell  # what only writes CSV starts without it

    where = f"{cell.parent.title}!{cell.coordinate}"
    if isinstance(cell, MergedCell):
        raise InputError(f"a text must go into the first cell of a merged range, got {where}")
    cell.value = file_text(text, where) or None
    if cell.value is None:
        return
    # openpyxl has guessed a type by now: "=1" a formula, "#N/A" an error.
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        # Without it the text turns into a formula when a user edits the cell and presses Enter.
        cell.quotePrefix = True


def file_text(text: str, where: str) -> str:
    """Return a text as an xlsx file may hold it.

    Parameters
    ----------
    text
        Any text.
    where
        The cell, for the message of the error.

    Raises
    ------
    InputError
        The text is longer than a cell can hold.

    Examples
    --------
    >>> file_text("bell\\x07 and\\r\\nline", "A1")
    'bell and\\nline'
    >>> file_text("_x0041_", "A1")
    '_x005F_x0041_'
    """
    clean = xml_text(text)
    # Excel counts as UTF-16 does: an emoji is two characters.
    length = len(clean.encode("utf-16-le")) // 2
    if length > MAXIMUM_CELL_CHARACTERS:
        raise InputError(f"a text must have at most {MAXIMUM_CELL_CHARACTERS:,} characters, got {length:,} for {where}")
    return _READS_AS_ESCAPE.sub("_x005F_", clean)


def xml_text(text: str) -> str:
    """Return a text without the characters that XML forbids, every line end a line feed."""
    return _FORBIDDEN_IN_XML.sub("", _LINE_ENDS.sub("\n", text))


def csv_safe(text: str) -> str:
    """Return a text that a spreadsheet reads as text when it opens a CSV file.

    The `csv` module still has to quote commas, quotes and line ends; numbers must not pass through here,
    or -5 becomes a text.

    Examples
    --------
    >>> csv_safe("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> csv_safe("plain")
    'plain'
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
