"""Counting a model's parameters and cache from its config, against what was published about it.

`configs/models.json` holds the fields that matter of each published config.json (facts, nothing else).
"""

from __future__ import annotations

import contextlib
import copy
import csv
import json
from pathlib import Path
from typing import Any

import pytest

import napkinxl.catalog
from napkinxl.catalog.catalog_row import COLUMNS, MODEL_FIELDS, catalog_row
from napkinxl.catalog.huggingface import SUPPORTED_TYPES, model_from_config, read_config
from napkinxl.errors import CatalogError

CONFIGS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "configs" / "models.json").read_text(encoding="utf-8")
)
MODELS_CSV = Path(napkinxl.catalog.__file__).parent / "models.csv"
LLAMA = CONFIGS["meta-llama/Meta-Llama-3.1-8B"]

# Parameters in the checkpoint: safetensors totals as Hugging Face's API gives them, unless another source is named.
EXACT = {
    "meta-llama/Meta-Llama-3.1-8B": 8_030_261_248,
    "meta-llama/Meta-Llama-3.1-70B": 70_553_706_496,
    "Qwen/Qwen3-0.6B": 596_049_920,
    "Qwen/Qwen3-8B": 8_190_735_360,
    "Qwen/Qwen3-32B": 32_762_123_264,
    "Qwen/Qwen3-30B-A3B": 30_532_122_624,
    "Qwen/Qwen3-235B-A22B": 235_093_634_560,
    "mistralai/Mixtral-8x7B-v0.1": 46_702_792_704,
    "deepseek-ai/DeepSeek-V3": 671_026_419_200,  # the main model, without the MTP module
    "google/gemma-3-27B": 27_009_002_240,  # KerasHub's preset of the text model
}

