"""Puts the functions into a LibreOffice profile and takes them out again; everything else in it stays as it is."""

from __future__ import annotations

import contextlib
from pathlib import Path

from napkinxl.errors import FileError
from napkinxl_addin.calc.basic_module import MARK, MODULE, module_text
from napkinxl_addin.calc.library import LibraryError, lists_module, with_module, without_module
from napkinxl_addin.calc.profile import Profile
from napkinxl_addin.calc.script import script_text
from napkinxl_workbook.files.safe_files import write_bytes
from napkinxl_workbook.soffice import make_profile


def install(profile: Profile) -> bool:
    """Write the functions into a profile, or bring those in it up to date.

    Parameters
    ----------
    profile
        One that does not exist yet is made by starting LibreOffice once, without a window: files that are there
        before its first start would be overwritten by it.

    Returns
    -------
    bool
        Whether anything was changed.

    Raises
    ------
    FileError
        LibreOffice is running or not to be found, or a file cannot be written. The module is listed last: until then
        LibreOffice sees nothing new.
    """
    _refuse_running(profile)
    if not profile.library.exists():
        make_profile(profile)
    _refuse_foreign(profile)
    old = profile.library.read_bytes()
    try:
        listed = with_module(old)
    except LibraryError as error:
        raise FileError(f"cannot add a module to {profile.library}: {error}") from error
    changed = [
        _write(profile.script, script_text().encode("ascii")),
        _write(profile.module, module_text().encode()),
        _write(profile.library, listed),
    ]
    return any(changed)


def uninstall(profile: Profile) -> bool:
    """Take the functions out of a profile.

    Returns
    -------
    bool
        Whether anything of ours was there.

    Raises
    ------
    FileError
        LibreOffice is running, or a file cannot be changed.
    """
    _refuse_running(profile)
    _refuse_foreign(profile)
    library = profile.library.read_bytes() if profile.library.exists() else b""
    listed = lists_module(library)
    if listed:
        _write(profile.library, without_module(library))
    removed = [_remove(path) for path in (profile.module, profile.script)]
    for folder in (profile.script.parent, profile.script.parent.parent):
        with contextlib.suppress(OSError):  # not empty: the user has scripts too
            folder.rmdir()
    return listed or any(removed)


def _refuse_running(profile: Profile) -> None:
    if profile.lock.exists():
        remedy = f"close it and try again (or delete {profile.lock} if it is not running)"
        raise FileError(f"cannot change the LibreOffice profile {profile.root}: LibreOffice is running; {remedy}")


def _refuse_foreign(profile: Profile) -> None:
    for path in (profile.module, profile.script):
        if path.exists() and MARK.encode() not in path.read_bytes():
            raise FileError(f"{path} is not ours: rename that module ({MODULE}) or script, then try again")


def _write(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"cannot make the folder {path.parent}: {error.strerror}") from error
    write_bytes(path, content)
    return True


def _remove(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        path.unlink()
    except OSError as error:
        raise FileError(f"cannot delete {path}: {error.strerror}") from error
    return True
