"""What a user costs, pays and leaves, in plain Python beside the quantities: two scenarios, no default among them.

What a GPU-hour and a request cost is checked in test_owning_by_hand.py and test_serving_by_hand.py and taken so.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import pytest

from napkinxl import Estimate
from support.economics_cases import H200, LATENT, WINDOWED, latent, windowed

BOTH: dict[str, tuple[Callable[[], Estimate], dict[str, float]]] = {
    "latent": (latent, LATENT),
    "windowed": (windowed, WINDOWED),
}


def by_supply(use: dict[str, float], found: Estimate) -> dict[str, float]:
    """GPU-hours of a user at the real utilisation, and what each way to get them takes."""
    hours = use["requests_per_user_month"] * found["gpu_s_per_request"] / 3600
    paid_hours = hours / use.get("utilization_share", found["expected_utilization_share"])
    rent = use["rent_usd_per_gpu_hour"]
    reserved = use.get("reserved_usd_per_gpu_hour", H200["reserved"])
    spot = use.get("spot_usd_per_gpu_hour", H200["spot"]) / (1 - use["spot_lost_share"])
    sent_gb = use["requests_per_user_month"] * use["output_tokens_per_request"] * use["bytes_per_output_token"] / 1e9
    egress = sent_gb * use["egress_usd_per_gb"]
    tokens = use["input_tokens_per_request"] + use["output_tokens_per_request"]
    return {
        "egress_usd_per_user_month": egress,
        "serving_usd_per_user_month": paid_hours * found["gpu_usd_per_hour"] + (1 - use["owned_gpus_share"]) * egress,
        "rent_serving_usd_per_user_month": paid_hours * rent + egress,
        "reserved_serving_usd_per_user_month": paid_hours * reserved + egress,
        "spot_serving_usd_per_user_month": paid_hours * spot + egress,
        "owned_serving_usd_per_user_month": paid_hours * found["owned_usd_per_gpu_hour"],
        "million_tokens_per_user_month": use["requests_per_user_month"] * tokens / 1e6,
    }


def at_the_api(use: dict[str, float], found: Estimate) -> dict[str, float]:
    price = use["api_input_usd_per_million_tokens"]
    inputs, outputs, held = (
        use[name] for name in ("input_tokens_per_request", "output_tokens_per_request", "cached_input_share")
    )
    cached_price = use.get("api_cached_input_usd_per_million_tokens", price)
    per_input = price * (1 - held) + cached_price * held
    bill = (inputs * per_input + outputs * use["api_output_usd_per_million_tokens"]) / 1e6
    return {
        "api_usd_per_request": bill,
        "api_usd_per_user_month": bill * use["requests_per_user_month"],
        "api_blended_usd_per_million_tokens": bill / (inputs + outputs) * 1e6,
        "api_usd_per_month": bill * use["requests_per_user_month"] * use["users"],
        **oneself(use, found, bill, bill / (inputs + outputs) * 1e6),
    }


def last_replicas(use: dict[str, float], found: Estimate, left: float) -> int:
    """Streams of the users left, their mean load, and room for chance: quantile and skewness of a binomial."""
    streams, duty, burst = left * found["streams_per_user"], found["peak_duty_share"], use["burstiness_ratio"]
    quantile = NormalDist().inv_cdf(use["service_level_probability"])
    skew = max(1 - 2 * duty, 0) * (2 * burst - 1) * (quantile**2 - 1) / 6
    room = max(quantile * math.sqrt(burst * streams * duty * (1 - duty)) + skew - 0.5, 0)
    wanted = math.ceil(min(streams * duty + room, streams) / found["batch_sequences"])
    return int(min(max(wanted, 1), use["replicas_per_pool"])) if left > 0 else 0


def oneself(use: dict[str, float], found: Estimate, bill: float, blended: float) -> dict[str, float]:
    """A replica's month, what it serves, and from when it is cheaper than the API."""
    gpus, hours = use["gpus_per_replica"], use["hours_per_month"]
    used = use.get("utilization_share", found["expected_utilization_share"])
    month = found["gpu_usd_per_hour"] * hours * gpus
    at_most = found["served_tokens_per_s"] * 3600 * hours / 1e6
    served = at_most * used
    full = math.floor(use["users"] / found["pool_subscribers"])
    last = last_replicas(use, found, use["users"] - full * found["pool_subscribers"])
    replicas = full * use["replicas_per_pool"] + last
    at_full_use = found["gpu_s_per_request"] / 3600 * found["gpu_usd_per_hour"]
    return {
        "replica_usd_per_month": month,
        "replica_million_tokens_per_month": served,
        "gpu_break_even_million_tokens_per_month": month / blended if month / blended <= served else math.nan,
        "gpu_break_even_utilization_share": at_full_use / bill,
        "full_pools": full,
        "last_pool_replicas": last,
        "replicas_for_users": replicas,
        "gpu_bill_usd_per_month": replicas * month,
        **bills(use, found, replicas * gpus),
    }


