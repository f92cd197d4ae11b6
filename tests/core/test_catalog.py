"""The built-in catalog: vendors' dense figures, dated sources, and no name that could mean two things."""

from __future__ import annotations

import re
from datetime import date

import pytest

from napkinxl import UnknownNameError
from napkinxl.catalog import CatalogRow, built_in_catalog

CATALOG = built_in_catalog()
ROWS = [*CATALOG.gpus.values(), *CATALOG.models.values()]
GIB = 1.073741824  # GB
# Vendors' dense rates in TFLOP/s, BF16, FP8, FP4, and bandwidth in TB/s: data sheets, halved where they print sparse.
DENSE: dict[str, tuple[float, float, float, float]] = {
    "A100 SXM 40GB": (312, 0, 0, 1.555),
    "A100 SXM 80GB": (312, 0, 0, 2.039),
    "L4": (121, 242, 0, 0.3),
    "L40S": (362.05, 733, 0, 0.864),
    "A10G": (70, 0, 0, 0.6),
    "H100 SXM": (989, 1979, 0, 3.35),
    "H100 PCIe": (756.5, 1513, 0, 2),
    "H100 NVL": (1671 / 2, 3341 / 2, 0, 3.9),
    "H200 SXM": (989, 1979, 0, 4.8),
    "B100": (1750, 3500, 7000, 8),
    "B200 announced": (2250, 4500, 9000, 8),
    "B200 HGX": (2250, 4500, 9000, 7.7),
    "B300": (2250, 4500, 13_500, 7.7),
    "GB200 NVL72": (2500, 5000, 10_000, 8),
    "GB300 NVL72": (2500, 5000, 15_000, 8),
    "RTX 4090": (165.2, 330.3, 0, 1.008),
    "RTX 5090": (209.5, 419, 1676, 1.792),
    "MI300X": (1307, 2615, 0, 5.3),
    "MI325X": (1307, 2615, 0, 6),
    "MI355X": (2516, 5033, 10_066, 8),
    "Gaudi 3": (1678, 1678, 0, 3.7),
    "TPU v5e": (197, 197, 0, 0.819),
    "TPU v5p": (459, 459, 0, 2.765),
    "TPU v6e": (918, 918, 0, 1.64),
    "TPU7x (Ironwood)": (2307, 4614, 0, 7.38),
}
# Headline figures that are sparse, at another accumulation, of a pair of chips, or known to be mixed up elsewhere.
TRAPS: dict[str, set[float]] = {
    "A100": {624, 1248},
    "L4": {485},
    "L40S": {1466},
    "A10G": {125, 140},
    "H100": {1978, 3958},
    "H100 PCIe": {3026},
    "H100 NVL": {1671, 3341},
    "H200": {1978, 3958},
    "H200 NVL": {1671, 3341},
    "B100": {14_000},
    "B200": {18_000},
    "B200 announced": {18_000},
    "B300": {14_000, 18_000},
    "GB200": {20_000},
    "GB300": {30_000},
    "RTX 3090": {142, 284},
    "RTX 4090": {660, 1321},
    "RTX 5090": {838, 3352},
    "RTX PRO 6000": {4000},
    "RTX 6000 Ada": {1457},
    "MI300X": {5230},
    "MI325X": {5230},
    "Gaudi 3": {1835, 3670},
    "TPU v5e": {394},
    "TPU v6e": {1836},
}
# Parameters in 1e9 as published: model cards and safetensors totals.
PARAMETERS: dict[str, float] = {
    "Llama-3.2-1B": 1.24,
    "Llama-3.2-3B": 3.21,
    "Llama-3.1-8B": 8.03,
    "Llama-3.1-70B": 70.6,
    "Llama-3.1-405B": 405.85,
    "Mistral-7B": 7.25,
    "Mistral-NeMo-12B": 12.25,
    "Mistral-Large": 122.6,
    "Mixtral-8x7B": 46.7,
    "Mixtral-8x22B": 140.6,
    "Qwen2.5-7B": 7.62,
    "Qwen2.5-14B": 14.77,
    "Qwen2.5-32B": 32.76,
    "Qwen2.5-72B": 72.71,
    "Qwen3-32B": 32.76,
    "Qwen3-235B-A22B": 235.09,
    "gemma-2-9b": 9.24,
    "gemma-2-27B": 27.23,
    "gemma-3-27B": 27.0,
    "Phi-3-mini": 3.82,
    "Phi-3-medium": 13.96,
    "DBRX": 131.6,
    "Nemotron-4-340B": 341.0,
    "DeepSeek-V3": 671.03,
    "gpt-oss-120b": 116.83,
    "gpt-oss-20b": 20.91,
    "Kimi-K2": 1026.4,
    "GLM-5": 743.9,
    "MiMo-V2-Flash": 309,
}


