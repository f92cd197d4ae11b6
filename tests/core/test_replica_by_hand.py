"""Two whole replicas of several GPUs in plain Python, every input away from its default: no formula is ours.

The shapes are those of the models' config.json, the rates those of NVIDIA's H200 data sheet (dense).
"""

from __future__ import annotations

import pytest

from napkinxl import Estimate, Scenario, estimate

MEMORY_GB, BANDWIDTH, BF16, FP8 = 150.753, 4.8, 989, 1979  # H200: 140.4 GiB
USE = {
    "gpu": "H200 SXM",
    "duty_cycle": 0.25,
    "memory_utilization_share": 0.9,
    "runtime_reserve_gb": 3.5,
    "bandwidth_efficiency": 0.8,
    "compute_efficiency": 0.5,
    "step_overhead_ms": 2,
    "layer_overhead_us": 10,
    "parallel_layer_overhead_us": 40,
    "gpu_price_usd": 30_000,
    "useful_life_months": 48,
    "opex_usd_per_gpu_month": 250,
    "rent_usd_per_gpu_hour": 2.5,
    "hours_per_month": 730.5,
    "price_usd_per_user_month": 25,
    "annual_cost_of_capital_share": 0,
}


def expected(gpus: int, layers: int, weights_gb: float, cache_gb: float, read: tuple[float, float]) -> dict[str, float]:
    """What follows from the weights, the cache of a chat in the replica, and what a step reads and computes per chat.

    `read` holds the GB that a step reads of a chat's cache, and the GFLOP of one token.
    """
    usable = gpus * (MEMORY_GB * 0.9 - 3.5)
    chats = (usable - weights_gb) // cache_gb
    users = chats / 0.25 / gpus
    moved = weights_gb + chats * read[0]
    memory_ms = moved / (BANDWIDTH * 0.8 * gpus)
    compute_ms = chats * read[1] / (FP8 * 0.5 * gpus)
    step_ms = max(memory_ms, compute_ms) + 2 + layers * (10 + 40) / 1000
    owned, rent = 30_000 / 48 + 250, 2.5 * 730.5
    million_tokens = chats / (step_ms / 1000) * 730.5 * 3600 / 1e6 / gpus
    return {
        "usable_memory_gb": usable,
        "free_memory_gb": usable - weights_gb,
        "concurrent_sequences": chats,
        "users_per_gpu": users,
        "gb_per_step": moved,
        "memory_ms": memory_ms,
        "compute_ms": compute_ms,
        "step_ms": step_ms,
        "compute_idle_share": 1 - compute_ms / step_ms,
        "tokens_per_s": 1000 * chats / step_ms,
        "tokens_per_s_per_user": 1000 / step_ms,
        "capex_usd_per_seat": 30_000 / users,
        "capex_usd_per_seat_month": 30_000 / 48 / users,
        "owned_usd_per_seat_month": owned / users,
        "rent_usd_per_seat_hour": 2.5 / users,
        "rent_usd_per_seat_month": rent / users,
        "full_load_million_tokens_per_gpu_month": million_tokens,
        "full_load_rent_usd_per_million_tokens": rent / million_tokens,
        "full_load_owned_usd_per_million_tokens": owned / million_tokens,
        "rent_seat_margin_share": 1 - rent / users / 25,
        "owned_seat_margin_share": 1 - owned / users / 25,
        "rent_break_even_users_per_gpu": rent / 25,
        "owned_break_even_users_per_gpu": owned / 25,
        "article_compute_ms": moved * 2 * chats / (FP8 * gpus),
    }


def assert_same(found: Estimate, by_hand: dict[str, float]) -> None:
    assert by_hand["concurrent_sequences"] > 1
    for name, value in by_hand.items():
        assert found[name] == pytest.approx(value, rel=1e-6), name  # parameters have six decimals


def test_latent_attention_with_an_indexer() -> None:
    """DeepSeek-V3.2 in FP8 on 8 GPUs, 50,000 tokens: latents are repeated on every GPU, 2,048 of them are read."""
    found = estimate(Scenario(model="DeepSeek-V3.2", gpus_per_replica=8, context_tokens=50_000, kv_bits=16, **USE))
    latent, index = 61 * (512 + 64), 61 * 128  # elements a token, 2 bytes each
    cache_gb = (latent + index) * 50_000 * 2 * 8 / 1e9
    read_gb = (latent * 2048 + index * 50_000) * 2 * 8 / 1e9  # index keys of all tokens, latents of the chosen
    attention = 2 * 61 * (128 * (2 * 512 + 64) * 2048 + 64 * 128 * 50_000) / 1e9
    # So many chats touch every expert but a share of (1 - 8/256)^chats of them.
    by_hand = expected(8, 61, 671.877944, cache_gb, (read_gb, 2 * 37.477143 + attention))
    missed = 653.908771 * (1 - 8 / 256) ** by_hand["concurrent_sequences"]
    gb = by_hand["gb_per_step"] - missed
    assert found["gb_per_step"] == pytest.approx(gb, rel=1e-6)
    assert found["memory_ms"] == pytest.approx(gb / (BANDWIDTH * 0.8 * 8), rel=1e-6)
    for name in ("concurrent_sequences", "users_per_gpu", "free_memory_gb", "compute_ms", "rent_usd_per_seat_month"):
        assert found[name] == pytest.approx(by_hand[name], rel=1e-6), name


def test_heads_fewer_than_gpus_and_windows() -> None:
    """Gemma-3-27B in FP8 on 32 GPUs: its 16 KV heads are kept twice; 52 of 62 layers keep 1,024 tokens."""
    found = estimate(Scenario(model="gemma-3-27B", gpus_per_replica=32, context_tokens=100_000, kv_bits=16, **USE))
    elements = 2 * 16 * 128 * (10 * 100_000 + 52 * 1024)
    cache_gb = elements * 2 * 2 / 1e9
    attention = 4 * 32 * 128 * (10 * 100_000 + 52 * 1024) / 1e9
    assert_same(found, expected(32, 62, 27.009002, cache_gb, (cache_gb, 2 * 27.009002 + attention)))


def test_width_of_the_weights_decides_the_rate() -> None:
    """The same in BF16: twice the weights, half the rate."""
    found = estimate(Scenario(model="gemma-3-27B", gpus_per_replica=2, weight_bits=16, context_tokens=4096, **USE))
    assert found["weights_gb"] == pytest.approx(2 * 27.009002, rel=1e-6)
    assert found["hardware_balance_flop_per_byte"] == pytest.approx(BF16 / BANDWIDTH, rel=1e-12)
    assert found["balanced_batch"] == pytest.approx(BF16 / BANDWIDTH, rel=1e-6)  # 2 bytes, 2 operations a parameter
    assert found["balance_reached_share"] == pytest.approx(found["concurrent_sequences"] / (BF16 / BANDWIDTH), rel=1e-6)
