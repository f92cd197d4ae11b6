"""Saving a workbook with the value of every formula, so that it shows its figures without being calculated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.utils import rows_from_range
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from napkinxl.errors import InputError
from napkinxl_workbook.files.dateless_archive import DatelessArchive
from napkinxl_workbook.files.safe_files import replace_file
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.files.stored_values import CellValue, StoredValue, stored_value
from napkinxl_workbook.files.workbook_writer import BookWriter


def write_workbook(
    workbook: Workbook,
    target: str | Path | BinaryIO,
    values: Mapping[CellKey, CellValue],
    *,
    created: datetime,
) -> None:
    """Write a workbook whose formulas carry their values; the same input gives the same bytes.

    Parameters
    ----------
    workbook
        A workbook built in this process (not loaded from a file, not write-only).
    target
        A path that ends in ``.xlsx``, replaced at one stroke, or a stream open for writing bytes.
    values
        The value of each formula cell by sheet title and coordinate: ``("Calc", "B3")``, and of each cell that an
        array formula fills. None and NaN are stored as the error ``#N/A``, an infinity as ``#NUM!``, a text such as
        ``#DIV/0!`` as that error. Values of cells that hold no formula are ignored.
    created
        The moment written into the file as both created and modified; without a time zone it counts as UTC.

    Raises
    ------
    InputError
        A formula cell has no value, or the workbook holds something that this writer cannot store; nothing is
        written.
    FileError
        The path cannot be written.
    """
    _refuse_unsupported(workbook)
    stored = dict(_stored_values(workbook, values))
    if isinstance(target, str | Path) and Path(target).suffix.lower() != ".xlsx":
        raise InputError(f"a workbook's name must end in .xlsx, got {Path(target).name!r}")
    # All in memory first: a stream receives a whole workbook or nothing.
    content = BytesIO()
    with DatelessArchive(content, "w") as archive:
        BookWriter(workbook, archive, values, stored, created).save()
    if isinstance(target, str | Path):
        replace_file(Path(target), lambda stream: _put(content, stream))
    else:
        _put(content, target)


def _put(content: BytesIO, stream: BinaryIO) -> None:
    stream.write(content.getbuffer())


def _refuse_unsupported(workbook: Workbook) -> None:
    if workbook.write_only:
        raise InputError("a write-only workbook cannot be stored with values: make it with openpyxl.Workbook()")
    private: Any = workbook  # the stubs leave these out
    if private.vba_archive is not None or private._external_links or len(private.custom_doc_props):
        raise InputError("a workbook with macros, links to other workbooks or custom properties cannot be stored")


def _stored_values(workbook: Workbook, values: Mapping[CellKey, CellValue]) -> Iterator[tuple[CellKey, StoredValue]]:
    missing: list[str] = []
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type != "f":
                continue
            for coordinate in _filled_cells(cell.value, cell.coordinate, sheet.title):
                key, where = (sheet.title, coordinate), f"{sheet.title}!{coordinate}"
                if key in values:
                    yield key, stored_value(values[key], where)
                else:
                    missing.append(where)
    if missing:
        others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise InputError(f"every formula cell must have a value, got none for {missing[0]}{others}")


def _filled_cells(formula: object, coordinate: str, title: str) -> Iterator[str]:
    """The cells whose values come from a formula: its own, and those that an array formula fills."""
    if isinstance(formula, DataTableFormula):
        where = f"{title}!{coordinate}"
        raise InputError(f"a what-if data table cannot be stored with values: use plain formulas, got one in {where}")
    if not isinstance(formula, ArrayFormula):
        yield coordinate
        return
    for row in rows_from_range(formula.ref):
        yield from row
