"""Mixture of experts: a step reads the experts that its batch touches, 1-(1-k/E)^batch of the routed ones."""

from __future__ import annotations

from typing import Any

import pytest

from napkinxl import Scenario, estimate
from napkinxl.catalog import built_in_catalog
from napkinxl.inputs.choices import GIVEN_IN_FULL

# Enough GPUs for any model, and no KV cache to speak of.
ROOM: dict[str, Any] = {"gpu": "GB300 NVL72", "gpus_per_replica": 72, "context_tokens": 1, "kv_bits": 8}
# Parameters that one token uses, embedding included, in 1e9: computed from config.json independently of the catalog.
USED_BY_A_TOKEN = {
    "MiniMaxAI/MiniMax-M2.5": 11.03,
    "Qwen/Qwen3-235B-A22B": 22.19,
    "Qwen/Qwen3-30B-A3B": 3.35,
    "Qwen/Qwen3-Coder-480B-A35B-Instruct": 35.47,
    "deepseek-ai/DeepSeek-V3": 37.55,
    "deepseek-ai/DeepSeek-V3.2": 38.4,
    "meta-llama/Llama-4-Scout-17B-16E-Instruct": 17.17,
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct": 17.18,
    "mistralai/Mixtral-8x22B-v0.1": 39.15,
    "mistralai/Mixtral-8x7B-v0.1": 12.88,
    "moonshotai/Kimi-K2-Instruct": 32.86,
    "openai/gpt-oss-120b": 5.71,
    "openai/gpt-oss-20b": 4.19,
    "zai-org/GLM-5": 41.78,
    "databricks/dbrx-base": 36.47,
}
DENSE = [name for name, row in built_in_catalog().models.items() if not row.values.get("experts")]


@pytest.mark.parametrize("model", USED_BY_A_TOKEN)
def test_one_sequence_reads_what_one_token_uses(model: str) -> None:
    found = estimate(Scenario(model=model, max_sequences_per_replica=1, **ROOM))
    assert found["weights_read_gb"] == pytest.approx(USED_BY_A_TOKEN[model], abs=0.011)  # both have two decimals


@pytest.mark.parametrize(
    ("model", "experts", "per_token"),
    [("DeepSeek-V3", 256, 8), ("Mixtral-8x7B", 8, 2), ("gpt-oss-120b", 128, 4), ("Kimi-K2", 384, 8)],  # config.json
)
@pytest.mark.parametrize("batch", [1, 2, 32, 256, 4096])
def test_share_of_experts_touched(model: str, experts: int, per_token: int, batch: int) -> None:
    found = estimate(Scenario(model=model, max_sequences_per_replica=batch, **ROOM))
    untouched = 1.0
    for _ in range(batch):  # each sequence passes an expert by with probability 1 - k/E
        untouched *= 1 - per_token / experts
    assert found["batch_sequences"] == batch
    assert found["experts_touched_share"] == pytest.approx(1 - untouched, rel=1e-9)


def test_step_of_deepseek_v3_at_batch_1_and_at_a_large_one() -> None:
    """By hand from the report: 671.03e9 parameters, 653.91e9 in routed experts, 8 of 256 used; FP8; 16 GPUs."""
    case: dict[str, Any] = {"gpu": "B200", "model": "DeepSeek-V3", "gpus_per_replica": 16, "context_tokens": 8192}
    latent_gb = 61 * (512 + 64) * 8192 / 1e9 * 16  # one byte an element, on each of 16 GPUs
    one = estimate(Scenario(max_sequences_per_replica=1, **case))
    assert one["gb_per_step"] == pytest.approx(671.03 - 653.91 * (1 - 8 / 256) + latent_gb, abs=0.02)
    assert one["gflop_per_step"] == pytest.approx(2 * 36.63 + 2 * 61 * 128 * (2 * 512 + 64) * 8192 / 1e9, abs=0.02)
    many = estimate(Scenario(max_sequences_per_replica=400, **case))
    assert many["experts_touched_share"] > 0.99999
    assert many["gb_per_step"] == pytest.approx(671.03 + 400 * latent_gb, abs=0.02)
    assert many["gflop_per_step"] == pytest.approx(400 * one["gflop_per_step"], rel=1e-9)


@pytest.mark.parametrize("model", DENSE)
def test_dense_model_reads_all_its_weights(model: str) -> None:
    """Also at one sequence: 0^batch is where engines differ."""
    found = estimate(Scenario(model=model, max_sequences_per_replica=1, **ROOM))
    assert found["experts_touched_share"] == 1
    assert found["weights_read_gb"] == found["weights_gb"]


@pytest.mark.parametrize(
    ("total", "active", "experts", "per_token", "routed"),
    [
        # Mixtral: 32 layers x 8 experts x 3 matrices of 4096 x 14336 (config.json).
        (46.7, 12.9, 8, 2, 32 * 8 * 3 * 4096 * 14336 / 1e9),
        # DeepSeek-V3: 58 layers x 256 experts x 3 matrices of 7168 x 2048 (config.json).
        (671, 37, 256, 8, 58 * 256 * 3 * 7168 * 2048 / 1e9),
        # gpt-oss-120b: 36 layers x 128 experts, 3 matrices of 2880 x 2880 and their biases (model card: 114.71e9).
        (116.83, 5.13, 128, 4, 114.71),
    ],
)
def test_routed_parameters_are_estimated_from_total_and_active(
    total: float, active: float, experts: int, per_token: int, routed: float
) -> None:
    """A model given in full by what its card prints; the estimate counts an embedding among the experts: per cents."""
    case = {"total_params_b": total, "active_params_b": active, "experts": experts, "experts_per_token": per_token}
    found = estimate(Scenario(model=GIVEN_IN_FULL, layers=1, hidden_size=1, query_heads=1, head_dim=1, **case))
    assert found["routed_params_b"] == pytest.approx(routed, rel=0.02)
    assert found.in_use.origins["routed_params_b"] == "as estimated_routed_params_b"


def test_larger_batch_balances_a_mixture_of_experts() -> None:
    """All weights are read, the active ones multiplied: half the hardware's balance, times total / active."""
    found = estimate(Scenario(gpu="B200", model="Mixtral-8x7B"))
    assert found["balanced_batch"] == pytest.approx(4500 / 7.7 / 2 * 46.70 / 12.75, rel=1e-3)
