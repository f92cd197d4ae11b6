"""Tornado: which input moves a result most, each moved by itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy

from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.engine.inputs import Bounds, Input
from napkinxl.formulas import evaluate, needed_names
from napkinxl.inputs import INPUTS
from napkinxl.scenarios.consistency import check_consistency
from napkinxl.scenarios.scenario import Scenario
from napkinxl.studies.checks import checked
from napkinxl.studies.names import scenario_input
from napkinxl.studies.ranges import Floats, Range, check_distinct
from napkinxl.studies.sweeps import Sweep, base_values, numeric_results

PRECISION_LIMITS = ("fp8_max_weight_bits", "fp4_max_weight_bits")
CHANGE = 0.2
CHANGES = Bounds(0, 1, low_included=False)


@dataclass(frozen=True)
class Bar:
    """A result with one input at its low end, in use and at its high end; NaN where there is no answer.

    Where the plans of a product have values of their own (`differs`), there is no one value in use; where each moves
    by a share of its own, `change`, there is no one low or high end either: these are NaN then.
    """

    result: str
    input: str
    low: float
    base: float
    high: float
    result_at_low: float
    result_at_base: float
    result_at_high: float
    low_contradicts: bool = False
    high_contradicts: bool = False
    differs: bool = False
    change: float = 0.0

    @property
    def swing(self) -> float:
        """From the least to the greatest of the results that there are."""
        known = [value for value in (self.result_at_low, self.result_at_base, self.result_at_high) if value == value]
        return max(known) - min(known) if len(known) > 1 else math.nan

    @property
    def loses_answer(self) -> bool:
        """Whether the result has no answer at an end that contradicts nothing: the model does not fit, say."""
        low = math.isnan(self.result_at_low) and not self.low_contradicts
        high = math.isnan(self.result_at_high) and not self.high_contradicts
        return not math.isnan(self.result_at_base) and (low or high)

    @property
    def remark(self) -> str:
        """Why an end has no result, or ""."""
        ends = (("low", self.result_at_low, self.low_contradicts), ("high", self.result_at_high, self.high_contradicts))
        texts = [
            f"the {end} end contradicts other inputs" if contradicts else f"no answer at the {end} end"
            for end, value, contradicts in ends
            if math.isnan(value)
        ]
        return "; ".join(texts)

    @property
    def end_texts(self) -> tuple[str, str] | None:
        """The ends as the share by which each plan moves from its own value; none where they are numbers."""
        if not (self.differs and self.change):
            return None
        share = f"{100 * self.change:.10g}%"
        return f"-{share}", f"+{share}"

    @property
    def note(self) -> str:
        """The remark, and what stands for values that differ from plan to plan."""
        ends = f"each plan from its own value: {' and '.join(self.end_texts)}" if self.end_texts else ""
        own = ends or ("the plans have values of their own in use" if self.differs else "")
        return "; ".join(text for text in (self.remark, own) if text)


@dataclass(frozen=True)
class OneAtATime:
    """A row with all inputs in use, then two for each range: it alone at its low and its high end."""

    ranges: tuple[tuple[str, float, float, float], ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + 2 * len(self.ranges)

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs that vary."""
        return tuple(name for name, *_ in self.ranges)

    def columns(self, _block: int, start: int, stop: int) -> Mapping[str, Floats]:
        """The inputs of some rows."""
        columns = {}
        for place, (name, low, rest, high) in enumerate(self.ranges):
            column = numpy.full(self.rows, rest)
            column[1 + 2 * place : 3 + 2 * place] = low, high
            columns[name] = column[start:stop]
        return columns


