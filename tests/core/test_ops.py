"""The functions that formulas may use: no answer stays no answer, a column gives what its rows give."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl.engine import ops

NAN = math.nan
Two = Callable[[Any, Any], Any]
# What each means, in plain Python, for numbers that are there.
MEANING: dict[str, tuple[Two, Two]] = {
    "minimum": (ops.minimum, min),
    "maximum": (ops.maximum, max),
    "above": (ops.above, lambda a, b: float(a > b)),
    "at_least": (ops.at_least, lambda a, b: float(a >= b)),
    "ratio": (ops.ratio, lambda a, b: a / b if b else NAN),
    "power": (ops.power, lambda a, b: a**b),
    "floor": (lambda a, _: ops.floor(a), lambda a, _: math.floor(a)),
}
NUMBERS = st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 7.5, 1e6])
BASES = st.sampled_from([0.0, 1e-3, 0.5, 0.75, 1.0])
EXPONENTS = st.sampled_from([0.0, 0.5, 1.0, 6.0, 281.0, 1e6])


# A test gives words too, which the formulas' annotations keep apart.
where: Any = ops.where


def same(found: Any, expected: Any) -> bool:
    return bool(found == pytest.approx(expected, rel=1e-12, nan_ok=True))


@pytest.mark.parametrize("name", MEANING)
@given(a=NUMBERS, b=NUMBERS, base=BASES, exponent=EXPONENTS)
def test_scalars(name: str, a: float, b: float, base: float, exponent: float) -> None:
    ours, meaning = MEANING[name]
    pair = (base, exponent) if name == "power" else (a, b)
    assert same(ours(*pair), meaning(*pair))


@pytest.mark.parametrize("name", MEANING)
@given(rows=st.lists(st.tuples(st.one_of(NUMBERS, st.just(NAN)), st.one_of(NUMBERS, st.just(NAN))), min_size=1))
def test_array_is_its_rows(name: str, rows: list[tuple[float, float]]) -> None:
    """Also for a column beside one number, and for numbers that are missing."""
    ours = MEANING[name][0]
    if name == "power":  # its base is a share
        rows = [(min(a, 1.0) if a == a else a, b) for a, b in rows]
    a, b = (numpy.array(column) for column in zip(*rows, strict=True))
    with numpy.errstate(all="ignore"):  # as the evaluation of a frame does
        assert same(ours(a, b), numpy.array([ours(x, y) for x, y in rows]))
        assert same(ours(a, rows[0][1]), numpy.array([ours(x, rows[0][1]) for x, _ in rows]))
        if name != "floor":
            assert same(ours(rows[0][0], b), numpy.array([ours(rows[0][0], y) for _, y in rows]))


@pytest.mark.parametrize("name", MEANING)
@pytest.mark.parametrize("make", [float, lambda value: numpy.array([value])], ids=["scalar", "array"])
def test_no_answer_passes_on(name: str, make: Callable[[float], Any]) -> None:
    ours = MEANING[name][0]
    with numpy.errstate(all="ignore"):
        assert numpy.isnan(ours(make(NAN), make(0.5))).all()
        assert numpy.isnan(ours(make(NAN), make(NAN))).all()
        if name != "floor":
            assert numpy.isnan(ours(make(0.5), make(NAN))).all()


@pytest.mark.parametrize("kind", [float, numpy.asarray, numpy.atleast_1d], ids=["float", "0-d", "array"])
def test_where(kind: Callable[[float], Any]) -> None:
    assert numpy.ravel(where(kind(1.0), 5, 6)).tolist() == [5]
    assert numpy.ravel(where(kind(0.0), 5, 6)).tolist() == [6]
    assert numpy.isnan(where(kind(NAN), 5, 6)).all()


def test_where_chooses_by_row_and_a_word_without_answer_is_blank() -> None:
    test = numpy.array([1.0, 0.0, NAN])
    chosen = where(test, numpy.array([1.0, 2.0, 3.0]), numpy.array([4.0, 5.0, 6.0]))
    assert same(chosen, numpy.array([1.0, 5.0, NAN]))
    words: Any = where(test, "fits", "does not fit")
    assert words.tolist() == ["fits", "does not fit", ""]
    told: Any = where(numpy.array([2.0, 3.0]) > 2.5, "yes", "no")
    assert told.tolist() == ["no", "yes"]


def test_ratio_otherwise_only_where_the_divisor_is_zero() -> None:
    assert ops.ratio(3.0, 0.0) != ops.ratio(3.0, 0.0)  # no answer
    assert ops.ratio(3.0, 0.0, otherwise=1.0) == 1.0
    assert ops.ratio(3.0, -2.0, otherwise=1.0) == -1.5
    column: Any = ops.ratio(numpy.array([3.0, 3.0]), numpy.array([0.0, 2.0]), otherwise=1.0)
    assert column.tolist() == [1.0, 1.5]


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (7.999_999_999_5, 8),  # an engine's last digits: counts as 8 everywhere
        (7.999_999_99, 7),  # a true difference stays
        (160 / 26.2144, 6),  # the article's six chats
        (-0.5, -1),
        (math.inf, math.inf),
    ],
)
def test_floor_guards_against_the_last_digit(given_value: float, expected: float) -> None:
    assert ops.floor(given_value) == expected
    assert ops.floor(numpy.array([given_value])) == numpy.array([expected])


def test_power_at_the_edges_where_engines_differ() -> None:
    """0^0 is an error in Excel; 0.5^5000 underflows."""
    assert ops.power(0.0, 0.0) == 1.0
    assert ops.power(0.0, 3.0) == 0.0
    assert ops.power(0.5, 5000.0) == 0.0
    with numpy.errstate(all="ignore"):
        column: Any = ops.power(numpy.array([0.0, 0.0, 0.5, 1.0]), numpy.array([0.0, 3.0, 5000.0, 0.0]))
    assert column.tolist() == [1.0, 0.0, 0.0, 1.0]


def test_whole_numbers_are_numbers_too() -> None:
    assert ops.minimum(3, 2) == 2
    assert ops.maximum(3, 2) == 3
    assert ops.floor(3) == 3
    assert ops.ratio(3, 2) == 1.5
    assert where(ops.above(3, 2), "yes", "no") == "yes"
    assert where(ops.at_least(2, 3), "yes", "no") == "no"
