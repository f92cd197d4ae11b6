"""What the commands print: tables that fit 80 columns, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from napkinxl_workbook.files.safe_files import write_bytes
from napkinxl_workbook.files.text_cells import csv_safe

LONGEST_HEADER_WORD = 12
WIDE = 10_000


def console() -> Console:
    """Where tables go; 80 columns where nobody watches, so that logs look the same everywhere."""
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False)


def error_console() -> Console:
    """Where warnings and progress go."""
    return Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A line of plain text, however long: a program that reads it finds it whole."""
    console().print(text, markup=False, soft_wrap=True)


def warn(text: str) -> None:
    """A warning on stderr."""
    error_console().print(Text(f"warning: {text}", style="yellow"), soft_wrap=True)


def table(title: str, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]], caption: str = "") -> None:
    """Print a table; `columns` are headers and whether they hold numbers. Cells are plain text, never markup.

    A number is never broken, nor cut: where the table is too wide, texts and headers are.
    """
    lines = list(rows)
    grid = Table(
        title=Text(title),
        caption=Text(caption) if caption else None,
        title_justify="left",
        caption_justify="left",
        header_style="bold",
    )
    for header, numeric in columns:
        grid.add_column(Text(header), justify="right" if numeric else "left", overflow="fold")
    for row in lines:
        if row:
            grid.add_row(*(Text(cell) for cell in row))
        else:
            grid.add_section()
    screen = console()
    if _width(grid) > screen.width:
        _narrow(grid, columns, lines)
        if all(numeric for _, numeric in columns) and _width(grid) > screen.width:
            grid.padding = (0, 1, 0, 0)  # no text that could be broken
    screen.print(grid, crop=False)


def _width(grid: Table) -> int:
    """How wide a table is where there is room."""
    return Console(width=WIDE).measure(grid).maximum


def _narrow(grid: Table, columns: Sequence[tuple[str, bool]], lines: Sequence[Sequence[str]]) -> None:
    """Make columns of numbers as wide as their longest number, or the longest word of a header that is not long."""
    for place, (header, numeric) in enumerate(columns):
        if numeric:
            word = max(map(cell_len, header.split()), default=0)
            number = max((cell_len(line[place]) for line in lines if line), default=0)
            grid.columns[place].width = max(number, min(word, LONGEST_HEADER_WORD))


def progress() -> Progress:
    """A progress bar on stderr, shown only to people."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=error_console(),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


@contextmanager
def step_progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar that is told the name of each step."""
    with progress() as bar:
        task = bar.add_task(what, total=total)
        yield lambda step: bar.update(task, advance=1, description=step)


def write(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file that is whole or not there at all."""
    if output is None:
        sys.stdout.write(text)
        return
    write_bytes(output, text.encode("utf-8"))
    announce(output)


def announce(output: Path) -> None:
    """Say which file was written."""
    error_console().print(Text(f"Wrote {output}"), soft_wrap=True)


def to_json(data: object) -> str:
    """Data as JSON, with null for "no answer"."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV; a text that a spreadsheet would read as a formula is defused, "no answer" is blank."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return stream.getvalue()


def _csv_cell(cell: object) -> object:
    if isinstance(cell, str):
        return csv_safe(cell)
    return "" if cell is None or cell != cell else cell
