"""The functions that spill a table: NAPKIN, EXPLAIN and PUBLISHED."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.choices import DEFAULT_CHOICES
from napkinxl.errors import InputError
from napkinxl.evaluation import evaluate
from napkinxl.evidence.published import published_figures
from napkinxl.input_table import INPUTS
from napkinxl.quantities import QUANTITIES, TEXT, get_quantity
from napkinxl.tracing import explain_values
from napkinxl_addin.arguments import CellOrRange, as_grid, read_fixed, read_name
from napkinxl_addin.cases import answer_cell, values_of
from napkinxl_addin.problems import Cell, Grid, Problem, bad_input


def napkin(given: Mapping[str, CellOrRange]) -> Grid | Problem:
    """The whole pipeline of one case: label, value, unit and name of every quantity, below a header."""
    values = _one_case(given)
    if isinstance(values, Problem):
        return values
    results = evaluate(values)
    rows: Grid = [["Quantity", "Value", "Unit", "Name"]]
    for item in QUANTITIES.values():
        unit = "" if item.unit == TEXT else item.unit
        rows.append([item.label, answer_cell(item.name, results[item.name]), unit, item.name])
    return rows


def explain(given: Mapping[str, CellOrRange]) -> Grid | Problem:
    """How a quantity of one case comes about, in words and in numbers; and why, where there is no answer."""
    cell = as_grid(given.get("quantity"))[0][0]
    name = read_name("quantity", cell)
    if isinstance(name, Problem):
        return name
    if name is None:
        return bad_input("quantity must be the name of one, such as users_per_gpu; it is blank")
    try:
        item = get_quantity(name.casefold())
    except InputError as error:
        return bad_input(error)
    values = _one_case({key: argument for key, argument in given.items() if key != "quantity"})
    if isinstance(values, Problem):
        # The reason stands in the cell: not every host shows that of an error.
        return [["Problem", values.reason]]
    results = evaluate(values)
    explanation = explain_values(item.name, results)
    answer = answer_cell(item.name, results[item.name])
    lines: list[tuple[str, Cell]] = [
        ("Quantity", item.label),
        ("Meaning", explanation.summary),
        ("Formula", f"{item.name} = {explanation.formula}"),
        ("In numbers", f"{item.name} = {explanation.numbers}"),
        ("Value", answer),
        ("Unit", "" if item.unit == TEXT else item.unit),
        ("Problem", answer.reason if isinstance(answer, Problem) else ""),
        ("Note", " ".join(explanation.notes.split())),
        ("Source", explanation.source),
    ]
    return [[title, text] for title, text in lines if text != ""]


def published() -> Grid:
    """Every figure that the method's sources print, beside the product's own."""
    header: list[Cell] = ["Figure", "Sources", "Printed", "Recomputed", "Unit", "Verdict", "Why", "Quantity"]
    rows: Grid = [header]
    for figure in published_figures():
        recomputed = answer_cell(figure.quantity.name, figure.recomputed)
        rows.append([figure.figure, figure.sources, figure.printed, recomputed, figure.unit, figure.verdict,
                     figure.explanation, figure.quantity.name])  # fmt: skip
    return rows


def _one_case(given: Mapping[str, CellOrRange]) -> dict[str, float] | Problem:
    """The values in use of a call that describes one case."""
    fixed = read_fixed(given)
    if isinstance(fixed, Problem):
        return fixed
    varying, choices, own = fixed
    cells = {}
    for name, argument in varying.items():
        grid = as_grid(argument)
        if len(grid) * len(grid[0]) > 1:
            kind = "a name, or a range of field and value" if name in DEFAULT_CHOICES else INPUTS[name].label
            return bad_input(f"{name} must be one cell here ({kind}), got {len(grid)} x {len(grid[0])} cells")
        cells[name] = grid[0][0]
    return values_of(cells, choices, own)
