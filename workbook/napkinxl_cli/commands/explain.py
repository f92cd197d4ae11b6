"""`napkinxl explain`: how a number comes about."""

from __future__ import annotations

from dataclasses import replace

import rich_click as click

from napkinxl.input_table import INPUTS
from napkinxl.inputs import Input
from napkinxl.quantities import QUANTITIES, get_quantity
from napkinxl.scenario import TEXT_FIELDS, ScenarioBase
from napkinxl.tracing import number_text
from napkinxl_cli.options import Chosen, scenario_options
from napkinxl_cli.output import console


@click.command()
@click.argument("quantity")
@scenario_options
def explain(quantity: str, chosen: Chosen) -> None:
    """Show how a quantity comes about: its formula in names and in numbers, and the source.

    QUANTITY is the name of a quantity or an input; FILE may hold scenarios, of which the first is used.

    \b
    napkinxl explain kv_cache_gb
    napkinxl explain users_per_gpu --gpu H100 --model Qwen3-8B
    """
    name = quantity.strip().lower()
    estimate = next(replace(chosen, rows=chosen.rows[:1]).estimates())
    console().print(f"Scenario: {estimate.scenario.name}\n", markup=False)
    if name in TEXT_FIELDS:
        text = f"{name} = {getattr(estimate.scenario, name)}\n{ScenarioBase.model_fields[name].description}"
    elif name in INPUTS and name not in QUANTITIES:
        origin = estimate.in_use.origins[name]
        text = _describe(INPUTS[name], number_text(estimate[name]), origin)
    else:
        get_quantity(name)
        text = str(next(result for result in estimate if result.name == name).explanation)
    console().print(text, markup=False)


def _describe(item: Input, value: str, origin: str) -> str:
    lines = [
        f"{item.label} ({item.name})",
        f"An input: {item.bounds} {item.unit}; default: {item.default_text}.",
        f"  {item.name} = {value} {item.unit} ({origin})",
    ]
    remarks = {"Note": item.note, "Source": item.source}
    return "\n".join(lines + [f"{title}: {text}" for title, text in remarks.items() if text])
