"""Workbooks that people give: opened within bounds, and what is wrong with one said in a line."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from napkinxl.errors import FileError, unreadable

# A file of scenarios is small; one that unfolds to more than this is no such file.
LARGEST_UNFOLDED_BYTES: Final = 256 * 1024**2


@contextmanager
def opened_workbook(path: Path, *, values: bool) -> Iterator[Workbook]:
    """A workbook to read row by row: the values of its cells, or their formulas.

    Raises:
        FileError: it cannot be read, or unfolds to far more than a workbook of ours.
    """
    try:
        _refuse_bomb(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts it does not read; cells are all we need
            workbook = load_workbook(path, read_only=True, data_only=values)
        try:
            yield workbook
        finally:
            workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise FileError(f"{path} is not a workbook that can be read: {error}") from None
    except OSError as error:
        raise unreadable(path, error) from None


@contextmanager
def opened_archive(path: Path) -> Iterator[ZipFile]:
    """The parts of a workbook to read as they are.

    Raises:
        FileError: it cannot be read or is no workbook.
    """
    try:
        with ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise unreadable(path, error) from None
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileError(f"{path} is no workbook that can be read: {error}") from None


def _refuse_bomb(path: Path) -> None:
    with ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST_UNFOLDED_BYTES:
        raise FileError(f"{path} unfolds to {size / 1024**2:,.0f} MiB; scenarios need no more than 256")
