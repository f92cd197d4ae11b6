"""A frame of scenarios gives what its rows give one by one: the same functions, column-wise."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pandas
import pytest

from napkinxl import Scenario, estimate, estimate_frame
from napkinxl.catalog import built_in_catalog
from napkinxl.formulas import BLOCK_ROWS, QUANTITIES, TEXT
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL

SCENARIOS = 320
GPUS = [*built_in_catalog().gpus, "H100", "B200"]
MODELS = [*built_in_catalog().models, "Qwen3-32B"]
# Fields that people vary, with values that reach both sides of every branch.
CHOICES: dict[str, list[Any]] = {
    "preset": ["napkin", "calibrated", None],
    "context_tokens": [1, 100, 4096, 20_000, 131_072, 200_000, 1_000_000],
    "weight_bits": [4, 4.5, 8, 16],
    "kv_bits": [4, 8, 16],
    "duty_cycle": [0.05, 0.2, 1],
    "gpus_per_replica": [1, 2, 8, 16],
    "memory_utilization_share": [0.9, 1],
    "runtime_reserve_gb": [0, 3.5],
    "max_sequences_per_replica": [1, 8, 256],
    "gpu_price_usd": [0, 30_000],
    "rent_usd_per_gpu_hour": [0, 2.5],
    "price_usd_per_user_month": [20, 0.01],
    "compute_tflops": [100, 5000],
    "kv_heads": [1, 4],
    "active_params_b": [0.3],
    "sparse_top_tokens": [0, 2048],
    "routed_params_b": [0, 0.1],
    "annual_cost_of_capital_share": [0, 0.12],
    "horizon_months": [1, 24],
    "owned_gpus_share": [0, 0.4, 1],
    "peak_to_mean_ratio": [1, 4],
    "service_level_probability": [0.9, 0.95, 0.9999],
    "requests_per_user_month": [1, 50_000, 5_000_000],
    "cached_input_share": [0, 1],
    "failures_per_gpu_year": [0, 300],
    "users": [0, 500],
    "churn_share_per_month": [0, 0.2],
    "payment_fee_share": [0, 0.4],
}


def random_rows(count: int, seed: int = 20261121) -> list[dict[str, Any]]:
    """Every GPU and model of the catalog in turn, with fields that are given now and then."""
    rng = numpy.random.default_rng(seed)
    rows = []
    for number in range(count):
        row: dict[str, Any] = {"gpu": GPUS[number % len(GPUS)], "model": MODELS[number % len(MODELS)]}
        for name, values in CHOICES.items():
            if rng.random() < 0.3:
                row[name] = values[rng.integers(len(values))]
        if row.get("experts") == 64:
            row["experts_per_token"] = 8
        rows.append(row)
    return rows


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return random_rows(SCENARIOS)


@pytest.fixture(scope="module")
def found(rows: list[dict[str, Any]]) -> pandas.DataFrame:
    return estimate_frame(pandas.DataFrame(rows))


def test_rows_are_as_alone(rows: list[dict[str, Any]], found: pandas.DataFrame) -> None:
    assert list(found.columns) == list(QUANTITIES)
    alone = [estimate(Scenario(**row)) for row in rows]
    for name, item in QUANTITIES.items():
        expected = [one[name] for one in alone]
        if item.unit == TEXT:
            words = [word if isinstance(word, str) else math.nan for word in expected]
            pandas.testing.assert_series_equal(
                found[name].astype(object), pandas.Series(words, name=name, dtype=object), check_names=True
            )
        else:
            numpy.testing.assert_allclose(found[name], expected, rtol=1e-9, atol=0, equal_nan=True, err_msg=name)


def test_sample_reaches_what_it_should(rows: list[dict[str, Any]], found: pandas.DataFrame) -> None:
    """Otherwise the comparison above would show less than it says."""
    assert {row["gpu"] for row in rows} == set(GPUS)
    assert {row["model"] for row in rows} == set(MODELS)
    assert set(found["bottleneck"].dropna()) == {"bandwidth", "compute", "capacity"}
    assert set(found["fit_verdict"].dropna()) == {"fits", "does not fit"}
    assert found["step_ms"].isna().any()
    assert found["capex_usd_per_seat"].isna().any()
    assert not found["step_ms"].isna().all()


def test_words_are_categories(found: pandas.DataFrame) -> None:
    assert isinstance(found["bottleneck"].dtype, pandas.CategoricalDtype)
    assert isinstance(found["fit_verdict"].dtype, pandas.CategoricalDtype)


def test_blanks_mean_not_given() -> None:
    frame = pandas.DataFrame(
        {"gpu": ["H100", None, "", math.nan], "context_tokens": [None, "", "  ", "20000"], "kv_bits": [16, None, 4, 8]}
    )
    kv = estimate_frame(frame, quantities=["kv_cache_gb"])["kv_cache_gb"]
    default_gb = 131_072 * 200_000 / 1e9  # the article's case: a blank context is 200,000 tokens, never zero
    assert kv.tolist() == pytest.approx([default_gb * 2, default_gb, default_gb / 2, default_gb / 10])
    memory = estimate_frame(frame, quantities=["usable_memory_gb"])["usable_memory_gb"]
    assert memory.tolist() == [85.47, 192, 192, 192]  # the H100's 79.6 GiB; the article's B200


@pytest.mark.parametrize(
    ("column", "quantity", "given_value", "expected"),
    [
        # Blank: the rate of the weights' precision, 1979 dense FP8 of the H100 against 500 given; over 3.35 TB/s.
        ("compute_tflops", "hardware_balance_flop_per_byte", 500, [500 / 3.35, 1979 / 3.35]),
        # Blank: the catalog's 8 KV heads of Qwen3-32B.
        ("kv_heads", "kv_elements_per_token", 4, [65_536, 131_072]),
        # Blank: the catalog's 31.984211e9 of Qwen3-32B; attention over 1,000 tokens is 4 x layers x heads x head dim.
        ("active_params_b", "gflop_per_token", 10, [20 + 2.097152, 2 * 31.984211 + 2.097152]),
    ],
)
def test_gaps_in_columns_that_follow(column: str, quantity: str, given_value: float, expected: list[float]) -> None:
    frame = pandas.DataFrame({"gpu": "H100", "model": "Qwen3-32B", "context_tokens": 1000, column: [given_value, None]})
    frame[column] = frame[column].astype(float)
    assert estimate_frame(frame, quantities=[quantity])[quantity].tolist() == pytest.approx(expected, rel=1e-6)


def test_gaps_where_the_catalog_has_none_either() -> None:
    """A model given in full that says nothing of KV heads: as many as query heads."""
    frame = pandas.DataFrame(
        {"model": GIVEN_IN_FULL, "layers": 64, "query_heads": 64, "head_dim": 128, "kv_heads": [8, math.nan]}
    )
    elements = estimate_frame(frame, quantities=["kv_elements_per_token"])["kv_elements_per_token"]
    assert elements.tolist() == [131_072, 8 * 131_072]


def test_presets_per_row() -> None:
    """Calibrated: 0.737 of the bandwidth and 0.407 of the compute are reached (peers.md)."""
    frame = pandas.DataFrame({"preset": ["napkin", "calibrated", None], "context_tokens": 200_000})
    found = estimate_frame(frame, quantities=["memory_ms", "compute_ms"])
    assert found["memory_ms"][1] == pytest.approx(found["memory_ms"][0] / 0.737, rel=1e-12)
    assert found["compute_ms"][1] == pytest.approx(found["compute_ms"][0] / 0.407, rel=1e-12)
    assert found["memory_ms"][2] == found["memory_ms"][0]


def test_more_rows_than_a_block() -> None:
    """The last row of a block, the first of the next and a last short block; progress after each."""
    count = 2 * BLOCK_ROWS + 5
    contexts = numpy.arange(1, count + 1)
    gpus = numpy.where(contexts % 2 == 0, "H100", "B200 announced")
    frame = pandas.DataFrame({"context_tokens": contexts, "gpu": gpus, "kv_bits": 8})
    done: list[int] = []
    found = estimate_frame(frame, quantities=["kv_cache_gb", "usable_memory_gb"], progress=done.append)
    assert done == [BLOCK_ROWS, 2 * BLOCK_ROWS, count]
    numpy.testing.assert_allclose(found["kv_cache_gb"], contexts * 131_072 / 1e9, rtol=1e-12)
    numpy.testing.assert_array_equal(found["usable_memory_gb"], numpy.where(contexts % 2 == 0, 85.47, 192.0))


def test_index_is_kept_and_the_frame_is_not_changed() -> None:
    frame = pandas.DataFrame({"context_tokens": [1000, 2000]}, index=["a", "a"])
    before = frame.copy()
    assert list(estimate_frame(frame).index) == ["a", "a"]
    pandas.testing.assert_frame_equal(frame, before)


def test_only_the_quantities_asked_for_in_their_order() -> None:
    names = ["bottleneck", "kv_cache_gb", "fit_verdict", "step_ms"]
    assert list(estimate_frame(pandas.DataFrame({"layers": [64]}), quantities=names).columns) == names


def test_no_rows() -> None:
    found = estimate_frame(pandas.DataFrame({"gpu": [], "context_tokens": []}))
    assert list(found.columns) == list(QUANTITIES)
    assert len(found) == 0


def test_every_input_is_a_column() -> None:
    """The article's values typed out in columns give the article's answers."""
    article = estimate()
    known = {name: [article[name]] for name in INPUTS if not math.isnan(article[name])}
    found = estimate_frame(pandas.DataFrame(known))
    for name, item in QUANTITIES.items():
        if item.unit != TEXT:
            assert found[name][0] == pytest.approx(article[name], rel=1e-12, nan_ok=True), name
