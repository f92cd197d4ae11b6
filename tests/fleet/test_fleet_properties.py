"""What must hold whatever the numbers, and headroom against exact chance."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.fleet_tiers import tier
from napkinxl import Scenario, estimate
from napkinxl.engine.ops import normal_quantile
from napkinxl.formulas.plan.pools import fleet_last_pool_replicas, skewness_replicas
from napkinxl.monthly_plan.plan import plan_fleet, plan_tiers
from napkinxl.monthly_plan.settings import settings_from

BASE = st.fixed_dictionaries(
    {
        "replicas_per_pool": st.sampled_from([1.0, 2.0, 8.0, 64.0, 1e6]),
        "service_level_probability": st.sampled_from([0.9, 0.99]),
        "users": st.floats(0, 100_000),
        "growth_share_per_month": st.floats(0.05, 0.3),
        "churn_share_per_month": st.floats(0, 0.05),
        "traffic_duty_share": st.floats(0.0001, 0.2),
        "concurrent_sequences": st.integers(1, 100).map(float),
        "burstiness_ratio": st.floats(0.5, 4),
    }
)
OWNED = st.sampled_from([0.0, 1.0])


@given(BASE, OWNED, st.floats(1.0, 3.0))
def test_more_users_never_cost_less(base: dict[str, float], owned: float, factor: float) -> None:
    fields, base = settings_from({"months": 12}), {**base, "owned_gpus_share": owned}
    other = tier(
        "Other",
        traffic_duty_share=0.01,
        concurrent_sequences=30.0,
        replicas_per_pool=base["replicas_per_pool"],
        owned_gpus_share=owned,
    )
    few = plan_tiers([tier(**base), other], fields)
    more = plan_tiers([tier(**{**base, "users": base["users"] * factor}), other], fields)
    for month in range(12):
        assert more["gpus"][month] >= few["gpus"][month]
        assert more["cost_usd"][month] >= few["cost_usd"][month] * (1 - 1e-9)


@given(BASE, OWNED, st.floats(0, 100), st.floats(0, 100))
def test_a_higher_price_never_lowers_margin(base: dict[str, float], owned: float, price: float, more: float) -> None:
    """Where a payment costs a share of it only: a fixed fee comes with the first cent."""
    fields, base = settings_from({"months": 12}), {**base, "owned_gpus_share": owned}
    plans = [
        plan_tiers([tier(**base, price_usd_per_user_month=each, payment_fee_usd=0.0)], fields)
        for each in (price, price + more)
    ]
    low, high = (plan["operating_profit_usd"] for plan in plans)
    assert all(b >= a - 1e-9 * abs(a) - 1e-9 for a, b in zip(low, high, strict=True))
    for a, b in zip(*(plan["month_gross_margin_share"] for plan in plans), strict=True):
        assert math.isnan(a) or b >= a - 1e-9 * abs(a)


@given(BASE, st.sampled_from([0.9, 0.99, 0.999]))
def test_one_fleet_never_needs_more_than_two(base: dict[str, float], probability: float) -> None:
    whole = plan_tiers([tier(**{**base, "service_level_probability": probability})])
    half = plan_tiers([tier(**{**base, "service_level_probability": probability, "users": base["users"] / 2})])
    assert all(w <= 2 * h for w, h in zip(whole["replicas_needed"], half["replicas_needed"], strict=True))


def poisson_quantile(mean: float, probability: float) -> int:
    """The fewest slots such that no more are busy with this probability, from the definition."""
    slots, total = 0, 0.0
    while True:
        total += math.exp(slots * math.log(mean) - mean - math.lgamma(slots + 1))
        if total >= probability:
            return slots
        slots += 1


@pytest.mark.parametrize("probability", [0.9, 0.95, 0.99, 0.999, 0.9999])
@pytest.mark.parametrize("mean", [0.01, 0.1, 0.5, 1, 2.5, 7, 20, 63.2, 250, 1000, 5000.5])
def test_headroom_against_exact_poisson(mean: float, probability: float) -> None:
    """Never fewer sequences than chance asks for, and at most two more."""
    quantile = normal_quantile(probability)
    found: Any = fleet_last_pool_replicas(mean, 0, mean + 1, 1.0, skewness_replicas(quantile, [1.0]), quantile, 1e9)
    exact = poisson_quantile(mean, probability)
    assert exact <= found <= exact + 2


@given(BASE, st.sampled_from([1.0, 2.0, 4.0]))
def test_larger_pools_never_need_more(base: dict[str, float], factor: float) -> None:
    """Of a size that divides the other, so that the small pools could be put together."""
    small = plan_tiers([tier(**base)])
    large = plan_tiers([tier(**{**base, "replicas_per_pool": base["replicas_per_pool"] * factor})])
    assert all(a <= b for a, b in zip(large["replicas_needed"], small["replicas_needed"], strict=True))


@pytest.mark.parametrize("replicas_per_pool", [1.0, 2.0, 8.0, 64.0])
@pytest.mark.parametrize("probability", [0.9, 0.99, 0.999])
@pytest.mark.parametrize("users", [500.0, 20_000.0, 100_000.0])
def test_cost_and_plan_size_the_same_users_alike(replicas_per_pool: float, probability: float, users: float) -> None:
    """Two closed forms, one of users and one of load: a replica or two apart in twenty, the plan on the safe side."""
    found = estimate(
        Scenario(
            gpu="H100 SXM",
            model="Qwen3-32B",
            context_tokens=8000.0,
            users=users,
            growth_share_per_month=0.0,
            churn_share_per_month=0.0,
            replicas_per_pool=replicas_per_pool,
            service_level_probability=probability,
            failures_per_gpu_year=0.0,
        )
    )
    planned = plan_fleet([found], settings_from({"months": 1, "gpus_per_server": 1}))["replicas_needed"][0]
    assert found["replicas_for_users"] <= planned <= 1.1 * found["replicas_for_users"] + 1


@pytest.mark.parametrize("slots", [(6.0, 20.0), (1.0, 100.0), (40.0, 40.0)])
def test_tiers_in_one_pool_against_simulation(slots: tuple[float, float]) -> None:
    """Two tiers that share replicas: the promise is kept in a simulated hour, and not by far too much."""
    still = {"traffic_duty_share": 0.03, "growth_share_per_month": 0.0, "churn_share_per_month": 0.0}
    tiers = [
        tier(f"T{number}", concurrent_sequences=size, users=users, **still)
        for number, (size, users) in enumerate(zip(slots, (400.0, 5000.0), strict=True))
    ]
    plan = plan_tiers(tiers, settings_from({"months": 1}))
    draws, rng = 400_000, numpy.random.default_rng(7)
    load = sum(rng.poisson(plan["tier_peak_sequences"][n][0], draws) / size for n, size in enumerate(slots))
    error = 4 * math.sqrt(0.99 * 0.01 / draws)
    assert numpy.mean(load <= plan["replicas_needed"][0]) >= 0.99 - error
    # A step of two replicas less breaks it, or there was nothing to save.
    assert numpy.mean(load <= plan["replicas_needed"][0] - 2) < 0.99


def test_no_users_need_nothing() -> None:
    plan = plan_tiers([tier(users=0.0)])
    assert set(plan["gpus"]) == {0}
    assert plan["closing_cash_usd"] == -36 * 5000
    assert all(math.isnan(margin) for margin in plan["month_gross_margin_share"])


def test_what_does_not_fit_has_no_answer() -> None:
    plan = plan_tiers([tier("A"), tier("B", concurrent_sequences=0.0)])
    assert all(math.isnan(value) for value in plan["gpus"])
    assert math.isnan(plan["npv_usd"])
    assert math.isnan(plan["break_even_month"])
    assert plan["closing_users"] > 0


def test_a_price_that_is_not_needed_need_not_be_known() -> None:
    unknown = float("nan")
    rented = plan_tiers([tier(purchase_usd_per_gpu=unknown)])
    assert rented["npv_usd"] == plan_tiers([tier()])["npv_usd"]
    at_once = settings_from({"lead_months": 0})
    owned, unpriced = (
        plan_tiers([tier(owned_gpus_share=1.0, **prices)], at_once)
        for prices in ({}, {"rent_usd_per_gpu_hour": unknown})
    )
    assert owned["npv_usd"] == unpriced["npv_usd"]
    assert math.isnan(plan_tiers([tier(rent_usd_per_gpu_hour=unknown)])["npv_usd"])
