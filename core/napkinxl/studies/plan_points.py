"""A plan by month worked out anew with inputs changed: what its figures depend on, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import AT_LEAST_ONE, Input
from napkinxl.errors import InputError
from napkinxl.estimates.estimation import Estimate, estimate
from napkinxl.formulas import needed_names
from napkinxl.formulas.plan import MONTHLY
from napkinxl.inputs import FLEET_INPUTS, INPUTS
from napkinxl.inputs.plan import MONTHS
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.monthly_plan.settings import FleetSettings
from napkinxl.studies.names import PLAN_NUMBERS, study_input
from napkinxl.studies.ranges import Floats

MOST_PLANS = 10_000  # each takes some hundredths of a second
WHOLE_IN_A_PLAN = "useful_life_months"  # servers come and go at the start of a month

Changes = Mapping[str, Sequence[float]]  # the values of an input: one for each tier, of the fleet one
PlanProgress = Callable[[int, int], object]  # called with the numbers of plans done and to do


@dataclass(frozen=True)
class Planned:
    """A plan by month with the estimates behind it; make one with `planned`."""

    estimates: tuple[Estimate, ...]
    plan: Plan
    catalog: Catalog

    def in_use(self, name: str) -> tuple[float, ...]:
        """The values of an input: one for each tier, of the fleet one; NaN where there is none."""
        if name == MONTHS.name:
            return (float(self.plan.settings.months),)
        if name in PLAN_NUMBERS:
            return (self.plan.settings.inputs[name],)
        return tuple(float(item[name]) for item in self.estimates)

    def needed(self, figure: str) -> set[str]:
        """The inputs of the fleet and of the scenarios that a figure depends on."""
        found = set().union(*(needed_names([figure], item.in_use.values) for item in self.estimates))
        return found & (INPUTS.keys() | PLAN_NUMBERS.keys()) | ({MONTHS.name} if found & MONTHLY.keys() else set())

    def changed(self, changes: Changes) -> Plan:
        """The plan with inputs changed.

        Raises:
            InputError: the inputs contradict each other, or make no plan.
        """
        settings = self.plan.settings
        fleet = {name: values[0] for name, values in changes.items() if name in FLEET_INPUTS}
        months = int(changes[MONTHS.name][0]) if MONTHS.name in changes else settings.months
        return plan_fleet(
            [self._estimate(number, changes) for number in range(len(self.estimates))],
            replace(settings, months=months, inputs={**settings.inputs, **fleet}),
        )

    def _estimate(self, tier: int, changes: Changes) -> Estimate:
        own = {name: values[tier] for name, values in changes.items() if name not in PLAN_NUMBERS}
        own = {name: value for name, value in own.items() if value == value}  # a tier without one stays so
        item = self.estimates[tier]
        return estimate(item.scenario.changed(**own), self.catalog) if own else item


def planned(
    estimates: Sequence[Estimate], settings: FleetSettings | None = None, catalog: Catalog | None = None
) -> Planned:
    """The plan of some scenarios, to be worked out again with inputs changed.

    Parameters
    ----------
    estimates, settings
        As for `napkinxl.monthly_plan.plan.plan_fleet`.
    catalog : Catalog, optional
        The one that the estimates were made with; by default the built-in one.

    Raises
    ------
    InputError
        As `plan_fleet`.
    """
    return Planned(tuple(estimates), plan_fleet(estimates, settings), catalog or built_in_catalog())


def plan_input(name: str) -> Input:
    """An input of a plan or of its scenarios, with the bounds that it has in a plan.

    Raises:
        UnknownNameError: there is none; the message offers the nearest.
    """
    item = study_input(name)
    return replace(item, bounds=replace(AT_LEAST_ONE, high=item.bounds.high)) if name == WHOLE_IN_A_PLAN else item


def figures_at(
    case: Planned, points: Sequence[Changes], figures: Sequence[str], progress: PlanProgress | None = None
) -> tuple[Floats, NDArray[numpy.bool_]]:
    """Figures of the plan at some points, and at which of these the inputs contradict each other.

    Parameters
    ----------
    case : Planned
        What stays the same.
    points : sequence of mapping
        The inputs that change at each.
    figures : sequence of str
        What to keep of each plan.
    progress : callable, optional
        Called with the numbers of plans done and to do.

    Returns
    -------
    tuple of array
        A figure a row, a point a column, NaN where there is no answer; and whether the point contradicts itself.

    Raises
    ------
    InputError
        There are too many points.
    """
    if len(points) > MOST_PLANS:
        raise InputError(f"a study works out at most {MOST_PLANS:,} plans, got {len(points):,}")
    values = numpy.full((len(figures), len(points)), numpy.nan)
    contradictory = numpy.zeros(len(points), dtype=bool)
    for number, changes in enumerate(points):
        try:
            found = case.changed(changes).figures
        except InputError:
            contradictory[number] = True
        else:
            values[:, number] = [found[name] for name in figures]
        if progress:
            progress(number + 1, len(points))
    values[~numpy.isfinite(values)] = numpy.nan
    return values, contradictory
