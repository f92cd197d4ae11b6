"""Changing a few tags of an XML part and nothing else: the rest stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.parsers import expat

from napkinxl.errors import FileError

_TAG: Final = re.compile(rb"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE: Final = re.compile(rb"""\s([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_PREFIX: Final = re.compile(rb"<([^\s/>:]+:)?")


class Tag(NamedTuple):
    """A start tag: its name and attributes as ``namespace local``, its depth below the root, its bytes."""

    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    text: bytes

    @property
    def end(self) -> int:
        """The byte after it."""
        return self.start + len(self.text)

    @property
    def prefix(self) -> str:
        """What leads its name in the file, such as ``x:``; mostly nothing."""
        found = _PREFIX.match(self.text)
        return (found[1] or b"").decode() if found is not None else ""


class Edit(NamedTuple):
    """New bytes in the place of old ones."""

    start: int
    end: int
    text: bytes


def read_tags(xml: bytes, part: str, depth: int) -> list[Tag]:
    """Return the start tags down to a depth below the root, in their order.

    Parameters
    ----------
    xml
        The part, in UTF-8.
    part
        Its name, for the message of the error.
    depth
        0 for the root alone.

    Raises
    ------
    FileError
        It is not well-formed.
    """
    if b"\0" in xml:
        raise _damaged(part, "another encoding")
    tags: list[Tag] = []
    parser = expat.ParserCreate("utf-8", " ")
    level = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        if level <= depth:
            at = parser.CurrentByteIndex
            found = _TAG.match(xml, at)
            assert found is not None, f"{part}: no tag at byte {at}"
            tags.append(Tag(name, attributes, level, at, found[0]))
        level += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise _damaged(part, error) from error
    return tags


def _damaged(part: str, found: object) -> FileError:
    return FileError(f"the workbook is damaged: {part} must be XML in UTF-8, got {found}")


def set_attribute(tag: Tag, name: str, value: str) -> Edit:
    """The edit that gives a tag an attribute in place of any of the same name; the value needs no escapes."""
    written = f'{name}="{value}"'.encode()
    for found in _ATTRIBUTE.finditer(tag.text):
        if found[1] == name.encode():
            start = tag.start + found.start(1)
            return Edit(start, tag.start + found.end(), written)
    closing = tag.end - (2 if tag.text.endswith(b"/>") else 1)
    return Edit(closing, closing, b" " + written)


def insert_first(parent: Tag, part: str, name: str, **attributes: str) -> Edit:
    """The edit that puts an empty element before the first child of another, in its namespace.

    Raises
    ------
    FileError
        The other has no children.
    """
    if parent.text.endswith(b"/>"):
        raise FileError(f"the workbook is damaged: {part} must not be empty")
    written = "".join(f' {attribute}="{value}"' for attribute, value in attributes.items())
    return Edit(parent.end, parent.end, f"<{parent.prefix}{name}{written}/>".encode())


def with_relationship(xml: bytes, part: str, kind: str, target: str) -> bytes:
    """Return a part of relationships with one more, under the first identifier that is free."""
    root, *links = read_tags(xml, part, 1)
    taken = {link.attributes["Id"] for link in links}
    identifier = next(name for name in (f"rId{number}" for number in range(1, len(taken) + 2)) if name not in taken)
    return apply_edits(xml, [insert_first(root, part, "Relationship", Id=identifier, Type=kind, Target=target)])


def apply_edits(xml: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the part with the edits, which must not overlap."""
    for edit in sorted(edits, reverse=True):
        xml = xml[: edit.start] + edit.text + xml[edit.end :]
    return xml
