"""Many rows of inputs around one scenario, evaluated a block at a time; what all studies of ranges share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy
from numpy.typing import NDArray

from napkinxl.catalog import Catalog
from napkinxl.errors import InputError
from napkinxl.formulas import BLOCK_ROWS, TEXT, evaluate, get_quantity, needed_names
from napkinxl.scenarios.consistency import RULES
from napkinxl.scenarios.resolution import canonical, resolve
from napkinxl.scenarios.scenario import Scenario
from napkinxl.studies.names import scenario_input
from napkinxl.studies.ranges import Floats, check_distinct

# Every result is kept for every row, 8 bytes each: 1.6 GB.
MOST_NUMBERS = 200_000_000


class Inputs(Protocol):
    """The inputs that differ from row to row."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def names(self) -> tuple[str, ...]:
        """The inputs that vary."""

    def columns(self, block: int, start: int, stop: int) -> Mapping[str, Floats]:
        """Their values in rows `start` to `stop`, which are the block with that number."""


@dataclass(frozen=True)
class Block:
    """The results of some rows, one result a row of `values`; NaN where there is no answer."""

    values: Floats
    contradictory: NDArray[numpy.bool_]


@dataclass(frozen=True)
class Sweep:
    """A scenario's values in use, what differs from row to row, and the results that are wanted.

    A plain value: it can be sent to another machine.
    """

    base: Mapping[str, float]
    inputs: Inputs
    results: tuple[str, ...]

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return -(-self.inputs.rows // BLOCK_ROWS)

    def block(self, number: int) -> Block:
        """The block with that number; rows whose inputs contradict each other have no answer."""
        start = number * BLOCK_ROWS
        stop = min(start + BLOCK_ROWS, self.inputs.rows)
        rules = [rule for rule in RULES if self._touches(rule.names)]
        wanted = [*self.results, *(name for rule in rules for name in rule.names)]
        with numpy.errstate(all="ignore"):
            found = evaluate({**self.base, **self.inputs.columns(number, start, stop)}, wanted)
            contradictory = numpy.zeros(stop - start, dtype=bool)
            for rule in rules:
                contradictory |= rule.broken(found)
        values = numpy.empty((len(self.results), stop - start))
        for row, name in zip(values, self.results, strict=True):
            row[:] = found[name]
        values[~numpy.isfinite(values)] = numpy.nan
        values[:, contradictory] = numpy.nan
        return Block(values, contradictory)

    def _touches(self, names: Iterable[str]) -> bool:
        """Whether what varies reaches any of these values."""
        return not needed_names(names, self.base).isdisjoint(self.inputs.names)

    def check(self) -> None:
        """Refuse a scenario that contradicts itself whatever varies, and more numbers than memory should hold.

        Raises:
            InputError: it names the values, or says how many numbers are allowed.
        """
        check_distinct(self.inputs.names)
        for name in self.inputs.names:
            scenario_input(name)
        check_numbers(self.inputs.rows, len(self.results))
        for rule in RULES:
            if not self._touches(rule.names):
                found = evaluate(self.base, rule.names)
                if rule.broken(found):
                    raise InputError(rule.message(found))


def check_numbers(rows: int, results: int, scenarios: int = 1) -> None:
    """Refuse more numbers than memory should hold; those of all scenarios of a run are kept together.

    Raises:
        InputError: it says how many numbers are allowed.
    """
    numbers = rows * results * scenarios
    if numbers > MOST_NUMBERS:
        factors = "rows x results" if scenarios == 1 else "scenarios x results x rows (draws or cells)"
        raise InputError(f"{factors} must be at most {MOST_NUMBERS:,}, got {numbers:,}")


def base_values(scenario: Scenario, catalog: Catalog) -> dict[str, float]:
    """The inputs in use; what follows another value and is not given is absent."""
    return resolve(canonical(scenario, catalog), catalog).values


def numeric_results(names: Iterable[str]) -> tuple[str, ...]:
    """The results by name, each once.

    Raises:
        InputError: there is none, one is unknown, or its value is a word.
    """
    found = tuple(dict.fromkeys(names))
    if not found:
        raise InputError("a study needs at least one result, such as owned_usd_per_seat_month")
    for name in found:
        if get_quantity(name).unit == TEXT:
            raise InputError(f"a result must be a number, got {name}, whose value is a word")
    return found
