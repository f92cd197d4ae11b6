"""What a formula becomes when it is traced: refusals, and Excel text that means the same as the Python.

The oracle of the property test is IronCalc, a spreadsheet engine that is not ours; the tree's own value is computed
with plain Python numbers by `value_of`, which knows nothing of brackets.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from typing import Any

import ironcalc
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from napkinxl.engine import ops
from napkinxl.engine.expressions import Constant, Expression, Symbol, excel, expression, words
from support.sizes import size

A: Any = Symbol("A1")  # what a formula function sees is no more precise than this
B: Any = Symbol("B1")
C: Any = Symbol("C1")
COLUMNS = "ABCD"
# A program is a leaf (a column or a number) or an operation on programs.
Program = Any


class Unsafe(Exception):  # noqa: N818  # not an error: the case is passed over
    """A case on which engines may differ for reasons of rounding, not of meaning."""


def apart(a: float, b: float) -> None:
    """Comparisons and steps of nearly equal numbers depend on the last digit."""
    if a != b and abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b)):
        raise Unsafe


def divide(a: float, b: float) -> float:
    apart(b, 0.0)
    if b == 0:
        raise Unsafe  # a plain division is only by what cannot be zero
    return a / b


def compare(test: Callable[[float, float], bool]) -> Callable[[float, float], float]:
    def answer(a: float, b: float) -> float:
        if math.isnan(a) or math.isnan(b):
            return math.nan
        apart(a, b)
        return float(test(a, b))

    return answer


def quotient(a: float, b: float, otherwise: float) -> float:
    apart(b, 0.0)
    return otherwise if b == 0 else a / b


def whole(a: float) -> float:
    if math.isnan(a):
        return a
    apart(a, round(a))
    return float(math.floor(a))


def choose(test: float, yes: float, no: float) -> float:
    return test if math.isnan(test) else yes if test else no


def least(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else min(a, b)


def most(a: float, b: float) -> float:
    return math.nan if math.isnan(a) or math.isnan(b) else max(a, b)


MEANING: dict[str, Callable[..., float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
    "min": least,
    "max": most,
    "ratio": quotient,
    "floor": whole,
    "above": lambda a, b, yes, no: choose(compare(operator.gt)(a, b), yes, no),
    "at_least": lambda a, b, yes, no: choose(compare(operator.ge)(a, b), yes, no),
    "power": lambda share, exponent: share**exponent,
}
TRACED: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "min": ops.minimum,
    "max": ops.maximum,
    "floor": ops.floor,
    "ratio": lambda a, b, otherwise: ops.ratio(a, b, otherwise=otherwise),
    "above": lambda a, b, yes, no: ops.where(ops.above(a, b), yes, no),
    "at_least": lambda a, b, yes, no: ops.where(ops.at_least(a, b), yes, no),
    "power": ops.power,
}

LITERALS = st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0, 8.0, -3.0, 1000.0, 1e9])
LEAVES = st.one_of(st.sampled_from(COLUMNS), LITERALS)


def grow(inner: st.SearchStrategy[Program]) -> st.SearchStrategy[Program]:
    share = st.sampled_from([0.0, 0.25, 0.9, 1.0])
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/", "min", "max"]), inner, inner),
        st.tuples(st.just("ratio"), inner, inner, LITERALS),
        st.tuples(st.just("floor"), inner),
        st.tuples(st.sampled_from(["above", "at_least"]), inner, inner, inner, inner),
        # A share to a number of sequences, as the formulas use it; the exponent is a sum to need its brackets.
        st.tuples(
            st.just("power"), st.tuples(st.just("-"), st.just(1.0), share), st.tuples(st.just("+"), share, share)
        ),
    )


PROGRAMS = st.recursive(LEAVES, grow, max_leaves=12)


def value_of(program: Program, cells: dict[str, float]) -> float:
    if isinstance(program, str):
        return cells[program]
    if isinstance(program, float):
        return program
    return MEANING[program[0]](*(value_of(part, cells) for part in program[1:]))


def traced(program: Program) -> Any:
    """Leaves that are numbers stay plain Python numbers, as in a formula's text."""
    if isinstance(program, str):
        return Symbol(f"{program}1")
    if isinstance(program, float):
        return program
    parts = [traced(part) for part in program[1:]]
    if not any(isinstance(part, Expression) for part in parts):
        parts[0] = expression(parts[0])  # as a formula always has a symbol in it
    return TRACED[program[0]](*parts)


