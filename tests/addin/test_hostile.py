"""Whatever a cell may hold: never an exception, a hang or a value of the wrong kind."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from napkinxl.inputs import INPUTS
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.problems import EXCEL_ERRORS, Problem
from support.sizes import size

WORDS = [
    "B200",
    "Qwen3-32B",
    "DeepSeek-V3",
    "memory_gb",
    "users_per_gpu",
    "calibrated",
    "=1+1",
    "'",
    "0.2",
    "1e400",
    "∞",
    "２０",
    "\x00",
]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([0.2, 1.0, 8.0, 20_000.0, 5e-324, 1.8e308]),
    st.text(max_size=12),
    st.sampled_from([*WORDS, *sorted(EXCEL_ERRORS), *INPUTS]),
    st.datetimes(),
    st.dates(),
    st.decimals(),
    st.sampled_from([Problem("#N/A", "an error"), Decimal("12.5"), datetime.time(1), b"bytes", {}, object()]),
)
FIELDS = st.lists(
    st.tuples(st.sampled_from([*INPUTS, "gpu", "model", "preset", "x", None]), CELLS).map(list), max_size=4
)
ARGUMENTS = st.one_of(
    CELLS,
    CELLS,
    st.lists(st.lists(CELLS, max_size=3), max_size=4),
    st.lists(CELLS, max_size=4),
    FIELDS,
    st.just([]),
    st.just(((),)),
)


def is_cell(cell: Any) -> bool:
    if isinstance(cell, Problem):
        return cell.code in EXCEL_ERRORS and bool(cell.reason) and "\n" not in cell.reason and len(cell.reason) < 1000
    if isinstance(cell, float):
        return math.isfinite(cell)
    return isinstance(cell, str)


@settings(max_examples=size("hostile calls"), deadline=2000, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(ARGUMENTS, max_size=10))
def test_any_mix_of_arguments_gives_a_cell_or_a_grid(name: str, arguments: list[Any]) -> None:
    answer = call(name, *arguments)
    if isinstance(answer, list):
        assert answer
        assert len({len(row) for row in answer}) == 1
        assert all(is_cell(cell) for row in answer for cell in row)
    else:
        assert is_cell(answer)