# Model, total and active in 1e9 as printed, half a printed digit, source.
PRINTED = [
    ("meta-llama/Meta-Llama-3.1-405B", 405.85, None, 0.005, "safetensors total"),
    ("openai/gpt-oss-120b", 116.83, 5.13, 0.005, "gpt-oss model card, table 1"),
    ("openai/gpt-oss-20b", 20.91, 3.61, 0.005, "gpt-oss model card, table 1"),
    ("google/gemma-4-26B-A4B", 25.2, 3.8, 0.05, "Gemma 4 model card"),
    ("deepseek-ai/DeepSeek-V3", 671, 37, 0.5, "DeepSeek-V3 report"),
    ("deepseek-ai/DeepSeek-V4-Flash", 284, 13, 0.5, "DeepSeek-V4 model card"),
    ("deepseek-ai/DeepSeek-V4-Pro", 1600, 49, 50, "DeepSeek-V4 model card: 1.6T, 49B active"),
    ("moonshotai/Kimi-K2-Instruct", 1000, 32, 50, "Kimi K2 model card: 1T, 32B active"),
    ("moonshotai/Kimi-K3", 2780, 104.2, 5, "Kimi K3 paper, table 1: 2.78T, 104.2B active"),
    ("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 31.6, 3.2, 0.05, "Nemotron 3 Nano report, embedding excluded"),
    ("XiaomiMiMo/MiMo-V2-Flash", 309, 15, 0.5, "MiMo-V2-Flash model card"),
    ("zai-org/GLM-5", 744, None, 0.5, "GLM-5 model card: 744B"),
    ("Qwen/Qwen3.5-122B-A10B", 122, None, 0.5, "Qwen3.5 model card"),
    ("Qwen/Qwen3.5-27B", 27, None, 0.5, "Qwen3.5 model card"),
    ("meta-llama/Llama-3.2-1B", 1.24, 1.24, 0.005, "Llama 3.2 model card; tied, so all are multiplied"),
    ("databricks/dbrx-base", 132, 36, 0.5, "DBRX model card"),
    ("google/gemma-2-9b", 9.24, 9.24, 0.005, "safetensors total"),
    ("microsoft/Phi-3-mini", 3.82, None, 0.005, "safetensors total"),
    ("nvidia/Nemotron-4-340B", 341, None, 0.5, "Nemotron-4 340B report"),
    ("Qwen/Qwen2.5-72B", 72.7, None, 0.05, "Qwen2.5 model card"),
]

# Cards that count the embedding look-up as active too.
ACTIVE_WITH_LOOK_UP = [
    ("mistralai/Mixtral-8x7B-v0.1", 32000 * 4096, 12.9, 0.05, "Mixtral of Experts, table 2: 13B; announcement: 12.9B"),
    ("mistralai/Mixtral-8x22B-v0.1", 32000 * 6144, 39, 0.5, "Mixtral 8x22B announcement"),
    ("Qwen/Qwen3-235B-A22B", 151936 * 4096, 22, 0.5, "Qwen3 model card"),
    ("meta-llama/Llama-4-Scout-17B-16E-Instruct", 202048 * 5120, 17, 0.5, "Llama 4 model card"),
    ("meta-llama/Llama-4-Maverick-17B-128E-Instruct", 202048 * 5120, 17, 0.5, "Llama 4 model card"),
]


@pytest.mark.parametrize(("model", "parameters"), EXACT.items())
def test_total_is_the_published_count(model: str, parameters: int) -> None:
    assert round(model_from_config(CONFIGS[model])["total_params_b"] * 1e9) == parameters


@pytest.mark.parametrize(("model", "total", "active", "half_digit", "source"), PRINTED)
def test_total_and_active_as_printed(
    model: str, total: float, active: float | None, half_digit: float, source: str
) -> None:
    fields = model_from_config(CONFIGS[model])
    assert fields["total_params_b"] == pytest.approx(total, abs=half_digit), source
    if active is not None:
        assert fields["active_params_b"] == pytest.approx(active, abs=min(half_digit, 0.5)), source


@pytest.mark.parametrize(("model", "look_up", "active", "half_digit", "source"), ACTIVE_WITH_LOOK_UP)
def test_active_with_the_look_up_as_printed(
    model: str, look_up: int, active: float, half_digit: float, source: str
) -> None:
    counted = model_from_config(CONFIGS[model])["active_params_b"] + look_up / 1e9
    assert counted == pytest.approx(active, abs=half_digit), source


def test_qwen3_32b_without_embedding_and_head() -> None:
    """The Qwen3-32B model card: 31.2B parameters that are not embedding."""
    head = 151936 * 5120 / 1e9
    assert model_from_config(CONFIGS["Qwen/Qwen3-32B"])["active_params_b"] - head == pytest.approx(31.2, abs=0.05)


def test_routed_parameters_are_all_experts() -> None:
    """gpt-oss model card, table 1: 114.71B in MLPs, of which the router and its biases are 0.01B."""
    routed = model_from_config(CONFIGS["openai/gpt-oss-120b"])["routed_params_b"]
    assert routed == pytest.approx(114.71, abs=0.02)
    assert model_from_config(LLAMA)["routed_params_b"] == 0


# Model and what its cache is, worked out by hand from the layouts in the sources named.
CACHES: list[tuple[str, dict[str, float], str]] = [
    (
        "deepseek-ai/DeepSeek-V3.2",
        {
            "latent_layers": 61,
            "latent_rank": 512,
            "latent_rope_dim": 64,
            "index_layers": 61,
            "index_dim": 128,
            "index_heads": 64,
            "sparse_top_tokens": 2048,
            "kv_heads": 128,
            "head_dim": 192,
            "value_head_dim": 128,
        },
        "DeepSeek-V3.2 report",
    ),
    ("zai-org/GLM-5.2", {"latent_layers": 78, "index_layers": 21}, "TensorRT-LLM PR 16558: shared layers own no key"),
    ("zai-org/GLM-5", {"latent_layers": 78, "index_layers": 78}, "every layer has its indexer"),
    (
        "openai/gpt-oss-20b",
        {"layers": 24, "window_layers": 12, "window_tokens": 128, "kv_heads": 8, "head_dim": 64},
        "gpt-oss model card: every other layer has a window of 128",
    ),
    (
        "google/gemma-3-27B",
        {"layers": 62, "window_layers": 52, "window_tokens": 1024, "kv_heads": 16, "head_dim": 128},
        "Gemma 3 report: five local layers to one global",
    ),
    (
        "google/gemma-4-26B-A4B",
        {"window_layers": 25, "window_kv_heads": 8, "window_head_dim": 256, "kv_heads": 2, "head_dim": 512},
        "transformers gemma4",
    ),
    (
        "XiaomiMiMo/MiMo-V2-Flash",
        {"window_layers": 39, "window_kv_heads": 8, "kv_heads": 4, "head_dim": 192, "value_head_dim": 128},
        "vLLM mimo_v2_flash.py",
    ),
    (
        "meta-llama/Llama-4-Scout-17B-16E-Instruct",
        {"layers": 48, "window_layers": 36, "window_tokens": 8192},
        "Llama 4: chunked attention in three of four layers",
    ),
    (
        "Qwen/Qwen3.5-27B",
        {"linear_layers": 48, "state_elements_per_layer": 48 * 128 * 128 + 3 * (2 * 16 * 128 + 48 * 128)},
        "vLLM mamba_utils.py, gated_delta_net_state_shape",
    ),
    (
        "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16",
        {
            "layers": 52,
            "linear_layers": 23,
            "stateless_layers": 23,
            "experts": 128,
            "experts_per_token": 6,
            "state_elements_per_layer": 64 * 64 * 128 + 3 * (64 * 64 + 2 * 8 * 128),
        },
        "vLLM mamba_utils.py, mamba2_state_shape; six attention layers are left",
    ),
    (
        "nvidia/Nemotron-H-56B-Base-8K",
        {"layers": 118, "linear_layers": 54, "stateless_layers": 54, "state_bits": 16},
        "ten attention layers are left; the config names no precision of the state",
    ),
    (
        "moonshotai/Kimi-K3",
        {
            "layers": 93,
            "latent_layers": 24,
            "linear_layers": 69,
            "state_elements_per_layer": 96 * 128 * 128 + 3 * 3 * 96 * 128,
        },
        "vLLM mamba_utils.py, kda_state_shape",
    ),
    (
        "deepseek-ai/DeepSeek-V4-Flash",
        {
            "window_layers": 43,
            "window_tokens": 128,
            "kv_heads": 1,
            "head_dim": 512,
            "window_value_head_dim": 0,
            "compressed_kv_elements_per_token": 21 * (512 + 128) / 4 + 20 * 512 / 128,
        },
        "transformers deepseek_v4: 21 layers at a ratio of 4 and 20 at 128",
    ),
    ("nvidia/Llama-3_3-Nemotron-Super-49B-v1", {"layers": 80, "stateless_layers": 31, "kv_heads": 8}, "block_configs"),
    ("MiniMaxAI/MiniMax-M3", {"index_layers": 57, "index_dim": 128, "index_heads": 4}, "vLLM minimax_m3"),
]


@pytest.mark.parametrize(("model", "expected", "source"), CACHES)
def test_cache_layout(model: str, expected: dict[str, float], source: str) -> None:
    fields = model_from_config(CONFIGS[model])
    assert {name: fields[name] for name in expected} == expected, source


def test_llama_gives_no_field_that_does_not_apply() -> None:
    assert list(model_from_config(LLAMA)) == [
        "total_params_b",
        "active_params_b",
        "routed_params_b",
        "layers",
        "hidden_size",
        "query_heads",
        "kv_heads",
        "head_dim",
        "max_context_tokens",
    ]


def test_a_short_window_counts_and_a_long_one_does_not() -> None:
    """Mistral 7B v0.1: a window of 4096 in every layer; Phi-3 128k's window is longer than its context."""
    mistral = CONFIGS["mistralai/Mistral-7B"]
    assert model_from_config({**mistral, "sliding_window": 4096})["window_layers"] == 32
    assert "window_layers" not in model_from_config({**mistral, "sliding_window": 262144})
    qwen = {**CONFIGS["Qwen/Qwen2.5-7B"], "sliding_window": 4096, "max_window_layers": 20}
    assert model_from_config({**qwen, "use_sliding_window": True})["window_layers"] == 8
    assert "window_layers" not in model_from_config({**qwen, "use_sliding_window": False})


def test_gemma3_config_may_leave_out_what_the_implementation_defaults() -> None:
    """The published config of gemma-3-4b-it names no heads and no vocabulary; vision tower excluded: 3.88B."""
    fields = model_from_config(
        {
            "model_type": "gemma3",
            "text_config": {
                "model_type": "gemma3_text",
                "hidden_size": 2560,
                "intermediate_size": 10240,
                "num_hidden_layers": 34,
                "sliding_window": 1024,
            },
        }
    )
    assert fields["total_params_b"] == pytest.approx(3.88, abs=0.005)
    assert (fields["query_heads"], fields["kv_heads"], fields["window_layers"]) == (8, 4, 29)


def test_nemotron_h_names_its_blocks_in_a_pattern_or_a_list() -> None:
    config = dict(CONFIGS["nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16"])
    by_pattern = model_from_config(config)
    names = {"M": "mamba", "*": "attention", "E": "moe"}
    config["layers_block_type"] = [names[block] for block in config.pop("hybrid_override_pattern")]
    assert model_from_config({**config, "num_hidden_layers": None}) == by_pattern
    with pytest.raises(CatalogError, match="hybrid_override_pattern: has 52 blocks for 51 layers"):
        model_from_config({**config, "num_hidden_layers": 51})


def test_tied_outside_of_text_config() -> None:
    text = {name: value for name, value in CONFIGS["Qwen/Qwen3-1.7B"].items() if name != "tie_word_embeddings"}
    fields = model_from_config({"model_type": "qwen3_vl", "tie_word_embeddings": True, "text_config": text})
    assert fields["total_params_b"] == fields["active_params_b"]


DAMAGE: list[Any] = [None, "x", -1, 0, 1.5, True, 10**30, 10**400, float("inf"), [], [[]], [None] * 200, {}]

BAD_CONFIGS: list[tuple[dict[str, Any], str]] = [
    ({"model_type": None}, "field model_type: missing"),
    ({"model_type": 7}, "field model_type: must be a text, got 7"),
    ({"model_type": "bert"}, "'bert' is not supported; supported are deepseek_v3"),
    ({"hidden_size": None}, "field hidden_size: missing"),
    ({"hidden_size": 0}, "field hidden_size: must be at least 1, got 0"),
    ({"hidden_size": 40.5}, "field hidden_size: must be a whole number from 0 to 1e12, got 40.5"),
    ({"hidden_size": "4096"}, "field hidden_size: must be a whole number from 0 to 1e12, got '4096'"),
    ({"hidden_size": float("nan")}, "field hidden_size: must be a whole number"),
    ({"hidden_size": 10**400}, "field hidden_size: must be a whole number from 0 to 1e12"),
    ({"hidden_size": 10**12}, "field total_params_b: computed from the config, total_params_b must be"),
    ({"model_type": "mixtral"}, "num_local_experts or num_experts or n_routed_experts or moe_num_experts: missing"),
    ({"model_type": "qwen3"}, "head_dim"),
    ({"num_local_experts": 4, "num_experts_per_tok": 2, "mlp_layer_types": ["thick"] * 32}, "known kinds are dense"),
    ({"num_hidden_layers": 10**9}, "field num_hidden_layers: must be at most 10,000, got 1,000,000,000"),
    ({"num_attention_heads": 33}, "missing"),
    ({"tie_word_embeddings": "yes"}, "field tie_word_embeddings: must be true or false, got 'yes'"),
    ({"layer_types": ["full_attention"]}, "field layer_types: has 1 entries for 32 layers"),
    ({"layer_types": ["round"] * 32}, "field layer_types: unknown kind 'round'; known are full_attention"),
    ({"layer_types": [3] * 32}, "field layer_types: must be a list of texts, got 3 in it"),
    ({"num_local_experts": 4, "num_experts_per_tok": 8}, "must be at most the number of experts, 4, got 8"),
    ({"text_config": 5}, "field text_config: must be an object, got 5"),
    ({"num_kv_shared_layers": 2}, "field num_kv_shared_layers: models that share KV"),
]


@pytest.mark.parametrize(("change", "message"), BAD_CONFIGS)
def test_a_bad_config_is_refused_in_one_line(change: dict[str, Any], message: str) -> None:
    with pytest.raises(CatalogError) as caught:
        model_from_config({**LLAMA, **change}, "my.json")
    text = str(caught.value)
    assert text.startswith("my.json")
    assert message in text
    assert "\n" not in text


def test_layers_that_differ_need_the_numbers_by_hand() -> None:
    config = copy.deepcopy(CONFIGS["nvidia/Llama-3_3-Nemotron-Super-49B-v1"])
    config["block_configs"][0]["attention"]["n_heads_in_group"] = 4
    with pytest.raises(CatalogError, match=r"kv_heads: layers differ \(8, 16\); give the numbers by hand"):
        model_from_config(config)


ONE_PER_TYPE = {config.get("text_config", config)["model_type"]: config for config in CONFIGS.values()}


@pytest.mark.parametrize("model_type", ONE_PER_TYPE)
def test_a_damaged_field_gives_fields_or_a_catalog_error(model_type: str) -> None:
    config = ONE_PER_TYPE[model_type]
    inner = config.get("text_config", config)
    for name in inner:
        for damage in DAMAGE:
            damaged = {**inner, name: damage}
            with contextlib.suppress(CatalogError):
                model_from_config({"text_config": damaged} if "text_config" in config else damaged)


def test_every_supported_type_is_tested_or_shares_its_style() -> None:
    same_as_a_tested_one = {"minimax_m3_vl", "qwen3_vl_text", "qwen3_vl_moe_text", "step3p5"}
    assert set(SUPPORTED_TYPES) - set(ONE_PER_TYPE) == same_as_a_tested_one


def test_read_config(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text(json.dumps(LLAMA), encoding="utf-8")
    assert read_config(path) == LLAMA


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no valid JSON"),
        (b"{", "is no valid JSON"),
        (b"[1]", "must hold a JSON object, got a list"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[" * 200_000, "is no valid JSON"),
        (b'{"hidden_size": ' + b"9" * 10_000 + b"}", "is no valid JSON"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(content)
    with pytest.raises(CatalogError, match=message) as caught:
        read_config(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="there is no such file"):
        read_config(tmp_path / "none.json")
    with pytest.raises(CatalogError, match=r"is a folder; name the config\.json in it"):
        read_config(tmp_path)


def csv_rows() -> dict[str, dict[str, str]]:
    with MODELS_CSV.open(encoding="utf-8", newline="") as file:
        return {row["model"]: row for row in csv.DictReader(file)}


def test_the_catalog_begins_with_the_article_and_has_a_row_per_config() -> None:
    rows = csv_rows()
    assert list(rows) == ["Article 32B", *CONFIGS]
    assert list(next(iter(rows.values()))) == COLUMNS


@pytest.mark.parametrize("model", CONFIGS)
def test_catalog_row_is_what_the_importer_gives(model: str) -> None:
    row, imported = csv_rows()[model], catalog_row(model, CONFIGS[model])
    names = ["attention", *(item.name for item in MODEL_FIELDS)]
    assert {name: row[name] for name in names} == {name: imported[name] for name in names}


def test_every_row_names_its_source_and_its_names_are_unique() -> None:
    rows = csv_rows()
    assert [name for name, row in rows.items() if not (row["source"] and row["checked"] and row["params_basis"])] == []
    names = [text.casefold() for name, row in rows.items() for text in (name, *row["aliases"].split(";"))]
    assert len(names) == len(set(names))
