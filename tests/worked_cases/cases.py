"""The published worked cases: what a source prints for given inputs, and when a value of ours agrees with it."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeVar

import pytest

FILE = Path(__file__).parent / "worked_cases.csv"
Test = TypeVar("Test", bound=Callable[..., object])

COVERED: set[str] = set()


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    id: str
    topic: str
    inputs: dict[str, str]
    expected: float
    unit: str
    printed_digits: int
    note: str

    def number(self, name: str) -> float:
        """An input that is one number; a product such as 226.75*8 is multiplied, a quotient divided."""
        return _number(self.inputs[name])

    def numbers(self, name: str) -> list[float]:
        """An input that is a list of numbers."""
        return [_number(part) for part in self.inputs[name].split(",")]

    @property
    def tolerance(self) -> float:
        """Half a unit of the last printed digit."""
        return 0.5 * 10.0**-self.printed_digits

    def agrees(self, value: float) -> bool:
        """Whether a value rounds to what the source prints."""
        return math.isclose(value, self.expected, rel_tol=1e-9, abs_tol=self.tolerance * (1 + 1e-9))


def _number(text: str) -> float:
    for operator, apply in (("*", float.__mul__), ("/", float.__truediv__)):
        left, found, right = text.partition(operator)
        if found:
            return apply(_number(left), _number(right))
    return float(text)


@cache
def cases() -> dict[str, Case]:
    """All of them by id."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: _case(row) for row in csv.DictReader(stream)}


def _case(row: dict[str, str]) -> Case:
    inputs = dict(part.strip().split("=", 1) for part in row["inputs"].split(";") if "=" in part)
    return Case(
        row["id"], row["topic"], inputs, float(row["expected"]), row["unit"], int(row["printed_digits"]), row["note"]
    )


def case(name: str) -> Case:
    """The case with that id."""
    return cases()[name]


def covers(*names: str) -> Callable[[Test], Test]:
    """Say of a test which cases it checks: each must be in the table."""
    unknown = set(names) - set(cases())
    assert not unknown, f"no such worked case: {', '.join(sorted(unknown))}"
    COVERED.update(names)
    return lambda test: test


Compute: TypeAlias = Callable[[Case], float]


def printed_test(computed: Mapping[str, Compute]) -> Callable[[str], None]:
    """A test that each of these comes to what the source of its case prints."""

    @covers(*computed)
    @pytest.mark.parametrize("name", computed)
    def test(name: str) -> None:
        row = case(name)
        found = computed[name](row)
        assert row.agrees(found), (found, row.expected)

    return test
