"""The one registry of quantities: each formula function, wired by the names of its parameters.

A parameter is an input or another quantity; there is no second list of dependencies anywhere. A quantity has one value
a case (a scenario), one a month of a plan, or one for the whole plan. Those of months and plans may take every name
there is, and say with `previous_`, `every_`, `_so_far` and `_by_month` which values of it (see `wire`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from typing import Any, Literal, TypeVar

from napkinxl.engine.inputs import Audience, Input
from napkinxl.errors import look_up

Formula = TypeVar("Formula", bound=Callable[..., Any])
Period = Literal["case", "month", "plan"]
Entity = Literal["tier", "product"]  # what a value belongs to: a plan that customers choose, or all of them together
MonthsTotal = Literal["sum", "last", "none"]
Form = Literal["value", "previous", "every", "so_far", "by_month"]

TEXT = "text"  # the unit of a quantity whose value is a word


@dataclass(frozen=True)
class Quantity:
    """A formula: its public name, unit and label, what it has a value for, and the pure function that gives it.

    `months` says what the months of a row come to: their sum (a flow), the last of them (a stock), or nothing.
    `opening` names the value that a row has before the first month, else 0.
    """

    name: str
    unit: str
    label: str
    function: Callable[..., Any]
    parameters: tuple[str, ...]
    period: Period = "case"
    entity: Entity = "tier"
    months: MonthsTotal = "none"
    opening: str | None = None
    number_format: str = ""  # a spreadsheet's, where that of the unit says too little
    audience: Audience = "engineer"
    helper: bool = False  # whether it only serves others
    headline: bool = False  # whether tables and summaries show it first

    @property
    def topic(self) -> str:
        """The title of the topic, after the module that holds the function."""
        return TITLES[self.function.__module__]

    @property
    def per_tier(self) -> bool:
        """Whether it stands once for every tier."""
        return self.entity == "tier"

    @cached_property
    def summary(self) -> str:
        """The first sentence of the docstring."""
        return inspect.cleandoc(self.function.__doc__ or "").partition("\n\n")[0].replace("\n", " ")

    def section(self, title: str) -> str:
        """The text under a heading of the docstring ("Notes", "References"), or ""."""
        lines = inspect.cleandoc(self.function.__doc__ or "").splitlines()
        if title not in lines:
            return ""
        body = lines[lines.index(title) + 2 :]
        end = next((i for i, line in enumerate(body) if line and set(line) == {"-"}), len(body) + 1)
        return "\n".join(body[: end - 1]).strip()

    @property
    def source(self) -> str:
        """Where the formula comes from, in one line."""
        return " ".join(self.section("References").split())


# Of the modules that hold formulas, by their dotted names.
TITLES: dict[str, str] = {}
# Inputs: what a scenario may say, and all of them, with what a plan by month may say.
INPUTS: dict[str, Input] = {}
ALL_INPUTS: dict[str, Input] = {}
# Quantities by period; a name stands in one of them only.
QUANTITIES: dict[str, Quantity] = {}
MONTHLY: dict[str, Quantity] = {}
OVER_PLAN: dict[str, Quantity] = {}
_BY_PERIOD: dict[Period, dict[str, Quantity]] = {"case": QUANTITIES, "month": MONTHLY, "plan": OVER_PLAN}
_TABLES: tuple[dict[str, Any], ...] = (QUANTITIES, ALL_INPUTS, MONTHLY, OVER_PLAN)


def declare_inputs(items: Iterable[Input]) -> dict[str, Input]:
    """Register inputs, and give them by name.

    Raises:
        ValueError: a name is taken.
    """
    found = {}
    for item in items:
        if _is_known(item.name):
            raise ValueError(f"the name {item.name} is taken")
        found[item.name] = ALL_INPUTS[item.name] = item
        if item.period == "case":
            INPUTS[item.name] = item
    return found


def quantity(
    unit: str,
    label: str,
    *,
    audience: Audience = "engineer",
    helper: bool = False,
    headline: bool = False,
    number_format: str = "",
) -> Callable[[Formula], Formula]:
    """Register a pure function as a quantity of a case; its name is the quantity's, its parameters are the wires."""
    return _registering(
        unit=unit,
        label=label,
        period="case",
        entity="tier",
        audience=audience,
        helper=helper,
        headline=headline,
        number_format=number_format,
    )