def tornado(
    scenario: Scenario,
    result: str,
    ranges: Sequence[Range] | None = None,
    change: float = CHANGE,
    catalog: Catalog | None = None,
    decisions_only: bool = False,
) -> list[Bar]:
    """How far each input by itself moves a result, the one that moves it most first.

    Parameters
    ----------
    scenario : Scenario
        Where every input stands while another moves. An input that follows the one that moves goes with it.
    result : str
        The quantity.
    ranges : sequence of Range, optional
        From where to where inputs move; by default every number that the result depends on moves down and up by
        `change`, but those of `left_out` and zeros.
    change : float
        [share] of an input's value.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    decisions_only : bool
        Without `ranges`, leave out what describes the GPU and the model: nobody moves a model's layers by a fifth.

    Returns
    -------
    list of Bar
        First those where the result loses its answer at one end, then by falling swing.

    Raises
    ------
    InputError
        A name, a range or a number is not allowed, or the scenario contradicts itself.

    References
    ----------
    .. [1] Eschenbach, Spiderplots versus Tornado Diagrams for Sensitivity Analysis, Interfaces 22 (1992).
    """
    numeric_results([result])
    base = base_values(scenario, catalog or built_in_catalog())
    in_use = evaluate(base)
    check_consistency(in_use)
    if ranges is None:
        ends = list(_around(base, in_use, result, checked("change", change, CHANGES), decisions_only))
    else:
        check_distinct([item.name for item in ranges])
        ends = [(scenario_input(item.name).name, item.low, item.high) for item in ranges]
    if not ends:
        return []
    # A gap in the column of an input that follows another means: the value that it follows.
    inputs = OneAtATime(tuple((name, low, base.get(name, math.nan), high) for name, low, high in ends))
    block = Sweep(base, inputs, (result,)).block(0)
    values, broken = block.values[0].tolist(), block.contradictory.tolist()
    bars = [
        Bar(
            result,
            name,
            low,
            float(in_use[name]),
            high,
            values[2 * place + 1],
            values[0],
            values[2 * place + 2],
            broken[2 * place + 1],
            broken[2 * place + 2],
        )
        for place, (name, low, high) in enumerate(ends)
    ]
    return longest_first(bars)


def longest_first(bars: Iterable[Bar]) -> list[Bar]:
    """First the bars that lose their answer at one end, then by falling swing."""
    return sorted(bars, key=lambda bar: (not bar.loses_answer, -bar.swing if bar.swing == bar.swing else math.inf))


def left_out(
    scenario: Scenario,
    result: str,
    change: float = CHANGE,
    catalog: Catalog | None = None,
    decisions_only: bool = False,
) -> list[str]:
    """The inputs that a result depends on and that a tornado without ranges does not move.

    Counts and numbers of bits, as a fifth more of them does not exist, and what a bound of the input stops on the
    way, as it would seem to matter more, or less, than it does. Zeros, which stay zero, are not among them.

    Parameters
    ----------
    scenario, result, change, catalog, decisions_only
        As for `tornado`.

    Returns
    -------
    list of str
        Names of inputs; a range or a list of values can be named for each.

    Examples
    --------
    >>> left_out(Scenario(), "rent_usd_per_gpu_month")
    ['hours_per_month']
    """
    base = base_values(scenario, catalog or built_in_catalog())
    in_use = evaluate(base)
    names = _numbers(base, in_use, result, decisions_only)
    return [name for name in names if not moves(INPUTS[name], in_use[name], change)]


def left_out_text(left: Sequence[str], change: float = CHANGE) -> str:
    """What a caption says of the inputs that were left out, by name or label.

    >>> left_out_text(["weight_bits"])
    'Not moved, as a change of 20% does not suit counts, bits or values near a bound: weight_bits.'
    """
    why = f"Not moved, as a change of {100 * change:.10g}% does not suit counts, bits or values near a bound"
    return f"{why}: {', '.join(left)}." if left else ""


def _numbers(
    base: Mapping[str, float], in_use: Mapping[str, float], result: str, decisions_only: bool
) -> Iterator[str]:
    """The inputs other than zero that the result depends on."""
    needed = needed_names([result], base)
    for item in INPUTS.values():
        known = item.name in needed and in_use[item.name] == in_use[item.name]
        if known and in_use[item.name] and not (decisions_only and is_given(item)):
            yield item.name


def is_given(item: Input) -> bool:
    """Whether it describes a GPU or a model, or how the one computes the other."""
    return item.owner in ("gpu", "model") or item.name in PRECISION_LIMITS


def moves(item: Input, value: float, change: float) -> bool:
    """Whether a share of its value down and up makes sense: it is neither counted nor in bits, and no bound is near."""
    in_steps = item.bounds.whole or item.unit == "bits"
    return not in_steps and all(end in item.bounds for end in ends_around(value, change))


def ends_around(value: float, change: float) -> tuple[float, float]:
    """A value less and plus a share of it."""
    return value - change * abs(value), value + change * abs(value)


def _around(
    base: Mapping[str, float], in_use: Mapping[str, float], result: str, change: float, decisions_only: bool
) -> Iterator[tuple[str, float, float]]:
    """The low and the high end of every input that the result depends on and that moves."""
    for name in _numbers(base, in_use, result, decisions_only):
        if moves(INPUTS[name], in_use[name], change):
            yield name, *ends_around(in_use[name], change)
