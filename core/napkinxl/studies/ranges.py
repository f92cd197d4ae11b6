"""What varies in a study: the range of an input, and how values are drawn from it.

Inputs are drawn independently of each other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any
from zlib import crc32

import numpy
from numpy.typing import NDArray

from napkinxl.engine.inputs import Bounds, Input
from napkinxl.errors import InputError, unknown
from napkinxl.studies.checks import checked
from napkinxl.studies.names import study_input

Floats = NDArray[numpy.float64]
P95 = 1.6448536269514722  # standard deviations from the mean of a normal value to its 95th percentile
# The kinds, by the fields that say them.
KINDS: dict[tuple[str, ...], str] = {
    ("low", "high"): "uniform",
    ("low", "mode", "high"): "triangular",
    ("mean", "sd"): "normal",
    ("median", "p95"): "lognormal",
    ("values",): "values",
}
FIELDS = tuple(dict.fromkeys(field for fields in KINDS for field in fields))


@dataclass(frozen=True)
class Range:
    """The values that an input takes; make one with `make_range`.

    Of `values` each is equally likely. A normal or lognormal value that falls outside the input's bounds is drawn
    again, so the mean and spread are a little off where much falls outside. Whole-number inputs are rounded.
    """

    name: str
    kind: str
    numbers: tuple[float, ...]

    @property
    def low(self) -> float:
        """The low end; of a normal or lognormal value the 5th percentile."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """The high end; of a normal or lognormal value the 95th percentile."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        if self.kind == "values":
            return min(self.numbers), max(self.numbers)
        if self.kind in ("uniform", "triangular"):
            return self.numbers[0], self.numbers[-1]
        low, high = (self._percentile(share) for share in (0.05, 0.95))
        return low, high

    def _percentile(self, share: float) -> float:
        """Of a normal or lognormal value that lies within the bounds."""
        item = study_input(self.name)
        if self.kind == "normal":
            normal, low, high = NormalDist(*self.numbers), item.bounds.low, item.bounds.high
        else:
            normal = NormalDist(*self._of_logarithm())
            low = math.log(item.bounds.low) if item.bounds.low > 0 else -math.inf
            high = math.log(item.bounds.high)
        below, upto = normal.cdf(low), normal.cdf(high)
        value = normal.inv_cdf(below + share * (upto - below))
        return within(item, value if self.kind == "normal" else math.exp(value))

    def _of_logarithm(self) -> tuple[float, float]:
        """The mean and standard deviation of a lognormal value's logarithm."""
        middle, end = math.log(self.numbers[0]), math.log(self.numbers[1])
        return middle, (end - middle) / P95

    def draw(self, seed: int, block: int, rows: int) -> Floats:
        """A block's values; they depend on the seed, the block's number and the input's name, not on other inputs."""
        sequence = numpy.random.SeedSequence(seed, spawn_key=(block, crc32(self.name.encode())))
        generator = numpy.random.Generator(numpy.random.PCG64(sequence))
        values = self._draw(generator, rows)
        bounds = study_input(self.name).bounds
        while (outside := bounds.outside(values)).any():
            values[outside] = self._draw(generator, int(outside.sum()))
        return values

    def _draw(self, generator: numpy.random.Generator, rows: int) -> Floats:
        whole, numbers = study_input(self.name).bounds.whole, self.numbers
        if self.kind == "values":
            return generator.choice(numpy.array(numbers), rows)
        if self.kind == "uniform" and whole:  # rounding would halve the chance of both ends
            return generator.integers(int(numbers[0]), int(numbers[1]) + 1, rows).astype(float)
        if self.kind == "uniform":
            values = generator.uniform(numbers[0], numbers[1], rows)
        elif self.kind == "triangular":
            values = generator.triangular(numbers[0], numbers[1], numbers[2], rows)
        elif self.kind == "normal":
            values = generator.normal(numbers[0], numbers[1], rows)
        else:
            values = generator.lognormal(*self._of_logarithm(), rows)
        return numpy.rint(values) if whole else values


def make_range(name: str, fields: Mapping[str, Any]) -> Range:
    """The range of an input.

    Parameters
    ----------
    name : str
        The input.
    fields : mapping of str to float or list of float
        In the input's unit: low and high (uniform); low, mode and high (triangular); mean and sd (normal); median
        and p95 (lognormal); or values, a list.

    Returns
    -------
    Range
        Checked against the input's bounds.

    Raises
    ------
    InputError
        There is no such input, the fields make no range, or a value is not allowed.

    Examples
    --------
    >>> make_range("context_tokens", {"low": 4_000, "mode": 20_000, "high": 40_000}).kind
    'triangular'
    """
    item = study_input(name)
    for field in fields:
        if field not in FIELDS:
            raise unknown(f"field of the range of {name}", field, FIELDS)
    named = next((known for known in KINDS if set(known) == set(fields)), None)
    if named is None:
        allowed = "; ".join(" and ".join(known) for known in KINDS)
        raise InputError(f"the range of {name} must be given as {allowed}; got {' and '.join(fields) or 'nothing'}")
    kind = KINDS[named]
    if kind == "values":
        return Range(name, kind, checked_values(item, fields["values"]))
    numbers = tuple(_number(item, field, fields[field]) for field in named)
    _check_order(name, kind, dict(zip(named, numbers, strict=True)))
    return Range(name, kind, numbers)


def checked_values(item: Input, values: object) -> tuple[float, ...]:
    """A list of values of an input, each within its bounds.

    Raises:
        InputError: it is no list, it is empty, or a value is not allowed.
    """
    if not isinstance(values, Sequence) or isinstance(values, str) or not values:
        raise InputError(f"the values of {item.name} must be a list of at least one number, got {values!r}")
    return tuple(item.check(value) for value in values)


def within(item: Input, value: float) -> float:
    """The nearest value that the input may take."""
    bounds = item.bounds
    low = bounds.low if bounds.low_included else math.nextafter(bounds.low, math.inf)
    near = float(min(max(value, low), bounds.high))
    return float(round(near)) if bounds.whole else near


def check_distinct(names: Sequence[str]) -> None:
    """Refuse an input that varies in two ways, or none at all.

    Raises:
        InputError: it names the input.
    """
    if not names:
        raise InputError("nothing varies: give the range of at least one input, such as context_tokens=4000:40000")
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{name} varies in two ways: give one")


def _number(item: Input, field: str, value: object) -> float:
    """A field of a range within the input's bounds; what is no end of the range need not be a whole number."""
    bounds = item.bounds
    if field == "sd":
        return checked(f"sd of {item.name}", value, Bounds(0, bounds.high - bounds.low, low_included=False))
    ends = bounds if field in ("low", "high") else replace(bounds, whole=False)
    return checked(f"{field} of {item.name}", value, ends)


def _check_order(name: str, kind: str, numbers: Mapping[str, float]) -> None:
    """Refuse ends that are the wrong way round, and a lognormal value that is not above zero."""
    if kind == "normal":
        return
    first, *_, last = numbers
    if kind == "lognormal" and numbers[first] <= 0:
        raise InputError(f"median of {name} must be above 0, got {numbers[first]:.10g}")
    if numbers[first] >= numbers[last]:
        raise InputError(f"{first} of {name} must be below {last} ({numbers[last]:.10g}), got {numbers[first]:.10g}")
    if kind == "triangular" and not numbers[first] <= numbers["mode"] <= numbers[last]:
        ends = f"[{numbers[first]:.10g}, {numbers[last]:.10g}]"
        raise InputError(f"mode of {name} must be in {ends}, got {numbers['mode']:.10g}")
