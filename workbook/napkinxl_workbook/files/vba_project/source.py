"""The VBA project that the package xlwings ships for workbooks that need no add-in."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from napkinxl.errors import FileError

_WORKBOOK: Final = "quickstart_standalone.xlsm"
_PART: Final = "xl/vbaProject.bin"


def standalone_project() -> bytes:
    """Return the project: the xlwings client, and modules for a workbook with Sheet1 and Sheet2.

    xlwings is not imported: that starts its connections to Excel.

    Raises
    ------
    FileError
        xlwings is not installed, or lacks the workbook.
    """
    found = importlib.util.find_spec("xlwings")
    if found is None or not found.submodule_search_locations:
        raise FileError("cannot read the VBA project of xlwings: it is not installed; pip install xlwings")
    path = Path(found.submodule_search_locations[0]) / _WORKBOOK
    try:
        with ZipFile(path) as archive:
            return archive.read(_PART)
    except (OSError, BadZipFile, KeyError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise FileError(f"cannot read the VBA project of xlwings: {path} {reason}; install xlwings again") from error
