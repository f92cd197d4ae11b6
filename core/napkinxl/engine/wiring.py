"""Checks of the registry: every parameter takes something that there is, in a form that fits it."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from napkinxl.engine.inputs import Input
from napkinxl.engine.registry import INPUTS, MONTHLY, OVER_PLAN, QUANTITIES, Quantity, Wire, known_names, wire
from napkinxl.errors import unknown


def check_cases() -> None:
    """Fail at import when a parameter of a case's quantity is neither an input nor another of them.

    Raises:
        UnknownNameError: it names the function and the nearest right name.
    """
    known = {**INPUTS, **QUANTITIES}
    for item in QUANTITIES.values():
        for parameter in item.parameters:
            if parameter not in known:
                raise unknown(f"input or quantity for the parameter of {item.name}", parameter, known)
    for given in INPUTS.values():
        if given.follows is not None and given.follows not in known:
            raise unknown(f"input or quantity for {given.name} to follow", given.follows, known)


def check_plan() -> None:
    """Fail at import when a row or figure of the plan takes nothing that there is, or rows need each other in a month.

    Raises:
        UnknownNameError: it names the function and the nearest right name.
        ValueError: a form does not fit what it is applied to.
        CycleError: rows need each other within a month.
    """
    known = known_names()
    for item in (*MONTHLY.values(), *OVER_PLAN.values()):
        for name in (*(wire(parameter).name for parameter in item.parameters), item.opening):
            if name is not None and name not in known:
                raise unknown(f"input or quantity for the parameter of {item.name}", name, known)
        for parameter in item.parameters:
            its = wire(parameter)
            _check_form(item, its, known[its.name])
    TopologicalSorter({item.name: set(rows_before(item)) for item in MONTHLY.values()}).prepare()


def _check_form(item: Quantity, its: Wire, taken: Quantity | Input) -> None:
    """Only rows have months; the row of one tier goes into rows of tiers, or with every tier into the product's."""
    row = its.name in MONTHLY
    suits = item.per_tier or not (taken.per_tier and taken.period == "month")
    fits = {
        "value": suits and not (item.name in OVER_PLAN and row),
        "previous": suits and row and item.name in MONTHLY,
        "every": taken.per_tier,
        "so_far": suits and row and item.name in MONTHLY and not taken.per_tier,
        "by_month": suits and row and not taken.per_tier,
    }
    if not fits[its.form]:
        raise ValueError(f"{item.name} cannot take {its.name} in the form {its.form!r}")


def rows_before(item: Quantity) -> Iterator[str]:
    """The rows whose value of the same or a later month a row needs."""
    for its in map(wire, item.parameters):
        if its.name in MONTHLY and its.form in ("value", "every", "by_month"):
            yield its.name
