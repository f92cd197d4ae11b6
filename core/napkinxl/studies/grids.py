"""A result over a grid: every pair of values of two inputs (or every value of one)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import Input
from napkinxl.errors import InputError
from napkinxl.scenarios.scenario import Scenario
from napkinxl.studies.names import scenario_input
from napkinxl.studies.ranges import Floats, Range, check_distinct, checked_values
from napkinxl.studies.sweeps import Sweep, base_values, numeric_results
from napkinxl.studies.workers import Cluster, Progress, run

MOST_AXES = 2


@dataclass(frozen=True)
class GridInputs:
    """A row per cell of the grid; the last axis runs fastest."""

    axes: tuple[tuple[str, Floats], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each axis has."""
        return tuple(len(values) for _, values in self.axes)

    @property
    def rows(self) -> int:
        """How many cells there are."""
        return int(numpy.prod(self.shape))

    @property
    def names(self) -> tuple[str, ...]:
        """The axes' inputs."""
        return tuple(name for name, _ in self.axes)

    def columns(self, _block: int, start: int, stop: int) -> Mapping[str, Floats]:
        """The inputs of some cells."""
        places = numpy.unravel_index(numpy.arange(start, stop), self.shape)
        return {name: values[place] for (name, values), place in zip(self.axes, places, strict=True)}


@dataclass(frozen=True)
class Grid:
    """Results over the grid, an array each with one dimension per axis; NaN where there is no answer."""

    inputs: GridInputs
    values: dict[str, Floats] = field(repr=False)
    contradictory: NDArray[numpy.bool_] = field(repr=False)

    def columns(self) -> dict[str, Floats]:
        """A row per cell: the inputs, then the results."""
        cells = {name: table.ravel() for name, table in self.values.items()}
        return {**self.inputs.columns(0, 0, self.inputs.rows), **cells}


def grid(
    scenario: Scenario,
    axes: Sequence[Range],
    results: Sequence[str],
    catalog: Catalog | None = None,
    progress: Progress | None = None,
    cluster: Cluster = None,
) -> Grid:
    """Results of a scenario for every combination of the values of one or two inputs.

    Parameters
    ----------
    scenario : Scenario
        What stays the same.
    axes : sequence of Range
        One or two lists of values: a `Range` of the kind "values".
    results : sequence of str
        The quantities to compute.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    progress : callable, optional
        Called with the number of cells done.
    cluster : distributed.Client or str, optional
        Who computes: a Dask client, a scheduler's address or "local"; by default threads of this process.

    Returns
    -------
    Grid
        Each result as an array, shape (values of the first axis, values of the second).

    Raises
    ------
    InputError
        A name or a value is not allowed, or the scenario contradicts itself.
    """
    inputs = grid_inputs(axes, scenario_input)
    names = numeric_results(results)
    sweep = Sweep(base_values(scenario, catalog or built_in_catalog()), inputs, names)
    values, contradictory = run(sweep, progress, cluster)
    tables = {name: row.reshape(inputs.shape) for name, row in zip(names, values, strict=True)}
    return Grid(inputs, tables, contradictory.reshape(inputs.shape))


def grid_inputs(axes: Sequence[Range], known: Callable[[str], Input]) -> GridInputs:
    """The cells of some axes.

    Raises:
        InputError: there are too many or none, one is no list of values, or an input or a value is not allowed.
    """
    if not 0 < len(axes) <= MOST_AXES:
        raise InputError(f"a grid must have 1 or {MOST_AXES} axes, got {len(axes)}")
    for axis in axes:
        if axis.kind != "values":
            raise InputError(f"the axis {axis.name} must be a list of values, got {axis.kind}")
    check_distinct([axis.name for axis in axes])
    return GridInputs(tuple((axis.name, numpy.array(checked_values(known(axis.name), axis.numbers))) for axis in axes))
