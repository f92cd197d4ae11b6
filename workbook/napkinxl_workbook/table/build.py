"""Writing the scenario table: one scenario a row, estimated and written block by block."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy
import pandas

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.errors import InputError
from napkinxl.estimates.frames import estimate_blocks
from napkinxl.estimates.given_frames import given_frame
from napkinxl.formulas import HEADLINE, get_quantity
from napkinxl.inputs.choices import TEXT_FIELDS
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.dateless_archive import DatelessArchive
from napkinxl_workbook.files.safe_files import refuse_unwritable, replace_file
from napkinxl_workbook.files.streamed_sheet import StreamedBookWriter, StreamedRows, TableCell, Value
from napkinxl_workbook.table.columns import FIRST_ROW, TableColumn, given_column, quantity_column, shown_length
from napkinxl_workbook.table.sheet import add_sheet, cell_styles, write_about

MOST_ROWS_OF_SHEET = 1_048_576  # Excel's
MOST_ROWS = MOST_ROWS_OF_SHEET - FIRST_ROW + 1
ROWS_AT_A_TIME = 250  # rows that are Python's numbers at a time: a tenth of a second


def write_scenario_table(
    path: str | Path,
    frame: pandas.DataFrame,
    catalog: Catalog | None = None,
    quantities: Iterable[str] = HEADLINE,
    created: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Path:
    """Write a workbook with one scenario a row: what it sets, then its quantities as values.

    Parameters
    ----------
    path : str or Path
        The .xlsx file to make or replace; on any failure the old file stays as it was.
    frame : pandas.DataFrame
        One scenario a row, as `napkinxl.estimate_frame` takes it.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    quantities : iterable of str, optional
        Which quantities to write; by default the main ones.
    created : datetime, optional
        The moment written into the file; by default now.
    progress : callable, optional
        Called now and then with the number of rows written.

    Raises
    ------
    InputError
        A sheet cannot hold so many rows, the path does not end in .xlsx, or a scenario is wrong: the message names
        the row.
    FileError
        The file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise InputError(f"the name of a scenario table must end in .xlsx, got {path.name!r}")
    refuse_too_many_rows(len(frame), path)
    refuse_unwritable(path)
    catalog = catalog or built_in_catalog()
    table = _Table(given_frame(frame, catalog), catalog, [get_quantity(name).name for name in quantities])
    table.write(path, created or datetime.now(UTC), progress or _no_progress)
    return path


def refuse_too_many_rows(rows: int, path: Path, source: str = "FILE") -> None:
    """Refuse more scenarios than a sheet holds, and none at all; `source` is the file that they come from.

    Raises:
        InputError: the message names the other kinds of file.
    """
    if rows > MOST_ROWS:
        instead = f"napkinxl estimate {source} -o {path.with_suffix('.parquet').name}"
        raise InputError(
            f"an .xlsx sheet holds {MOST_ROWS:,} scenarios, got {rows:,}: write .parquet or .csv instead ({instead})"
        )
    if not rows:
        raise InputError("a scenario table needs at least one scenario, got none")


@dataclass(frozen=True)
class _Table:
    """What the scenarios set, and which quantities follow."""

    given: pandas.DataFrame
    catalog: Catalog
    quantities: list[str]

    def write(self, path: Path, created: datetime, progress: Callable[[int], None]) -> None:
        columns = [*map(given_column, self.given.columns), *map(quantity_column, self.quantities)]
        lengths = self._lengths(columns)
        book = Book()
        sheet = add_sheet(book, columns, [column.width(lengths[column.name]) for column in columns], len(self.given))
        write_about(book, columns, len(self.given), created)
        book.finish(book.workbook.sheetnames)
        book.describe("LLM inference unit economics: scenarios", created)
        cells = [TableCell(place, cell_styles(sheet, column)) for place, column in enumerate(columns, start=1)]
        characters = sum(int(self.given[name].str.len().sum()) for name in self.given if name in TEXT_FIELDS)
        rows = StreamedRows(cells, self._values(progress), FIRST_ROW, len(self.given), characters)

        def put(stream: BinaryIO) -> None:
            with DatelessArchive(stream, "w") as archive:
                StreamedBookWriter(book.workbook, archive, created, sheet, rows).save()

        replace_file(path, put)

    def _blocks(self) -> Iterator[tuple[pandas.DataFrame, pandas.DataFrame]]:
        start = 0
        for found in estimate_blocks(self.given, self.catalog, self.quantities):
            yield self.given.iloc[start : start + len(found)], found
            start += len(found)

    def _lengths(self, columns: Sequence[TableColumn]) -> dict[str, float]:
        """How long the longest content of each column is; on the way every row is checked, before any is written."""
        lengths: dict[str, float] = {column.name: 0 for column in columns}
        for block in self._blocks():
            for part in block:
                for column in columns:
                    if column.name in part:
                        longest = _longest(part[column.name], column)
                        lengths[column.name] = max(lengths[column.name], longest)
        return lengths

    def _values(self, progress: Callable[[int], None]) -> Iterator[Sequence[Value]]:
        done = 0
        for given, found in self._blocks():
            for start in range(0, len(found), ROWS_AT_A_TIME):
                few = slice(start, start + ROWS_AT_A_TIME)
                results = [found[name].iloc[few].tolist() for name in found]
                yield from zip(*(_given_cells(given[name].iloc[few]) for name in given), *results, strict=True)
                done += len(results[0])
                progress(done)


def _given_cells(column: pandas.Series) -> list[Value]:
    """What rows set; a blank where they set nothing."""
    cells: list[Value] = column.astype(object).where(column.notna(), None).tolist()
    return cells


def _longest(values: pandas.Series, column: TableColumn) -> int:
    if column.is_text:
        return max((len(str(text)) for text in values.unique()), default=0)
    numbers = values.to_numpy(dtype=float)
    finite = numbers[numpy.isfinite(numbers)]
    extremes: list[Any] = [finite.min(), finite.max()] if finite.size else [math.nan]
    forms = {column.number_format, column.small_format}
    return max(shown_length(number, form) for number in extremes for form in forms)


def _no_progress(_rows: int) -> None:
    """Progress that nobody watches."""
