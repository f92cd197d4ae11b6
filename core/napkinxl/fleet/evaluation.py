"""The value of every row in every month, worked out by need and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from napkinxl.fleet.inputs import FLEET_INPUTS
from napkinxl.fleet.registry import MONTHLY, OVER_PLAN, Row, wire
from napkinxl.fleet.settings import FleetSettings
from napkinxl.fleet.tiers import SHARED_VALUES, TIER_VALUES, Tier
from napkinxl.ops import Number

Place = tuple[str, int, int]  # a row, a month (0: opening), a tier


class Evaluation:
    """The values of a plan."""

    def __init__(self, tiers: Sequence[Tier], settings: FleetSettings) -> None:
        self.tiers, self.settings, self.inputs = tiers, settings, settings.inputs_in_use(tiers)
        self._known: dict[Place, Number] = {}

    def row(self, name: str, tier: int = 0) -> tuple[Any, ...]:
        """A row over all months. From the first month on, so that no month asks for a long chain of earlier ones."""
        return tuple(self.at(name, month, tier) for month in range(1, self.settings.months + 1))

    def figure(self, name: str) -> Any:
        """A value for the whole plan, or one that does not change by month."""
        return self.at(name, 0, 0)

    def at(self, name: str, month: int, tier: int) -> Any:
        """The value of a row, figure or input."""
        if name not in MONTHLY and name not in OVER_PLAN:
            return self._input(name, month, tier)
        item = MONTHLY.get(name) or OVER_PLAN[name]
        place = (name, month if name in MONTHLY else 0, tier if item.per_tier else 0)
        if place not in self._known:
            self._known[place] = self._compute(item, *place[1:])
        return self._known[place]

    def _compute(self, item: Row, month: int, tier: int) -> Number:
        if item.name in MONTHLY and month == 0:
            return self.at(item.opening, 0, tier) if item.opening else 0.0
        found: Number = item.function(*self._arguments(item, month, tier))
        return found

    def _arguments(self, item: Row, month: int, tier: int) -> Iterator[Any]:
        for its in map(wire, item.parameters):
            if its.form == "value":
                yield self.at(its.name, month, tier)
            elif its.form == "previous":
                yield self.at(its.name, month - 1, tier)
            elif its.form == "every":
                yield tuple(self.at(its.name, month, number) for number in range(len(self.tiers)))
            elif its.form == "so_far":
                yield tuple(self.at(its.name, earlier, tier) for earlier in range(1, month))
            else:
                yield self.row(its.name)

    def _input(self, name: str, month: int, tier: int) -> Any:
        if name in FLEET_INPUTS:
            return self.inputs[name]
        if name in TIER_VALUES:
            return self.tiers[tier][name]
        if name in SHARED_VALUES:
            return self.tiers[0][name]
        if name == "season_ratios":
            return self.settings.season_ratios
        return self.settings.given(name, self.tiers[tier].name)[month - 1]
