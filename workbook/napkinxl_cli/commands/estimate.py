"""`napkinxl estimate`: the answer on the screen, as JSON or as CSV, or a table in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import rich_click as click

from napkinxl import Estimate, InputError
from napkinxl.engine.number_text import cell_text
from napkinxl.formulas import HEADLINE, QUANTITIES, TEXT
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, progress, table, to_json, write
from napkinxl_cli.remarks import print_remarks
from napkinxl_cli.scenario_table import scenario_table, write_table
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_workbook.answers import answer_text

# Side by side, more columns than this do not fit 80 characters.
TABLE_COLUMNS = 2
LARGEST_TABLE = 20
LARGEST_JSON = 10_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print every input and quantity as JSON")
@click.option("--csv", "as_csv", is_flag=True, help="print one scenario a row: what it sets, then every quantity")
@click.option("--all", "show_all", is_flag=True, help="show every quantity, not only the main ones")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="write a table to this file, one scenario a row: .xlsx, .parquet, .csv or .json; with --json or --csv, what "
    "they print",
)
@scenario_options
def estimate(selection: ScenarioSelection, as_json: bool, as_csv: bool, show_all: bool, output: Path | None) -> None:
    """Estimate capacity, cost and margin for each scenario.

    FILE holds scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used. Options change every
    scenario.

    \b
    napkinxl estimate --gpu "H200 SXM" --model Qwen3-32B --context-tokens 20000
    napkinxl estimate scenarios.toml --preset calibrated --json
    napkinxl estimate scenarios.toml -o table.xlsx
    """
    if as_json and as_csv:
        raise InputError("choose --json or --csv, not both")
    names = list(QUANTITIES) if show_all else list(HEADLINE)
    if output and not (as_json or as_csv):
        write_table(selection, output, names)
    elif as_csv:
        write(scenario_table(selection), output)
    elif as_json:
        if len(selection.rows) > LARGEST_JSON:
            raise InputError(
                f"{len(selection.rows):,} scenarios are too many for JSON ({LARGEST_JSON:,} at most): use --csv"
            )
        write(to_json([item.to_dict() for item in _estimates(selection)]), output)
    else:
        _print_tables(selection, names)


def _estimates(selection: ScenarioSelection) -> Iterator[Estimate]:
    with progress() as bar:
        yield from bar.track(selection.estimates(), total=len(selection.rows), description="Estimating")


def _print_tables(selection: ScenarioSelection, names: Sequence[str]) -> None:
    if len(selection.rows) > LARGEST_TABLE:
        raise InputError(f"{len(selection.rows):,} scenarios are too many to print: add -o table.xlsx, --csv or --json")
    estimates = list(_estimates(selection))
    for start in range(0, len(estimates), TABLE_COLUMNS):
        _print_table(estimates[start : start + TABLE_COLUMNS], names)
    print_remarks(estimates, selection.catalog)


def _print_table(estimates: Sequence[Estimate], names: Sequence[str]) -> None:
    for item in estimates:
        console().print(answer_text(item), markup=False)
    columns = [("Quantity", False), ("Unit", False), *((item.scenario.name, True) for item in estimates)]
    table("", columns, _table_rows(estimates, names))


def _table_rows(estimates: Sequence[Estimate], names: Sequence[str]) -> Iterator[Sequence[str]]:
    topic = ""
    for name in names:
        quantity = QUANTITIES[name]
        if len(names) > len(HEADLINE) and quantity.topic != topic:
            topic = quantity.topic
            yield ()
            yield (topic.upper(), "", *("" for _ in estimates))
        unit = "" if quantity.unit == TEXT else quantity.unit
        yield (quantity.label, unit, *(cell_text(item[name], unit) for item in estimates))
