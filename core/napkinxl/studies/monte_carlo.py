"""Monte Carlo: how a result spreads when inputs are uncertain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import Bounds
from napkinxl.errors import look_up
from napkinxl.formulas import BLOCK_ROWS, QUANTITIES
from napkinxl.scenarios.scenario import Scenario
from napkinxl.studies.checks import counted
from napkinxl.studies.ranges import Floats, Range
from napkinxl.studies.sweeps import Sweep, base_values, numeric_results
from napkinxl.studies.workers import Cluster, Progress, run

PERCENTILES = (5, 25, 50, 75, 95)
DRAWS = Bounds(1, 100_000_000, whole=True)
SEEDS = Bounds(0, 2**53, whole=True)


@dataclass(frozen=True)
class RandomInputs:
    """Rows drawn from ranges; a block depends on the seed and its own number only."""

    ranges: tuple[Range, ...]
    seed: int
    rows: int

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs that vary."""
        return tuple(item.name for item in self.ranges)

    def columns(self, block: int, start: int, stop: int) -> Mapping[str, Floats]:
        """Their values in the block."""
        return {item.name: item.draw(self.seed, block, stop - start) for item in self.ranges}


@dataclass(frozen=True)
class Spread:
    """What the draws of one result come to; shares are of all draws, the rest is about those with an answer."""

    result: str
    unit: str
    draws: int
    no_answer_share: float
    contradictory_draws: int
    mean: float
    standard_deviation: float
    minimum: float
    maximum: float
    percentiles: dict[int, float]


@dataclass(frozen=True)
class MonteCarlo:
    """The draws of some results: NaN where there is no answer."""

    inputs: RandomInputs
    values: dict[str, Floats] = field(repr=False)
    contradictory: NDArray[numpy.bool_] = field(repr=False)

    def spread(self, result: str) -> Spread:
        """Mean, percentiles and the like of a result.

        Raises:
            UnknownNameError: the result was not asked for.
        """
        draws = look_up("result of the study", result, self.values)
        known = draws[~numpy.isnan(draws)]
        has = known.size > 0
        found = numpy.percentile(known, PERCENTILES) if has else numpy.full(len(PERCENTILES), numpy.nan)
        return Spread(
            result,
            QUANTITIES[result].unit,
            draws.size,
            1 - known.size / draws.size,
            int(self.contradictory.sum()),
            float(known.mean()) if has else numpy.nan,
            float(known.std(ddof=1)) if known.size > 1 else numpy.nan,
            float(known.min()) if has else numpy.nan,
            float(known.max()) if has else numpy.nan,
            dict(zip(PERCENTILES, found.tolist(), strict=True)),
        )

    def share_above(self, result: str, bound: float) -> float:
        """The share of all draws whose result is above a bound; a draw without an answer is not."""
        return float((look_up("result of the study", result, self.values) > bound).mean())

    def share_below(self, result: str, bound: float) -> float:
        """The share of all draws whose result is below a bound; a draw without an answer is not."""
        return float((look_up("result of the study", result, self.values) < bound).mean())

    def drawn_inputs(self) -> dict[str, Floats]:
        """The inputs of every draw; they are not kept but drawn again."""
        rows = self.inputs.rows
        starts = range(0, rows, BLOCK_ROWS)
        blocks = [self.inputs.columns(start // BLOCK_ROWS, start, min(start + BLOCK_ROWS, rows)) for start in starts]
        return {name: numpy.concatenate([block[name] for block in blocks]) for name in self.inputs.names}


def monte_carlo(
    scenario: Scenario,
    ranges: Sequence[Range],
    results: Sequence[str],
    draws: int = 100_000,
    seed: int = 0,
    catalog: Catalog | None = None,
    progress: Progress | None = None,
    cluster: Cluster = None,
) -> MonteCarlo:
    """Draw the inputs at random, independently of each other, and compute results for every draw.

    Parameters
    ----------
    scenario : Scenario
        What does not vary.
    ranges : sequence of Range
        What does; see `napkinxl.studies.ranges.make_range`.
    results : sequence of str
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

    Returns
    -------
    MonteCarlo
        The results of every draw, and their spread.

    Raises
    ------
    InputError
        A name, a range or a number is not allowed, or the scenario contradicts itself.

    References
    ----------
    .. [1] Metropolis and Ulam, The Monte Carlo Method, Journal of the American Statistical Association 44 (1949).
    """
    inputs = RandomInputs(tuple(ranges), counted("seed", seed, SEEDS), counted("draws", draws, DRAWS))
    names = numeric_results(results)
    sweep = Sweep(base_values(scenario, catalog or built_in_catalog()), inputs, names)
    values, contradictory = run(sweep, progress, cluster)
    return MonteCarlo(inputs, dict(zip(names, values, strict=True)), contradictory)