def monthly(
    unit: str,
    label: str,
    *,
    entity: Entity = "product",
    months: MonthsTotal = "none",
    opening: str | None = None,
    audience: Audience = "engineer",
    helper: bool = False,
) -> Callable[[Formula], Formula]:
    """Register a pure function as a row of the plan: one value a month, of each tier or of the product."""
    return _registering(
        unit=unit,
        label=label,
        period="month",
        entity=entity,
        months=months,
        opening=opening,
        audience=audience,
        helper=helper,
    )


def over_plan(
    unit: str, label: str, *, audience: Audience = "engineer", helper: bool = False
) -> Callable[[Formula], Formula]:
    """Register a pure function as a figure with one value for the whole plan."""
    return _registering(unit=unit, label=label, period="plan", entity="product", audience=audience, helper=helper)


def _registering(*, period: Period, **attributes: Any) -> Callable[[Formula], Formula]:
    def register(function: Formula) -> Formula:
        name = function.__name__
        if _is_known(name):
            raise ValueError(f"the name {name} is taken")
        parameters = tuple(inspect.signature(function).parameters)
        _BY_PERIOD[period][name] = Quantity(
            name=name, function=function, parameters=parameters, period=period, **attributes
        )
        return function

    return register


def _is_known(name: str) -> bool:
    return any(name in table for table in _TABLES)


def known_names() -> dict[str, Any]:
    """Everything that a parameter may take: inputs and quantities of every period."""
    return {**ALL_INPUTS, **QUANTITIES, **MONTHLY, **OVER_PLAN}


def get_quantity(name: str) -> Quantity:
    """The quantity of a case called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("quantity", name, QUANTITIES)


def any_quantity(name: str) -> Quantity:
    """The quantity of a case, a month or a plan called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("quantity", name, {**QUANTITIES, **MONTHLY, **OVER_PLAN})


def evaluation_order() -> Iterator[str]:
    """Names of quantities of a case and of inputs that follow another value, each after all that it needs."""
    graph: dict[str, set[str]] = {item.name: set(item.parameters) for item in QUANTITIES.values()}
    graph.update({item.name: {item.follows} for item in INPUTS.values() if item.follows})
    for name in TopologicalSorter(graph).static_order():
        if name in graph:
            yield name


def needed_names(names: Iterable[str], given: Collection[str] = ()) -> set[str]:
    """Quantities and inputs, with everything that they depend on; what is `given` is not traced further."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if current not in given:
            waiting.extend(_taken_by(current))
    return seen


def _taken_by(name: str) -> Iterator[str]:
    """What a quantity takes, or an input follows."""
    item = next((table for table in _TABLES if name in table), QUANTITIES)[name]
    if not isinstance(item, Quantity):
        yield from [item.follows] if item.follows else []
    elif item.period == "case":
        yield from item.parameters
    else:
        yield from (wire(parameter).name for parameter in item.parameters)
        yield from [item.opening] if item.opening else []


@cache
def needed_inputs(name: str) -> tuple[str, ...]:
    """The inputs of a case that a quantity depends on, in the registry's order.

    >>> needed_inputs("weights_gb")
    ('weight_bits', 'total_params_b')
    """
    needed = needed_names([name])
    return tuple(item for item in INPUTS if item in needed)


@dataclass(frozen=True)
class Wire:
    """What a parameter stands for: in which form it takes which value."""

    form: Form
    name: str


_PREFIXES: dict[str, Form] = {"previous_": "previous", "every_": "every"}
_SUFFIXES: dict[str, Form] = {"_so_far": "so_far", "_by_month": "by_month"}


@cache
def wire(parameter: str) -> Wire:
    """What a parameter stands for.

    - `previous_x`: the row x one month earlier,
    - `every_x`: x of every tier, for totals over tiers,
    - `x_so_far`: the row x from the opening to the month before,
    - `x_by_month`: the row x over all months.

    >>> wire("previous_tier_users")
    Wire(form='previous', name='tier_users')
    """
    if _is_known(parameter):
        return Wire("value", parameter)
    for prefix, form in _PREFIXES.items():
        if parameter.startswith(prefix):
            return Wire(form, parameter.removeprefix(prefix))
    for suffix, form in _SUFFIXES.items():
        if parameter.endswith(suffix):
            return Wire(form, parameter.removesuffix(suffix))
    return Wire("value", parameter)
