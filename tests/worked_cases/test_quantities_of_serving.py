"""Published cases of tokens, requests and KV caches, through the quantities."""

from __future__ import annotations

import pytest

from napkinxl import Scenario, estimate
from napkinxl.formulas import evaluate
from napkinxl.inputs import INPUTS
from worked_cases.cases import Case, Compute, case, cases, covers, printed_test
from worked_cases.quantity import quantity

SECONDS_PER_DAY = 86_400


def _a_million_tokens(row: Case) -> float:
    """Cost over tokens: a step of a second, in which all tokens of a second are made."""
    rate = next(row.number(name) for name in ("usd_per_gpu_h", "usd_per_h") if name in row.inputs)
    tokens = next(row.number(name) for name in ("tok_per_s_per_gpu", "tok_per_s") if name in row.inputs)
    return quantity(
        "output_usd_per_million_tokens",
        step_ms=1000.0,
        batch_sequences=tokens,
        gpus_per_replica=1.0,
        gpu_usd_per_hour=rate,
        utilization_share=row.number("utilisation") if "utilisation" in row.inputs else 1.0,
    )


def _day_of_a_fleet(row: Case) -> float:
    gpus = row.number("avg_nodes") * row.number("gpus_per_node")
    rate, hours = row.number("usd_per_gpu_h"), row.number("hours")
    return quantity("replica_usd_per_month", gpu_usd_per_hour=rate, hours_per_month=hours, gpus_per_replica=gpus)


def _all_on_output(row: Case) -> float:
    month = {"rent_usd_per_gpu_month": row.number("cost_per_day")}
    return quantity(
        "full_load_rent_usd_per_million_tokens",
        full_load_million_tokens_per_gpu_month=row.number("output_tok_per_day") / 1e6,
        **month,
    )


def _on_all_tokens(row: Case) -> float:
    cost, tokens = row.number("cost_per_day"), row.number("total_tok_per_day")
    each = {"input_tokens_per_request": tokens / 2, "output_tokens_per_request": tokens / 2}
    return quantity("blended_usd_per_million_tokens", serving_usd_per_request=cost, **each)


def _tokens_of_a_gpu_day(row: Case) -> float:
    rate = row.number("total_tok_per_day") / SECONDS_PER_DAY
    gpus = row.number("gpus")
    return quantity(
        "full_load_million_tokens_per_gpu_month", tokens_per_s=rate, hours_per_month=24.0, gpus_per_replica=gpus
    )


def _peak_to_mean(row: Case) -> float:
    """The share of the mean is that of the peak turned round."""
    return quantity("mean_to_peak_share", peak_to_mean_ratio=row.number("avg_nodes") / row.number("peak_nodes"))


def _streams(row: Case) -> float:
    """Little's law: a token keeps a stream busy for a part of a second."""
    return quantity(
        "traffic_duty_share",
        requests_per_user_month=row.number("output_tok_per_day"),
        hours_per_month=24.0,
        busy_s_per_request=1 / row.number("tok_per_s_per_user"),
    )


def _busiest_hour(row: Case) -> float:
    """A second of work a request: sequences in use are requests a second."""
    day = {"requests_per_user_month": row.number("requests_per_day"), "hours_per_month": 24.0}
    mean = quantity("traffic_duty_share", busy_s_per_request=1.0, **day)
    return mean * row.number("peak_hour_share") * 24


def _instances(row: Case) -> float:
    load, each = row.number("peak_rps"), row.number("rps_per_instance")
    return quantity(
        "replicas_for_users",
        users=load,
        pool_subscribers=each,
        replicas_per_pool=1.0,
        streams_per_user=1.0,
        peak_duty_share=1.0,
        service_level_deviations=0.0,
        burstiness_ratio=1.0,
        batch_sequences=each,
    )


def _a_thousand_requests(row: Case) -> float:
    """The server's hour, and the part of it that a request takes when the year's fill it."""
    seconds = 8760 * 3600 / row.number("requests_per_year")
    hour = row.number("annual_cost") / 8760
    return 1000 * quantity("serving_usd_per_request", gpu_s_per_request=seconds, used_gpu_usd_per_hour=hour)


def _nvidia(name: str) -> Compute:
    def compute(row: Case) -> float:
        tokens = row.number("in_tok_per_run"), row.number("out_tok_per_run")
        return quantity(
            name,
            serving_usd_per_request=row.number("annual_cost") / row.number("runs_per_year"),
            input_tokens_per_request=tokens[0],
            output_tokens_per_request=tokens[1],
            output_over_input_price_ratio=row.number("out_to_in_price_ratio"),
        )

    return compute


def _nvidia_blended(row: Case) -> float:
    """12,700 and 1,300 tokens are those of NV06; 10.95 million runs of them are the tokens of this case."""
    runs, tokens = 10.95e6, {"input_tokens_per_request": 12_700.0, "output_tokens_per_request": 1300.0}
    year = quantity("million_tokens_per_user_month", requests_per_user_month=runs, **tokens)
    assert year == pytest.approx(row.number("tokens_per_year") / 1e6)
    paid = row.number("annual_cost") / runs
    return quantity("blended_usd_per_million_tokens", serving_usd_per_request=paid, **tokens)


