"""What must hold for any scenario: units scale, more of a thing never helps less, a column gives what a scalar gives.

The scenarios are random; the laws are the method's definitions (weights = parameters x bytes, users = sequences /
duty, the longer of traffic and arithmetic decides ...), so nothing here repeats our own output.
"""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl import Scenario, estimate
from napkinxl.catalog import built_in_catalog
from napkinxl.formulas import QUANTITIES, TEXT, evaluate
from napkinxl.scenarios.resolution import resolve

CATALOG = built_in_catalog()
SCENARIOS = st.fixed_dictionaries(
    {
        "gpu": st.sampled_from(list(CATALOG.gpus)),
        "model": st.sampled_from(list(CATALOG.models)),
        "preset": st.sampled_from(["napkin", "calibrated"]),
        "context_tokens": st.integers(1, 1_000_000),
        "duty_cycle": st.floats(0.01, 1),
        "weight_bits": st.sampled_from([4.0, 4.5, 6.0, 8.0, 16.0]),
        "kv_bits": st.sampled_from([4.0, 8.0, 16.0]),
        "gpus_per_replica": st.sampled_from([1, 2, 3, 4, 8, 16, 72]),
        "memory_utilization_share": st.sampled_from([0.5, 0.9, 1.0]),
        "runtime_reserve_gb": st.sampled_from([0.0, 3.5]),
        "max_sequences_per_replica": st.sampled_from([1, 32, 1_000_000]),
        "gpu_price_usd": st.floats(0, 1e5),
        "rent_usd_per_gpu_hour": st.floats(0, 100),
    }
)
Case = dict[str, Any]
# Two ways to add the same floats differ in the last digits.
SAME = 1e-9


def of(case: Case, name: str, **changes: float) -> float:
    values = resolve(Scenario(**{**case, **changes})).values
    return float(evaluate(values, [name])[name])


def no_more(a: float, b: float) -> bool:
    """A <= b up to the last digits, or one of them has no answer."""
    return math.isnan(a) or math.isnan(b) or a <= b + SAME * abs(b)


@given(case=SCENARIOS, factor=st.sampled_from([0.5, 2.0, 3.0]))
def test_weights_scale_with_bits_and_parameters(case: Case, factor: float) -> None:
    weights, bits = of(case, "weights_gb"), case["weight_bits"]
    assert of(case, "weights_gb", weight_bits=bits * factor) == pytest.approx(weights * factor, rel=SAME)
    params = estimate(Scenario(**case))["total_params_b"]
    assert of(case, "weights_gb", total_params_b=params * factor) == pytest.approx(weights * factor, rel=SAME)
    assert weights == pytest.approx(params * 1e9 * bits / 8 / 1e9, rel=SAME)  # parameters x bits, in bytes, in GB


@given(case=SCENARIOS)
def test_gb_and_tokens_scale(case: Case) -> None:
    """Without a window or a state the cache is proportional to its tokens and to the width of an element."""
    case = {**case, "window_layers": 0, "linear_layers": 0}
    tokens, bits, cache = case["context_tokens"], case["kv_bits"], of(case, "kv_cache_gb")
    assert of(case, "kv_cache_gb", context_tokens=2 * tokens) == pytest.approx(2 * cache, rel=SAME)
    assert of(case, "kv_cache_gb", kv_bits=2 * bits) == pytest.approx(2 * cache, rel=SAME)


@given(case=SCENARIOS, more=st.integers(1, 1_000_000))
def test_cache_grows_with_context_and_bits(case: Case, more: int) -> None:
    longer = case["context_tokens"] + more
    for name in ("kv_cache_gb", "replica_kv_cache_gb", "needed_memory_gb", "kv_moved_gb", "reserved_kv_cache_gb"):
        assert no_more(of(case, name), of(case, name, context_tokens=longer)), name
        assert no_more(of(case, name), of(case, name, kv_bits=2 * case["kv_bits"])), name
    assert no_more(of(case, "kv_cache_gb"), of(case, "replica_kv_cache_gb"))
    assert no_more(of(case, "kv_cache_gb"), of(case, "reserved_kv_cache_gb"))
    assert no_more(0.0, of(case, "kv_moved_gb"))


@given(case=SCENARIOS, more=st.integers(1, 1_000_000))
def test_longer_contexts_never_fit_more_users(case: Case, more: int) -> None:
    longer = case["context_tokens"] + more
    for name in ("concurrent_sequences", "users_per_gpu"):
        assert no_more(of(case, name, context_tokens=longer), of(case, name)), name
    assert no_more(of(case, "concurrent_sequences"), of(case, "sequences_before_rounding") + SAME)