def bills(use: dict[str, float], found: Estimate, gpus: float) -> dict[str, float]:
    """So many GPUs for a month by each way; bought ones are more, as some are always away for repair."""
    egress = use["users"] * found["egress_usd_per_user_month"]
    return {
        "owned_bill_usd_per_month": gpus / found["availability_share"] * found["owned_usd_per_gpu_month"],
        "rent_bill_usd_per_month": gpus * found["rent_usd_per_gpu_month"] + egress,
        "reserved_bill_usd_per_month": gpus * found["reserved_usd_per_gpu_month"] + egress,
        "spot_bill_usd_per_month": gpus * found["spot_usd_per_gpu_month"] + egress,
    }


def left(use: dict[str, float], serving: float) -> dict[str, float]:
    price, fee = use["price_usd_per_user_month"], use["payment_fee_share"]
    beside_share = serving + use["support_usd_per_user_month"] + use["payment_fee_usd"]
    variable = beside_share + fee * price
    stays = price - variable
    churn, won = use["churn_share_per_month"], use["acquisition_usd_per_user"]
    return {
        "payment_fees_usd_per_user_month": fee * price + use["payment_fee_usd"],
        "cost_of_revenue_usd_per_user_month": variable,
        "contribution_usd_per_user_month": stays,
        "gross_margin_share": 1 - variable / price,
        "markup_share": price / variable - 1,
        "break_even_price_usd_per_user_month": beside_share / (1 - fee),
        "target_price_usd_per_user_month": beside_share / (1 - fee - use["target_gross_margin_share"]),
        "break_even_users": use["fixed_usd_per_month"] / stays,
        "customer_lifetime_months": 1 / churn,
        "lifetime_value_usd_per_user": stays / churn,
        "acquisition_payback_months": won / stays,
        "lifetime_value_over_acquisition_ratio": stays / churn / won,
    }


def plan(use: dict[str, float], found: Estimate, variable: float) -> dict[str, float]:
    users, price = use["users"], use["price_usd_per_user_month"]
    gpus_of_pool = use["replicas_per_pool"] * use["gpus_per_replica"]
    return {
        "revenue_usd_per_month": users * price,
        "cost_of_revenue_usd_per_month": users * variable,
        "contribution_usd_per_month": users * (price - variable),
        "gpus_for_users": users / found["pool_subscribers"] * gpus_of_pool,
        "profit_usd_per_month": users * (price - variable) - use["fixed_usd_per_month"],
    }


@pytest.mark.parametrize("name", BOTH)
def test_users_and_the_plan(name: str) -> None:
    find, use = BOTH[name]
    found = find()
    by_hand = {**by_supply(use, found), **at_the_api(use, found)}
    by_hand.update(left(use, by_hand["serving_usd_per_user_month"]))
    by_hand.update(plan(use, found, by_hand["cost_of_revenue_usd_per_user_month"]))
    for quantity, value in by_hand.items():
        assert found[quantity] == pytest.approx(value, rel=1e-9, nan_ok=True), quantity


def test_verdicts() -> None:
    """8 H200 for one DeepSeek cost more than its API; two GPUs for gemma that are well filled cost less than its."""
    for found in (latent(), windowed()):
        owned, rented = found["owned_serving_usd_per_user_month"], found["rent_serving_usd_per_user_month"]
        assert found["owned_or_rented_verdict"] == ("own" if owned < rented else "rent")
    assert latent()["gpu_bill_usd_per_month"] > latent()["api_usd_per_month"]
    assert latent()["gpu_or_api_verdict"] == "API"
    # Its replica would have to be two thirds full to be worth its price; it is a third full.
    share = latent()["gpu_break_even_utilization_share"]
    assert latent()["utilization_share"] < share < 1
    assert math.isnan(latent()["gpu_break_even_million_tokens_per_month"])
    assert windowed()["gpu_bill_usd_per_month"] < windowed()["api_usd_per_month"]
    assert windowed()["gpu_or_api_verdict"] == "own replicas"
