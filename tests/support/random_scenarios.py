"""Random scenarios over the whole catalog and the inputs' ranges, the same every time."""

from __future__ import annotations

import random
from typing import Any

from napkinxl import Scenario
from napkinxl.catalog import built_in_catalog
from napkinxl.choices import GIVEN_IN_FULL

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
            "lifetime_months": 60.0,
            "max_context_tokens": 32_768.0,
        }
        fields |= {name: value for name, value in optional.items() if choose.random() < 0.3}
        if choose.random() < 0.15:
            fields |= {"gpu": GIVEN_IN_FULL, **CUSTOM_GPU}
        if choose.random() < 0.15:
            fields |= {"model": GIVEN_IN_FULL, **CUSTOM_MODEL}
        scenarios.append(Scenario(**fields))
    return scenarios
