"""The tornado: figures worked by hand, and each end against a scenario of its own."""

from __future__ import annotations

import math
from typing import Any

import pytest

from napkinxl import InputError, Scenario, estimate
from napkinxl.formulas import QUANTITIES, TEXT, needed_inputs
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import GIVEN_IN_FULL
from napkinxl.studies.ranges import make_range
from napkinxl.studies.sensitivity import Bar, left_out, tornado

CAPEX = "capex_usd_per_seat_month"


def bars(result: str = CAPEX, **fields: Any) -> dict[str, Bar]:
    return {bar.input: bar for bar in tornado(Scenario(**fields), result)}


def test_decisions_leave_out_what_describes_the_gpu_and_the_model() -> None:
    found = {bar.input for bar in tornado(Scenario(), "owned_usd_per_seat_month", decisions_only=True)}
    assert {"duty_cycle", "context_tokens", "gpu_price_usd", "electricity_usd_per_kwh"} <= found
    assert not {"layers", "memory_gb", "total_params_b", "fp8_max_weight_bits"} & found


def test_inputs_of_a_product() -> None:
    # The article's case: 40,000 USD over 36 months and 30 users, 37.04 a month.
    found = bars()
    price = found["gpu_price_usd"]
    assert (price.low, price.base, price.high) == pytest.approx((32_000, 40_000, 48_000))
    assert (price.result_at_low, price.result_at_base, price.result_at_high) == pytest.approx(
        (32_000 / 1080, 40_000 / 1080, 48_000 / 1080)
    )
    assert price.swing == pytest.approx(16_000 / 1080)
    life = found["useful_life_months"]
    assert (life.result_at_low, life.result_at_high) == pytest.approx((40_000 / 30 / 28.8, 40_000 / 30 / 43.2))
    # A fifth more context: 31.5 GB a chat, so 5 of them in 160 GB; a fifth less: 21 GB, so 7.
    context = found["context_tokens"]
    assert (context.result_at_low, context.result_at_high) == pytest.approx((40_000 / 36 / 35, 40_000 / 36 / 25))


def test_the_one_that_moves_most_comes_first() -> None:
    swings = [bar.swing for bar in tornado(Scenario(context_tokens=20_000), CAPEX)]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0


def test_what_the_result_does_not_depend_on_is_left_out() -> None:
    found = bars()
    assert "rent_usd_per_gpu_hour" not in found
    assert "price_usd_per_user_month" not in found
    assert set(found) <= set(needed_inputs(CAPEX))


def test_what_a_fifth_does_not_fit_is_left_out() -> None:
    result = "serving_usd_per_user_month"
    scenario = Scenario(duty_cycle=0.8, layers=4, pue=1.3)
    moved = {bar.input: bar for bar in tornado(scenario, result)}
    left = left_out(scenario, result)
    # Counts, bits, a probability of 0.99, a share of 1, 864 hours in a month, a PUE of 0.96: 1.3 x 0.8 is 1.04.
    assert {
        "layers",
        "gpus_per_replica",
        "weight_bits",
        "kv_bits",
        "fp8_max_weight_bits",
        "service_level_probability",
        "memory_utilization_share",
        "hours_per_month",
    } <= set(left)
    assert (moved["pue"].low, moved["pue"].high) == pytest.approx((1.04, 1.56))
    assert "pue" in left_out(Scenario(pue=1.2), result)
    assert not set(left) & set(moved)
    # A fifth of zero is nothing: it neither moves nor is it worth a word.
    assert "runtime_reserve_gb" not in {*left, *moved}


def test_a_small_change_fits_more() -> None:
    scenario, result = Scenario(service_level_probability=0.95, duty_cycle=0.95), "serving_usd_per_user_month"
    assert {"service_level_probability"} <= set(left_out(scenario, result))
    bar = next(bar for bar in tornado(scenario, result, change=0.04) if bar.input == "service_level_probability")
    assert (bar.low, bar.high) == pytest.approx((0.912, 0.988))
    assert "service_level_probability" not in left_out(scenario, result, change=0.04)
    assert {bar.input for bar in tornado(scenario, CAPEX, change=0.05)} >= {"duty_cycle"}  # 0.9975
    assert "duty_cycle" in left_out(scenario, CAPEX)  # 1.14


def test_decisions_left_out_are_those_of_nobody_else() -> None:
    left = left_out(Scenario(), CAPEX, decisions_only=True)
    assert "weight_bits" in left
    assert not {"layers", "fp8_max_weight_bits"} & set(left)


