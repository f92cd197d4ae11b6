"""A scenario's fields: the article's case by default, and everything that may not stand in one."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy
import pytest

from napkinxl import InputError, Scenario, UnknownNameError, default_scenarios, estimate
from napkinxl.inputs import INPUTS

# The article's case as the issue states it.
ARTICLE = {
    "memory_gb": 192,
    "memory_bandwidth_tb_s": 8,
    "compute_tflops": 4500,
    "total_params_b": 32,
    "active_params_b": 32,
    "layers": 64,
    "hidden_size": 8192,
    "query_heads": 64,
    "kv_heads": 8,
    "head_dim": 128,
    "weight_bits": 8,
    "kv_bits": 8,
    "context_tokens": 200_000,
    "duty_cycle": 0.2,
    "gpu_price_usd": 40_000,
    "rent_usd_per_gpu_hour": 3,
    "hours_per_month": 720,
    "gpus_per_replica": 1,
    "memory_utilization_share": 1,
    "runtime_reserve_gb": 0,
    "bandwidth_efficiency": 1,
    "compute_efficiency": 1,
    "step_overhead_ms": 0,
    "layer_overhead_us": 0,
}


@pytest.mark.parametrize("name", ARTICLE)
def test_default_is_the_article(name: str) -> None:
    assert estimate()[name] == ARTICLE[name]


def test_default_pair_has_a_typical_context() -> None:
    advertised, typical = (estimate(scenario) for scenario in default_scenarios())
    assert advertised["context_tokens"] == 200_000
    assert 4_000 <= typical["context_tokens"] <= 40_000  # the article's range of typical contexts
    assert advertised["concurrent_sequences"] == 6  # article: six chats at full context
    assert 40 <= typical["concurrent_sequences"] <= 61  # article: 40-60 users with paged KV
    assert advertised["kv_cache_gb"] == pytest.approx(26.2, abs=0.05)  # article
    assert advertised["tokens_per_s_per_user"] == pytest.approx(42, abs=0.5)  # article: 40-42


def test_default_pair_takes_changes() -> None:
    assert [scenario.gpu for scenario in default_scenarios(gpu="H100")] == ["H100", "H100"]
    (only,) = default_scenarios(context_tokens=8192)
    assert only.context_tokens == 8192


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("duty_cyle", "duty_cycle"), ("Context_Tokens", "context_tokens"), ("modell", "model"), ("kv_bit", "kv_bits")],
)
def test_wrong_field_names_the_nearest(wrong: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=rf"'{wrong}'; did you mean .*{nearest}"):
        Scenario(**{wrong: 1})


def test_field_like_no_other_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="'zzzz'"):
        Scenario(zzzz=1)


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, "many", "1,5", "8 bits", [8], {"value": 8}])
def test_what_is_no_finite_number_is_refused(name: str, value: object) -> None:
    with pytest.raises(InputError, match=f"{name} must be a number"):
        Scenario(**{name: value})


@pytest.mark.parametrize("name", INPUTS)
def test_negative_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=rf"{name} must be .*, got -1$"):
        Scenario(**{name: -1})


# Of what a zero would mean division by zero, or nothing at all.
NEVER_ZERO = """
    memory_gb memory_bandwidth_tb_s bf16_tflops compute_tflops total_params_b active_params_b layers hidden_size
    query_heads kv_heads head_dim value_head_dim context_tokens duty_cycle weight_bits kv_bits state_bits
    gpus_per_replica memory_utilization_share max_sequences_per_replica bandwidth_efficiency compute_efficiency
    useful_life_months hours_per_month horizon_months utilization_share requests_per_user_month input_tokens_per_request
    output_tokens_per_request peak_to_mean_ratio service_level_probability replicas_per_pool burstiness_ratio
    board_power_w pue
    host_bandwidth_gb_per_s declining_factor committed_months rented_hours_per_day billing_hours
    output_over_input_price_ratio
"""


@pytest.mark.parametrize("name", NEVER_ZERO.split())
def test_zero_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=rf"{name} must be .*, got 0$"):
        Scenario(**{name: 0})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("duty_cycle", 0, "duty_cycle must be in (0, 1], got 0"),  # the design's own example
        ("duty_cycle", 1.2, "duty_cycle must be in (0, 1], got 1.2"),
        ("memory_utilization_share", 1.01, "memory_utilization_share must be in (0, 1], got 1.01"),
    ],
)
def test_message_says_what_is_allowed_and_what_was_given(field: str, value: float, message: str) -> None:
    with pytest.raises(InputError) as error:
        Scenario(**{field: value})
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("field", "value"),
    [("gpus_per_replica", 1.5), ("layers", 63.5), ("hours_per_month", 745), ("weight_bits", 65), ("layers", 10**400)],
)
def test_beyond_the_bounds_is_refused(field: str, value: float) -> None:
    with pytest.raises(InputError, match=field):
        Scenario(**{field: value})


@pytest.mark.parametrize("value", [0.2, "0.2", " 0.2 ", "2e-1", ".2", Decimal("0.2"), numpy.float64(0.2)])
def test_numeric_text_is_a_number(value: object) -> None:
    assert Scenario(duty_cycle=value).duty_cycle == 0.2


def test_whole_numbers_with_separators_of_python() -> None:
    assert Scenario(context_tokens="200_000").context_tokens == 200_000


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_means_not_given(blank: str | None) -> None:
    scenario = Scenario(gpu=blank, duty_cycle=blank)
    assert scenario.gpu == Scenario().gpu
    assert scenario.given() == {}


def test_truth_values_of_numpy_are_no_numbers_either() -> None:
    with pytest.raises(InputError, match="duty_cycle must be a number"):
        Scenario(duty_cycle=numpy.True_)


def test_scenario_does_not_change() -> None:
    scenario = Scenario()
    with pytest.raises(AttributeError, match="make another with changed"):
        setattr(scenario, "duty_cycle", 0.5)  # noqa: B010  # mypy refuses the plain assignment, rightly


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "x" * 201), ("gpu", True), ("model", ["Qwen3-32B"]), ("preset", {"a": 1})],
)
def test_text_fields_hold_short_texts(field: str, value: object) -> None:
    with pytest.raises(InputError, match=field):
        Scenario(**{field: value})


@pytest.mark.parametrize(
    ("field", "wrong", "nearest"),
    [
        ("gpu", "H1000", "H100"),
        ("gpu", "RTX 4900", "RTX 4090"),
        ("model", "Qwen3-32", "Qwen3-32B"),
        ("model", "gpt-oss-120", "gpt-oss-120b"),
    ],
)
def test_unknown_catalog_name_names_the_nearest(field: str, wrong: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=rf"'{wrong}'; did you mean .*{nearest}"):
        estimate(Scenario(**{field: wrong}))


def test_unknown_preset_is_refused_at_once() -> None:
    with pytest.raises(UnknownNameError, match=r"no preset 'calibrate'; did you mean calibrated"):
        Scenario(preset="calibrate")
