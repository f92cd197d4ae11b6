"""Grids: cells worked by hand, and each against a scenario of its own."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest

from napkinxl import InputError, Scenario, estimate
from napkinxl.formulas import BLOCK_ROWS
from napkinxl.studies.grids import grid
from napkinxl.studies.ranges import make_range
from napkinxl.studies.written_ranges import parse_axis

CAPEX = "capex_usd_per_seat_month"


def test_cells_worked_by_hand() -> None:
    contexts, duties = (4_000, 20_000, 200_000), (0.1, 0.2, 0.5, 1)
    axes = [make_range("context_tokens", {"values": contexts}), make_range("duty_cycle", {"values": duties})]
    found = grid(Scenario(), axes, [CAPEX]).values[CAPEX]
    for row, context in enumerate(contexts):
        # 2 x 64 layers x 8 KV heads x 128 elements of a byte; 160 GB are left beside the weights.
        chats = math.floor(160e9 / (2 * 64 * 8 * 128 * context))
        for column, duty in enumerate(duties):
            assert found[row, column] == pytest.approx(40_000 / 36 / (chats / duty))


@pytest.mark.parametrize("scenario", [{}, {"gpu": "H100", "model": "Qwen3-32B"}, {"model": "gpt-oss-120b"}])
def test_each_cell_is_a_scenario_of_its_own(scenario: dict[str, str]) -> None:
    results = [CAPEX, "tokens_per_s_per_user", "rent_seat_margin_share"]
    study = grid(
        Scenario(**scenario), [parse_axis("context_tokens=4000:400000:5"), parse_axis("weight_bits=4,8,16")], results
    )
    columns = study.columns()
    assert [len(column) for column in columns.values()] == [15] * 5
    for cell in range(15):
        own = {name: float(columns[name][cell]) for name in ("context_tokens", "weight_bits")}
        alone = estimate(Scenario(**scenario, **own))
        for name in results:
            assert columns[name][cell] == pytest.approx(alone[name], rel=1e-12, nan_ok=True)


def test_one_axis() -> None:
    study = grid(Scenario(), [parse_axis("gpu_price_usd=20000,40000")], [CAPEX])
    assert study.values[CAPEX].tolist() == pytest.approx([20_000 / 1080, 40_000 / 1080])


def test_more_cells_than_a_block() -> None:
    study = grid(
        Scenario(), [parse_axis("gpu_price_usd=20000:40000:200"), parse_axis("useful_life_months=12:60:101")], [CAPEX]
    )
    price, months = (values for _, values in study.inputs.axes)
    assert study.inputs.rows == 20_200 > BLOCK_ROWS
    assert numpy.allclose(study.values[CAPEX], price[:, None] / 30 / months, rtol=1e-12)


def test_cells_that_contradict_themselves_have_no_answer() -> None:
    study = grid(Scenario(), [parse_axis("active_params_b=16,32,48"), parse_axis("total_params_b=20,40")], [CAPEX])
    assert study.contradictory.tolist() == [[False, False], [True, False], [True, True]]
    assert (numpy.isnan(study.values[CAPEX]) == study.contradictory).all()


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ([], "a grid must have 1 or 2 axes, got 0"),
        ([parse_axis("duty_cycle=0.1,0.2")] * 2, "duty_cycle varies in two ways"),
        ([parse_axis(f"{name}=1,2") for name in ("weight_bits", "kv_bits", "layers")], "1 or 2 axes, got 3"),
        ([make_range("duty_cycle", {"low": 0.1, "high": 0.2})], "must be a list of values, got uniform"),
    ],
)
def test_bad_grids_are_refused(axes: list[Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        grid(Scenario(), axes, [CAPEX])
