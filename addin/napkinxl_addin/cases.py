"""From the cells of one call to the values in use, and to one quantity of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import isfinite
from typing import Any

from napkinxl.errors import InputError
from napkinxl.formulas import QUANTITIES, evaluate, evaluate_one, needed_names
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl.scenarios.consistency import RULES, check_consistency
from napkinxl.scenarios.resolution import values_in_use
from napkinxl_addin.arguments import read_name, read_number
from napkinxl_addin.problems import NOT_AVAILABLE, Cell, Problem, bad_input
from napkinxl_addin.signatures import VARIED

RULE_NAMES = tuple(name for rule in RULES for name in rule.names)


@lru_cache(maxsize=1024)
def named_values(gpu: str, model: str, preset: str) -> dict[str, float] | Problem:
    """What a GPU, a model, a preset and the defaults give; not to be changed."""
    try:
        return values_in_use({}, gpu, model, preset).values
    except InputError as error:
        return bad_input(error)


@lru_cache(maxsize=1024)
def prepared_values(gpu: str, model: str, preset: str) -> dict[str, float] | Problem:
    """The same with every quantity that no argument of a call can change: computed once, not at each call."""
    values = named_values(gpu, model, preset)
    if isinstance(values, Problem):
        return values
    fixed = [name for name in QUANTITIES if not needed_names([name]) & set(VARIED)]
    return evaluate(values, fixed)


def values_of(
    cells: Mapping[str, Any], choices: Mapping[str, str], own: Mapping[str, float]
) -> dict[str, float] | Problem:
    """The values in use for one cell of each argument; the first problem among them where there is one."""
    names = {**DEFAULT_CHOICES, **choices}
    given = dict(own)
    for name, cell in cells.items():
        found = read_name(name, cell) if name in DEFAULT_CHOICES else read_number(name, cell)
        if isinstance(found, Problem):
            return found
        if isinstance(found, str):
            names[name] = found
        elif found is not None:
            given[name] = found
    look_up = named_values if own else prepared_values
    values = look_up(names["gpu"], names["model"], names["preset"])
    if isinstance(values, Problem):
        return values
    values = {**values, **given}
    # Only what a range of fields says can contradict itself; the catalog is checked where it is read.
    return (contradiction(values) if own else None) or values


def contradiction(values: Mapping[str, float]) -> Problem | None:
    """The problem of inputs that contradict each other."""
    try:
        check_consistency(evaluate(values, RULE_NAMES))
    except InputError as error:
        return bad_input(error)
    return None


def quantity_cell(name: str, cells: Mapping[str, Any], choices: Mapping[str, str], own: Mapping[str, float]) -> Cell:
    """A quantity for one cell of each argument."""
    values = values_of(cells, choices, own)
    return values if isinstance(values, Problem) else answer_cell(name, evaluate_one(values, name))


def answer_cell(name: str, answer: Any) -> Cell:
    """An answer as a cell; "no answer" is an error with its reason."""
    if isinstance(answer, str):
        return answer or no_answer(name)
    return float(answer) if isfinite(answer) else no_answer(name)


@lru_cache(maxsize=256)
def no_answer(name: str) -> Problem:
    """The problem of a quantity that has no answer."""
    label = QUANTITIES[name].label
    return Problem(NOT_AVAILABLE, f"no answer to {label!r}: it does not fit, or an input that it needs is not known")
