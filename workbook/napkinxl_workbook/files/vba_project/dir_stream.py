"""The records of a VBA project's ``dir`` stream (MS-OVBA 2.3.4.2): what it refers to and which modules it has."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from napkinxl.errors import FileError

CODE_PAGE: Final = "cp1252"

_CODE_PAGE_NUMBER: Final = 1252
_NO_COOKIE: Final = 0xFFFF
_VERSION_LENGTH: Final = 6


class _Id(IntEnum):
    """The records that matter here."""

    CODE_PAGE = 0x03
    PROJECT_NAME = 0x04
    PROJECT_VERSION = 0x09
    MODULE_COUNT = 0x0F
    END = 0x10
    PROJECT_COOKIE = 0x13
    REFERENCE_NAME = 0x16
    MODULE_NAME = 0x19
    STREAM_NAME = 0x1A
    DOC_STRING = 0x1C
    HELP_CONTEXT = 0x1E
    MODULE_END = 0x2B
    MODULE_COOKIE = 0x2C
    TEXT_OFFSET = 0x31
    WIDE_STREAM_NAME = 0x32
    WIDE_MODULE_NAME = 0x47
    WIDE_DOC_STRING = 0x48


class ModuleKind(IntEnum):
    """A module's type; a worksheet's is of the same kind as a class."""

    STANDARD = 0x21
    DOCUMENT = 0x22


class Record(NamedTuple):
    """A number that says what it is, and its content."""

    identifier: int
    content: bytes


class ListedModule(NamedTuple):
    """A module's name, its stream and where in that the compressed text begins."""

    name: str
    stream: str
    offset: int


def read_records(content: bytes) -> list[Record]:
    """Return the records of a decompressed stream.

    Raises
    ------
    FileError
        It is damaged, or in another code page than 1252.
    """
    records = []
    at = 0
    while at < len(content):
        identifier = int.from_bytes(content[at : at + 2], "little")
        length = int.from_bytes(content[at + 2 : at + 6], "little")
        if identifier == _Id.PROJECT_VERSION:
            length = _VERSION_LENGTH  # the file says 4, for half of it
        records.append(Record(identifier, content[at + 6 : at + 6 + length]))
        at += 6 + length
    if at != len(content) or not records or records[-1].identifier != _Id.END:
        raise FileError("the VBA project is damaged: its dir stream must end with its last record")
    code_pages = [_number(record) for record in records if record.identifier == _Id.CODE_PAGE]
    if code_pages != [_CODE_PAGE_NUMBER]:
        raise FileError(f"a VBA project must have the code page {_CODE_PAGE_NUMBER}, got {code_pages}")
    return records


def write_records(records: Iterable[Record]) -> bytes:
    """Return the stream of records, to be compressed."""
    return b"".join(
        struct.pack("<HI", identifier, 4 if identifier == _Id.PROJECT_VERSION else len(content)) + content
        for identifier, content in records
    )


def listed_modules(records: Iterable[Record]) -> Iterator[ListedModule]:
    """The modules that the records list."""
    found: dict[int, Record] = {}
    for record in records:
        found[record.identifier] = record
        if record.identifier == _Id.MODULE_END:
            offset = _number(found[_Id.TEXT_OFFSET])
            yield ListedModule(_text(found[_Id.MODULE_NAME]), _text(found[_Id.STREAM_NAME]), offset)


def names_in_use(records: Iterable[Record]) -> Iterator[str]:
    """The names of the project, of the libraries that it refers to and of its modules."""
    for record in records:
        if record.identifier in (_Id.PROJECT_NAME, _Id.REFERENCE_NAME, _Id.MODULE_NAME):
            yield _text(record)


def with_modules(records: Sequence[Record], added: Sequence[tuple[str, ModuleKind]]) -> list[Record]:
    """Return the records with more modules, and without offsets and cookies of compiled code."""
    changed = []
    for record in records:
        identifier, content = record
        if identifier == _Id.MODULE_COUNT:
            content = struct.pack("<H", _number(record) + len(added))
        elif identifier == _Id.TEXT_OFFSET:
            content = bytes(4)
        elif identifier in (_Id.PROJECT_COOKIE, _Id.MODULE_COOKIE):
            content = struct.pack("<H", _NO_COOKIE)
        changed.append(Record(identifier, content))
    new = [record for name, kind in added for record in _module_records(name, kind)]
    return [*changed[:-1], *new, changed[-1]]


def _module_records(name: str, kind: ModuleKind) -> list[Record]:
    narrow, wide = name.encode(CODE_PAGE), name.encode("utf-16-le")
    return [
        Record(_Id.MODULE_NAME, narrow),
        Record(_Id.WIDE_MODULE_NAME, wide),
        Record(_Id.STREAM_NAME, narrow),
        Record(_Id.WIDE_STREAM_NAME, wide),
        Record(_Id.DOC_STRING, b""),
        Record(_Id.WIDE_DOC_STRING, b""),
        Record(_Id.TEXT_OFFSET, bytes(4)),
        Record(_Id.HELP_CONTEXT, bytes(4)),
        Record(_Id.MODULE_COOKIE, struct.pack("<H", _NO_COOKIE)),
        Record(kind, b""),
        Record(_Id.MODULE_END, b""),
    ]


def _number(record: Record) -> int:
    return int.from_bytes(record.content, "little")


def _text(record: Record) -> str:
    return record.content.decode(CODE_PAGE)
