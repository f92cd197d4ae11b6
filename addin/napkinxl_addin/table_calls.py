"""The functions that spill a table: NAPKIN and PUBLISHED."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.evidence.published import published_figures
from napkinxl.formulas import QUANTITIES, TEXT, evaluate
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl_addin.arguments import CellOrRange, as_grid, read_fixed
from napkinxl_addin.cases import answer_cell, values_of
from napkinxl_addin.problems import Cell, Grid, Problem, bad_input


def napkin(given: Mapping[str, CellOrRange]) -> Grid | Problem:
    """The whole pipeline of one case: label, value, unit and name of every quantity, below a header."""
    case = one_case(given)
    if isinstance(case, Problem):
        return case
    results = evaluate(case[0])
    rows: Grid = [["Quantity", "Value", "Unit", "Name"]]
    for item in QUANTITIES.values():
        unit = "" if item.unit == TEXT else item.unit
        rows.append([item.label, answer_cell(item.name, results[item.name]), unit, item.name])
    return rows


def published() -> Grid:
    """Every figure that the method's sources print, beside the product's own."""
    header: list[Cell] = ["Figure", "Sources", "Printed", "Recomputed", "Unit", "Verdict", "Why", "Quantity"]
    rows: Grid = [header]
    for figure in published_figures():
        recomputed = answer_cell(figure.quantity.name, figure.recomputed)
        printed: list[Cell] = [figure.figure, figure.sources, figure.printed]
        rows.append([*printed, recomputed, figure.unit, figure.verdict, figure.explanation, figure.quantity.name])
    return rows


def one_case(given: Mapping[str, CellOrRange]) -> tuple[dict[str, float], str] | Problem:
    """The values in use of a call that describes one case, and the name of its preset."""
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
    values = values_of(cells, choices, own)
    return values if isinstance(values, Problem) else (values, {**DEFAULT_CHOICES, **choices}["preset"])
