"""`napkinxl estimate`: the answer on the screen, as JSON or as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rich_click as click

import napkinxl
from napkinxl import Estimate, InputError
from napkinxl.catalog import Catalog
from napkinxl.headline import HEADLINE
from napkinxl.presets import get_preset
from napkinxl.quantities import QUANTITIES, TEXT
from napkinxl.scenario import GIVEN_IN_FULL, TEXT_FIELDS, Scenario
from napkinxl.tracing import number_text
from napkinxl_cli.options import checked, scenario_options
from napkinxl_cli.output import console, progress, table, to_csv, to_json, warn, write
from napkinxl_workbook.sheets.answers import answer_text

# Side by side, more columns than this do not fit 80 characters.
TABLE_COLUMNS = 2
LARGEST_TABLE = 20
LARGEST_JSON = 10_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print every input and quantity as JSON")
@click.option("--csv", "as_csv", is_flag=True, help="print one scenario a row, every quantity a column")
@click.option("--all", "show_all", is_flag=True, help="show every quantity, not only the main ones")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="write JSON or CSV to this file")
@scenario_options
def estimate(
    rows: list[dict[str, Any]], catalog: Catalog, as_json: bool, as_csv: bool, show_all: bool, output: Path | None
) -> None:
    """Print what a scenario comes to.

    FILE holds scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used. Options change every
    scenario.

    \b
    napkinxl estimate --gpu "H200 SXM" --model Qwen3-32B --context-tokens 20000
    napkinxl estimate scenarios.toml --preset calibrated --json
    """
    if as_json and as_csv:
        raise InputError("choose --json or --csv, not both")
    if output and not (as_json or as_csv):
        raise InputError("--output writes JSON or CSV: add --json or --csv (for a workbook: napkinxl report)")
    if as_csv:
        write(_csv(rows, catalog), output)
    elif as_json:
        if len(rows) > LARGEST_JSON:
            raise InputError(f"{len(rows):,} scenarios are too many for JSON ({LARGEST_JSON:,} at most): use --csv")
        write(to_json([item.to_dict() for item in _estimates(rows, catalog)]), output)
    else:
        _print_tables(rows, catalog, list(QUANTITIES) if show_all else list(HEADLINE))


def _estimates(rows: list[dict[str, Any]], catalog: Catalog) -> Iterator[Estimate]:
    with progress() as bar:
        for scenario in bar.track(checked(rows), description="Estimating"):
            yield napkinxl.estimate(scenario, catalog)


def _csv(rows: list[dict[str, Any]], catalog: Catalog) -> str:
    """All scenarios at once, column-wise."""
    import pandas

    frame = pandas.DataFrame(rows)
    default = Scenario()
    for field in TEXT_FIELDS:
        column = frame[field] if field in frame else pandas.Series([None] * len(frame))
        frame[field] = column.fillna(getattr(default, field))
    frame["gpu"] = [name if name == GIVEN_IN_FULL else catalog.gpu(name).name for name in frame["gpu"]]
    frame["model"] = [name if name == GIVEN_IN_FULL else catalog.model(name).name for name in frame["model"]]
    with progress() as bar:
        task = bar.add_task("Estimating", total=len(frame))
        found = napkinxl.estimate_frame(frame, catalog, progress=lambda done: bar.update(task, completed=done))
        columns = [*(frame[field].tolist() for field in TEXT_FIELDS), *(found[name].tolist() for name in found)]
        lines = bar.track(zip(*columns, strict=True), total=len(frame), description="Writing")
        return to_csv([*TEXT_FIELDS, *found.columns], lines)


def _print_tables(rows: list[dict[str, Any]], catalog: Catalog, names: Sequence[str]) -> None:
    if len(rows) > LARGEST_TABLE:
        raise InputError(f"{len(rows):,} scenarios are too many to print as tables: add --csv or --json")
    estimates = list(_estimates(rows, catalog))
    for start in range(0, len(estimates), TABLE_COLUMNS):
        _print_table(estimates[start : start + TABLE_COLUMNS], names)
    for item in estimates:
        if item.fit and not item.fit.fits:
            console().print(f"{item.scenario.name}: {item.fit.remedy}.", markup=False)
        for warning in item.warnings:
            warn(f"{item.scenario.name}: {warning}")
    for preset in dict.fromkeys(item.scenario.preset for item in estimates):
        console().print(get_preset(preset).error_text, markup=False)


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
        yield (quantity.label, unit, *(_cell(item[name], unit) for item in estimates))


def _cell(value: object, unit: str) -> str:
    if unit == "share" and isinstance(value, float) and value == value:
        return f"{value:.1%}"
    if unit.startswith("USD") and isinstance(value, float) and value == value and value >= 0.1:
        return f"{value:,.2f}"
    return number_text(value)
