"""Studies of a scenario, or of the plan by month that scenarios make: the result that is asked for says of which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from napkinxl.catalog import Catalog
from napkinxl.errors import InputError
from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.monthly_plan.settings import FleetSettings
from napkinxl.public.cases import Cases, only_scenario, opened
from napkinxl.public.plan_settings import plan_settings
from napkinxl.studies import grids, sensitivity
from napkinxl.studies import monte_carlo as draws_of
from napkinxl.studies.grids import Grid
from napkinxl.studies.monte_carlo import MonteCarlo
from napkinxl.studies.plan_points import Planned, planned
from napkinxl.studies.plan_studies import plan_grid, plan_tornado
from napkinxl.studies.ranges import Range
from napkinxl.studies.sensitivity import CHANGE, Bar
from napkinxl.studies.workers import Cluster, Progress
from napkinxl.studies.written_ranges import read_ranges

Ranges = Mapping[str, Any] | Sequence[Range]
Settings = Mapping[str, Any] | FleetSettings


def tornado(
    scenarios: Cases,
    result: str,
    ranges: Ranges | None = None,
    change: float = CHANGE,
    *,
    settings: Settings | None = None,
    decisions_only: bool = False,
    catalog: Catalog | None = None,
) -> list[Bar]:
    """How far each input by itself moves a result, the one that moves it most first.

    Parameters
    ----------
    scenarios : path, Scenario, Estimate or sequence of these
        Where every input stands while another moves: one scenario, or the tiers of a plan.
    result : str
        A quantity of the scenario, or a figure over the plan such as npv_usd.
    ranges : mapping, optional
        From where to where inputs move, as in a file's section [vary]: low and high, or a list of values, by the
        input's name. By default every number that the result depends on moves down and up by `change`, but zeros,
        counts and what would pass a bound.
    change : float
        [share] of an input's value.
    settings : mapping, optional
        Of the plan, as for `plan`.
    decisions_only : bool
        Without `ranges`, leave out what describes the GPU and the model.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.

    Raises
    ------
    InputError
        A name, a range or a number is not allowed, or a quantity is asked of several scenarios.

    Examples
    --------
    >>> from napkinxl import Scenario
    >>> tornado(Scenario(context_tokens=8_000), "rent_usd_per_gpu_month", {"rent_usd_per_gpu_hour": [2, 4]})[0].swing
    1440.0
    """
    moved = None if ranges is None else _ranges(ranges)
    if result in OVER_PLAN:
        return plan_tornado(_planned(scenarios, settings, catalog), [result], moved, change, decisions_only)[result]
    scenario = only_scenario(scenarios, catalog)
    return sensitivity.tornado(scenario, result, moved, change, catalog, decisions_only)


def grid(
    scenarios: Cases,
    axes: Ranges,
    results: str | Sequence[str],
    *,
    settings: Settings | None = None,
    catalog: Catalog | None = None,
    progress: Progress | None = None,
    cluster: Cluster = None,
) -> Grid:
    """Results for every combination of the values of one or two inputs.

    Parameters
    ----------
    scenarios : path, Scenario, Estimate or sequence of these
        What stays the same: one scenario, or the tiers of a plan.
    axes : mapping
        A list of values by the input's name.
    results : str or sequence of str
        Quantities of the scenario, or figures over the plan such as npv_usd.
    settings : mapping, optional
        Of the plan, as for `plan`.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    progress : callable, optional
        Called with the number of cells done.
    cluster : distributed.Client or str, optional
        Who computes quantities: a Dask client, a scheduler's address or "local"; by default this process.

    Raises
    ------
    InputError
        A name or a value is not allowed, or quantities and figures over the plan are asked for at once.
    """
    names = [results] if isinstance(results, str) else list(results)
    of_plan = [name for name in names if name in OVER_PLAN]
    if of_plan and len(of_plan) < len(names):
        raise InputError(f"results must be all of a scenario or all over the plan by month, got {', '.join(names)}")
    if of_plan:
        tell = None if progress is None else lambda done, _total: progress(done)
        return plan_grid(_planned(scenarios, settings, catalog), _ranges(axes), names, tell)
    return grids.grid(only_scenario(scenarios, catalog), _ranges(axes), names, catalog, progress, cluster)


def monte_carlo(
    scenario: Cases,
    ranges: Ranges,
    results: str | Sequence[str],
    draws: int = 100_000,
    seed: int = 0,
    *,
    catalog: Catalog | None = None,
    progress: Progress | None = None,
    cluster: Cluster = None,
) -> MonteCarlo:
    """Draw inputs at random, independently of each other, and compute results for every draw.

    Parameters
    ----------
    scenario : path, Scenario or Estimate
        What does not vary; one scenario.
    ranges : mapping
        What does, by the input's name, as in a file's section [vary]: low and high; low, mode and high; mean and sd;
        median and p95; or a list of values.
    results : str or sequence of str
        The quantities to keep for every draw; 8 bytes each.
    draws : int
        How many.
    seed : int
        The same seed gives the same draws, however many workers compute them (with the same version of numpy).
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    progress : callable, optional
        Called with the number of draws done.
    cluster : distributed.Client or str, optional
        Who computes: a Dask client, a scheduler's address or "local"; by default threads of this process.

    Raises
    ------
    InputError
        A name, a range or a number is not allowed, or the scenario contradicts itself.
    """
    names = [results] if isinstance(results, str) else results
    case = only_scenario(scenario, catalog)
    return draws_of.monte_carlo(case, _ranges(ranges), names, draws, seed, catalog, progress, cluster)


def _ranges(given: Ranges) -> Sequence[Range]:
    return read_ranges(given) if isinstance(given, Mapping) else given


def _planned(scenarios: Cases, settings: Settings | None, catalog: Catalog | None) -> Planned:
    estimates, file = opened(scenarios, catalog)
    known = settings if isinstance(settings, FleetSettings) else plan_settings(file, settings or {})
    return planned(estimates, known, catalog)
