"""Which value is in use: the scenario's own, else the catalog's, the preset's, the default, or a followed one."""

from __future__ import annotations

import math

import pytest

from napkinxl import Estimate, Scenario, estimate, explain
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL

# Fitted to measured serving: peers.md and the issue.
CALIBRATED = {
    "bandwidth_efficiency": 0.737,
    "compute_efficiency": 0.407,
    "step_overhead_ms": 1.30,
    "layer_overhead_us": 29.9,
}


def used(found: Estimate, name: str) -> tuple[float, str]:
    return found[name], found.in_use.origins[name].partition(":")[0]  # "catalog: H100 SXM" names the row as well


def test_own_before_catalog() -> None:
    assert used(estimate(Scenario(gpu="H100", memory_gb=60)), "memory_gb") == (60, "scenario")
    # 79.6 GiB usable, vendor's "80 GB"; 79.6 x 1.073741824 = 85.47
    assert used(estimate(Scenario(gpu="H100")), "memory_gb") == (85.47, "catalog")


@pytest.mark.parametrize("name", CALIBRATED)
def test_preset_before_default(name: str) -> None:
    assert used(estimate(Scenario(preset="calibrated")), name) == (CALIBRATED[name], "calibrated preset")
    assert used(estimate(Scenario(preset="calibrated", **{name: 0.5})), name) == (0.5, "scenario")
    assert estimate(Scenario()).in_use.origins[name] == "default"


def test_calibrated_step_by_hand() -> None:
    """One H100, batch 4: the larger of traffic/0.737 and arithmetic/0.407, plus 1.3 ms and 29.9 us a layer."""
    found = estimate(
        Scenario(gpu="H100", model="Qwen3-32B", preset="calibrated", context_tokens=8192, max_sequences_per_replica=4)
    )
    traffic_gb = 32.762123 + 4 * 131_072 * 8192 / 1e9
    attention_gflop = 4 * 64 * 64 * 128 * 8192 / 1e9
    arithmetic_ms = 4 * (2 * 31.984211 + attention_gflop) / (1979 * 0.407)
    expected = max(traffic_gb / (3.35 * 0.737), arithmetic_ms) + 1.30 + 64 * 0.0299
    assert found["step_ms"] == pytest.approx(expected, rel=1e-6)  # the catalog's digits


def test_a_layer_costs_more_in_a_replica_of_several_gpus() -> None:
    """52.3 us more per layer when GPUs exchange results (peers.md); 64 layers."""
    one, two = (estimate(Scenario(preset="calibrated", gpus_per_replica=gpus)) for gpus in (1, 2))
    assert two["overhead_ms"] - one["overhead_ms"] == pytest.approx(64 * 0.0523, rel=1e-9)


@pytest.mark.parametrize(
    ("field", "followed", "value"),
    [("kv_heads", "query_heads", 64), ("active_params_b", "total_params_b", 32), ("value_head_dim", "head_dim", 128)],
)
def test_follows(field: str, followed: str, value: float) -> None:
    """A model that says nothing of it: MHA, dense, values as wide as keys."""
    full = {"total_params_b": 32, "layers": 64, "hidden_size": 8192, "query_heads": 64, "head_dim": 128}
    found = estimate(Scenario(model=GIVEN_IN_FULL, **full))
    assert used(found, field) == (value, f"as {followed}")
    assert found["kv_cache_gb"] == pytest.approx(209.7, abs=0.05)  # article, 210 GB: one KV head per query head


@pytest.mark.parametrize(
    ("gpu", "bits", "tflops"),
    [
        # NVIDIA A100 data sheet: 312 BF16 dense, no FP8 or FP4, so 8-bit weights are multiplied in BF16.
        ("A100", 8, 312),
        ("A100", 16, 312),
        ("A100", 4, 312),
        # NVIDIA H100 data sheet, dense: 989 BF16, 1979 FP8, no FP4.
        ("H100", 16, 989),
        ("H100", 8, 1979),
        ("H100", 4, 989),
        # NVIDIA Blackwell brief, dense: 2250, 4500, 9000.
        ("B200", 16, 2250),
        ("B200", 8, 4500),
        ("B200", 4, 9000),
        # Widths of what is stored: NVFP4 has an FP8 scale for every 16 weights, block FP8 an FP32 one for 128 x 128.
        ("B200", 4.5, 9000),
        ("B200", 8.002, 4500),
        ("B200", 6, 4500),
        ("B200", 9, 2250),
    ],
)
def test_precision_follows_weights_and_gpu(gpu: str, bits: float, tflops: float) -> None:
    found = estimate(Scenario(gpu=gpu, weight_bits=bits))
    assert found["compute_tflops"] == tflops
    assert found.in_use.origins["compute_tflops"] == "as precision_tflops"


