"""Compound files (MS-CFB), the container of a VBA project: read with olefile, written here in version 3."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import olefile

from napkinxl.errors import FileError, InputError

_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_LIMIT: Final = 4096  # bytes from which a stream has sectors of its own
_NUMBERS_PER_SECTOR: Final = _SECTOR // 4
_TABLE_SECTORS_IN_HEADER: Final = 109

_TABLE_SECTOR: Final = 0xFFFFFFFD
_END: Final = 0xFFFFFFFE
_NOTHING: Final = 0xFFFFFFFF  # a free sector, or no entry

_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK: Final = 1


def read_compound_file(content: bytes) -> dict[str, bytes]:
    """Return the streams of a compound file by path, such as ``VBA/dir``.

    Raises
    ------
    FileError
        It is not a compound file, or a damaged one.
    """
    try:
        with olefile.OleFileIO(BytesIO(content), raise_defects=olefile.DEFECT_INCORRECT) as file:
            return {"/".join(path): file.openstream(path).read() for path in file.listdir()}
    except OSError as error:
        raise FileError(f"the VBA project is damaged: it must be a compound file, got {error}") from error


def write_compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of streams by path.

    Raises
    ------
    InputError
        They hold more than this plain form of the file can list, about 7 MB.
    """
    entries = _entries(streams)
    small, large = _Sectors(_MINI_SECTOR), _Sectors(_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.first_sector = (small if entry.size < _MINI_LIMIT else large).add(entry.content)
    entries[0].size = len(small.content)
    entries[0].first_sector = large.add(bytes(small.content))
    small_table = large.add(_table(small.chain))
    small_table_sectors = -(-len(small.chain) // _NUMBERS_PER_SECTOR)
    directory = large.add(_directory(entries))
    table_sectors = _add_table(large)
    header = (
        bytes.fromhex("D0CF11E0A1B11AE1")
        + bytes(16)
        + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)  # version 3, little-endian, sectors of 2**9 and 2**6 bytes
        + bytes(10)
        + struct.pack("<3I", len(table_sectors), directory, 0)
        + struct.pack("<5I", _MINI_LIMIT, small_table, small_table_sectors, _END, 0)
        + struct.pack(f"<{_TABLE_SECTORS_IN_HEADER}I", *_filled(table_sectors, _TABLE_SECTORS_IN_HEADER))
    )
    return header + bytes(large.content)


class _Sectors:
    """Content cut into sectors, and for each sector the number of the next."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.content = bytearray()
        self.chain: list[int] = []

    def add(self, content: bytes) -> int:
        """Append content and return the number of its first sector."""
        if not content:
            return _END
        first = len(self.chain)
        count = -(-len(content) // self.size)
        self.chain += [*range(first + 1, first + count), _END]
        self.content += content.ljust(count * self.size, b"\0")
        return first


@dataclass
class _Entry:
    """A line of the directory: a storage, a stream or the root, and its place in the tree of its siblings."""

    number: int
    name: str
    kind: int
    content: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    left: int = _NOTHING
    right: int = _NOTHING
    child: int = _NOTHING
    first_sector: int = 0
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        assert len(name) < 64, f"the name {self.name} is too long"
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBB", len(name) + 2, self.kind, _BLACK)
            + struct.pack("<3I", self.left, self.right, self.child)
            + bytes(36)  # class, state bits and dates: none
            + struct.pack("<IQ", self.first_sector, self.size)
        )


def _entries(streams: Mapping[str, bytes]) -> list[_Entry]:
    """The root, then each storage before what it holds."""
    folders = {"": _Entry(0, "Root Entry", _ROOT)}
    entries = [folders[""]]

    def add(path: str, kind: int) -> _Entry:
        parent, _, name = path.rpartition("/")
        if parent not in folders:
            folders[parent] = add(parent, _STORAGE)
        entry = _Entry(len(entries), name, kind)
        entries.append(entry)
        folders[parent].children.append(entry)
        return entry

    for path, content in streams.items():
        add(path, _STREAM).content = content
    for entry in entries:
        entry.child = _tree(sorted(entry.children, key=_order))
    return entries


def _order(entry: _Entry) -> tuple[int, str]:
    # The format's own order: shorter names first.
    return len(entry.name), entry.name.upper()


def _tree(siblings: Sequence[_Entry]) -> int:
    """Join sorted siblings to a binary tree and return the number of its top; all black, as the format allows."""
    if not siblings:
        return _NOTHING
    middle = len(siblings) // 2
    siblings[middle].left = _tree(siblings[:middle])
    siblings[middle].right = _tree(siblings[middle + 1 :])
    return siblings[middle].number


def _directory(entries: Sequence[_Entry]) -> bytes:
    unused = bytes(68) + struct.pack("<3I", _NOTHING, _NOTHING, _NOTHING) + bytes(48)
    return b"".join(entry.packed() for entry in entries) + unused * (-len(entries) % (_SECTOR // len(unused)))


def _add_table(sectors: _Sectors) -> list[int]:
    """Append the table of all sectors, its own included; returns the numbers of the sectors that it takes."""
    first = len(sectors.chain)
    count = 1
    while count * _NUMBERS_PER_SECTOR < first + count:
        count += 1
    if count > _TABLE_SECTORS_IN_HEADER:
        limit = _TABLE_SECTORS_IN_HEADER * _NUMBERS_PER_SECTOR * _SECTOR
        raise InputError(f"a VBA project must take at most {limit:,} bytes, got {len(sectors.content):,}")
    sectors.chain += [_TABLE_SECTOR] * count
    sectors.content += _table(sectors.chain)
    return list(range(first, first + count))


def _table(numbers: Sequence[int]) -> bytes:
    full = _filled(numbers, len(numbers) + -len(numbers) % _NUMBERS_PER_SECTOR)
    return struct.pack(f"<{len(full)}I", *full)


def _filled(numbers: Iterable[int], length: int) -> list[int]:
    known = list(numbers)
    return known + [_NOTHING] * (length - len(known))
