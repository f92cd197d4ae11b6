"""The parts of a workbook in memory: read whole, written back reproducibly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from napkinxl.errors import FileError
from napkinxl_workbook.files.dateless_archive import DatelessArchive

CONTENT_TYPES: Final = "[Content_Types].xml"
WORKBOOK_PART: Final = "xl/workbook.xml"
# Namespaces.
SPREADSHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_parts(workbook: bytes, needed: Iterable[str]) -> dict[str, bytes]:
    """Every part of a workbook by name.

    Raises:
        FileError: it is no zip file, or lacks a part that is needed.
    """
    try:
        with ZipFile(BytesIO(workbook)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile as error:
        raise FileError(f"the workbook is damaged: it must be an .xlsx file, got {error}") from error
    for name in needed:
        if name not in parts:
            raise FileError(f"the workbook is damaged: it must have a part {name}, got none")
    return parts


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A workbook of these parts, in their order; equal parts give equal bytes."""
    stream = BytesIO()
    with DatelessArchive(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
