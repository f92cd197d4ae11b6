"""Putting values into a sheet's XML at the places of the old ones; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from napkinxl_workbook.files.stored_values import StoredValue
from napkinxl_workbook.recalculation.sheet_cells import Span, Stored

_TAG: Final = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
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
    tag_end = _tag_end(content, cell.starts)
    tag = _retyped(content[cell.starts : tag_end], cell.cell_type, value.cell_type)
    text = escape(value.text, quote=False).encode()
    name = _CELL_NAME.match(tag)
    assert name is not None  # the parser has seen a cell here
    prefix = name[1].rpartition(b":")[0]
    value_name = b"%s:v" % prefix if prefix else b"v"
    element = b"<%s>%s</%s>" % (value_name, text, value_name)
    if tag.endswith(b"/>"):
        return [(cell.starts, tag_end, b"%s>%s</%s>" % (tag[:-2].rstrip(), element, name[1]))]
    if cell.value is not None:
        start, end = cell.value[0], _element_end(content, cell.value)
        place = (start, end, _refilled(content[start:end], value_name, text) or element)
    else:
        after = tag_end if cell.formula is None else _element_end(content, cell.formula)
        place = (after, after, element)
    return [(cell.starts, tag_end, tag), place]


def _tag_end(content: bytes, start: int) -> int:
    found = _TAG.match(content, start)
    assert found is not None  # the parser has seen a whole tag here
    return found.end()


def _element_end(content: bytes, span: Span) -> int:
    end = _tag_end(content, span[0])
    return end if content[end - 2 : end] == b"/>" else _tag_end(content, span[1])


def _refilled(old: bytes, value_name: bytes, text: bytes) -> bytes | None:
    """The old element with another text between its own tags; None where it has none to keep."""
    first = _TAG.match(old)
    name = first and _CELL_NAME.match(first[0])
    if not first or not name or name[1] != value_name or first[0].endswith(b"/>"):
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
