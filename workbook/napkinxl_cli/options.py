"""Options that say what to compute: one per registered input, a file of scenarios, a team's own catalogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import rich_click as click

from napkinxl import default_scenarios
from napkinxl.apis.choice import API, DAY, PRICES, with_api_prices
from napkinxl.catalog import Catalog, built_in_catalog, load_catalog
from napkinxl.engine.inputs import OWNERS, CatalogTable
from napkinxl.errors import InputError
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import API_SOURCE, TEXT_FIELDS, TEXT_HELP
from napkinxl.public.files import read_file
from napkinxl.scenarios.files import Row, scenarios_from_rows
from napkinxl_cli.output import warn
from napkinxl_cli.selection import ScenarioSelection, multiplied, priced, selected

Command = Callable[..., Any]
# Fields that name a row of the catalog, and its table: another name leaves what a file says of the old one behind.
NAMED: dict[str, CatalogTable] = {"gpu": "gpus", "model": "models"}


def scenario_options(function: Command) -> Command:
    """Give a command a FILE of scenarios and an option per input; it receives `selection`."""

    def command(
        file: Path | None, catalog: Catalog, only: tuple[str, ...], times: tuple[str, ...], **options: Any
    ) -> Any:
        changes = {name: options.pop(name) for name in (*TEXT_FIELDS, API, DAY, *INPUTS)}
        given = {name: value for name, value in changes.items() if value is not None}
        # What is wrong with an option is no scenario's fault.
        alone = {name: value for name, value in given.items() if name != DAY or API in given}
        scenarios_from_rows([with_api_prices(alone)], catalog=catalog)
        selection = multiplied(selected(_chosen(file, given, catalog), only), times)
        return function(selection=priced(selection, warn), **options)

    wrapped: Command = update_wrapper(command, function)
    for item in reversed(INPUTS.values()):
        text = f"{item.label} [{item.unit}], {item.bounds}; default: {item.default_text}"
        panel = OWNERS[item.owner]
        wrapped = click.option(_flag(item.name), item.name, metavar="NUMBER", help=text, panel=panel)(wrapped)
    text = "the day of the prices of an API by name, as 2026-11-21; default: today"
    wrapped = click.option("--api-day", DAY, metavar="DATE", help=text, panel="Scenario")(wrapped)
    text = "an API as openai/gpt-5: its prices for the scenario's prompt, a day's mean (see: napkinxl apis)"
    wrapped = click.option("--api", metavar="TEXT", help=text, panel="Scenario")(wrapped)
    for name in reversed(TEXT_FIELDS):
        text = TEXT_HELP[name]
        text += f"; what a FILE says of its own {name} is left out then" if name in NAMED else ""
        wrapped = click.option(_flag(name), name, metavar="TEXT", help=text, panel="Scenario")(wrapped)
    text = "multiply an input in every scenario: requests_per_user_month=2 doubles the usage; may be repeated"
    wrapped = click.option("--times", multiple=True, metavar="INPUT=FACTOR", help=text, panel="Scenario")(wrapped)
    text = "look only at the scenario or plan of this name; may be repeated"
    wrapped = click.option("--only", multiple=True, metavar="NAME", help=text, panel="Scenario")(wrapped)
    wrapped = click.option_panel("Options")(catalog_option(wrapped, "Scenario"))  # a command's own, before all inputs
    return click.argument("file", required=False, type=click.Path(path_type=Path))(wrapped)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _chosen(file: Path | None, changes: Row, catalog: Catalog) -> ScenarioSelection:
    """The scenarios of the file, or the built-in ones; options change every one of them."""
    if file is None:
        api = {name: changes[name] for name in (API, DAY) if name in changes}
        scenarios = default_scenarios(**{name: value for name, value in changes.items() if name not in api})
        return ScenarioSelection([{**scenario.fields(), **api} for scenario in scenarios], catalog)
    if "name" in changes:
        raise InputError("--name names one scenario; a file names its own")
    found = read_file(file)
    if found.is_report:
        kind = f"{file.name} is a report or template"
        warn(f"{kind}: its blue cells are read; catalog figures are taken from the catalog anew")
    left_out = {name for named in NAMED if named in changes for name in _describing(named)}
    left_out.update((*PRICES, API_SOURCE) if API in changes else ())
    rows = [{name: value for name, value in row.items() if name not in left_out} for row in found.rows]
    numbered = [{"name": f"Scenario {number}", **row, **changes} for number, row in enumerate(rows, start=1)]
    if DAY in changes and any(API in row for row in numbered):  # the others' own prices have no day
        numbered = [{name: row[name] for name in row if name != DAY or API in row} for row in numbered]
    return ScenarioSelection(numbered, catalog, found)


def _describing(field: str) -> list[str]:
    """The inputs that describe a scenario's GPU or model."""
    return [item.name for item in INPUTS.values() if item.describes(field)]


def catalog_option(function: Command, panel: str | None = None) -> Command:
    """Give a command `--catalog`; it receives `catalog`."""

    def command(catalogs: tuple[Path, ...], **options: Any) -> Any:
        return function(catalog=load_catalog(catalogs) if catalogs else built_in_catalog(), **options)

    return click.option(
        "--catalog",
        "catalogs",
        multiple=True,
        type=click.Path(path_type=Path),
        panel=panel,
        help="a CSV file of your own GPUs, models or prices; may be repeated",
    )(update_wrapper(command, function))
