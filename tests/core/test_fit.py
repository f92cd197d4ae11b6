""" "Does not fit" is an answer: what was needed, what there is, and the smallest single change that would fit."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from napkinxl import Scenario, estimate

TOO_LARGE = [
    {"gpu": "L40S"},  # the article's model and context on 48 GB
    {"gpu": "RTX 4090"},
    {"gpu": "RTX 4090", "context_tokens": 8192},
    {"gpu": "H100", "model": "Kimi-K2"},  # MLA: its cache is repeated on every GPU
    {"gpu": "H100", "model": "Llama-3.1-405B", "weight_bits": 16, "kv_bits": 16, "context_tokens": 131_072},
    {"gpu": "B200", "model": "DeepSeek-V3", "weight_bits": 16, "memory_utilization_share": 0.9},
    {"gpu": "H200", "model": "gpt-oss-120b", "weight_bits": 16, "runtime_reserve_gb": 3.5},
    {"gpu": "L4", "model": "Llama-3.1-8B", "weight_bits": 32, "kv_bits": 32, "context_tokens": 20_000},
    {"gpu": "TPU v5e", "model": "Qwen3-8B", "weight_bits": 12, "kv_bits": 16, "context_tokens": 100_000},
    {"gpu": "H100", "model": "Qwen3.5-397B-A17B", "gpus_per_replica": 3, "context_tokens": 262_144},
]
SPEED_AND_COST = [
    "batch_sequences",
    "gb_per_step",
    "step_ms",
    "tokens_per_s",
    "tokens_per_s_per_user",
    "capex_usd_per_seat",
    "rent_usd_per_seat_month",
    "full_load_rent_usd_per_million_tokens",
    "rent_seat_margin_share",
    "compute_idle_share",
]


def fits(case: dict[str, Any], **changes: float) -> bool:
    return bool(estimate(Scenario(**{**case, **changes}))["fitting_sequences"] >= 1)


def changes_of(case: dict[str, Any]) -> dict[str, float]:
    """The changes that the answer names, read back from its text."""
    patterns = {
        "weight_bits": r"(\d+)-bit weights",
        "kv_bits": r"(\d+)-bit KV cache",
        "context_tokens": r"context of at most ([\d,]+) tokens?",
        "gpus_per_replica": r"([\d,]+) GPUs per replica",
    }
    text = str(estimate(Scenario(**case)).fit)
    found = {field: re.search(pattern, text) for field, pattern in patterns.items()}
    return {field: float(match.group(1).replace(",", "")) for field, match in found.items() if match}


@pytest.mark.parametrize("case", TOO_LARGE, ids=str)
def test_is_an_answer_and_not_an_error(case: dict[str, Any]) -> None:
    found = estimate(Scenario(**case))
    assert found.fit is not None
    assert not found.fit.fits
    assert found["fit_verdict"] == "does not fit"
    assert found["concurrent_sequences"] == 0
    assert found["users_per_gpu"] == 0
    assert found["bottleneck"] == "capacity"
    assert [name for name in SPEED_AND_COST if not math.isnan(found[name])] == []
    assert f"{found['needed_memory_gb']:,.1f} GB" in str(found.fit)
    assert f"{found['usable_memory_gb']:,.1f} GB" in str(found.fit)


@pytest.mark.parametrize("case", TOO_LARGE, ids=str)
def test_each_change_fits_and_one_step_less_does_not(case: dict[str, Any]) -> None:
    now = estimate(Scenario(**case))
    named = changes_of(case)
    assert named, "at least one change is named for these cases"
    for field, value in named.items():
        assert fits(case, **{field: value}), field
    for field in ("weight_bits", "kv_bits"):
        wider = [bits for bits in (8.0, 4.0) if bits < now[field] and bits > named.get(field, 0.0)]
        assert not any(fits(case, **{field: bits}) for bits in wider), field
    if "context_tokens" in named:
        assert named["context_tokens"] < now["context_tokens"]
        assert not fits(case, context_tokens=named["context_tokens"] + 1)
    else:
        assert not fits(case, context_tokens=1)
    # Tensor parallelism spreads query heads evenly: only counts that divide them can be run.
    fewer = range(int(now["gpus_per_replica"]), int(named.get("gpus_per_replica", 200)))
    assert not any(fits(case, gpus_per_replica=gpus) for gpus in fewer if now["query_heads"] % gpus == 0)
    assert now["query_heads"] % named.get("gpus_per_replica", 1) == 0


def test_article_model_on_48_gb_by_hand() -> None:
    """L40S: 45 GiB = 48.318 GB. 32 GB of weights leave 16.318 GB; the chat needs 26.2144 GB at 131,072 B a token."""
    case = {"gpu": "L40S"}
    assert changes_of(case) == {
        "weight_bits": 4,  # 16 + 26.2144 = 42.2
        "kv_bits": 4,  # 32 + 13.1 = 45.1
        "context_tokens": math.floor(16.318e9 / 131_072),
        "gpus_per_replica": 2,  # 96.6 - 32 = 64.6
    }


def test_article_model_on_24_gb_by_hand() -> None:
    """RTX 4090: 25.77 GB. In 8 bits the weights alone are larger, in 4 they leave 9.8 GB. 3 x 25.77 - 32 = 45.3
    would do, but 64 heads do not spread over 3 GPUs; over 4 they do."""
    assert changes_of({"gpu": "RTX 4090"}) == {"gpus_per_replica": 4}
    # At 8,192 tokens a chat needs 1.07 GB: 4-bit weights are enough, and two GPUs are (51.5 - 32).
    assert changes_of({"gpu": "RTX 4090", "context_tokens": 8192}) == {"weight_bits": 4, "gpus_per_replica": 2}


def test_no_change_helps() -> None:
    """More reserved for the runtime than the GPU has, on every GPU of any replica."""
    fit = estimate(Scenario(gpu="H100", runtime_reserve_gb=500)).fit
    assert fit is not None
    assert fit.changes == ()
    assert "no single change" in str(fit)


def test_just_fits() -> None:
    """58.2144 GB is what the article's weights and one chat need: to the byte it fits."""
    assert estimate(Scenario(memory_gb=58.2144))["concurrent_sequences"] == 1
    assert str(estimate(Scenario(memory_gb=58.2144)).fit).startswith("fits")
    assert estimate(Scenario(memory_gb=58.2143))["concurrent_sequences"] == 0


def test_unknown_memory_is_no_verdict() -> None:
    found = estimate(Scenario(gpu="(given in full)"))
    assert found.fit is None
    assert math.isnan(found["fitting_sequences"])
    assert found.to_dict()["fit"] is None