@pytest.mark.parametrize("result", [name for name, item in QUANTITIES.items() if item.unit != TEXT])
def test_each_end_is_a_scenario_of_its_own(result: str) -> None:
    fields = {"gpu": "H100", "model": "gpt-oss-120b", "gpus_per_replica": 8, "context_tokens": 30_000}
    whole = estimate(Scenario(**fields))
    for bar in tornado(Scenario(**fields), result):
        assert bar.low in INPUTS[bar.input].bounds
        assert bar.high in INPUTS[bar.input].bounds
        assert bar.base == whole[bar.input]
        assert bar.result_at_base == pytest.approx(whole[result], rel=1e-12, nan_ok=True)
        for value, contradicts, found in (
            (bar.low, bar.low_contradicts, bar.result_at_low),
            (bar.high, bar.high_contradicts, bar.result_at_high),
        ):
            if contradicts:
                with pytest.raises(InputError):
                    estimate(Scenario(**{**fields, bar.input: value}))
                assert math.isnan(found)
            else:
                alone = estimate(Scenario(**{**fields, bar.input: value}))[result]
                expected = alone if math.isfinite(alone) else math.nan
                assert found == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_an_input_that_follows_goes_with_the_one_it_follows() -> None:
    own = {
        "model": GIVEN_IN_FULL,
        "total_params_b": 8,
        "layers": 32,
        "hidden_size": 4096,
        "query_heads": 32,
        "head_dim": 128,
        "context_tokens": 8_000,
    }
    ranges = [make_range("query_heads", {"low": 26, "high": 38}), make_range("kv_heads", {"low": 26, "high": 38})]
    found = {bar.input: bar for bar in tornado(Scenario(**own), "kv_cache_gb", ranges)}
    # Without KV heads of its own, every query head has one: 2 x 32 layers x heads x 128 x 8,000 bytes.
    query, kv = found["query_heads"], found["kv_heads"]
    of_a_head = 2 * 32 * 128 * 8_000 / 1e9
    assert (query.result_at_low, query.result_at_high) == pytest.approx((26 * of_a_head, 38 * of_a_head))
    # Moved alone, the KV heads may not outnumber the query heads.
    assert kv.result_at_low == pytest.approx(26 * of_a_head)
    assert kv.high_contradicts


def test_losing_the_answer_comes_first() -> None:
    # 160 GB of weights and 26 GB of chat fit 192 GB, but not 153.6, nor 192 GB of weights.
    found = tornado(Scenario(total_params_b=160), CAPEX)
    losing = [bar for bar in found if bar.loses_answer]
    assert found[: len(losing)] == losing
    by_name = {bar.input: bar for bar in losing}
    assert by_name["memory_gb"].remark == "no answer at the low end"
    assert by_name["total_params_b"].remark == "no answer at the high end"
    assert not math.isnan(by_name["memory_gb"].result_at_high)


def test_a_contradiction_is_told_from_no_answer() -> None:
    bar = bars("gflop_per_step", active_params_b=30, total_params_b=32)["active_params_b"]
    assert (bar.high_contradicts, bar.low_contradicts, bar.loses_answer) == (True, False, False)
    assert bar.remark == "the high end contradicts other inputs"
    assert math.isnan(bar.result_at_high)


def test_ranges_of_ones_own() -> None:
    ranges = [
        make_range("gpu_price_usd", {"low": 30_000, "mode": 32_000, "high": 60_000}),
        make_range("context_tokens", {"values": [400_000, 100_000]}),
    ]
    first, second = tornado(Scenario(), CAPEX, ranges)
    # 400,000 tokens take 52.4 GB, so 3 chats fit; 100,000 take 13.1 GB: 12.
    assert (first.input, first.low, first.high) == ("context_tokens", 100_000, 400_000)
    assert (first.result_at_low, first.result_at_high) == pytest.approx((40_000 / 36 / 60, 40_000 / 36 / 15))
    assert (second.result_at_low, second.result_at_high) == pytest.approx((30_000 / 1080, 60_000 / 1080))


def test_the_change_is_a_choice() -> None:
    bar = next(bar for bar in tornado(Scenario(), CAPEX, change=0.5) if bar.input == "gpu_price_usd")
    assert (bar.low, bar.high) == (20_000, 60_000)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"change": 0}, r"change must be in \(0, 1\], got 0"),
        ({"change": 1.5}, "change must be"),
        ({"change": "x"}, "change must be a number"),
        ({"result": "bottleneck"}, "must be a number"),
        ({"result": "owned"}, "no quantity 'owned'; did you mean"),
        ({"ranges": []}, "nothing varies"),
        ({"scenario": Scenario(kv_heads=100)}, "kv_heads must be at most query_heads"),
    ],
)
def test_bad_tornados_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        tornado(**{"scenario": Scenario(), "result": CAPEX, **change})
