"""Scalar equals traced-and-recalculated: every quantity of real scenarios, one formula a cell, in a foreign engine.

The whole model is laid out as a column of inputs and traced formulas; IronCalc, a spreadsheet engine that is not ours,
calculates it. The reports' own sheets are held to LibreOffice elsewhere.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import ironcalc
import pytest

from napkinxl import Estimate, Scenario, estimate, excel_formula
from napkinxl.engine.expressions import excel
from napkinxl.errors import InputError
from napkinxl.formulas import QUANTITIES, evaluation_order, needed_inputs, trace
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL

LONG = 3_000  # inputs written out: from here on a formula takes a second
CASES: list[dict[str, Any]] = [
    {},  # the article's
    {"preset": "calibrated", "gpu": "H100", "model": "Qwen3-32B", "context_tokens": 8192},
    {"gpu": "H200", "model": "DeepSeek-V3.2", "gpus_per_replica": 16, "context_tokens": 100_000, "gpu_price_usd": 1},
    {"gpu": "B200", "model": "gpt-oss-120b", "weight_bits": 4.25, "gpus_per_replica": 16, "gpu_price_usd": 3e4},
    {"gpu": "MI300X", "model": "Qwen3.5-27B", "kv_bits": 16, "runtime_reserve_gb": 3.5},
    {"gpu": "A100", "model": "MiMo-V2-Flash", "gpus_per_replica": 8, "duty_cycle": 1},
    {"gpu": "B300", "model": "DeepSeek-V4-Flash", "gpus_per_replica": 2, "context_tokens": 1_000_000},
    {"gpu": "L40S"},  # does not fit: no speed and no cost
    {"gpu": "TPU v5e", "model": "Kimi-K2"},
    {"gpu": "H100", "model": "Llama-4-Scout", "max_sequences_per_replica": 1, "gpus_per_replica": 8},
    {"gpu": GIVEN_IN_FULL, "model": GIVEN_IN_FULL, "layers": 3},  # hardly anything is known
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_cell(case: dict[str, Any]) -> None:
    found = estimate(Scenario(**case))
    names = [*(name for name in INPUTS if name not in set(evaluation_order())), *evaluation_order()]
    cells = {name: f"A{row}" for row, name in enumerate(names, start=1)}
    model = ironcalc.create("pipeline", "en", "UTC")
    for row, name in enumerate(names, start=1):
        if name in QUANTITIES:
            model.set_user_input(0, row, 1, excel_formula(name, cells))
        elif name in found.in_use.values:
            value = found[name]
            model.set_user_input(0, row, 1, "=NA()" if math.isnan(value) else repr(value))
        else:
            model.set_user_input(0, row, 1, f"={cells[INPUTS[name].follows or '']}")
    model.evaluate()
    for row, name in enumerate(names, start=1):
        value, recalculated = found[name], model.get_cell_value(0, row, 1)
        if value != value:
            assert recalculated == "#N/A", name
        elif isinstance(value, str):
            assert recalculated == value, name
        else:
            assert recalculated == pytest.approx(value, rel=1e-9, abs=0), name


@cache
def written_out(name: str) -> int:
    """How many times inputs stand in the formula of a quantity over inputs alone."""
    if name in INPUTS:
        follows = INPUTS[name].follows
        return written_out(follows) if follows else 1
    return sum(map(written_out, QUANTITIES[name].parameters))


@pytest.fixture(scope="module")
def inputs() -> tuple[Estimate, Any]:
    """An estimate, and a sheet with its inputs in a column."""
    dear = {"gpu_price_usd": 30_000, "api_output_usd_per_million_tokens": 60, "acquisition_usd_per_user": 30}
    found = estimate(Scenario(gpu="H200", model="DeepSeek-V3.2", gpus_per_replica=8, **dear))
    model = ironcalc.create("inputs", "en", "UTC")
    for row, name in enumerate(INPUTS, start=1):
        model.set_user_input(0, row, 1, repr(found[name]))
    return found, model


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (written_out(name) > LONG)) for name in QUANTITIES]
)
def test_formula_down_to_the_inputs(inputs: tuple[Estimate, Any], name: str) -> None:
    """With cells for inputs alone, each quantity is one formula over those it needs, and gives the same."""
    found, model = inputs
    rows = {needs: row for row, needs in enumerate(INPUTS, start=1)}
    # Not through excel_formula: some of these are longer than Excel takes, which it refuses to write.
    formula = excel(trace(name, {needs: f"$A${rows[needs]}" for needs in needed_inputs(name)}))
    model.set_user_input(0, 1, 2, f"={formula}")
    model.evaluate()
    value = found[name]
    expected = value if isinstance(value, str) else pytest.approx(value, rel=1e-9, abs=0)
    assert value == value
    assert model.get_cell_value(0, 1, 2) == expected


def test_missing_cell_is_named() -> None:
    with pytest.raises(InputError, match="needs a cell for weight_bits; given are total_params_b"):
        excel_formula("weights_gb", {"total_params_b": "A1"})


def test_a_formula_longer_than_excel_takes_is_refused() -> None:
    """Excel's limit is 8,192 characters (Microsoft, "Excel specifications and limits")."""
    cells = {name: f"Inputs!$C${row}" for row, name in enumerate(INPUTS, start=1)}
    with pytest.raises(
        InputError, match=r"characters, Excel takes 8,192: give cells for .*full_load_million_tokens_per_gpu_month"
    ):
        excel_formula("full_load_rent_usd_per_million_tokens", cells)
    assert len(excel_formula("full_load_rent_usd_per_million_tokens", {**cells, "tokens_per_s": "C99"})) < 8192
