"""Many scenarios as a table: one a row, what it sets itself and then its quantities, computed column-wise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import napkinxl
from napkinxl import InputError
from napkinxl_cli.output import announce, progress, to_csv
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_cli.table_files import check_output, write_frame

if TYPE_CHECKING:
    import pandas
    from rich.progress import Progress

WORKBOOK = ".xlsx"


def scenario_table(selection: ScenarioSelection) -> str:
    """The CSV text with every quantity; its columns up to the first one are a file of the same scenarios.

    Raises:
        InputError: a field or value is wrong; the message says in which scenario, and in which file.
    """
    with _errors_placed(selection), progress() as bar:
        table = _table(selection, None, _progress_of(bar, "Estimating", selection))
        columns = [table[name].tolist() for name in table]
        lines = bar.track(zip(*columns, strict=True), total=len(table), description="Writing")
        return to_csv(list(table.columns), lines)


def check_table(selection: ScenarioSelection, output: Path) -> None:
    """Refuse before any work what `write_table` would refuse after it.

    Raises:
        InputError: the name of the output has no ending that is written, or a sheet cannot hold so many rows.
        FileError: the file cannot be written.
    """
    if check_output(output, WORKBOOK) == WORKBOOK:
        from napkinxl_workbook.table.build import refuse_too_many_rows

        refuse_too_many_rows(len(selection.rows), output, selection.source or "FILE")


def write_table(selection: ScenarioSelection, output: Path, quantities: Sequence[str]) -> None:
    """Write the table with these quantities as .xlsx, .parquet, .csv or .json, after the ending of the name.

    Raises:
        InputError: as `check_table`, and where a field or value is wrong.
        FileError: the file cannot be written; an old one is as it was.
    """
    check_table(selection, output)
    with _errors_placed(selection), progress() as bar:
        if output.suffix.lower() == WORKBOOK:
            from napkinxl import write_scenario_table

            tell = _progress_of(bar, "Writing", selection)
            write_scenario_table(output, _frame(selection), selection.catalog, quantities, progress=tell)
        else:
            tell = _progress_of(bar, "Estimating", selection)
            write_frame(_table(selection, quantities, tell), output)
    announce(output)


@contextmanager
def _errors_placed(selection: ScenarioSelection) -> Iterator[None]:
    """Say in which scenario, and in which file, something is wrong."""
    try:
        yield
    except InputError as error:
        selection.scenarios()  # one by one: slower, with the scenario's place in the message
        number, _, text = str(error).removeprefix("row ").partition(": ")  # values that contradict each other
        raise InputError(f"{selection.place(int(number))}{text}" if number.isdecimal() else str(error)) from None


def _table(
    selection: ScenarioSelection, quantities: Sequence[str] | None, tell: Callable[[int], None]
) -> pandas.DataFrame:
    import pandas

    from napkinxl.estimates.given_frames import given_frame

    given = given_frame(_frame(selection), selection.catalog)
    found = napkinxl.estimate_frame(given, selection.catalog, quantities, tell)
    return pandas.concat([given, found], axis="columns")


def _frame(selection: ScenarioSelection) -> pandas.DataFrame:
    import pandas

    fields = dict.fromkeys(name for row in selection.rows for name in row)
    return pandas.DataFrame({name: [row.get(name) for row in selection.rows] for name in fields})


def _progress_of(bar: Progress, what: str, selection: ScenarioSelection) -> Callable[[int], None]:
    task = bar.add_task(what, total=len(selection.rows))
    return lambda done: bar.update(task, completed=done)
