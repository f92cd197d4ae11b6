"""Where the results of a study go: to the screen as JSON or CSV, or into a file whose ending says which kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from napkinxl import Estimate, InputError
from napkinxl_cli.options import Command
from napkinxl_cli.output import announce, step_progress, to_json, write
from napkinxl_cli.products import shared_plan
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_cli.table_files import check_output, frame_text, write_frame
from napkinxl_workbook.export.formats import ENDINGS

if TYPE_CHECKING:
    from napkinxl.monthly_plan.plan import Plan

Row = Mapping[str, Any]


def output_options(workbook: str) -> Callable[[Command], Command]:
    """Give a command `--json`, `--csv` and `--output`; `workbook` says what a report holds."""

    def decorate(function: Command) -> Command:
        text = f"a file; its ending says what: .csv, .parquet, .json, or {', '.join(ENDINGS)} ({workbook})"
        function = click.option("--output", "-o", type=click.Path(path_type=Path), help=text)(function)
        function = click.option("--csv", "as_csv", is_flag=True, help="print as CSV")(function)
        return click.option("--json", "as_json", is_flag=True, help="print as JSON")(function)

    return decorate


def write_results(
    data: Mapping[str, Any],
    rows: Sequence[Row],
    selection: ScenarioSelection,
    estimates: Sequence[Estimate],
    *,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
    plan: Plan | None = None,
) -> bool:
    """Print or write results as the options say; False where none of them does.

    Parameters
    ----------
    data : mapping
        All results, for JSON.
    rows : sequence of mappings
        The results as a table, for CSV and Parquet.
    selection : ScenarioSelection
        The scenarios of the run.
    estimates : sequence of Estimate
        What they come to.
    as_json, as_csv : bool
        What to print.
    output : Path or None
        The file to write.
    plan : Plan, optional
        The plan by month of a workbook, by default that of the product, or of the first of alternatives.

    Raises
    ------
    InputError
        Two of the options are given, or the file's ending is none that is written.
    """
    if sum((as_json, as_csv, output is not None)) > 1:
        raise InputError("choose one of --json, --csv and --output")
    if as_json:
        write(to_json(json_data(data)), None)
    elif as_csv:
        write(frame_text(_frame(rows), ".csv"), None)
    elif output is not None:
        _write(output, data, rows, selection, estimates, plan)
    return as_json or as_csv or output is not None


def _write(
    output: Path,
    data: Mapping[str, Any],
    rows: Sequence[Row],
    selection: ScenarioSelection,
    estimates: Sequence[Estimate],
    plan: Plan | None,
) -> None:
    kind = check_output(output, *ENDINGS)
    if kind == ".json":
        write(to_json(json_data(data)), output)  # which says so
        return
    if kind in ENDINGS:
        from napkinxl_workbook.report import steps, write_report

        with step_progress("Report", steps()) as tell:
            write_report(
                output,
                estimates,
                selection.catalog,
                plan=plan or shared_plan(selection, estimates),
                progress=tell,
            )
    else:
        write_frame(_frame(rows), output)
    announce(output)


def _frame(rows: Sequence[Row]) -> Any:
    import pandas

    return pandas.DataFrame(list(rows))


def json_data(value: Any) -> Any:
    """Data for JSON: what has no answer is None."""
    if isinstance(value, Mapping):
        return {name: json_data(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_data(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
