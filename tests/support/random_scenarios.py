"""Random scenarios over the whole catalog and the inputs' ranges, the same every time."""

from __future__ import annotations

import random
from typing import Any

from napkinxl import Scenario
from napkinxl.catalog import built_in_catalog
from napkinxl.inputs.choices import GIVEN_IN_FULL

CUSTOM_GPU = {"memory_gb": 120.0, "memory_bandwidth_tb_s": 4.5, "bf16_tflops": 1000.0, "rent_usd_per_gpu_hour": 1.5}
CUSTOM_MODEL = {"total_params_b": 70.0, "layers": 80.0, "hidden_size": 8192.0, "query_heads": 64.0, "head_dim": 128.0}


def random_scenarios(count: int, seed: int) -> list[Scenario]:
    """`count` scenarios; some do not fit, some are given in full, some change what a catalog gives."""
    choose = random.Random(seed)
    catalog = built_in_catalog()
    gpus, models = list(catalog.gpus), list(catalog.models)
    scenarios = []
    for number in range(count):
        fields: dict[str, Any] = {
            "name": f"Scenario {number + 1}",
            "gpu": choose.choice(gpus),
            "model": choose.choice(models),
            "preset": choose.choice(["napkin", "calibrated"]),
            "context_tokens": float(round(10 ** choose.uniform(0, 6))),
            "duty_cycle": round(choose.uniform(0.01, 1), 3),
            "weight_bits": choose.choice([4.0, 4.25, 4.5, 8.0, 8.25, 16.0]),
            "kv_bits": choose.choice([4.0, 8.0, 16.0]),
            "gpus_per_replica": float(choose.choice([1, 2, 4, 8, 16, 72])),
        }
        optional: dict[str, Any] = {
            "memory_utilization_share": round(choose.uniform(0.5, 1), 3),
            "runtime_reserve_gb": round(choose.uniform(0, 5), 2),
            "max_sequences_per_replica": float(choose.choice([1, 32, 256])),
            "bandwidth_efficiency": 0.8,
            "gpu_price_usd": round(choose.uniform(0, 50_000), 2),
            "opex_usd_per_gpu_month": round(choose.uniform(0, 500), 2),
            "rent_usd_per_gpu_hour": round(choose.uniform(0, 10), 4),
            "price_usd_per_user_month": round(choose.uniform(0.01, 300), 2),
            "compute_tflops": 777.0,
            "kv_heads": 4.0,
            "routed_params_b": 0.0,
            "hours_per_month": 730.5,
            "useful_life_months": 60.0,
            "max_context_tokens": 32_768.0,
            **random_economics(choose),
        }
        fields |= {name: value for name, value in optional.items() if choose.random() < 0.3}
        if choose.random() < 0.15:
            fields |= {"gpu": GIVEN_IN_FULL, **CUSTOM_GPU}
        if choose.random() < 0.15:
            fields |= {"model": GIVEN_IN_FULL, **CUSTOM_MODEL}
        scenarios.append(Scenario(**fields))
    return scenarios


def random_economics(choose: random.Random) -> dict[str, Any]:
    """Inputs of owning, renting, traffic, chance and customers; their branches among them."""
    return {
        "annual_cost_of_capital_share": choose.choice([0.0, 0.08, 0.3]),
        "resale_share": round(choose.uniform(0, 1), 2),
        "server_usd_per_gpu": round(choose.uniform(0, 9000), 2),
        "gpu_age_months": float(choose.choice([0, 7, 36, 90])),
        "declining_factor": choose.choice([1.5, 2.0, 50.0]),
        "power_utilization_share": round(choose.uniform(0, 1), 2),
        "failures_per_gpu_year": choose.choice([0.0, 3.0, 400.0]),
        "horizon_months": float(choose.choice([1, 12, 36])),
        "billing_hours": choose.choice([0.25, 1.0, 7.0]),
        "rented_hours_per_day": round(choose.uniform(0.1, 24), 2),
        "owned_gpus_share": choose.choice([0.0, 0.4, 1.0]),
        "utilization_share": round(choose.uniform(0.05, 1), 3),
        "requests_per_user_month": round(10 ** choose.uniform(0, 6), 1),
        "input_tokens_per_request": float(choose.choice([1, 900, 30_000, 500_000])),
        "cached_input_share": choose.choice([0.0, 0.56, 1.0]),
        "output_tokens_per_request": float(choose.choice([1, 300, 9000])),
        "peak_to_mean_ratio": choose.choice([1.0, 1.9, 6.0]),
        "service_level_probability": choose.choice([0.9, 0.99, 0.999, 0.999999]),
        "replicas_per_pool": float(choose.choice([1, 3, 100])),
        "burstiness_ratio": choose.choice([0.5, 1.0, 4.0]),
        "host_memory_gb_per_gpu": choose.choice([0.0, 100.0, 2000.0]),
        "api_output_usd_per_million_tokens": choose.choice([0.0, 2.0, 75.0]),
        "users": float(choose.choice([0, 10, 1_000_000])),
        "churn_share_per_month": choose.choice([0.0, 0.1]),
        "acquisition_usd_per_user": choose.choice([0.0, 30.0]),
        "fixed_usd_per_month": choose.choice([0.0, 12_345.0]),
        "payment_fee_share": choose.choice([0.0, 0.05, 0.5]),
        "target_gross_margin_share": choose.choice([0.0, 0.6, 0.99]),
    }
