"""The KV cache of every kind of attention, against the models' published shapes.

`GROWING` and `WINDOWS` are the project's independent computation from the models' config.json files (as bundled in
aiconfigurator-core 0.12.0, Apache-2.0; the last group from the published shapes that GenZ 0.0.16 carries): KV elements
per token that grow with the context, and elements that sliding windows hold at most. Where that computation was found
wrong or absent, `CORRECTED` has the figure worked out from the source named there.
"""

from __future__ import annotations

import pytest

from napkinxl import Scenario, estimate
from napkinxl.catalog import built_in_catalog

GROWING = {
    "MiniMaxAI/MiniMax-M2.5": 126_976,
    "MiniMaxAI/MiniMax-M2.7": 126_976,
    "Qwen/Qwen3-0.6B": 57_344,
    "Qwen/Qwen3-1.7B": 57_344,
    "Qwen/Qwen3-235B-A22B": 96_256,
    "Qwen/Qwen3-30B-A3B": 49_152,
    "Qwen/Qwen3-32B": 131_072,
    "Qwen/Qwen3-8B": 73_728,
    "Qwen/Qwen3-Coder-480B-A35B-Instruct": 126_976,
    "Qwen/Qwen3.5-122B-A10B": 12_288,
    "Qwen/Qwen3.5-27B": 32_768,
    "Qwen/Qwen3.5-35B-A3B": 10_240,
    "Qwen/Qwen3.5-397B-A17B": 15_360,
    "XiaomiMiMo/MiMo-7B-Base": 73_728,
    "XiaomiMiMo/MiMo-V2-Flash": 11_520,
    "deepseek-ai/DeepSeek-R1": 35_136,
    "deepseek-ai/DeepSeek-V3.2": 42_944,
    "deepseek-ai/DeepSeek-V3": 35_136,
    "google/gemma-4-26B-A4B": 10_240,
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct": 24_576,
    "meta-llama/Llama-4-Scout-17B-16E-Instruct": 24_576,
    "meta-llama/Meta-Llama-3.1-405B": 258_048,
    "meta-llama/Meta-Llama-3.1-70B": 163_840,
    "meta-llama/Meta-Llama-3.1-8B": 65_536,
    "mistralai/Mixtral-8x22B-v0.1": 114_688,
    "mistralai/Mixtral-8x7B-v0.1": 65_536,
    "moonshotai/Kimi-K2-Instruct": 35_136,
    "moonshotai/Kimi-K2.5": 35_136,
    "moonshotai/Kimi-K3": 13_824,
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16": 3_072,
    "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8": 4_096,
    "nvidia/Nemotron-H-56B-Base-8K": 20_480,
    "openai/gpt-oss-120b": 18_432,
    "openai/gpt-oss-20b": 12_288,
    "stepfun-ai/Step-3.7-Flash": 24_576,
    "zai-org/GLM-5.1": 54_912,
    "zai-org/GLM-5": 54_912,
    # From the published shapes.
    "meta-llama/Llama-3.2-1B": 16_384,
    "meta-llama/Llama-3.2-3B": 57_344,
    "mistralai/Mistral-7B": 65_536,
    "mistralai/Mistral-NeMo-12B-Instruct": 81_920,
    "mistralai/Mistral-Large": 180_224,
    "Qwen/Qwen2.5-7B": 28_672,
    "Qwen/Qwen2.5-14B": 98_304,
    "Qwen/Qwen2.5-32B": 131_072,
    "Qwen/Qwen2.5-72B": 163_840,
    "google/gemma-2-9b": 86_016,
    "google/gemma-2-27B": 94_208,
    "google/gemma-3-4B": 10_240,
    "google/gemma-3-12B": 32_768,
    "google/gemma-3-27B": 40_960,
    "microsoft/Phi-3-mini": 196_608,
    "microsoft/Phi-3-medium": 102_400,
    "databricks/dbrx-base": 81_920,
    "nvidia/Nemotron-4-340B": 294_912,
}
CORRECTED = {
    # Indexer keys are stored by the 21 layers of type full only (config.json, indexer_types): 78 x 576 + 21 x 128.
    "zai-org/GLM-5.2": 78 * (512 + 64) + 21 * 128,
    "zai-org/GLM-5.3": 78 * (512 + 64) + 21 * 128,
    # 60 GQA layers, and an index key of 128 in 57 of them (config.json, sparse attention).
    "MiniMaxAI/MiniMax-M3": 60 * 2 * 4 * 128 + 57 * 128,
    # Of 80 layers 31 have no attention (config.json, block_configs).
    "nvidia/Llama-3_3-Nemotron-Super-49B-v1": 49 * 2 * 8 * 128,
    # Compressed along time (config.json, compress_ratios): per token 512/128 in layers of ratio 128, (512 + 128)/4 in
    # those of ratio 4; Flash has 21 of ratio 4 and 20 of 128, Pro 30 and 31.
    "deepseek-ai/DeepSeek-V4-Flash": 21 * (512 + 128) / 4 + 20 * 512 / 128,
    "deepseek-ai/DeepSeek-V4-Pro": 30 * (512 + 128) / 4 + 31 * 512 / 128,
    "Article 32B": 2 * 64 * 8 * 128,  # article
}
WINDOWS = {
    "XiaomiMiMo/MiMo-V2-Flash": 12_779_520,  # 39 layers x 8 KV heads x (192 + 128) x 128 tokens
    "google/gemma-4-26B-A4B": 104_857_600,
    "meta-llama/Llama-4-Maverick-17B-128E-Instruct": 603_979_776,
    "meta-llama/Llama-4-Scout-17B-16E-Instruct": 603_979_776,  # attention in chunks of 8192 tokens
    "openai/gpt-oss-120b": 2_359_296,
    "openai/gpt-oss-20b": 1_572_864,
    "stepfun-ai/Step-3.7-Flash": 34_603_008,
    "google/gemma-2-9b": 352_321_536,
    "google/gemma-2-27B": 385_875_968,
    "google/gemma-3-4B": 60_817_408,
    "google/gemma-3-12B": 167_772_160,
    "google/gemma-3-27B": 218_103_808,
    # One vector of 512 is key and value (DeepSeek-V4 paper), 128 tokens in every layer.
    "deepseek-ai/DeepSeek-V4-Flash": 43 * 512 * 128,
    "deepseek-ai/DeepSeek-V4-Pro": 61 * 512 * 128,
}
# Constant state in elements, from the shapes in config.json. Gated delta net: value heads x key dim x value dim, and
# three steps of the convolution over queries, keys and values. Kimi delta: 96 heads x 128 x 128 and three steps of
# three. Mamba-2: heads x head dim x state size, and three steps of (heads x head dim + 2 x groups x state size).
STATES = {
    "Qwen/Qwen3.5-27B": 48 * (48 * 128 * 128 + 3 * (2 * 16 * 128 + 48 * 128)),
    "Qwen/Qwen3.5-122B-A10B": 36 * (64 * 128 * 128 + 3 * (2 * 16 * 128 + 64 * 128)),
    "Qwen/Qwen3.5-397B-A17B": 45 * (64 * 128 * 128 + 3 * (2 * 16 * 128 + 64 * 128)),
    "Qwen/Qwen3.5-35B-A3B": 30 * (32 * 128 * 128 + 3 * (2 * 16 * 128 + 32 * 128)),
    "moonshotai/Kimi-K3": 69 * (96 * 128 * 128 + 3 * 3 * 96 * 128),
    "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16": 23 * (64 * 64 * 128 + 3 * (64 * 64 + 2 * 8 * 128)),
    "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8": 40 * (128 * 64 * 128 + 3 * (128 * 64 + 2 * 8 * 128)),
    "nvidia/Nemotron-H-56B-Base-8K": 54 * (256 * 64 * 256 + 3 * (256 * 64 + 2 * 8 * 256)),
}
STATE_BITS = {"nvidia/Nemotron-H-56B-Base-8K": 16}  # its config names no precision: that of the weights; else FP32
MODELS = list(built_in_catalog().models)
LONG = 1_000_000  # longer than every window