@settings(max_examples=size("expressions"), suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(
    program=PROGRAMS,
    values=st.tuples(*[st.sampled_from([0.0, 0.5, 1.0, 3.0, 7.0, -2.0, 192.0, math.nan]) for _ in COLUMNS]),
)
def test_written_formula_means_the_same(program: Program, values: tuple[float, ...]) -> None:
    cells = dict(zip(COLUMNS, values, strict=True))
    try:
        expected = value_of(program, cells)
    except (Unsafe, OverflowError):
        assume(False)
    text = excel(expression(traced(program)))
    model = ironcalc.create("tree", "en", "UTC")
    for column, value in enumerate(values, start=1):
        model.set_user_input(0, 1, column, "=NA()" if math.isnan(value) else repr(value))
    model.set_user_input(0, 2, 1, f"={text}")
    model.evaluate()
    found = model.get_cell_value(0, 2, 1)
    if math.isnan(expected):
        assert found == "#N/A", text
    else:
        # Differences of large numbers lose digits in any order of addition.
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-5), text


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (A - (B - C), "A1-(B1-C1)"),
        (A - B - C, "A1-B1-C1"),
        (A / (B * C), "A1/(B1*C1)"),
        (A / (B / C), "A1/(B1/C1)"),
        ((A + B) * C, "(A1+B1)*C1"),
        (A * B + C, "A1*B1+C1"),
        (1 - A, "1-A1"),
        (A - -2, "A1-(-2)"),
        (ops.ratio(A + B, C - 1), "IF(C1-1=0,NA(),(A1+B1)/(C1-1))"),
        (ops.where(ops.above(A + 1, B), "fits", 'says "no"'), 'IF(A1+1>B1,"fits","says ""no""")'),
        (ops.floor(A / B), "INT(A1/B1+0.000000001)"),
        (ops.minimum(A, 128), "MIN(A1,128)"),
        (ops.maximum(A - B, 0), "MAX(A1-B1,0)"),
    ],
)
def test_written_as_an_analyst_would(tree: Expression, expected: str) -> None:
    """Brackets where the order of Excel's operators needs them, and nowhere else: an auditor reads these."""
    assert excel(tree) == expected


@given(value=st.floats(min_value=1e-12, max_value=1e15, allow_nan=False))
@example(value=1e-7 / 3)
@example(value=1e-12)
def test_literals_have_no_exponent_and_keep_their_value(value: float) -> None:
    """An engine aborts on 1E3; the limit for two engines that agree is a relative difference of 1e-9."""
    text = excel(expression(value))
    assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", text)
    assert float(text) == pytest.approx(value, rel=1e-9, abs=0)


def test_negative_literals_are_bracketed() -> None:
    assert excel(A * -0.5) in ("A1*(-0.5)", "A1*-0.5")
    assert excel(expression(math.nan)) == "NA()"


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_text_is_quoted(text: str) -> None:
    written = excel(expression(text))
    assert written[0] == written[-1] == '"'
    assert re.fullmatch(r'(?:[^"]|"")*', written[1:-1])
    assert written[1:-1].replace('""', '"') == text


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: A == B,
        lambda: A != B,
        lambda: A < B,
        lambda: A <= 1,
        lambda: A > B,
        lambda: A >= 1,
        lambda: A**2,
        lambda: 2**A,
        lambda: bool(A),
        lambda: not A,
        lambda: A and B,
        lambda: hash(A),
        lambda: -A,
        lambda: abs(A),
        lambda: A // 2,
        lambda: A % 2,
        lambda: float(A),
        lambda: math.floor(A),
        lambda: A + None,
        lambda: A * True,
        lambda: A / object(),
        lambda: max(A, B),
        lambda: min(A, 0.0),
    ],
)
def test_what_would_lose_its_meaning_is_refused(attempt: Callable[[], object]) -> None:
    """Equality, plain comparisons, branches and powers give different answers in Excel, or none."""
    with pytest.raises(TypeError):
        attempt()


def test_words() -> None:
    assert words(A * (B - 1) / 8) == "A1 × (B1 − 1) / 8"
    assert words(expression(ops.ratio(A, B * C))) == "A1 / (B1 × C1)"
    assert words(expression(1e9)) == "1e9"
    assert words(Constant("fits")) == '"fits"'
