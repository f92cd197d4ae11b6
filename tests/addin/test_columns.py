"""Many cells at once give what each cell gives alone."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from napkinxl.catalog import built_in_catalog
from napkinxl.formulas import QUANTITIES
from napkinxl_addin import quantity_calls
from napkinxl_addin.functions import FUNCTIONS, call
from support.sizes import size

ROWS = 100_000
NAMES: dict[str, list[Any]] = {
    "gpu": ["B200", "h100", "MI300X", "H200 SXM", None, "nonsense", 3.0],
    "model": ["Article 32B", "Qwen3-32B", "DeepSeek-V3", "gpt-oss-120b", "Gemma-3-27B", None, "nonsense", True],
}
NUMBERS: list[Any] = [
    1.0,
    0.2,
    8.0,
    16.0,
    20_000.0,
    200_000.0,
    0.0,
    -1.0,
    2.5,
    None,
    "",
    "8",
    "x",
    True,
    "#N/A",
    1e30,
    float("nan"),
]
SETTINGS = [
    None,
    [["memory_utilization_share", 0.9], ["preset", "calibrated"]],
    [["layers", 3]],
    [["gpus_per_replica", 8], ["matmul_rows", 5]],
    [["rent_usd_per_gpu_hour", 2], ["experts_per_token", 500]],
]


def same(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == pytest.approx(b, rel=1e-12)
    return bool(a == b)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, list[Any]]:
    name = draw(st.sampled_from(sorted(QUANTITIES))).upper()
    height, width = draw(st.sampled_from([(70, 1), (1, 70), (8, 9)]))
    arguments = []
    for argument in FUNCTIONS[name].arguments[:-1]:
        cells = st.sampled_from(NAMES.get(argument.name, NUMBERS))
        rows, columns = draw(st.sampled_from([(1, 1), (height, 1), (1, width), (height, width)]))
        arguments.append([[draw(cells) for _ in range(columns)] for _ in range(rows)])
    return name, [*arguments, draw(st.sampled_from(SETTINGS))]


@settings(max_examples=size("column calls"))
@given(calls())
def test_columns_agree_with_cells(case: tuple[str, list[Any]]) -> None:
    name, arguments = case
    at_once = call(name, *arguments)
    before, quantity_calls.FEWEST_CELLS_FOR_COLUMNS = quantity_calls.FEWEST_CELLS_FOR_COLUMNS, 10**9
    try:
        one_by_one = call(name, *arguments)
    finally:
        quantity_calls.FEWEST_CELLS_FOR_COLUMNS = before
    if not isinstance(at_once, list):
        assert at_once == one_by_one
        return
    assert isinstance(one_by_one, list)
    assert len(at_once) == len(one_by_one)
    for row, other in zip(at_once, one_by_one, strict=True):
        assert [type(cell) for cell in row] == [type(cell) for cell in other]
        assert all(same(cell, twin) for cell, twin in zip(row, other, strict=True))


@pytest.mark.parametrize("model", sorted(built_in_catalog().models))
def test_every_model_in_a_column_is_the_model_alone(model: str) -> None:
    others = ["Article 32B", "DeepSeek-V3", "Gemma-3-27B"] * 40
    column = call("STEP_MS", "H200 SXM", [[model], *([other] for other in others)], 4000, None, None, 16)
    assert isinstance(column, list)
    assert same(column[0][0], call("STEP_MS", "H200 SXM", model, 4000, None, None, 16))


def test_a_hundred_thousand_rows_are_one_call() -> None:
    contexts = [[float(1000 + row)] for row in range(ROWS)]
    models = [[name] for name in ("Article 32B", "Qwen3-8B") * (ROWS // 2)]
    start = time.perf_counter()
    answer = call("KV_CACHE_GB", models, contexts)
    spent = time.perf_counter() - start
    assert isinstance(answer, list)
    assert len(answer) == ROWS
    # 2 x 64 layers x 8 heads x 128 bytes a token at 8 bits: 131,072 bytes; Qwen3-8B: 36 layers
    assert answer[0] == [pytest.approx(1000 * 131_072 / 1e9)]
    assert answer[-1] == [pytest.approx((999 + ROWS) * 2 * 36 * 8 * 128 / 1e9)]
    assert spent < 5  # about 0.2 s on a quiet machine; cell by cell it is 3


@pytest.mark.parametrize("cell", ["bad {}", -1.0])
def test_a_hundred_thousand_bad_rows_do_not_hang(cell: Any) -> None:
    contexts = [[cell.format(row) if isinstance(cell, str) else cell] for row in range(ROWS)]
    answer: Any = call("KV_CACHE_GB", "Article 32B", contexts)
    assert {problem.code for (problem,) in answer} == {"#VALUE!"}


def test_a_hundred_thousand_contradictions_do_not_hang() -> None:
    counts = [[float(1 + row % 7)] for row in range(ROWS // 10)]
    answer: Any = call("STEP_MS", None, None, None, None, None, counts, [["experts", 4], ["experts_per_token", 9]])
    assert "experts_per_token must be at most experts (4), got 9" in answer[0][0].reason
