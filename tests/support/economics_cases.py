"""Two scenarios with every input of money, traffic, pool, supply and customers away from its default.

Shapes are those of the models' config.json, rates those of the vendors' data sheets (dense).
"""

from __future__ import annotations

from functools import cache

from napkinxl import Estimate, Scenario, estimate

# DeepSeek-V3 on 8 H200: latent attention and routed experts. What follows another value is left to follow it.
LATENT: dict[str, float] = {
    "gpus_per_replica": 8, "context_tokens": 16_000, "duty_cycle": 0.15, "weight_bits": 8, "kv_bits": 16,
    "memory_utilization_share": 0.9, "runtime_reserve_gb": 3.5, "max_sequences_per_replica": 96,
    "bandwidth_efficiency": 0.7, "compute_efficiency": 0.45, "step_overhead_ms": 4, "layer_overhead_us": 5,
    "parallel_layer_overhead_us": 60,
    "gpu_price_usd": 31_000, "lifetime_months": 48, "rent_usd_per_gpu_hour": 3.1, "hours_per_month": 730,
    "price_usd_per_user_month": 29, "owned_gpus_share": 0.35, "output_over_input_price_ratio": 4,
    "server_usd_per_gpu": 2500, "network_usd_per_gpu": 3300, "storage_usd_per_gpu": 700, "residual_share": 0.22,
    "equity_share": 0.6, "risk_free_share": 0.042, "equity_beta": 1.5, "equity_risk_premium_share": 0.05,
    "equity_extra_premium_share": 0.02, "debt_interest_share": 0.08, "tax_share": 0.21,
    "other_server_power_w_per_gpu": 575, "idle_power_share": 0.18, "pue": 1.35, "electricity_usd_per_kwh": 0.11,
    "hosting_usd_per_kw_month": 175, "maintenance_share": 0.05, "failures_per_gpu_year": 0.3, "repair_hours": 60,
    "gpu_age_months": 19, "declining_factor": 1.5,
    "committed_months": 24, "reserved_discount_share": 0.3, "spot_discount_share": 0.5, "spot_lost_share": 0.12,
    "rented_hours_per_day": 9.2, "billing_hours": 0.5, "bytes_per_output_token": 300, "egress_usd_per_gb": 0.07,
    "api_input_usd_per_million_tokens": 0.55, "api_output_usd_per_million_tokens": 2.19,
    "requests_per_user_month": 600, "input_tokens_per_request": 9000, "cached_input_share": 0.563,
    "output_tokens_per_request": 700, "peak_to_mean_ratio": 2.1,
    "slot_probability": 0.995, "replicas_per_pool": 3, "burstiness_ratio": 1.4, "host_memory_gb_per_gpu": 200,
    "host_bandwidth_gb_per_s": 40,
    "users": 12_000, "growth_share_per_month": 0.08, "churn_share_per_month": 0.03, "acquisition_usd_per_user": 80,
    "payment_fee_share": 0.025, "payment_fee_usd": 0.25, "support_usd_per_user_month": 1.5,
    "fixed_usd_per_month": 60_000, "target_gross_margin_share": 0.6,
}  # fmt: skip

# gemma-3-27B on 2 B200: 52 of 62 layers keep 1,024 tokens. What would follow another value is given.
WINDOWED: dict[str, float] = {
    "gpus_per_replica": 2, "context_tokens": 40_000, "duty_cycle": 0.9, "weight_bits": 16, "kv_bits": 8,
    "memory_utilization_share": 0.8, "runtime_reserve_gb": 2, "max_sequences_per_replica": 1000,
    "bandwidth_efficiency": 0.85, "compute_efficiency": 0.6, "step_overhead_ms": 1, "layer_overhead_us": 8,
    "parallel_layer_overhead_us": 20,
    "gpu_price_usd": 42_000, "lifetime_months": 60, "rent_usd_per_gpu_hour": 4.4, "hours_per_month": 744,
    "price_usd_per_user_month": 400, "owned_gpus_share": 0.8, "output_over_input_price_ratio": 5,
    "opex_usd_per_gpu_month": 390, "utilization_share": 0.55, "horizon_months": 24,
    "server_usd_per_gpu": 1000, "network_usd_per_gpu": 2000, "storage_usd_per_gpu": 3000, "residual_share": 0.1,
    "annual_cost_of_capital_share": 0.12, "equity_share": 0.3, "risk_free_share": 0.03, "equity_beta": 0.9,
    "equity_risk_premium_share": 0.06, "equity_extra_premium_share": 0.01, "debt_interest_share": 0.07,
    "tax_share": 0.3, "other_server_power_w_per_gpu": 780, "power_utilization_share": 0.7, "idle_power_share": 0.25,
    "pue": 1.1, "electricity_usd_per_kwh": 0.06, "hosting_usd_per_kw_month": 120, "maintenance_share": 0.12,
    "failures_per_gpu_year": 0.8, "repair_hours": 100, "gpu_age_months": 30, "declining_factor": 3,
    "committed_months": 36, "reserved_discount_share": 0.1, "reserved_usd_per_gpu_hour": 2.6,
    "spot_discount_share": 0.2, "spot_usd_per_gpu_hour": 1.8, "spot_lost_share": 0.2, "rented_hours_per_day": 23.9,
    "billing_hours": 5, "bytes_per_output_token": 40, "egress_usd_per_gb": 0.12,
    "api_input_usd_per_million_tokens": 0.9, "api_cached_input_usd_per_million_tokens": 0.3,
    "api_output_usd_per_million_tokens": 3.3,
    "requests_per_user_month": 40_000, "input_tokens_per_request": 20_000, "cached_input_share": 0.85,
    "output_tokens_per_request": 350, "peak_to_mean_ratio": 1.4,
    "slot_probability": 0.9, "replicas_per_pool": 6, "burstiness_ratio": 2.5, "host_memory_gb_per_gpu": 500,
    "host_bandwidth_gb_per_s": 90,
    "users": 350, "growth_share_per_month": 0.2, "churn_share_per_month": 0.01, "acquisition_usd_per_user": 900,
    "payment_fee_share": 0.01, "payment_fee_usd": 1, "support_usd_per_user_month": 30,
    "fixed_usd_per_month": 15_000, "target_gross_margin_share": 0.4,
}  # fmt: skip


# Contracts of three years (SemiAnalysis, August 2026) and spot (Nebius, 2026), USD an hour.
H200 = {"reserved": 2.05, "spot": 1.45}


@cache
def latent() -> Estimate:
    return estimate(Scenario(gpu="H200 SXM", model="DeepSeek-V3", **LATENT))


@cache
def windowed() -> Estimate:
    return estimate(Scenario(gpu="B200 HGX", model="gemma-3-27B", **WINDOWED))
