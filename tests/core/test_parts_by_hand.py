"""The parts that larger figures are made of, by hand: the article's printed digits and models' published shapes.

And no quantity without a test: an example in its docstring is not enough.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from napkinxl import Scenario, estimate
from napkinxl.formulas import QUANTITIES

TESTS = Path(__file__).parents[1]
# The article's product of matrices in small, and its projection: N = 200,000 tokens, d = 8,192.
PRODUCT = Scenario(matmul_rows=3, matmul_inner_size=4, matmul_columns=5)
PROJECTION = Scenario(context_tokens=200_000, hidden_size=8192, projection_batch=1)


def test_every_quantity_is_named_in_a_test() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    words = set(re.findall(r"\w+", text))
    assert [name for name in QUANTITIES if name not in words] == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("matmul_naive_elements", 2 * 3 * 5 * 4),  # article: 2NMd
        ("matmul_tiled_elements", 4 * (3 + 5)),  # article: d(N + M)
        ("matmul_flops_per_element", 120 / 32),  # 2NMd FLOP for d(N + M) elements
    ],
)
def test_product_of_a_3x4_and_a_4x5_matrix(name: str, printed: float) -> None:
    assert estimate(PRODUCT)[name] == pytest.approx(printed)


@pytest.mark.parametrize(
    ("name", "printed", "half_a_digit"),
    [
        ("uncached_projection_flops", 26e12, 1e12),  # article: 2BNd², "26e12" (26.8 cut)
        ("uncached_projection_elements", 1.7e9, 0.05e9),  # article: Bd(N + d)
        ("uncached_projection_flops_per_element", 2 * 200_000 * 8192 / (200_000 + 8192), 1),  # article: "10,000x"
        ("cached_projection_flops", 2 * 8192**2, 0),  # article: 2Bd²
        ("cached_projection_elements", 8192 * 8193, 0),  # article: d(B + d)
        ("cached_projection_flops_per_element", 2, 0.05),  # article
    ],
)
def test_projection_with_and_without_a_cache(name: str, printed: float, half_a_digit: float) -> None:
    assert estimate(PROJECTION)[name] == pytest.approx(printed, abs=half_a_digit)


def test_projection_at_the_width_whose_digits_the_article_prints() -> None:
    """52.4e6 FLOP and 26.2e6 elements are those of d = 5,120."""
    found = estimate(Scenario(hidden_size=5120))
    assert found["cached_projection_flops"] == pytest.approx(52.4e6, abs=0.05e6)
    assert found["cached_projection_elements"] == pytest.approx(26.2e6, abs=0.05e6)


def test_the_articles_case() -> None:
    """64 layers, 8 KV heads for 64 query heads of 128 elements, 200,000 tokens, one byte an element; 40,000 USD."""
    found = estimate()
    assert found["full_kv_elements_per_token"] == 2 * 64 * 8 * 128
    assert found["mha_kv_cache_gb"] == pytest.approx(210, abs=0.5)  # article
    assert found["kv_copies"] == 1
    assert found["attended_tokens"] == 200_000
    # 2 operations for each of 64 x 64 x (128 + 128) elements of 200,000 tokens; the article counts 2,517 GFLOP for 6.
    assert found["full_attention_gflop_per_token"] == pytest.approx(2517 / 6, abs=0.5 / 6)
    assert found["attention_gflop_per_token"] == found["full_attention_gflop_per_token"]
    assert found["article_compute_idle_share"] == pytest.approx(0.98, abs=0.005)  # article


def test_an_owned_gpu() -> None:
    """Condensed summary: 30,000 USD over three years are 833 USD a month; beside it 200 USD of running cost."""
    free_money = {"annual_cost_of_capital_share": 0}  # as the summary has it
    found = estimate(Scenario(gpu_price_usd=30_000, useful_life_months=36, opex_usd_per_gpu_month=200, **free_money))
    assert found["capex_usd_per_gpu_month"] == pytest.approx(833, abs=0.5)
    assert found["owned_usd_per_gpu_month"] == pytest.approx(1033, abs=0.5)


def test_latent_attention_with_an_indexer() -> None:
    """DeepSeek-V3.2 config.json: 61 layers, latents of 512 + 64, 128 heads; 64 index heads of 128, 2,048 tokens."""
    found = estimate(Scenario(model="DeepSeek-V3.2", gpu="H200", gpus_per_replica=8, context_tokens=50_000, kv_bits=16))
    assert found["latent_kv_elements_per_token"] == 61 * (512 + 64 + 128)
    assert found["full_kv_elements_per_token"] == 0
    assert found["attended_tokens"] == 2048
    scores = 128 * (512 + 64 + 512) * 2048 + 64 * 128 * 50_000
    assert found["latent_attention_gflop_per_token"] == pytest.approx(2 * 61 * scores / 1e9)
    assert found["attention_gflop_per_token"] == found["latent_attention_gflop_per_token"]
    # Each of the 8 GPUs keeps the latents, of which it reads those of 2,048 tokens; two bytes an element.
    assert found["skipped_kv_gb"] == pytest.approx(61 * (512 + 64) * (50_000 - 2048) * 8 * 2 / 1e9)


def test_sliding_windows_on_more_gpus_than_kv_heads() -> None:
    """gpt-oss-120b config.json: 18 full layers and 18 of a window of 128, 64 query and 8 KV heads of 64 elements."""
    found = estimate(Scenario(model="gpt-oss-120b", gpu="H200", gpus_per_replica=16, context_tokens=50_000))
    assert (found["kv_copies"], found["window_kv_copies"]) == (2, 2)  # vLLM: KV heads are repeated
    full, window = (2 * 18 * 64 * (64 + 64) * tokens / 1e9 for tokens in (50_000, 128))
    assert found["full_attention_gflop_per_token"] == pytest.approx(full)
    assert found["window_attention_gflop_per_token"] == pytest.approx(window)
    assert found["attention_gflop_per_token"] == pytest.approx(full + window)


def test_what_a_step_of_the_article_is_made_of() -> None:
    """Weights of 32 GB and six KV caches of 26.2144 GB at 8 TB/s; published figures step_memory_ms and compute_idle."""
    found = estimate()
    assert found["weights_read_ms"] == pytest.approx(32 / 8)
    assert found["kv_read_ms"] == pytest.approx(6 * 26.2144 / 8)
    assert found["compute_beyond_ms"] == 0
    # 0.64457387 ms of computing at 4,500 TFLOP/s, over 189.2864 GB that take 23.6608 ms.
    assert found["step_flop_per_byte"] == pytest.approx(0.64457387 * 4500 / 189.2864, rel=1e-6)
    assert found["step_tflops_per_gpu"] == pytest.approx(4500 * 0.64457387 / 23.6608, rel=1e-6)


def test_a_step_that_computes_longest_shows_it() -> None:
    """Thirty-two sequences of a model that a slow GPU computes: the parts add up to the step whatever decides."""
    found = estimate(Scenario(compute_tflops=1.0, context_tokens=1000))
    assert found["compute_beyond_ms"] == pytest.approx(found["compute_ms"] - found["memory_ms"])
    assert found["compute_beyond_ms"] > 0
    parts = ("weights_read_ms", "kv_read_ms", "compute_beyond_ms", "overhead_ms")
    assert sum(found[name] for name in parts) == pytest.approx(found["step_ms"])


def test_a_long_prompt_reaches_the_roof_that_the_gpu_has() -> None:
    """Far beyond the balance a prompt is computed at the GPU's rate; weights alone give 2 FLOP a byte and token."""
    prompt = Scenario(input_tokens_per_request=10_000, cached_input_share=0, compute_efficiency=1)
    found = estimate(prompt)
    assert found["prompt_tflops_per_gpu"] == pytest.approx(found["compute_tflops"])
    assert found["prompt_flop_per_byte"] >= 2 * 10_000
