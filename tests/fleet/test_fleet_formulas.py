"""The registry of rows, their documentation, and functions on rows."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from graphlib import CycleError
from typing import Any

import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl.engine import ops
from napkinxl.engine import row_ops as rows
from napkinxl.engine.expressions import History, Symbol, excel, expression, words
from napkinxl.engine.registry import monthly, over_plan, wire
from napkinxl.engine.tracing import row_formula
from napkinxl.engine.wiring import check_plan
from napkinxl.errors import UnknownNameError
from napkinxl.formulas import Quantity, formula_words
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from support.written_docstrings import equations

ITEMS = [*MONTHLY.values(), *OVER_PLAN.values()]
NAMES: dict[str, Any] = {
    **{name: getattr(ops, name) for name in ops.__dict__ if not name.startswith("_")},
    **{name: getattr(rows, name) for name in rows.__dict__ if not name.startswith("_")},
    "HALF_A_CENT": 0.005,
}
SERIES = ("season_ratios",)


NEVER_ZERO = ("useful_life_months", "gpus_per_server")


def draw(parameter: str, rng: random.Random) -> Any:
    """A number, or a row of them; zero now and then, where that is allowed."""
    if parameter == "every_service_level_probability":
        return [rng.uniform(0.5, 0.999) for _ in range(3)]
    if takes_row(parameter):
        return [rng.choice((0.0, rng.uniform(0.5, 20))) for _ in range(12)]
    return rng.choice((*((0.0, 0.5) if parameter not in NEVER_ZERO else ()), float(rng.randint(1, 12))))


def takes_row(parameter: str) -> bool:
    return wire(parameter).form in ("every", "so_far", "by_month") or parameter in SERIES


@pytest.mark.parametrize("item", [item for item in ITEMS if equations(item)], ids=lambda item: item.name)
def test_equation_gives_what_the_function_gives(item: Quantity) -> None:
    rng = random.Random(item.name)
    answers = 0
    for _ in range(50):
        values = {parameter: draw(parameter, rng) for parameter in item.parameters}
        names = {**NAMES, **values}
        for left, right in equations(item):
            names[left] = eval(right, {"__builtins__": {}}, names)
        found = item.function(*values.values())
        assert names[item.name] == pytest.approx(found, rel=1e-12, nan_ok=True)
        answers += found == found
    assert answers


@pytest.fixture
def scratch() -> Iterator[None]:
    kept = dict(MONTHLY), dict(OVER_PLAN)
    yield
    for table, was in zip((MONTHLY, OVER_PLAN), kept, strict=True):
        table.clear()
        table.update(was)


@pytest.mark.usefixtures("scratch")
def test_a_misspelt_parameter_is_refused() -> None:
    @monthly("USD", "Scratch")
    def scratch_usd(previous_revenu_usd: float) -> float:
        return previous_revenu_usd

    with pytest.raises(UnknownNameError, match="parameter of scratch_usd 'revenu_usd'; did you mean revenue_usd"):
        check_plan()


@pytest.mark.usefixtures("scratch")
def test_a_form_that_does_not_fit_is_refused() -> None:
    @monthly("users", "Scratch")
    def scratch(tier_users: float) -> float:
        return tier_users

    with pytest.raises(ValueError, match="scratch cannot take tier_users in the form 'value'"):
        check_plan()


@pytest.mark.usefixtures("scratch")
def test_a_figure_cannot_take_one_month() -> None:
    @over_plan("users", "Scratch")
    def scratch(total_users: float) -> float:
        return total_users

    with pytest.raises(ValueError, match="scratch cannot take total_users"):
        check_plan()


@pytest.mark.usefixtures("scratch")
def test_rows_that_need_each_other_are_refused() -> None:
    @monthly("x", "One")
    def one(other: float) -> float:
        return other

    @monthly("x", "Other")
    def other(one: float) -> float:
        return one

    with pytest.raises(CycleError):
        check_plan()


def test_a_name_that_is_taken_is_refused() -> None:
    def revenue_usd(users: float) -> float:
        return users

    with pytest.raises(ValueError, match="the name revenue_usd is taken"):
        monthly("USD", "Scratch")(revenue_usd)


@given(st.floats(-0.5, 2), st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_present_value_is_that_of_numpy_financial(rate: float, flows: list[float]) -> None:
    expected = numpy_financial.npv(rate, [0.0, *flows])
    assert rows.present_value(rate, flows) == pytest.approx(expected, rel=1e-9, abs=1e-6 * max(1, 0.5 ** -len(flows)))


def test_no_answer_passes_through_rows() -> None:
    none = float("nan")
    found: Any
    for found in (
        rows.total([1.0, none]),
        rows.lowest([1.0, none]),
        rows.highest([none, 1.0]),
        rows.last([1.0, none]),
        rows.first_month([none, 0.0], 0.0),
        rows.first_month([1.0, 2.0], 0.0),
        rows.month_value([1.0], none),
        rows.present_value(none, [1.0]),
    ):
        assert math.isnan(found)


def written(traced: object) -> str:
    return excel(expression(traced))


def test_traced_rows() -> None:
    cells, history = Symbol("$F5:$H5"), History("$E5:G5")
    assert written(rows.total(cells)) == "SUM($F5:$H5)"
    place = Symbol("F3") - Symbol("$D$9")
    assert written(rows.month_value(history, place)) == (
        "IF(OR(F3-$D$9+1<2,F3-$D$9+1>COLUMNS($E5:G5)),0,INDEX($E5:G5,F3-$D$9+1))"
    )
    assert words(expression(rows.is_given(Symbol("given_tier_users")))) == "given_tier_users is given"


def test_formulas_are_not_volatile() -> None:
    for item in ITEMS:
        formula = row_formula(
            item, lambda its: Symbol("$E5:G5" if its.form in ("so_far", "by_month", "every") else "F7")
        )
        assert not re.search(r"OFFSET|INDIRECT|NOW|RAND", formula)
        assert formula_words(item.name)