def test_every_model_has_a_figure() -> None:
    assert {*GROWING, *CORRECTED} == set(MODELS)
    assert not GROWING.keys() & CORRECTED.keys()


@pytest.mark.parametrize("model", MODELS)
def test_elements(model: str) -> None:
    found = estimate(Scenario(model=model, context_tokens=LONG))
    assert found["kv_elements_per_token"] == (CORRECTED.get(model) or GROWING[model])
    kept = found["window_kv_elements_per_token"] * found["window_kept_tokens"]
    assert kept == WINDOWS.get(model, 0)


@pytest.mark.parametrize("model", MODELS)
def test_state(model: str) -> None:
    """In bytes, whatever the KV cache's width; the same at any context."""
    expected = STATES.get(model, 0) * STATE_BITS.get(model, 32) / 8 / 1e9
    for tokens in (1, LONG):
        found = estimate(Scenario(model=model, context_tokens=tokens, kv_bits=4))
        assert found["state_gb"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("tokens", [1, 128, 8192, LONG])
def test_cache_is_the_sum_of_the_kinds(model: str, tokens: int) -> None:
    """At 16 bits: the growing part, windows filled as far as the context reaches, and the state."""
    found = estimate(Scenario(model=model, context_tokens=tokens, kv_bits=16))
    window = built_in_catalog().model(model).values.get("window_tokens", 1)
    windows = WINDOWS.get(model, 0) * min(tokens, window) / window
    growing = (CORRECTED.get(model) or GROWING[model]) * tokens
    state_bytes = STATES.get(model, 0) * STATE_BITS.get(model, 32) / 8
    assert found["kv_cache_gb"] == pytest.approx(((growing + windows) * 2 + state_bytes) / 1e9, rel=1e-9)


@pytest.mark.parametrize(
    ("model", "tokens", "bits", "gb", "printed"),
    [
        ("Qwen3-32B", 8192, 8, 1.074, 0.0005),  # peers.md, section B: 1.074 GB a user
        ("Qwen3-32B", 200_000, 8, 26.214, 0.0005),  # peers.md, section B
        ("Article 32B", 200_000, 8, 26.2, 0.05),  # article
        ("Llama-3.1-70B", 131_072, 16, 40 * 1.073741824, 0.5),  # Mooncake README: 40 GB, meant GiB, for 128k tokens
        ("DeepSeek-V3", 1_000_000, 16, 70.272, 0.0005),  # "Insights into DeepSeek-V3", table 1: 70.272 KB
        ("Llama-3.1-405B", 1_000_000, 16, 516.096, 0.0005),  # the same table: 516.096 KB
        ("Qwen2.5-72B", 1_000_000, 16, 327.680, 0.0005),  # the same table: 327.680 KB
    ],
)
def test_published_sizes(model: str, tokens: int, bits: float, gb: float, printed: float) -> None:
    assert estimate(Scenario(model=model, context_tokens=tokens, kv_bits=bits))["kv_cache_gb"] == pytest.approx(
        gb, abs=printed
    )


def test_engine_that_reserves_windows_in_full() -> None:
    """gpt-oss-20b at 8k tokens: hf-mem pull request 70 found 49% missing when windows were taken as small."""
    found = estimate(Scenario(model="gpt-oss-20b", context_tokens=8192, kv_bits=16))
    assert found["reserved_kv_cache_gb"] == pytest.approx(24 * 2 * 8 * 64 * 8192 * 2 / 1e9, rel=1e-12)
    assert 1 - found["kv_cache_gb"] / found["reserved_kv_cache_gb"] == pytest.approx(0.49, abs=0.005)


def test_saving_against_a_head_per_query_head() -> None:
    """Article: 8x from 64 query and 8 KV heads."""
    assert estimate()["kv_saving_factor"] == 8
    assert estimate(Scenario(model="Phi-3-mini"))["kv_saving_factor"] == 1  # its 32 heads all keep keys and values


@pytest.mark.parametrize(
    ("model", "gpus", "copies"),
    [
        ("Qwen3-32B", 1, 1),
        ("Qwen3-32B", 8, 1),
        ("Qwen3-32B", 16, 2),  # 8 KV heads over the GPUs
        ("Qwen3-235B-A22B", 8, 2),  # 4 KV heads
        ("DeepSeek-V3", 1, 1),
        ("DeepSeek-V3", 8, 8),  # one latent for all heads: repeated on every GPU
    ],
)
def test_copies_in_a_replica(model: str, gpus: int, copies: int) -> None:
    """vLLM's tensor parallelism: KV heads are repeated when GPUs outnumber them, MLA's latent always."""
    found = estimate(Scenario(model=model, gpus_per_replica=gpus, context_tokens=1000))
    assert found["replica_kv_cache_gb"] == pytest.approx(copies * found["kv_cache_gb"], rel=1e-12)
