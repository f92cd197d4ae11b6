"""The registry of a plan's rows: one function a row, wired by the names of its parameters.

A parameter is an input of the fleet, a value of the scenarios, another row in the same month, or one of these forms:

- `previous_x`: the row x one month earlier,
- `every_x`: x of every tier, for totals over tiers,
- `x_so_far`: the row x from the opening to the month before,
- `x_by_month`: the row x over all months.

A row whose name begins with `tier_` stands once for every tier.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any, Literal, TypeVar

from napkinxl.errors import unknown
from napkinxl.fleet.inputs import FLEET_INPUTS, SERIES
from napkinxl.fleet.tiers import SHARED_VALUES, TIER_VALUES
from napkinxl.quantities import Quantity

Formula = TypeVar("Formula", bound=Callable[..., Any])
Form = Literal["value", "previous", "every", "so_far", "by_month"]

# Modules of napkinxl.fleet with rows, in reading order, with the title of their section.
SECTIONS = {
    "customers": "Customers",
    "trends": "Trends",
    "demand": "Demand",
    "pools": "Pools",
    "capacity": "Capacity",
    "servers": "Owned servers",
    "gpus": "GPUs",
    "at_cost": "Owned fleet at cost",
    "running": "Running cost",
    "income": "Income",
    "cost": "Cost",
    "profit": "Profit",
    "cash": "Cash",
    "book_value": "Value of the owned fleet",
    "api": "Tokens from an API instead",
    "totals": "Fleet over the plan",
    "money_totals": "Money over the plan",
    "api_totals": "Fleet or API",
    "results": "Results",
}
TIER_PREFIX = "tier_"


@dataclass(frozen=True)
class Row(Quantity):
    """A formula of the plan; `opening` names the value that a monthly row has before the first month (else 0)."""

    opening: str | None = None

    @property
    def topic(self) -> str:
        """The title of the section, after the module that holds the function."""
        return SECTIONS[self.function.__module__.rpartition(".")[2]]

    @property
    def per_tier(self) -> bool:
        """Whether it stands once for every tier."""
        return self.name.startswith(TIER_PREFIX)


@dataclass(frozen=True)
class Wire:
    """What a parameter stands for: in which form it takes which row or value."""

    form: Form
    name: str


MONTHLY: dict[str, Row] = {}
OVER_PLAN: dict[str, Row] = {}


def monthly(unit: str, label: str, opening: str | None = None) -> Callable[[Formula], Formula]:
    """Register a pure function as a row with one value a month."""
    return _register(MONTHLY, unit, label, opening)


def over_plan(unit: str, label: str) -> Callable[[Formula], Formula]:
    """Register a pure function as a figure with one value for the whole plan."""
    return _register(OVER_PLAN, unit, label, None)


def _register(rows: dict[str, Row], unit: str, label: str, opening: str | None) -> Callable[[Formula], Formula]:
    def register(function: Formula) -> Formula:
        name = function.__name__
        if name in known_names():
            raise ValueError(f"the name {name} is taken")
        rows[name] = Row(name, unit, label, function, tuple(inspect.signature(function).parameters), opening)
        return function

    return register


def known_names() -> dict[str, object]:
    """Everything that a parameter may take."""
    return {**FLEET_INPUTS, **SERIES, **TIER_VALUES, **SHARED_VALUES, **MONTHLY, **OVER_PLAN}


@cache
def wire(parameter: str) -> Wire:
    """What a parameter stands for.

    >>> wire("previous_users")
    Wire(form='previous', name='users')
    """
    if parameter in known_names():
        return Wire("value", parameter)
    if parameter.startswith("previous_"):
        return Wire("previous", parameter.removeprefix("previous_"))
    if parameter.startswith("every_"):
        return Wire("every", parameter.removeprefix("every_"))
    if parameter.endswith("_so_far"):
        return Wire("so_far", parameter.removesuffix("_so_far"))
    if parameter.endswith("_by_month"):
        return Wire("by_month", parameter.removesuffix("_by_month"))
    return Wire("value", parameter)


def unit_of(parameter: str) -> str:
    """The unit of what a parameter takes."""
    name = wire(parameter).name
    tables = (FLEET_INPUTS, SERIES, TIER_VALUES, SHARED_VALUES, MONTHLY, OVER_PLAN)
    found: Any = next(table[name] for table in tables if name in table)
    return str(found.unit)


def check_wiring() -> None:
    """Fail at import when a parameter takes nothing that there is, or rows of one month need each other.

    Raises:
        UnknownNameError: it names the function and the nearest right name.
        CycleError: rows need each other within a month.
    """
    known = known_names()
    for item in (*MONTHLY.values(), *OVER_PLAN.values()):
        for name in (*(wire(parameter).name for parameter in item.parameters), item.opening):
            if name is not None and name not in known:
                raise unknown(f"input or row for a parameter of {item.name}", name, known)
        for parameter in item.parameters:
            _check_form(item, wire(parameter))
    TopologicalSorter({item.name: set(_needs(item)) for item in MONTHLY.values()}).prepare()


def _check_form(item: Row, its: Wire) -> None:
    """A form fits what it is applied to: months have rows only, and one tier's value needs a tier's row."""
    per_tier = its.name in TIER_VALUES or its.name.startswith((TIER_PREFIX, "given_" + TIER_PREFIX))
    fits = {
        "value": (item.per_tier or not per_tier) and not (item.name in OVER_PLAN and its.name in MONTHLY),
        "previous": its.name in MONTHLY and item.name in MONTHLY and (item.per_tier or not per_tier),
        "every": per_tier,
        "so_far": its.name in MONTHLY and item.name in MONTHLY and not per_tier,
        "by_month": its.name in MONTHLY and not per_tier,
    }
    if not fits[its.form]:
        raise ValueError(f"{item.name} cannot take {its.name} in the form {its.form!r}")


def _needs(item: Row) -> Iterator[str]:
    """The rows of the same or a later month that a row needs."""
    for its in map(wire, item.parameters):
        if its.name in MONTHLY and its.form in ("value", "every", "by_month"):
            yield its.name