def _served(tokens: str, hours: float, share: str = "") -> Compute:
    """Million tokens of a replica in these hours."""

    def compute(row: Case) -> float:
        used = row.number(share) if share else 1.0
        rate = row.number(tokens)
        return quantity(
            "replica_million_tokens_per_month", served_tokens_per_s=rate, hours_per_month=hours, utilization_share=used
        )

    return compute


def _times(factor: float, compute: Compute) -> Compute:
    return lambda row: factor * compute(row)


def _fleet_tokens(row: Case) -> float:
    return row.number("instances") * _served("tok_per_s", row.number("hours"), "duty")(row) / 1e6


def _at_one_sequence(row: Case) -> float:
    """A step reads the active parameters; CL02's chat has no cache to speak of."""
    return quantity(
        "tokens_per_s_per_user",
        gb_per_step=row.number("active_params") * row.number("bytes_per_param") / 1e9,
        memory_bandwidth_tb_s=row.number("gpu_TBps"),
        gpus_per_replica=row.number("gpus"),
        bandwidth_efficiency=1.0,
        compute_ms=0.0,
        overhead_ms=0.0,
    )


def _transition(row: Case) -> float:
    """Its ceiling is 3 H100 of 1,979 TFLOP/s over 2 FLOP for each of 17 billion parameters of half a byte."""
    assert row.number("compute_ceiling") == pytest.approx(3 * 1979e12 / (2 * 17e9), rel=1e-5)
    return quantity(
        "balanced_batch", hardware_balance_flop_per_byte=1979 / 3.35, weights_gb=17 * 0.5, active_params_b=17.0
    )


def _restore_s(row: Case) -> float:
    gb, speed = row.number("GB"), row.number("GBps")
    return quantity("restore_ms", replica_kv_cache_gb=gb, host_bandwidth_gb_per_s=speed, gpus_per_replica=1.0) / 1000


MEASURED_MILLIONS = [name for name in cases() if name.startswith("IXM") and name != "IXM05"]
PRINTED: dict[str, Compute] = {
    **dict.fromkeys([*MEASURED_MILLIONS, "LV17", "LV18", "LV19", "LT05"], _a_million_tokens),
    "DS01": _day_of_a_fleet,
    "DS06": _peak_to_mean,
    "DS07": _all_on_output,
    "DS08": _on_all_tokens,
    "DS09": _tokens_of_a_gpu_day,
    "DS10": _streams,
    "NV02": _busiest_hour,
    "NV03": _instances,
    "NV04": _a_thousand_requests,
    "NV05": _nvidia_blended,
    "NV06": _nvidia("split_input_usd_per_million_tokens"),
    "NV07": _nvidia("split_output_usd_per_million_tokens"),
    "DL01": _times(1e6, _served("tok_per_s", 1 / 3600, "utilisation")),
    "DL02": _times(1e-3, _served("effective_tok_per_s", 8760)),
    "CL02": _at_one_sequence,
    "CL03": _transition,
    "CL05": _fleet_tokens,
    "KV02": _restore_s,
    "KV03": _restore_s,
}


test_what_the_source_prints = printed_test(PRINTED)


@covers("IXM05")
def test_a_last_digit_that_the_source_rounds_up() -> None:
    """1.41 USD over 1,174.5 tokens a second is 0.3335, printed as 0.334."""
    assert _a_million_tokens(case("IXM05")) == pytest.approx(case("IXM05").expected, abs=0.0006)


@covers("DS05")
def test_share_of_the_cache() -> None:
    """56.3% of the input leave as many fresh tokens as the hits leave, in whole billions."""
    row = case("DS05")
    fresh = quantity(
        "fresh_input_tokens", input_tokens_per_request=row.number("input_tok"), cached_input_share=row.expected / 100
    )
    assert round(fresh / 1e9) == (row.number("input_tok") - row.number("hit_tok")) / 1e9


@covers("KV01")
def test_cache_of_llama_at_131072_tokens() -> None:
    """Exactly 40 GiB: the source's 40 GB are 42.95."""
    row = case("KV01")
    found = estimate(Scenario(model="Llama-3.1-70B", gpu="H200", context_tokens=131_072, kv_bits=16))
    assert row.agrees(found["kv_cache_gb"] * 1e9 / 2**30)
    assert not row.agrees(found["kv_cache_gb"])


@covers("KV06")
def test_restoring_is_quicker_than_computing_again() -> None:
    """An H20 measured 15.2 s against 272 ms: the waits keep that ratio, and host memory serves more users."""
    row = case("KV06")
    measured = {"restore_ms": row.number("cpu_hit_ms"), "recompute_ms": row.number("miss_ms")}
    given = {
        "duty_cycle": 0.001,
        "turn_ms": 5000.0,
        "batch_sequences": 1.0,
        "gpus_per_replica": 1.0,
        "host_memory_gb_per_gpu": 1e6,
        "kv_cache_gb": 10.0,
        "fitting_sequences": 1.0,
        **measured,
    }
    found = evaluate(given, ["idle_kv_verdict", "offload_duty_share", "recompute_duty_share"])
    assert found["idle_kv_verdict"] == "host memory"
    assert row.agrees((found["recompute_duty_share"] / 0.001 - 1) / (found["offload_duty_share"] / 0.001 - 1))
    assert INPUTS["host_bandwidth_gb_per_s"].default == 54  # what the same source measured
