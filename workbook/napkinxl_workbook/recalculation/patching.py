"""Putting values into a sheet's XML at the places of the old ones; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from napkinxl_workbook.files.stored_values import StoredValue
from napkinxl_workbook.recalculation.sheet_cells import Stored

_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_CELL_NAME: Final = re.compile(rb"<([^\s/>]+)")
_NUMBER: Final = (None, "n")

Splice = tuple[int, int, bytes]
"""Which bytes give way to which."""


def patched(content: bytes, changes: Iterable[tuple[Stored, StoredValue]]) -> bytes:
    """The XML with new values in some cells.

    Parameters
    ----------
    content
        The sheet in UTF-8.
    changes
        Cells as they were read from `content`, each with its new value.
    """
    splices = sorted(splice for cell, value in changes for splice in _splices(content, cell, value))
    pieces, done = [], 0
    for start, end, new in splices:
        pieces += [content[done:start], new]
        done = end
    return b"".join([*pieces, content[done:]])


def _splices(content: bytes, cell: Stored, value: StoredValue) -> list[Splice]:
    start, end = cell.tag
    tag = _retyped(content[start:end], cell.cell_type, value.cell_type)
    text = escape(value.text).encode()
    name = _CELL_NAME.match(tag)
    assert name is not None  # the parser has seen a cell here
    prefix = name[1].rpartition(b":")[0]
    value_name = b"%s:v" % prefix if prefix else b"v"
    element = b"<%s>%s</%s>" % (value_name, text, value_name)
    if tag.endswith(b"/>"):
        return [(start, end, b"%s>%s</%s>" % (tag[:-2].rstrip(), element, name[1]))]
    if cell.value is None:
        place = (cell.value_goes_at, cell.value_goes_at, element)
    else:
        place = (*cell.value, _refilled(content[slice(*cell.value)], value_name, text) or element)
    return [(start, end, tag), place]


def _refilled(old: bytes, value_name: bytes, text: bytes) -> bytes | None:
    """The old element with another text between its own tags; None where it has none to keep."""
    first = re.match(rb"""<%s(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?>""" % re.escape(value_name), old)
    if first is None or first[0].endswith(b"/>"):
        return None
    return first[0] + text + old[old.rindex(b"</") :]


def _retyped(tag: bytes, old: str | None, new: str | None) -> bytes:
    """A cell's first tag with another type; a number needs none, and keeps the one that it has."""
    if old == new or (old in _NUMBER and new in _NUMBER):
        return tag
    found = next((match for match in _ATTRIBUTE.finditer(tag) if match[1] == b"t"), None)
    if found is None:
        end = len(tag) - (2 if tag.endswith(b"/>") else 1)
        last = len(tag[:end].rstrip())
        return b'%s t="%s"%s' % (tag[:last], (new or "").encode(), tag[last:])
    if new is None:
        return tag[: found.start()] + tag[found.end() :]
    quote = found[2][:1]
    return tag[: found.start(2)] + quote + new.encode() + quote + tag[found.end(2) :]
