"""The function EXPLAIN: how a number comes about, and in words why there is none; no host shows that of an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from napkinxl.engine.number_text import number_text
from napkinxl.errors import InputError
from napkinxl.formulas import TEXT, Quantity, evaluate, explain_values, get_quantity, needed_inputs
from napkinxl.inputs import INPUTS
from napkinxl.scenarios.presets import PRESETS, get_preset
from napkinxl_addin.arguments import CellOrRange, as_grid, read_name
from napkinxl_addin.cases import answer_cell
from napkinxl_addin.problems import Cell, Grid, Problem, bad_input
from napkinxl_addin.table_calls import one_case

# Inputs that say how far from the ceiling an engine runs: what depends on them has a measured error.
EFFICIENCIES = frozenset(name for preset in PRESETS.values() for name in preset.values)


def explain(given: Mapping[str, CellOrRange]) -> Grid:
    """How a quantity of one case comes about, as rows of title and text; what is wrong, where something is."""
    item = _quantity(given.get("quantity"))
    if isinstance(item, Problem):
        return [["Problem", item.reason]]
    case = one_case({name: argument for name, argument in given.items() if name != "quantity"})
    if isinstance(case, Problem):
        return [["Problem", case.reason]]
    values, preset = case
    return [[title, text] for title, text in _lines(item, evaluate(values), preset) if text != ""]


def _quantity(argument: CellOrRange) -> Quantity | Problem:
    grid = as_grid(argument)
    if len(grid) * len(grid[0]) > 1:
        return bad_input(f"quantity must be one cell here, got {len(grid)} x {len(grid[0])} cells")
    name = read_name("quantity", grid[0][0])
    if isinstance(name, Problem):
        return name
    if name is None:
        return bad_input("quantity must be the name of one, such as users_per_gpu; it is blank")
    try:
        return get_quantity(name.casefold())
    except InputError as error:
        return bad_input(error)


def _lines(item: Quantity, results: Mapping[str, Any], preset: str) -> Iterator[tuple[str, Cell]]:
    explanation, answer = explain_values(item.name, results), answer_cell(item.name, results[item.name])
    yield "Quantity", item.label
    yield "Meaning", explanation.summary
    yield "Formula", f"{item.name} = {explanation.formula}"
    yield "In numbers", f"{item.name} = {explanation.numbers}"
    yield "Value", answer
    yield "Unit", "" if item.unit == TEXT else item.unit
    yield "Problem", _missing_inputs(item, results) or answer.reason if isinstance(answer, Problem) else ""
    yield "Warning", _warning(item, results)
    yield "Preset", get_preset(preset).error_text if EFFICIENCIES & set(needed_inputs(item.name)) else ""
    yield "Note", " ".join(explanation.notes.split())
    yield "Source", explanation.source


def _missing_inputs(item: Quantity, results: Mapping[str, Any]) -> str:
    """Which inputs nobody gives."""
    unknown = [name for name in needed_inputs(item.name) if results[name] != results[name]]
    missing = [name for name in unknown if INPUTS[name].follows is None]  # others lack it because these do
    return f"not known: {', '.join(missing)}; give it in settings" if missing else ""


def _warning(item: Quantity, results: Mapping[str, Any]) -> str:
    context, longest = results["context_tokens"], results["max_context_tokens"]
    if "context_tokens" not in needed_inputs(item.name) or not context > longest:
        return ""
    return f"context_tokens {number_text(context)} is over the model's longest context of {number_text(longest)} tokens"