def test_given_in_full() -> None:
    """The article's case typed out, without the catalog."""
    found = estimate(
        Scenario(
            gpu=GIVEN_IN_FULL,
            model=GIVEN_IN_FULL,
            memory_gb=192,
            memory_bandwidth_tb_s=8,
            compute_tflops=4500,
            bf16_tflops=2250,
            total_params_b=32,
            layers=64,
            hidden_size=8192,
            query_heads=64,
            kv_heads=8,
            head_dim=128,
            max_context_tokens=1_000_000,
            gpu_price_usd=40_000,
            rent_usd_per_gpu_hour=3,
            board_power_w=1000,
        )
    )
    article = estimate()
    for name in QUANTITIES:
        if name != "precision_tflops":  # the rate was given, not found
            both_have_none = found[name] != found[name] and article[name] != article[name]
            assert found[name] == article[name] or both_have_none, name
    assert found.warnings == ()
    assert not any(origin.startswith("catalog") for origin in found.in_use.origins.values())


def test_missing_price_is_a_warning_and_no_answer() -> None:
    """The row of the MI300X has a rent and no purchase price."""
    found = estimate(Scenario(gpu="MI300X", context_tokens=8192))
    (warning,) = found.warnings
    assert warning.startswith("gpu_price_usd is not known")
    assert "give it a value" in warning
    assert math.isnan(found["capex_usd_per_seat"])
    assert math.isnan(found["owned_seat_margin_share"])
    assert found["rent_usd_per_seat_month"] > 0
    assert found.to_dict()["quantities"]["capex_usd_per_seat"] is None


def test_context_over_the_models_limit_is_a_warning() -> None:
    """Qwen3-32B: max_position_embeddings 40960 in its config.json."""
    over = estimate(Scenario(model="Qwen3-32B", gpu="B200 announced", context_tokens=40_961))
    assert over.warnings == ("context_tokens 40,961 is over the model's longest context of 40,960 tokens",)
    assert over["kv_cache_gb"] == pytest.approx(131_072 * 40_961 / 1e9, rel=1e-12)
    assert estimate(Scenario(model="Qwen3-32B", gpu="B200 announced", context_tokens=40_960)).warnings == ()


def test_estimate_lists_every_quantity_once_with_its_words() -> None:
    found = list(estimate())
    assert [item.name for item in found] == list(QUANTITIES)
    assert all(item.label and item.unit and item.explanation.source for item in found)


def test_dictionary_holds_plain_values() -> None:
    plain = estimate(Scenario(name="mine")).to_dict()
    assert plain["scenario"]["name"] == "mine"
    assert plain["inputs"].keys() == INPUTS.keys()
    assert plain["inputs"]["max_context_tokens"] is None  # the article gives none
    assert plain["input_origins"]["duty_cycle"] == "default"
    assert plain["quantities"]["kv_cache_gb"] == pytest.approx(26.2, abs=0.05)  # article


def test_explanation_has_names_numbers_and_source() -> None:
    """Article: 32 GB of weights for 32e9 parameters in FP8."""
    text = str(explain("weights_gb"))
    assert "weights_gb = total_params_b × weight_bits / 8" in text
    assert "= 32 × 8 / 8" in text
    assert "= 32 GB" in text
    assert "Source: Article" in text


def test_a_request_longer_than_the_context_is_a_warning() -> None:
    """Memory is sized for the context; who gives a longer prompt is told, who gives none is left alone."""
    (warning,) = estimate(Scenario(context_tokens=1000, input_tokens_per_request=50_000)).warnings
    assert warning == "a request of 50,211 tokens is longer than context_tokens 1,000, for which memory is sized"
    assert estimate(Scenario(context_tokens=1000)).warnings == ()
