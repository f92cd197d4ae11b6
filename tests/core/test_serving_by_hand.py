"""What a request takes and costs, in plain Python beside the quantities: two scenarios, no default among them.

What a GPU-hour costs is checked in test_owning_by_hand.py and taken from there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from napkinxl import Estimate
from support.economics_cases import LATENT, WINDOWED, latent, windowed


@dataclass(frozen=True)
class Shape:
    """What a model's config.json and a GPU's data sheet say, worked out for the scenario."""

    layers: int
    weights_gb: float
    weights_read_gb: float
    chats: int
    cache_gb: float  # of a chat, on all GPUs of the replica
    decode_gflop: float  # of a token, attention over the whole context
    context_gflop: float  # of attention alone, for a token when the whole context is read again
    prompt_gflop: float  # of attention, for a token of the prompt
    active_b: float
    tb_s: float
    tflops: float
    fitting: int  # chats that memory holds, whatever the engine's cap
    one_cache_gb: float  # of a chat, one copy


def prompt(use: dict[str, float]) -> tuple[float, float]:
    """Fresh tokens, and how many a token attends to on average: the cached ones and half of the fresh ones."""
    fresh = use["input_tokens_per_request"] * (1 - use["cached_input_share"])
    return fresh, use["input_tokens_per_request"] - fresh / 2


def of_deepseek() -> Shape:
    """61 layers of 128 heads; latents of 512 + 64 on each of 8 GPUs, unfolded to 192 + 128 while a prompt is read."""
    attended = prompt(LATENT)[1]
    cache_gb = 61 * (512 + 64) * 16_000 * 2 * 8 / 1e9
    fitting = int((8 * (150.753 * 0.9 - 3.5) - 671.026419) / cache_gb)
    chats = min(fitting, 96)
    read_gb = 671.026419 - 653.908771 * (1 - 8 / 256) ** chats  # experts that no chat of the step uses stay
    attention = 2 * 61 * 128 * (2 * 512 + 64) * 16_000 / 1e9
    unfolded = 2 * 61 * 128 * (192 + 128) * attended / 1e9
    decode = 2 * 36.625618 + attention
    again = 2 * 61 * 128 * (192 + 128) * 8_000 / 1e9  # a token attends to half of 16,000 on average
    return Shape(
        61, 671.026419, read_gb, chats, cache_gb, decode, again, unfolded, 36.625618, 4.8, 1979, fitting, cache_gb / 8
    )


def of_gemma() -> Shape:
    """62 layers of 32 query and 16 KV heads of 128; 52 of them keep 1,024 tokens. In BF16, its cache in one byte."""
    attended = prompt(WINDOWED)[1]
    cache_gb = 2 * 16 * 128 * (10 * 40_000 + 52 * 1024) / 1e9
    weights_gb = 27.009002 * 2
    chats = int((2 * (192.307 * 0.8 - 2) - weights_gb) / cache_gb)
    again = 4 * 32 * 128 * (10 * 20_000 + 52 * 1024) / 1e9
    attention = 4 * 32 * 128 * (10 * 40_000 + 52 * 1024) / 1e9
    of_prompt = 4 * 32 * 128 * (10 * attended + 52 * 1024) / 1e9
    decode = 2 * 27.009002 + attention
    return Shape(
        62, weights_gb, weights_gb, chats, cache_gb, decode, again, of_prompt, 27.009002, 7.7, 2250, chats, cache_gb
    )


BOTH: dict[str, tuple[Callable[[], Estimate], dict[str, float], Callable[[], Shape]]] = {
    "latent": (latent, LATENT, of_deepseek),
    "windowed": (windowed, WINDOWED, of_gemma),
}


def request(use: dict[str, float], shape: Shape) -> dict[str, float]:
    gpus = use["gpus_per_replica"]
    tflops = shape.tflops * use["compute_efficiency"] * gpus
    tb_s = shape.tb_s * use["bandwidth_efficiency"] * gpus
    overhead = use["step_overhead_ms"]
    overhead += shape.layers * (use["layer_overhead_us"] + use["parallel_layer_overhead_us"]) / 1000
    moved_ms = (shape.weights_read_gb + shape.chats * shape.cache_gb) / tb_s
    step = max(moved_ms, shape.chats * shape.decode_gflop / tflops) + overhead
    fresh, attended = prompt(use)
    gflop = 2 * shape.active_b + shape.prompt_gflop
    computed, read = fresh * gflop / tflops, shape.weights_gb / tb_s
    first = max(computed, read) + overhead
    outputs = use["output_tokens_per_request"]
    taken = (first + outputs * step / shape.chats) / 1000
    tokens = use["input_tokens_per_request"] + outputs
    return {
        "batch_sequences": shape.chats,
        "step_ms": step,
        "fresh_input_tokens": fresh,
        "prefill_attended_tokens": attended,
        "prefill_attention_gflop_per_token": shape.prompt_gflop,
        "prefill_gflop_per_token": gflop,
        "prefill_compute_ms": computed,
        "prefill_weights_ms": read,
        "time_to_first_token_ms": first,
        "prefill_tokens_per_s": 1000 * fresh / first,
        "replica_s_per_request": taken,
        "gpu_s_per_request": taken * gpus,
        "served_tokens_per_s": tokens / taken,
        "busy_s_per_request": (first * shape.chats + outputs * step) / 1000,
        "turn_ms": outputs * step,
    }


def pool(use: dict[str, float], by_hand: dict[str, float], found: Estimate) -> dict[str, float]:
    """From what the pool holds: that is checked apart."""
    replicas, gpus, chats = use["replicas_per_pool"], use["gpus_per_replica"], by_hand["batch_sequences"]
    seconds = use["requests_per_user_month"] * by_hand["busy_s_per_request"]
    duty = seconds / (use["hours_per_month"] * 3600)
    peak = duty * use["peak_to_mean_ratio"]
    streams = math.ceil(peak)
    present, everyone = found["pool_seats"] / replicas / gpus, found["pool_subscribers"]
    return {
        "traffic_duty_share": duty,
        "peak_sequences_per_user": peak,
        "streams_per_user": streams,
        "peak_duty_share": peak / streams,
        "pool_sequences": chats * replicas,
        "pool_seats_per_gpu": present,
        "pool_headroom_share": 1 - present * use["duty_cycle"] * gpus / chats,
        "subscribers_per_gpu": everyone / replicas / gpus,
        "expected_utilization_share": everyone * duty / (chats * replicas),
    }


def idle_cache(use: dict[str, float], shape: Shape, turn: float) -> dict[str, float]:
    gpus, duty, chats = use["gpus_per_replica"], use["duty_cycle"], shape.chats
    restore = shape.cache_gb / (use["host_bandwidth_gb_per_s"] * gpus) * 1000
    gflop = use["context_tokens"] * (2 * shape.active_b + shape.context_gflop)
    again = gflop / (shape.tflops * use["compute_efficiency"] * gpus)
    offloaded = min(1, duty * max(1 + restore / turn, chats * restore / turn))
    computed = min(1, duty * (1 + chats * again / turn))
    room = shape.fitting + use["host_memory_gb_per_gpu"] * gpus / shape.one_cache_gb
    return {
        "restore_ms": restore,
        "recompute_ms": again,
        "offload_duty_share": offloaded,
        "recompute_duty_share": computed,
        "kept_seats_per_gpu": min(shape.fitting, chats / duty) / gpus,
        "recompute_attention_gflop_per_token": shape.context_gflop,
        "offload_seats_per_gpu": min(chats / offloaded, room) / gpus,
        "recompute_seats_per_gpu": chats / computed / gpus,
    }


def cost(use: dict[str, float], by_hand: dict[str, float], found: Estimate) -> dict[str, float]:
    share, gpus = use["owned_gpus_share"], use["gpus_per_replica"]
    hour = share * found["owned_usd_per_gpu_hour"] + (1 - share) * use["rent_usd_per_gpu_hour"]
    used = hour / use.get("utilization_share", by_hand.get("expected_utilization_share", 0))
    inputs, outputs = use["input_tokens_per_request"], use["output_tokens_per_request"]
    paid = by_hand["gpu_s_per_request"] * used / 3600
    of_prompt = by_hand["time_to_first_token_ms"] / 1000 * gpus * used / 3600
    dearer = use["output_over_input_price_ratio"]
    list_price = paid / (inputs + dearer * outputs) * 1e6
    return {
        "gpu_usd_per_hour": hour,
        "used_gpu_usd_per_hour": used,
        "serving_usd_per_request": paid,
        "input_usd_per_million_tokens": of_prompt / inputs * 1e6,
        "output_usd_per_million_tokens": (paid - of_prompt) / outputs * 1e6,
        "blended_usd_per_million_tokens": paid / (inputs + outputs) * 1e6,
        "split_input_usd_per_million_tokens": list_price,
        "split_output_usd_per_million_tokens": list_price * dearer,
    }


@pytest.mark.parametrize("name", BOTH)
def test_a_request_and_its_tokens(name: str) -> None:
    find, use, shape_of = BOTH[name]
    found, shape = find(), shape_of()
    by_hand = request(use, shape)
    by_hand.update(pool(use, by_hand, found))
    by_hand.update(idle_cache(use, shape, by_hand["turn_ms"]))
    by_hand.update(cost(use, by_hand, found))
    for quantity, value in by_hand.items():
        assert found[quantity] == pytest.approx(value, rel=1e-6), quantity  # parameters have six decimals
    most = max(by_hand[f"{kind}_seats_per_gpu"] for kind in ("kept", "offload", "recompute"))
    verdicts = {"kept": "stays", "offload": "host memory", "recompute": "compute again"}
    best = next(kind for kind in verdicts if by_hand[f"{kind}_seats_per_gpu"] == most)
    assert found["idle_kv_verdict"] == verdicts[best]


@pytest.mark.parametrize(("name", "deviations"), [("latent", 2.5758), ("windowed", 1.2816)])
def test_the_pool_is_full_at_the_stated_probability(name: str, deviations: float) -> None:
    """Mean and spread of the busy sequences fill it, to a sequence and a half; the deviations are from a table."""
    find, use, _ = BOTH[name]
    found = find()
    assert found["service_level_deviations"] == pytest.approx(deviations, abs=0.00005)
    for users, duty in (("pool_seats", "duty_cycle"), ("pool_subscribers", "peak_duty_share")):
        busy = found[users] * found[duty]
        spread = (use["burstiness_ratio"] * busy * (1 - found[duty])) ** 0.5
        assert busy + deviations * spread == pytest.approx(found["pool_sequences"], abs=1.5)
