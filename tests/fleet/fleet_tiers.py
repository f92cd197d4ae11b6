"""Tiers for tests: plain values, set by hand."""

from __future__ import annotations

from napkinxl import Scenario, estimate
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES, Tier

# What rows take beside VALUES, as the default scenario has it: a new row needs no line here.
_CASE = estimate(Scenario())
_OTHERS = {name: float(_CASE[name]) for name in (*TIER_VALUES, *SHARED_VALUES)}
VALUES: dict[str, float] = {
    "users": 1000.0,
    "growth_share_per_month": 0.1,
    "churn_share_per_month": 0.04,
    "price_usd_per_user_month": 20.0,
    "payment_fee_share": 0.029,
    "payment_fee_usd": 0.3,
    "support_usd_per_user_month": 1.0,
    "acquisition_usd_per_user": 10.0,
    "fixed_usd_per_month": 5000.0,
    "traffic_duty_share": 0.008,
    "peak_to_mean_ratio": 1.86,
    "peak_duty_share": 0.01,
    "concurrent_sequences": 6.0,
    "service_level_probability": 0.99,
    "burstiness_ratio": 1.0,
    "gpus_per_replica": 1.0,
    "replicas_per_pool": 1e6,
    "replica_availability_share": 0.99,
    "rent_usd_per_gpu_hour": 3.0,
    "hours_per_month": 730.0,
    "purchase_usd_per_gpu": 40_000.0,
    "useful_life_months": 36.0,
    "resale_share": 0.1,
    "owned_gpus_share": 0.0,
    "opex_usd_per_gpu_month": 300.0,
    "monthly_cost_of_capital_share": 0.008,
    "api_usd_per_user_month": 4.0,
}


def tier(name: str = "Pro", /, **changes: float) -> Tier:
    """A tier with some values of its own."""
    unknown = set(changes) - set(VALUES)
    assert not unknown, unknown
    return Tier(name, {**_OTHERS, **VALUES, **changes})