def test_counts() -> None:
    """30 GPUs and the announced B200 beside the one that ships, 61 models, 67 prices, and the article's of each."""
    assert (len(CATALOG.gpus), len(CATALOG.models), len(CATALOG.prices)) == (31, 62, 77)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_has_a_source_and_the_date_of_its_check(row: CatalogRow) -> None:
    assert len(row.source) > 10
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.checked)
    assert date(2026, 1, 1) <= date.fromisoformat(row.checked)


def test_prices_have_sources_and_dates() -> None:
    for price in CATALOG.prices:
        assert price.source, price
        assert re.fullmatch(r"20\d\d(-\d\d(-\d\d)?)?", price.date), price
        assert date.fromisoformat(price.details["checked"]), price
        assert 0 < price.usd_per_gpu_hour < 20, price


def test_prices_are_for_gpus_of_the_catalog() -> None:
    unknown = {price.gpu for price in CATALOG.prices} - CATALOG.gpus.keys()
    assert unknown == {"V100 16GB", "RTX A6000", "H800"}  # priced, but without a data sheet here


@pytest.mark.parametrize(
    ("gpu", "usd", "term"),
    [
        ("B200 announced", 3, "assumption"),  # article
        ("H100", 2.95, "on-demand list"),
        ("H200", 3.5, "on-demand list"),
        ("B200", 5.5, "on-demand list"),  # Nebius
        ("B300", 3, "rental market"),  # nobody's list
        ("MI300X", 1.3, "rental market"),  # SemiAnalysis, 2026-08
        ("A100 SXM 40GB", 1.29, "on-demand list"),  # Lambda; AWS lists 2.7447, Azure 3.3996
        ("L4", 0.8048, "on-demand list"),  # AWS g6.xlarge, the cheapest of eight sizes
    ],
)
def test_reference_rents(gpu: str, usd: float, term: str) -> None:
    name = CATALOG.gpu(gpu).name
    rent = CATALOG.reference_rent(name)
    assert rent is not None
    assert (rent.usd_per_gpu_hour, rent.term) == (usd, term)
    assert CATALOG.values("gpus", gpu)["rent_usd_per_gpu_hour"] == usd


@pytest.mark.parametrize("row", CATALOG.gpus.values(), ids=lambda row: row.name)
def test_gb_are_gib_converted(row: CatalogRow) -> None:
    """79.6 GiB is 85.5 GB; the two announced parts have no GiB that anybody has read off."""
    gib = row.details["memory_gib_usable"]
    if not gib:
        assert row.name in ("B100", "B200 announced")
        assert row.values["memory_gb"] == 192
    else:
        assert row.values["memory_gb"] == pytest.approx(float(gib) * GIB, abs=0.0005)


def test_announced_and_shipping_b200() -> None:
    announced, shipping = CATALOG.gpu("B200 announced"), CATALOG.gpu("B200")
    assert shipping.name == "B200 HGX"
    assert (announced.values["memory_gb"], announced.values["memory_bandwidth_tb_s"]) == (192, 8)
    assert shipping.values["memory_gb"] == pytest.approx(192.3, abs=0.05)  # 179.1 GiB
    assert shipping.values["memory_bandwidth_tb_s"] == 7.7
    assert announced.values["gpu_price_usd"] == 40_000
    # Lenovo Press LP2368, 15 January 2026: a server of eight for 338,495.75 USD.
    assert shipping.values["gpu_price_usd"] == pytest.approx(338_495.75 / 8, abs=0.005)


@pytest.mark.parametrize("gpu", DENSE)
def test_vendors_dense_figures(gpu: str) -> None:
    values = CATALOG.gpu(gpu).values
    names = ("bf16_tflops", "fp8_tflops", "fp4_tflops", "memory_bandwidth_tb_s")
    assert tuple(values.get(name, 0) for name in names) == DENSE[gpu]


@pytest.mark.parametrize("gpu", TRAPS)
def test_no_trap_was_copied(gpu: str) -> None:
    values = CATALOG.gpu(gpu).values
    assert not TRAPS[gpu] & {values[name] for name in ("bf16_tflops", "fp8_tflops", "fp4_tflops") if name in values}


@pytest.mark.parametrize("row", CATALOG.gpus.values(), ids=lambda row: row.name)
def test_rates_are_of_one_kind(row: CatalogRow) -> None:
    """Half the width, twice the rate at most: a sparse figure beside a dense one would be four times (1% for rounding).

    FP4 may be more than twice FP8 where a part is made for it (B300: three times; RTX 5090 with FP32 accumulate: four).
    """
    bf16, fp8, fp4 = (row.values.get(name, 0.0) for name in ("bf16_tflops", "fp8_tflops", "fp4_tflops"))
    assert bf16 > 0
    if fp8:
        assert bf16 <= fp8 <= 2 * bf16 * 1.013  # L40S: 733 and 362.05 as NVIDIA prints them
    if fp4:
        most = {"B300": 3.0, "GB300 NVL72": 3.0, "RTX 5090": 4.0}.get(row.name, 2.0)
        assert fp8 < fp4 <= most * fp8 * 1.01


