"""The value of every row and figure of a plan: stage by stage, month by month, each after all that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, Protocol

from napkinxl.engine.registry import Wire, wire
from napkinxl.engine.wiring import rows_before
from napkinxl.formulas import Quantity
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.inputs import FLEET_INPUTS
from napkinxl.monthly_plan.settings import FleetSettings
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES, Tier


class ByMonth(Protocol):
    """What has a value for each month; month 0 is the opening."""

    def __getitem__(self, month: int, /) -> Any: ...


@dataclass(frozen=True)
class Every:
    """The value of each tier."""

    tiers: Sequence[ByMonth]

    def __getitem__(self, month: int) -> tuple[Any, ...]:
        return tuple(values[month] for values in self.tiers)


@dataclass(frozen=True)
class SoFar:
    """A row up to the month before."""

    values: Sequence[Any]

    def __getitem__(self, month: int) -> tuple[Any, ...]:
        return tuple(self.values[1:month])


@dataclass(frozen=True)
class Previous:
    """A row a month earlier."""

    values: Sequence[Any]

    def __getitem__(self, month: int) -> Any:
        return self.values[month - 1]


class Evaluation:
    """The values of a plan."""

    def __init__(self, tiers: Sequence[Tier], settings: FleetSettings) -> None:
        self.tiers, self.settings = tiers, settings
        self.figures: dict[str, Any] = {}
        self._rows: dict[str, list[list[Any]]] = {}
        for figures, rows in stages():
            for item in figures:
                self.figures[item.name] = item.function(*(source[0] for source in self._sources(item, 0)))
            self._run(rows)

    def row(self, name: str, tier: int = 0) -> tuple[Any, ...]:
        """A row over all months."""
        return tuple(self._rows[name][tier][1:])

    def opening(self, name: str, tier: int = 0) -> Any:
        """The value of a row before the first month."""
        return self._rows[name][tier][0]

    def _run(self, rows: Sequence[Quantity]) -> None:
        """Rows that wait for one another from month to month."""
        for item in rows:
            tiers = range(len(self.tiers) if item.per_tier else 1)
            self._rows[item.name] = [[self._before(item, tier)] for tier in tiers]
        steps: list[tuple[Callable[..., Any], list[ByMonth], list[Any]]] = [
            (item.function, self._sources(item, tier), values)
            for item in rows
            for tier, values in enumerate(self._rows[item.name])
        ]
        for month in range(1, self.settings.months + 1):
            for function, sources, values in steps:
                values.append(function(*[source[month] for source in sources]))

    def _before(self, item: Quantity, tier: int) -> Any:
        return self._values(Wire("value", item.opening), tier)[0] if item.opening else 0.0

    def _sources(self, item: Quantity, tier: int) -> list[ByMonth]:
        return [self._values(wire(parameter), tier) for parameter in item.parameters]

    def _values(self, its: Wire, tier: int) -> ByMonth:
        """What a parameter takes, by month."""
        if its.form == "every":
            return Every([self._values(Wire("value", its.name), number) for number in range(len(self.tiers))])
        if its.name in MONTHLY:
            values = self._rows[its.name][tier if MONTHLY[its.name].per_tier else 0]
            if its.form == "by_month":
                return self._unchanging(tuple(values[1:]))
            forms: dict[str, Callable[[list[Any]], ByMonth]] = {"previous": Previous, "so_far": SoFar}
            return forms[its.form](values) if its.form in forms else values
        if its.name in OVER_PLAN:
            return self._unchanging(self.figures[its.name])
        return self._input(its.name, tier)

    def _input(self, name: str, tier: int) -> ByMonth:
        if name in FLEET_INPUTS:
            return self._unchanging(self.settings.inputs[name])
        if name in TIER_VALUES or name in SHARED_VALUES:
            return self._unchanging(self.tiers[tier if name in TIER_VALUES else 0][name])
        if name == "season_ratios":
            return self._unchanging(self.settings.season_ratios)
        return (None, *self.settings.given(name, self.tiers[tier].name))

    def _unchanging(self, value: Any) -> Sequence[Any]:
        return (value,) * (self.settings.months + 1)


Stage = tuple[tuple[Quantity, ...], tuple[Quantity, ...]]  # figures, and then rows


@cache
def stages() -> tuple[Stage, ...]:
    """Figures and rows in the order of their needs: a stage holds rows that no row of a later stage waits for.

    What takes a row over all months comes in a later stage than this row; within a stage, rows go month by month.

    Raises:
        CycleError: what takes a row over all months is needed for that row itself.
    """
    items = {**OVER_PLAN, **MONTHLY}
    places = dict.fromkeys(items, 0)
    for _ in range(len(items) + 1):
        later = {name: _place(item, places) for name, item in items.items()}
        if later == places:
            break
        places = later
    else:
        raise CycleError("rows over all months need each other", sorted(items))
    return tuple(
        (
            _ordered(OVER_PLAN, lambda item: (wire(name).name for name in item.parameters), places, place),
            _ordered(MONTHLY, rows_before, places, place),
        )
        for place in range(max(places.values()) + 1)
    )


def _place(item: Quantity, places: Mapping[str, int]) -> int:
    """The stage of a row or figure after those that it needs."""
    wires = [wire(name) for name in (*item.parameters, *([item.opening] if item.opening else []))]
    return max((places[its.name] + (its.form == "by_month") for its in wires if its.name in places), default=0)


def _ordered(
    items: Mapping[str, Quantity], needs: Callable[[Quantity], Iterator[str]], places: Mapping[str, int], place: int
) -> tuple[Quantity, ...]:
    graph = {name: {other for other in needs(item) if other in items} for name, item in items.items()}
    order = TopologicalSorter(graph).static_order()
    return tuple(items[name] for name in order if places[name] == place)
