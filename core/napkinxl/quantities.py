"""The registry of quantities: each formula function, wired by the names of its parameters.

A parameter is an input or another quantity; there is no second list of dependencies anywhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import TopologicalSorter
from typing import Any, TypeVar

from napkinxl.errors import look_up, unknown
from napkinxl.input_table import INPUTS

Formula = TypeVar("Formula", bound=Callable[..., Any])

# Modules of napkinxl.formulas in reading order, with the topic's title.
TOPICS = {
    "memory": "Memory",
    "kv_elements": "KV elements",
    "kv_cache": "KV cache",
    "replica": "KV cache in a replica",
    "capacity": "Capacity",
    "roofline": "Roofline",
    "experts": "Mixture of experts",
    "attention": "Attention",
    "traffic": "Traffic of a step",
    "arithmetic": "Arithmetic of a step",
    "step": "Decode step",
    "capital": "Cost of capital",
    "power": "Power",
    "running": "Running cost",
    "levelised": "Levelised cost of owning",
    "owned": "Owned GPUs",
    "depreciation": "Depreciation",
    "rented": "Rented GPUs",
    "reserved": "Reserved GPUs",
    "renting": "Other ways to rent",
    "own_or_rent": "Own or rent",
    "present_value": "Own or rent in today's money",
    "tokens": "Tokens",
    "margin": "Margin",
    "prompt": "Arithmetic of a prompt",
    "prefill": "Prefill",
    "operating_point": "Operating point",
    "requests": "Requests",
    "pool": "Room for chance",
    "subscribers": "Users who are mostly away",
    "kv_return": "Return of a KV cache",
    "idle_kv": "KV cache of idle users",
    "token_cost": "Cost of tokens",
    "list_prices": "List prices of tokens",
    "user_cost": "Cost of a user",
    "supply_cost": "Cost of a user by supply",
    "api": "Tokens from an API",
    "self_hosting": "Serving oneself or an API",
    "replicas": "Replicas for the plan",
    "bills": "The plan's bill by way to serve",
    "contribution": "Contribution of a user",
    "lifetime": "Lifetime of a user",
    "plans": "The plan's users together",
    "matmul": "Matrix product",
    "projection": "With and without a KV cache",
    "article": "The article's shortcuts",
}
TEXT = "text"  # the unit of a quantity whose value is a word


@dataclass(frozen=True)
class Quantity:
    """A formula: its public name, unit and label, and the pure function that gives it."""

    name: str
    unit: str
    label: str
    function: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def topic(self) -> str:
        """The title of the topic, after the module that holds the function."""
        return TOPICS[self.function.__module__.rpartition(".")[2]]

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


QUANTITIES: dict[str, Quantity] = {}


def quantity(unit: str, label: str) -> Callable[[Formula], Formula]:
    """Register a pure function as a quantity; its name is the quantity's, its parameters are the wires."""

    def register(function: Formula) -> Formula:
        name = function.__name__
        if name in QUANTITIES or name in INPUTS:
            raise ValueError(f"the name {name} is taken")
        parameters = tuple(inspect.signature(function).parameters)
        QUANTITIES[name] = Quantity(name, unit, label, function, parameters)
        return function

    return register


def get_quantity(name: str) -> Quantity:
    """The registered quantity called `name`.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    return look_up("quantity", name, QUANTITIES)


def check_wiring() -> None:
    """Fail at import when a parameter is neither an input nor a quantity.

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


def evaluation_order() -> Iterator[str]:
    """Names of quantities and of inputs that follow another value, each after all that it needs."""
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
        if current in given:
            continue
        if current in QUANTITIES:
            waiting.extend(QUANTITIES[current].parameters)
        elif follows := INPUTS[current].follows:
            waiting.append(follows)
    return seen


@cache
def needed_inputs(name: str) -> tuple[str, ...]:
    """The inputs that a quantity depends on, in the registry's order.

    >>> needed_inputs("weights_gb")
    ('weight_bits', 'total_params_b')
    """
    needed = needed_names([name])
    return tuple(item for item in INPUTS if item in needed)