@pytest.mark.parametrize(
    ("table", "short", "full"),
    [
        ("gpus", "H100", "H100 SXM"),
        ("gpus", "h100", "H100 SXM"),
        ("gpus", " A100 ", "A100 SXM 80GB"),
        ("gpus", "B200", "B200 HGX"),
        ("gpus", "GB200", "GB200 NVL72"),
        ("models", "Qwen3-32B", "Qwen/Qwen3-32B"),
        ("models", "qwen/qwen3-32b", "Qwen/Qwen3-32B"),
        ("models", "Mixtral-8x7B", "mistralai/Mixtral-8x7B-v0.1"),
        ("models", "Llama-3.1-70B", "meta-llama/Meta-Llama-3.1-70B"),
        ("models", "article", "Article 32B"),
    ],
)
def test_aliases(table: str, short: str, full: str) -> None:
    assert (CATALOG.gpu(short) if table == "gpus" else CATALOG.model(short)).name == full


def test_every_model_has_a_short_name() -> None:
    for row in CATALOG.models.values():
        if "/" in row.name:
            assert row.name.rpartition("/")[2] in row.aliases


@pytest.mark.parametrize(("name", "nearest"), [("H10", "H100"), ("MI300", "MI300X"), ("b20", "B200")])
def test_unknown_gpu_names_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=f"'{name}'; did you mean .*{nearest}"):
        CATALOG.gpu(name)


@pytest.mark.parametrize("model", PARAMETERS)
def test_published_parameters(model: str) -> None:
    """Within 0.2%, or half a printed digit: embeddings tied or not, MTP and vision parts left out."""
    printed = PARAMETERS[model]
    assert CATALOG.model(model).values["total_params_b"] == pytest.approx(printed, rel=2e-3, abs=0.005)


@pytest.mark.parametrize("row", CATALOG.models.values(), ids=lambda row: row.name)
def test_model_is_consistent(row: CatalogRow) -> None:
    values = row.values
    total = values["total_params_b"]
    assert 0 < values.get("active_params_b", total) <= total
    assert 0 <= values.get("routed_params_b", 0) < total
    assert bool(values.get("experts")) == bool(values.get("routed_params_b"))
    assert values.get("experts_per_token", 0) <= values.get("experts", 0)
    kinds = [values.get(f"{kind}_layers", 0) for kind in ("window", "latent", "linear", "stateless")]
    assert sum(kinds) <= values["layers"]
    assert values.get("index_layers", 0) <= values["layers"]
    assert values["query_heads"] % values.get("kv_heads", 1) == 0
    assert bool(values.get("window_layers")) == bool(values.get("window_tokens"))
    assert bool(values.get("linear_layers")) == bool(values.get("state_elements_per_layer"))
    assert bool(values.get("latent_layers")) == bool(values.get("latent_rank"))
    # Outside the routed experts a token multiplies everything but the embedding, and its share of the experts.
    if values.get("experts"):
        used = total - values["routed_params_b"] * (1 - values["experts_per_token"] / values["experts"])
        assert values["active_params_b"] <= used * 1.001
        assert used - values["active_params_b"] < 2.5, "an embedding has at most 2.5e9 parameters"


def test_longest_contexts() -> None:
    """max_position_embeddings of config.json; the article names no limit."""
    longest = {name: row.values.get("max_context_tokens") for name, row in CATALOG.models.items()}
    assert longest["Qwen/Qwen3-32B"] == 40_960
    assert longest["meta-llama/Meta-Llama-3.1-70B"] == 131_072
    assert longest["deepseek-ai/DeepSeek-V3"] == 163_840
    assert longest["mistralai/Mixtral-8x7B-v0.1"] == 32_768
    assert [name for name, limit in longest.items() if limit is None] == ["Article 32B"]


@pytest.mark.parametrize(
    ("gpu", "reserved", "spot"),
    [("H100", 1.78, 1.25), ("H200", 2.05, 1.45), ("MI300X", 1.3, None), ("L4", None, None)],
)
def test_contracts_and_spot(gpu: str, reserved: float | None, spot: float | None) -> None:
    """Contracts of three years: SemiAnalysis, August 2026; spot: Nebius, 2026."""
    values = CATALOG.values("gpus", gpu)
    found = values.get("reserved_usd_per_gpu_hour"), values.get("spot_usd_per_gpu_hour")
    assert found == (reserved, spot)
    assert values.get("committed_months") == (36 if reserved else None)


def test_what_owning_costs_others() -> None:
    """Two vintages of the same constants: the later one counts, the earlier one stays."""
    latest = {price.term: price.usd_per_gpu_hour for price in CATALOG.owned_costs("H100")}
    assert latest == {"owned, hyperscaler": 1.17, "owned, neocloud": 1.55}
    assert 1.30 in [price.usd_per_gpu_hour for price in CATALOG.prices_of("H100")]