@given(case=SCENARIOS, duty=st.floats(0.01, 1))
def test_users_are_inverse_to_duty(case: Case, duty: float) -> None:
    busy = of(case, "users_per_gpu") * case["duty_cycle"]
    assert of(case, "users_per_gpu", duty_cycle=duty) * duty == pytest.approx(busy, rel=SAME, abs=SAME)


@given(case=SCENARIOS, factor=st.floats(1, 10))
def test_faster_memory_never_costs_more(case: Case, factor: float) -> None:
    bandwidth = estimate(Scenario(**case))["memory_bandwidth_tb_s"]
    for name in (
        "full_load_rent_usd_per_million_tokens",
        "full_load_owned_usd_per_million_tokens",
        "step_ms",
        "memory_ms",
    ):
        faster = of(case, name, memory_bandwidth_tb_s=bandwidth * factor)
        assert no_more(faster, of(case, name)), name


@given(case=SCENARIOS, more=st.integers(1, 64))
def test_more_gpus_never_leave_less_memory(case: Case, more: int) -> None:
    gpus = case["gpus_per_replica"] + more
    assert no_more(of(case, "free_memory_gb"), of(case, "free_memory_gb", gpus_per_replica=gpus))
    assert no_more(of(case, "kv_cache_gb"), of(case, "kv_cache_gb", gpus_per_replica=gpus))


@given(case=SCENARIOS)
def test_step_takes_the_longer_and_more(case: Case) -> None:
    found = estimate(Scenario(**case))
    memory, compute, step = found["memory_ms"], found["compute_ms"], found["step_ms"]
    if found["concurrent_sequences"] < 1:
        assert [name for name in ("gb_per_step", "step_ms", "tokens_per_s") if not math.isnan(found[name])] == []
        return
    assert step >= max(memory, compute)
    assert step == pytest.approx(max(memory, compute) + found["overhead_ms"], rel=SAME)
    assert 0 <= found["compute_idle_share"] <= 1
    times = {"overhead": found["overhead_ms"], "bandwidth": memory, "compute": compute}
    assert times[found["bottleneck"]] == max(times.values())
    assert found["tokens_per_s"] == pytest.approx(found["concurrent_sequences"] / step * 1000, rel=SAME)
    assert 0 < found["weights_read_gb"] <= found["weights_gb"] * (1 + SAME)


@given(case=SCENARIOS)
def test_money_adds_up(case: Case) -> None:
    """What all users of a GPU pay is what the GPU costs, and margin is profit over revenue."""
    found = estimate(Scenario(**{"board_power_w": 700, **case}))  # the catalog has no power of TPUs
    users = found["users_per_gpu"]
    for kind in ("rent", "owned"):
        per_gpu, per_user = found[f"{kind}_usd_per_gpu_month"], found[f"{kind}_usd_per_seat_month"]
        if users == 0:
            assert math.isnan(per_user)
            continue
        assert per_user * users == pytest.approx(per_gpu, rel=SAME, abs=SAME)
        profit = found["price_usd_per_user_month"] - per_user
        margin = profit / found["price_usd_per_user_month"]
        assert found[f"{kind}_seat_margin_share"] == pytest.approx(margin, rel=SAME, abs=SAME)
        break_even = found[f"{kind}_break_even_users_per_gpu"]
        assert break_even * found["price_usd_per_user_month"] == pytest.approx(per_gpu, rel=SAME, abs=SAME)
        tokens = found["full_load_million_tokens_per_gpu_month"]
        assert found[f"full_load_{kind}_usd_per_million_tokens"] * tokens == pytest.approx(per_gpu, rel=SAME, abs=SAME)
    assert found["rent_usd_per_gpu_month"] == found["rent_usd_per_gpu_hour"] * found["hours_per_month"]


@given(cases=st.lists(SCENARIOS, min_size=2, max_size=8))
def test_array_equals_scalar(cases: list[Case]) -> None:
    """All inputs as columns at once, straight into the formulas: no frame between."""
    alone = [evaluate(estimate(Scenario(**case)).in_use.values) for case in cases]
    inputs = {name for one in alone for name in one if name not in QUANTITIES}
    with numpy.errstate(all="ignore"):  # as the evaluation of a frame does
        columns = evaluate({name: numpy.array([one[name] for one in alone]) for name in inputs})
    for name, item in QUANTITIES.items():
        expected = [one[name] for one in alone]
        if item.unit == TEXT:
            assert columns[name].tolist() == [word if isinstance(word, str) else "" for word in expected], name
        else:
            numpy.testing.assert_allclose(columns[name], expected, rtol=SAME, atol=0, equal_nan=True, err_msg=name)
