"""The functions that spill tables, and those that read the catalog."""

from __future__ import annotations

from typing import Any

import pytest

from napkinxl import Scenario, estimate
from napkinxl.catalog import built_in_catalog
from napkinxl.evidence.published import published_figures
from napkinxl.formulas import QUANTITIES
from napkinxl_addin.functions import call
from napkinxl_addin.problems import Problem


def grid(answer: object) -> list[list[Any]]:
    assert isinstance(answer, list), answer
    assert len({len(row) for row in answer}) == 1
    return answer


def test_lists_name_the_catalog() -> None:
    assert [row[0] for row in grid(call("GPU_LIST"))] == list(built_in_catalog().gpus)
    assert [row[0] for row in grid(call("MODEL_LIST"))] == list(built_in_catalog().models)


def test_a_field_of_a_gpu_is_the_vendors() -> None:
    """NVIDIA's data sheet of the H100 SXM: 3.35 TB/s, 700 W, 1,979 TFLOP/s BF16 with sparsity: 989 dense."""
    assert call("GPU_SPEC", "H100", "memory_bandwidth_tb_s") == 3.35
    assert call("GPU_SPEC", "h100 sxm", " BF16_TFLOPS") == 989
    assert call("GPU_SPEC", "H100", "vendor") == "NVIDIA"
    assert call("GPU_SPEC", "H100", "board_power_w") == 700
    assert call("MODEL_SPEC", "Qwen3-32B", [["layers"], ["kv_heads"], ["name"]]) == [[64.0], [8.0], ["Qwen/Qwen3-32B"]]
    assert call("MODEL_SPEC", "Qwen3-32B", "window_layers") == 0  # the default where the catalog gives none
    assert "config.json" in str(call("MODEL_SPEC", "Qwen3-32B", "source"))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("H100", "memory"), "#VALUE!", "there is no field 'memory'; did you mean"),
        (("H1000", "memory_gb"), "#VALUE!", "there is no gpu in the catalog called 'H1000'"),
        (("H100", 3), "#VALUE!", "there is no field '3'"),
        (("H100", "#REF!"), "#REF!", "an input cell holds #REF!"),
        (("MI300X", "gpu_price_usd"), "#N/A", "the catalog gives no gpu_price_usd for MI300X"),
    ],
)
def test_what_the_catalog_lacks_is_said(arguments: tuple[object, ...], code: str, words: str) -> None:
    answer = call("GPU_SPEC", *arguments)
    assert isinstance(answer, Problem)
    assert answer.code == code
    assert words in answer.reason


@pytest.mark.parametrize("gpu", built_in_catalog().gpus)
def test_a_specification_can_be_passed_on_as_an_own_gpu(gpu: str) -> None:
    own = grid(call("GPU_SPEC", gpu))
    assert call("NAPKIN", own) == call("NAPKIN", gpu)


@pytest.mark.parametrize("model", built_in_catalog().models)
def test_a_specification_can_be_passed_on_as_an_own_model(model: str) -> None:
    own = grid(call("MODEL_SPEC", model))
    assert call("NAPKIN", "B200", own) == call("NAPKIN", "B200", model)


def test_napkin_is_the_whole_pipeline() -> None:
    rows = grid(call("NAPKIN", "H200 SXM", "Qwen3-32B", 20_000, 0.3, 16, 16, 2, [["preset", "calibrated"]]))
    scenario = Scenario(
        gpu="H200 SXM",
        model="Qwen3-32B",
        context_tokens=20_000,
        duty_cycle=0.3,
        weight_bits=16,
        kv_bits=16,
        gpus_per_replica=2,
        preset="calibrated",
    )
    expected = estimate(scenario)
    assert rows[0] == ["Quantity", "Value", "Unit", "Name"]
    assert [row[3] for row in rows[1:]] == list(QUANTITIES)
    for label, value, unit, name in rows[1:]:
        quantity = QUANTITIES[name]
        assert (label, unit) == (quantity.label, "" if quantity.unit == "text" else quantity.unit)
        if isinstance(value, Problem):
            assert expected[name] != expected[name]
        else:
            assert value == expected[name]


def test_napkin_takes_one_case() -> None:
    answer = call("NAPKIN", None, [["Qwen3-32B"], ["Qwen3-8B"]])
    assert isinstance(answer, Problem)
    assert "model must be one cell here (a name, or a range of field and value), got 2 x 1 cells" in answer.reason


def test_explain_has_words_numbers_and_source() -> None:
    lines = dict(grid(call("EXPLAIN", "KV_cache_gb", None, "Article 32B", 200_000)))
    assert lines["Quantity"] == "KV cache of one chat"
    assert lines["Formula"].startswith("kv_cache_gb = ")
    assert "131,072" in lines["In numbers"] or "200,000" in lines["In numbers"]
    assert lines["Value"] == pytest.approx(26.2144)
    assert lines["Unit"] == "GB"
    assert "Problem" not in lines
    assert "published figure" in lines["Source"]


def test_explain_says_what_is_wrong_where_a_host_cannot() -> None:
    lines = dict(grid(call("EXPLAIN", "users_per_gpu", "B200", "Article 32B", "20k")))
    assert lines == {"Problem": "context_tokens must be a number (at least 1), got '20k'"}
    lines = dict(grid(call("EXPLAIN", "owned_usd_per_seat_month", "MI300X", "Qwen3-8B")))
    assert isinstance(lines["Value"], Problem)
    assert lines["Problem"] == "not known: gpu_price_usd; give it in settings"
    assert "did you mean users_per_gpu" in dict(grid(call("EXPLAIN", "users_per_gpus")))["Problem"]
    assert "it is blank" in dict(grid(call("EXPLAIN")))["Problem"]
    assert "quantity must be one cell here, got 2 x 1" in dict(grid(call("EXPLAIN", [["a"], ["b"]])))["Problem"]


def test_explain_warns_of_what_python_warns_of() -> None:
    lines = dict(grid(call("EXPLAIN", "tokens_per_s", "H200 SXM", "Qwen3-32B")))
    assert lines["Warning"] == "context_tokens 200,000 is over the model's longest context of 40,960 tokens"
    assert "Against 1,784 measured runs the napkin preset predicts 34% of the time" in lines["Preset"]
    calm = dict(grid(call("EXPLAIN", "weights_gb", None, "Qwen3-32B")))
    assert calm["Unit"] == "GB"
    assert not {"Warning", "Preset"} & set(calm)
    fitted = call("EXPLAIN", "step_ms", *[None] * 7, [["preset", "Calibrated"]])
    assert "the calibrated preset" in dict(grid(fitted))["Preset"]


def test_published_has_every_figure_with_its_verdict() -> None:
    rows = grid(call("PUBLISHED"))
    figures = published_figures()
    assert len(rows) == len(figures) + 1
    for row, figure in zip(rows[1:], figures, strict=True):
        assert row[0] == figure.figure
        assert row[3] == pytest.approx(figure.expected, rel=max(figure.relative_tolerance, 1e-12))
        assert row[5] == figure.verdict
