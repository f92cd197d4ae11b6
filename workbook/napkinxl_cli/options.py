"""Options that say what to compute: one per registered input, a file of scenarios, a team's own catalogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import rich_click as click

from napkinxl import Scenario, default_scenarios
from napkinxl.catalog import Catalog, built_in_catalog, load_catalog
from napkinxl.errors import InputError, NapkinError
from napkinxl.input_table import INPUTS
from napkinxl.inputs import OWNERS
from napkinxl.scenario import TEXT_FIELDS, ScenarioBase

Command = Callable[..., Any]


def scenario_options(function: Command) -> Command:
    """Give a command a FILE of scenarios and an option per input; it receives `scenarios` and `catalog`."""

    def command(file: Path | None, catalogs: tuple[Path, ...], **options: Any) -> Any:
        changes = {name: options.pop(name) for name in (*TEXT_FIELDS, *INPUTS)}
        given = {name: value for name, value in changes.items() if value is not None}
        catalog = load_catalog(catalogs) if catalogs else built_in_catalog()
        return function(rows=_rows(file, given), catalog=catalog, **options)

    wrapped: Command = update_wrapper(command, function)
    for item in reversed(INPUTS.values()):
        text = f"{item.label} [{item.unit}], {item.bounds}; default: {item.default_text}"
        panel = OWNERS[item.owner]
        wrapped = click.option(_flag(item.name), item.name, metavar="NUMBER", help=text, panel=panel)(wrapped)
    for name in reversed(TEXT_FIELDS):
        text = str(ScenarioBase.model_fields[name].description)
        wrapped = click.option(_flag(name), name, metavar="TEXT", help=text, panel="Scenario")(wrapped)
    wrapped = click.option("--catalog", "catalogs", multiple=True, type=click.Path(path_type=Path), panel="Scenario",
                           help="a CSV file of your own GPUs, models or prices; may be repeated")(wrapped)  # fmt: skip
    return click.argument("file", required=False, type=click.Path(path_type=Path))(wrapped)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _rows(file: Path | None, changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Scenarios as rows of fields: those of the file, or the built-in ones; options change every one of them."""
    if file is None:
        return [scenario.model_dump(exclude_unset=True) for scenario in default_scenarios(**changes)]
    from napkinxl_workbook.scenario_workbooks import read_rows

    if "name" in changes:
        raise InputError("--name names one scenario; a file names its own")
    rows = read_rows(file)
    return [{"name": f"Scenario {number}", **row, **changes} for number, row in enumerate(rows, start=1)]


def checked(rows: list[dict[str, Any]]) -> list[Scenario]:
    """The rows as scenarios.

    Raises:
        InputError: a field or value is wrong; the message has the scenario's number where there are several.
    """
    scenarios = []
    for number, row in enumerate(rows, start=1):
        try:
            scenarios.append(Scenario(**row))
        except NapkinError as error:
            place = f"scenario {number}: " if len(rows) > 1 and number > 1 else ""
            raise InputError(f"{place}{error}") from None
    return scenarios


def catalog_option(function: Command) -> Command:
    """Give a command `--catalog`; it receives `catalog`."""

    def command(catalogs: tuple[Path, ...], **options: Any) -> Any:
        catalog: Catalog = load_catalog(catalogs) if catalogs else built_in_catalog()
        return function(catalog=catalog, **options)

    return click.option("--catalog", "catalogs", multiple=True, type=click.Path(path_type=Path),
                        help="a CSV file of your own GPUs, models or prices; may be repeated",
                        )(update_wrapper(command, function))  # fmt: skip
