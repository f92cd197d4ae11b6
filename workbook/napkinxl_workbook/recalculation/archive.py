"""The zip file of a workbook: refused where it is hostile or broken, written back with only some parts replaced."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from napkinxl.errors import FileError

MOST_PARTS: Final = 10_000
LARGEST_UNFOLDED_BYTES: Final = 512 * 1024**2
# A bomb packs its content a thousandfold; sheets of real workbooks stay below a hundred.
LARGEST_RATIO: Final = 200
_RATIO_COUNTS_FROM_BYTES: Final = 1024**2
_OLE_FILE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED: Final = 0x1


class Package:
    """The parts of a workbook, in the order of its file.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.

    Raises
    ------
    FileError
        The file cannot be read, is encrypted or no workbook, or would unfold to more than can be held.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parts: dict[str, tuple[ZipInfo, bytes]] = {}
        try:
            self._refuse_ole()
            with ZipFile(path) as archive:
                self._comment = archive.comment
                self._refuse_bomb(archive.infolist())
                for entry in archive.infolist():
                    self._parts[entry.filename] = (entry, archive.read(entry))
        except OSError as error:
            raise FileError(f"{path} cannot be read: {error.strerror or error}") from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
            raise self.refusal(f"it is no whole zip file ({error})") from None

    def refusal(self, reason: str) -> FileError:
        """The error that names the file."""
        return FileError(f"{self.path} is not a workbook that can be recalculated: {reason}")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            FileError: the workbook lacks it.
        """
        if name not in self._parts:
            raise self.refusal(f"its part {name} is missing")
        return self._parts[name][1]

    def write(self, stream: BinaryIO, replaced: Mapping[str, bytes]) -> None:
        """Write the workbook with some parts replaced; the others, their order and their dates stay."""
        with ZipFile(stream, "w") as archive:
            archive.comment = self._comment
            for name, (entry, content) in self._parts.items():
                copy = ZipInfo(name, entry.date_time)
                copy.compress_type, copy.create_system = entry.compress_type, entry.create_system
                copy.external_attr, copy.comment = entry.external_attr, entry.comment
                archive.writestr(copy, replaced.get(name, content))

    def _refuse_ole(self) -> None:
        with self.path.open("rb") as stream:
            if stream.read(len(_OLE_FILE)) == _OLE_FILE:
                raise self.refusal("it is encrypted or an old .xls file; save it as .xlsx or .xlsm without a password")

    def _refuse_bomb(self, entries: list[ZipInfo]) -> None:
        if len(entries) > MOST_PARTS:
            raise self.refusal(f"it must have at most {MOST_PARTS:,} parts, got {len(entries):,}")
        unfolded = sum(entry.file_size for entry in entries)
        if unfolded > LARGEST_UNFOLDED_BYTES:
            raise self.refusal(f"it must unfold to at most {LARGEST_UNFOLDED_BYTES:,} bytes, got {unfolded:,}")
        seen: set[str] = set()
        for entry in entries:
            # Names differ in no more than case where a workbook's program looks them up.
            name = entry.filename.casefold()
            if name in seen:
                raise self.refusal(f"its part {entry.filename} is there twice")
            seen.add(name)
            if name.startswith("/") or "\\" in name or ".." in name.split("/"):
                raise self.refusal(f"a part must have a name within the file, got {entry.filename!r}")
            if entry.flag_bits & _ENCRYPTED:
                raise self.refusal(f"its part {entry.filename} is encrypted")
            ratio = entry.file_size / max(1, entry.compress_size)
            if entry.file_size > _RATIO_COUNTS_FROM_BYTES and ratio > LARGEST_RATIO:
                raise self.refusal(f"its part {entry.filename} unfolds {ratio:,.0f}-fold, allowed is {LARGEST_RATIO}")
