"""Replacing a file at one stroke: a reader sees the old file or the new one, never a part of it."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from napkinxl.errors import FileError
from napkinxl_workbook.files.office_locks import office_lock

_ANY_WRITE_BIT: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def replace_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside the old one, then put it in the old one's place.

    Parameters
    ----------
    path
        The file to make or replace; a symbolic link is followed. It keeps its permissions; a new file gets
        those that the umask leaves.
    write
        Writes the whole content to the stream that it is given. What it raises passes through, except
        `OSError`, which becomes a `FileError`.

    Raises
    ------
    FileError
        The file cannot be written. Whatever was there before is untouched and nothing is left beside it.
    """
    try:
        target = Path(os.path.realpath(path))
        _refuse_unwritable(path, target)
        _write_and_swap(path, target, write)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(path, reason, "mend that and try again (nothing was changed)") from error


def write_bytes(path: Path, content: bytes) -> None:
    """Put bytes into a file at one stroke; see `replace_file`."""

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    replace_file(path, write)


def refuse_unwritable(path: Path) -> None:
    """Refuse before long work what `replace_file` would refuse after it.

    Raises:
        FileError: the file cannot be written.
    """
    _refuse_unwritable(path, Path(os.path.realpath(path)))


def _refusal(path: Path, reason: str, remedy: str) -> FileError:
    return FileError(f"cannot write {path}: {reason}; {remedy}")


def _refuse_unwritable(path: Path, target: Path) -> None:
    if target.is_dir():
        raise _refusal(path, "it is a folder", "give the name of a file in it")
    _refuse_unwritable_folder(path, target.parent)
    if not target.exists():
        return
    if not target.is_file():
        raise _refusal(path, "it is not an ordinary file", "give another name")
    # The bits are asked too: root may write anything, and a file marked read-only is meant to stay.
    if not target.stat().st_mode & _ANY_WRITE_BIT or not os.access(target, os.W_OK):
        raise _refusal(path, "the file is read-only", "allow writing to it or give another name")
    lock = office_lock(target)
    if lock is not None:
        remedy = f"close it there (or delete {lock.path.name} if nobody has it open)"
        raise _refusal(path, f"it is open in {lock.program} by {lock.owner}", remedy)


def _refuse_unwritable_folder(path: Path, folder: Path) -> None:
    if not folder.exists():
        raise _refusal(path, f"the folder {folder} does not exist", "make it first or give another one")
    if not folder.is_dir():
        raise _refusal(path, f"{folder} is a file, not a folder", "give another folder")
    # Windows shows ordinary folders such as Documents as read-only, so their bits mean nothing there.
    marked = os.name == "posix" and not folder.stat().st_mode & _ANY_WRITE_BIT
    if marked or not os.access(folder, os.W_OK | os.X_OK):
        raise _refusal(path, f"the folder {folder} is read-only", "allow writing to it or give another one")


def _write_and_swap(path: Path, target: Path, write: Callable[[BinaryIO], None]) -> None:
    draft = target.with_name(f".napkinxl-{secrets.token_hex(8)}.tmp")
    try:
        # Mode "x" fails on a name that exists and leaves the permissions of a new file to the umask.
        with draft.open("xb") as stream:
            if target.exists():
                # Before the content: a private file's successor is never readable by others, not for a moment.
                draft.chmod(stat.S_IMODE(target.stat().st_mode) & 0o777)
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        try:
            draft.replace(target)
        except PermissionError as error:
            # Windows refuses to replace a file that a program holds open.
            raise _refusal(path, "it is open in another program", "close it there and try again") from error
    finally:
        draft.unlink(missing_ok=True)
