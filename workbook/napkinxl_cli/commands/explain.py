"""`napkinxl explain`: how a number comes about."""

from __future__ import annotations

from dataclasses import replace

import rich_click as click

from napkinxl import Estimate, InputError
from napkinxl.catalog import RENT, Catalog
from napkinxl.engine.inputs import Input
from napkinxl.engine.number_text import number_text
from napkinxl.formulas import get_quantity
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import TEXT_FIELDS, TEXT_HELP
from napkinxl.scenarios.presets import get_preset
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console
from napkinxl_cli.selection import ScenarioSelection


@click.command()
@click.argument("quantity")
@scenario_options
def explain(quantity: str, selection: ScenarioSelection) -> None:
    """Show how a quantity comes about: its formula in names and in numbers, and the source.

    QUANTITY is the name of a quantity or an input; FILE may hold scenarios, of which the first is used.

    \b
    napkinxl explain kv_cache_gb
    napkinxl explain users_per_gpu --gpu H100 --model Qwen3-8B
    """
    name = quantity.strip().lower()
    if name not in (*TEXT_FIELDS, *INPUTS):
        _refuse_rows_of_the_plan(name)
        get_quantity(name)
    estimate = next(replace(selection, rows=selection.rows[:1]).estimates())
    scenario = estimate.scenario
    case = f"{scenario.model} on {number_text(estimate['gpus_per_replica'])} x {scenario.gpu}, {scenario.preset} preset"
    console().print(f"Scenario {scenario.name!r}: {case}\n", markup=False)
    if name in TEXT_FIELDS:
        console().print(f"{name} = {getattr(scenario, name)}\n{TEXT_HELP[name]}", markup=False)
    elif name in INPUTS:
        console().print(_describe(INPUTS[name], estimate, selection.catalog), markup=False)
    else:
        result = next(result for result in estimate if result.name == name)
        console().print(str(result.explanation), markup=False)
        if result.value != result.value:
            _say_why(estimate)


def _describe(item: Input, estimate: Estimate, catalog: Catalog) -> str:
    origin = estimate.in_use.origins[item.name]
    lines = [
        f"{item.label} ({item.name})",
        f"An input: {item.bounds} {item.unit}; default: {item.default_text}.",
        f"  {item.name} = {number_text(estimate[item.name])} {item.unit} ({origin})",
    ]
    remarks = {"Note": item.note, "Source": _source(item, estimate, catalog)}
    return "\n".join(lines + [f"{title}: {text}" for title, text in remarks.items() if text])


def _source(item: Input, estimate: Estimate, catalog: Catalog) -> str:
    """The source of the value in use, not of the default that it may replace."""
    scenario, origin = estimate.scenario, estimate.in_use.origins[item.name]
    if origin == "scenario":
        return "the scenario's own"
    if origin == scenario.api_source:
        return origin
    if origin.endswith(" preset"):
        return get_preset(scenario.preset).source
    if origin.startswith("catalog"):
        row = catalog.gpu(scenario.gpu) if item.catalog == "gpus" else catalog.model(scenario.model)
        price = catalog.rent_price(row.name) if item.name == RENT else None
        return price.source if price else f"{row.source}, checked {row.checked}"
    return item.source


def _say_why(estimate: Estimate) -> None:
    """Why there is no answer."""
    if estimate.fit and not estimate.fit.fits:
        console().print(f"No answer, because it {estimate.fit}.", markup=False)
    for warning in estimate.warnings:
        console().print(f"No answer, perhaps because {warning}.", markup=False)


def _refuse_rows_of_the_plan(name: str) -> None:
    from napkinxl.formulas.plan import MONTHLY, OVER_PLAN

    if name in MONTHLY or name in OVER_PLAN:
        raise InputError(
            f"{name} belongs to a plan by month: napkinxl plan works it out, docs/fleet.md and the sheet Monthly plan "
            "have its formula"
        )
