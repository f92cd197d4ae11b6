"""The small files by which Excel and LibreOffice show that they have a workbook open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

UNKNOWN_OWNER: Final = "another user"

# Excel's owner file: a length byte, 54 bytes of name in the local code page, then the same in UTF-16.
_WIDE_LENGTH_AT: Final = 55
_WIDE_NAME_AT: Final = 57


class OfficeLock(NamedTuple):
    """Who has a file open, in which program, and the lock file that says so."""

    program: str
    owner: str
    path: Path


def office_lock(path: Path) -> OfficeLock | None:
    """Return the lock on a workbook, or None when no program shows one.

    Parameters
    ----------
    path
        The workbook. A lock file may outlive a program that crashed; only a person can tell.
    """
    excel = path.with_name(f"~${path.name}")
    if os.path.exists(excel):  # False, unlike Path.exists, when the longer name is too long
        return OfficeLock("Excel", _excel_owner(_content(excel)), excel)
    libreoffice = path.with_name(f".~lock.{path.name}#")
    if os.path.exists(libreoffice):
        return OfficeLock("LibreOffice", _libreoffice_owner(_content(libreoffice)), libreoffice)
    return None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # Excel on Windows shares it with nobody; that it exists is enough
        return b""


def _excel_owner(content: bytes) -> str:
    if len(content) > _WIDE_LENGTH_AT:
        length = 2 * content[_WIDE_LENGTH_AT]
        name = content[_WIDE_NAME_AT : _WIDE_NAME_AT + length].decode("utf-16-le", errors="ignore")
    else:
        length = content[0] if content else 0
        name = content[1 : 1 + length].decode("latin-1")
    return _printable(name)


def _libreoffice_owner(content: bytes) -> str:
    # "full name,login,host,time,profile;" with the first two possibly empty
    fields = content.decode("utf-8", errors="ignore").split(",")
    return _printable(next((field for field in fields[:2] if field.strip()), ""))


def _printable(name: str) -> str:
    # One line of a message is made from it, whatever bytes the file held.
    return "".join(letter for letter in name if letter.isprintable()).strip() or UNKNOWN_OWNER
