"""Tornado and grid of what a plan by month comes to: each end and each cell is a plan of its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from napkinxl.errors import look_up
from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.inputs import INPUTS
from napkinxl.studies.checks import checked
from napkinxl.studies.grids import Grid, grid_inputs
from napkinxl.studies.names import PLAN_NUMBERS
from napkinxl.studies.plan_points import Planned, PlanProgress, figures_at, plan_input
from napkinxl.studies.ranges import Range, check_distinct
from napkinxl.studies.sensitivity import CHANGE, CHANGES, Bar, ends_around, is_given, longest_first, moves


@dataclass(frozen=True)
class _Move:
    """An input at its low end, in use and at its high end: a value for each tier, of the fleet one."""

    name: str
    low: tuple[float, ...]
    base: tuple[float, ...]
    high: tuple[float, ...]
    change: float = 0.0


def plan_tornado(
    case: Planned,
    figures: Sequence[str],
    ranges: Sequence[Range] | None = None,
    change: float = CHANGE,
    decisions_only: bool = False,
    progress: PlanProgress | None = None,
) -> dict[str, list[Bar]]:
    """How far each input by itself moves figures of a plan, the one that moves a figure most first.

    Parameters
    ----------
    case : Planned
        Where every input stands while another moves.
    figures : sequence of str
        Figures over the plan.
    ranges : sequence of Range, optional
        From where to where inputs move, in all tiers alike; by default every number that a figure depends on moves
        down and up by `change`, in each tier from its own value, but those of `plan_left_out` and zeros.
    change : float
        [share] of an input's value.
    decisions_only : bool
        Without `ranges`, leave out what describes the GPU and the model.
    progress : callable, optional
        Called with the numbers of plans done and to do.

    Returns
    -------
    dict of str to list of Bar
        For each figure, in the order of `napkinxl.studies.sensitivity.tornado`.

    Raises
    ------
    InputError
        A name, a range or a number is not allowed.
    """
    names = _figures(figures)
    if ranges is None:
        checked("change", change, CHANGES)
        chosen = {
            name: {item for item in _numbers(case, name, decisions_only) if _fits(case, item, change)} for name in names
        }
        moved = [_by_share(case, name, change) for name in _in_order(set().union(*chosen.values()))]
    else:
        check_distinct([item.name for item in ranges])
        moved = [_by_range(case, item) for item in ranges]
        chosen = {name: {item.name for item in moved} for name in names}
    points = [{}, *({item.name: end} for item in moved for end in (item.low, item.high))]
    values, broken = figures_at(case, points, names, progress)
    return {
        name: longest_first(
            _bar(name, item, row[0], row[place : place + 2], broken[place : place + 2].tolist())
            for place, item in zip(range(1, len(points), 2), moved, strict=True)
            if item.name in chosen[name]
        )
        for name, row in zip(names, values.tolist(), strict=True)
    }


def plan_left_out(case: Planned, figure: str, change: float = CHANGE, decisions_only: bool = False) -> list[str]:
    """The inputs that a figure of a plan depends on and that a tornado without ranges does not move.

    Parameters
    ----------
    case, change, decisions_only
        As for `plan_tornado`.
    figure : str
        A figure over the plan.

    Returns
    -------
    list of str
        Names of inputs that are counted, in bits, or so near a bound that a tier's own value would pass it.
    """
    return [name for name in _numbers(case, figure, decisions_only) if not _fits(case, name, change)]


def plan_grid(
    case: Planned, axes: Sequence[Range], figures: Sequence[str], progress: PlanProgress | None = None
) -> Grid:
    """Figures of a plan for every combination of the values of one or two inputs, in all tiers alike.

    Parameters
    ----------
    case : Planned
        What stays the same.
    axes : sequence of Range
        One or two lists of values: a `Range` of the kind "values".
    figures : sequence of str
        Figures over the plan.
    progress : callable, optional
        Called with the numbers of plans done and to do.

    Returns
    -------
    Grid
        Each figure as an array, shape (values of the first axis, values of the second).

    Raises
    ------
    InputError
        A name or a value is not allowed, or there are too many cells.
    """
    names, inputs = _figures(figures), grid_inputs(axes, plan_input)
    columns = inputs.columns(0, 0, inputs.rows)
    points = [
        {name: _alike(case, name, float(column[cell])) for name, column in columns.items()}
        for cell in range(inputs.rows)
    ]
    values, contradictory = figures_at(case, points, names, progress)
    tables = {name: row.reshape(inputs.shape) for name, row in zip(names, values, strict=True)}
    return Grid(inputs, tables, contradictory.reshape(inputs.shape))


def _figures(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(look_up("figure over the plan", name, OVER_PLAN).name for name in dict.fromkeys(names))


def _alike(case: Planned, name: str, value: float) -> tuple[float, ...]:
    return (value,) * len(case.in_use(name))


def _by_range(case: Planned, item: Range) -> _Move:
    low, high = (_alike(case, item.name, plan_input(item.name).check(end)) for end in (item.low, item.high))
    return _Move(item.name, low, case.in_use(item.name), high)


def _by_share(case: Planned, name: str, change: float) -> _Move:
    own = case.in_use(name)
    low, high = zip(*(ends_around(value, change) for value in own), strict=True)
    return _Move(name, low, own, high, change)


def _numbers(case: Planned, figure: str, decisions_only: bool) -> Iterator[str]:
    """The inputs other than zero that the figure depends on."""
    for name in _in_order(case.needed(figure)):
        if any(_own_values(case, name)) and not (decisions_only and is_given(plan_input(name))):
            yield name


def _in_order(names: set[str]) -> Iterator[str]:
    return (name for name in (*PLAN_NUMBERS, *INPUTS) if name in names)


def _own_values(case: Planned, name: str) -> list[float]:
    """What there is to move: a plan without a value of its own, or with zero, stays as it is."""
    return [value for value in case.in_use(name) if value == value and value]


def _fits(case: Planned, name: str, change: float) -> bool:
    return all(moves(plan_input(name), value, change) for value in _own_values(case, name))


def _bar(figure: str, item: _Move, base: float, ends: Sequence[float], broken: Sequence[bool]) -> Bar:
    own, differs = _common(item.base), len(set(item.base)) > 1
    return Bar(
        figure,
        item.name,
        _common(item.low),
        own,
        _common(item.high),
        ends[0],
        base,
        ends[1],
        broken[0],
        broken[1],
        differs,
        item.change,
    )


def _common(values: Sequence[float]) -> float:
    """The value of all tiers; NaN where they differ."""
    return values[0] if len(set(values)) == 1 else math.nan
