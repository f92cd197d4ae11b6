"""Figures over the plan by month in `napkinxl sweep`: one study for a product, or one for each of some alternatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from napkinxl.errors import InputError, unknown
from napkinxl.estimates.price_plans import ALL_PLANS
from napkinxl.formulas import QUANTITIES
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.public.plan_settings import plan_settings
from napkinxl.studies.names import study_result
from napkinxl.studies.plan_points import Planned, PlanProgress, planned
from napkinxl.studies.plan_studies import plan_grid, plan_left_out, plan_tornado
from napkinxl.studies.ranges import Range
from napkinxl.studies.sensitivity import Bar
from napkinxl_cli.output import progress
from napkinxl_cli.products import one_product
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_cli.sweep_inputs import warn_of_tiers
from napkinxl_cli.sweep_tables import Grids, Tornados, left_out_caption

OWN_VALUES = "Where plans differ, each moves from its own value, by the shares shown."


def are_plan_figures(names: Sequence[str]) -> bool:
    """Whether the results are figures over the plan by month; otherwise they are a scenario's.

    Raises:
        InputError: one is neither, or some are of the one kind and some of the other.
    """
    for name in names:
        if name in MONTHLY and name not in QUANTITIES:
            raise InputError(f"{name} has a value a month: {unknown('figure over the plan', name, OVER_PLAN)}")
        study_result(name)
    of_plan = [name for name in names if name in OVER_PLAN]
    if of_plan and len(of_plan) < len(names):
        other = next(name for name in names if name not in OVER_PLAN)
        raise InputError(f"{of_plan[0]} is a figure over the plan by month, {other} is a scenario's: sweep them apart")
    return bool(of_plan)


def scenarios_to_plan(selection: ScenarioSelection) -> ScenarioSelection:
    """What is planned: without a file one scenario, as the two built-in ones are two views of one product."""
    return (
        selection
        if selection.source
        else replace(selection, rows=selection.rows[-1:], api_prices=selection.api_prices[-1:])
    )


def plan_tornados(
    selection: ScenarioSelection, results: Sequence[str], ranges: Sequence[Range], change: float
) -> Tornados:
    """The bars of each figure, and what was left out of those that nobody chose."""
    figures, found = list(dict.fromkeys(results)), []
    with _planning(selection, figures, ranges, change) as studies:
        for name, case, tell in studies:
            bars = plan_tornado(case, figures, ranges or None, change, decisions_only=True, progress=tell)
            for figure in figures:
                found.append((name, figure, bars[figure], _caption(case, figure, bars[figure], ranges, change)))
    return Tornados(found)


def _caption(case: Planned, figure: str, bars: Sequence[Bar], ranges: Sequence[Range], change: float) -> str:
    left = [] if ranges else plan_left_out(case, figure, change, decisions_only=True)
    own = OWN_VALUES if any(bar.end_texts for bar in bars) else ""
    return " ".join(text for text in (own, left_out_caption(left, change)) if text)


def plan_grids(selection: ScenarioSelection, results: Sequence[str], axes: Sequence[Range]) -> Grids:
    """Every combination of the values of the axes."""
    figures = list(dict.fromkeys(results))
    with _planning(selection, figures, axes) as studies:
        return Grids([(name, plan_grid(case, axes, figures, tell)) for name, case, tell in studies])


@contextmanager
def _planning(
    selection: ScenarioSelection, figures: Sequence[str], ranges: Sequence[Range], change: float = 0.0
) -> Iterator[Iterator[tuple[str, Planned, PlanProgress]]]:
    """The plans by name, each with a bar of its own to tell how far its study is."""
    plans = _plans(selection)
    needed = {name for _, case in plans for figure in figures for name in case.needed(figure)}
    warn_of_tiers(needed, selection, ranges, change)
    with progress() as bar:

        def teller() -> Callable[[int, int], None]:
            task = bar.add_task("Planning", total=None)
            return lambda done, total: bar.update(task, completed=done, total=total)

        yield ((name, case, teller()) for name, case in plans)


def _plans(selection: ScenarioSelection) -> list[tuple[str, Planned]]:
    """The plan of the product, or of each alternative by itself."""
    estimates, settings = selection.estimated, plan_settings(selection.file, {})
    if len(estimates) > 1 and one_product(selection):
        return [(ALL_PLANS, planned(estimates, settings, selection.catalog))]
    return [(item.scenario.name, planned([item], settings, selection.catalog)) for item in estimates]
