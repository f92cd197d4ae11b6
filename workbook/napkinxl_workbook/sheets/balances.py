"""Relations between results that must hold, each worked out another way than the formulas it checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

GOOD, BAD, WARNING = "OK", "CHECK", "WARNING"
CHECKS_SHEET = "Checks"
# Two numbers are equal if they differ by at most this share; where the sheet Checks has it, and its address elsewhere.
TOLERANCE = 1e-9
TOLERANCE_PLACE = "$E$3"
TOLERANCE_CELL = f"{CHECKS_SHEET}!{TOLERANCE_PLACE}"


def _never(_values: Mapping[str, Any]) -> bool:
    """The core refuses inputs that would break this balance; an edit of the workbook can."""
    return False


@dataclass(frozen=True)
class Balance:
    """A relation; `test` is Excel, with {name} for a cell of the scenario's column and {tolerance} for rounding."""

    title: str
    meaning: str
    test: str
    otherwise: str = BAD
    broken: Callable[[Mapping[str, Any]], bool] = _never


def _if_it_fits(test: str) -> str:
    return f"IF({{concurrent_sequences}}<1,TRUE,{test})"


BALANCES = (
    Balance(
        "Layers",
        "the kinds of layer add up to the layers, and none is negative",
        "AND({full_layers}>=0,"
        "{full_layers}+{window_layers}+{latent_layers}+{linear_layers}+{stateless_layers}={layers})",
    ),
    Balance(
        "Active parameters",
        "no more are multiplied per token than there are",
        "{active_params_b}<={total_params_b}*(1+{tolerance})",
    ),
    Balance(
        "Experts",
        "a token uses at most the experts there are, and they are part of the parameters",
        "AND({experts_per_token}<={experts},{routed_params_b}<={total_params_b}*(1+{tolerance}),"
        "OR({experts}=0,{experts_per_token}>=1))",
    ),
    Balance("KV heads", "no more than there are query heads", "{kv_heads}<={query_heads}"),
    Balance(
        "Memory",
        "the weights and all KV caches fit in what the engine may use",
        _if_it_fits(
            "{weights_gb}+{concurrent_sequences}*{replica_kv_cache_gb}<={usable_memory_gb}*(1+{tolerance})",
        ),
    ),
    Balance(
        "Step",
        "a step is at least as long as moving and as computing",
        _if_it_fits("AND({step_ms}>={memory_ms},{step_ms}>={compute_ms})"),
    ),
    Balance(
        "Tokens",
        "the users' tokens add up to the replica's",
        _if_it_fits("ABS({tokens_per_s}-{concurrent_sequences}*{tokens_per_s_per_user})<={tokens_per_s}*{tolerance}"),
    ),
    Balance(
        "Users",
        "users x duty x GPUs are the sequences at once",
        "ABS({users_per_gpu}*{duty_cycle}*{gpus_per_replica}-{concurrent_sequences})<={concurrent_sequences}*{tolerance}",
    ),
    Balance(
        "Rent",
        "rent per seat times seats per GPU equals rent per GPU",
        "IF(ISNUMBER({rent_usd_per_seat_month}),"
        "ABS({rent_usd_per_seat_month}*{users_per_gpu}-{rent_usd_per_gpu_hour}*{hours_per_month})"
        "<={rent_usd_per_gpu_month}*{tolerance},TRUE)",
    ),
    Balance(
        "Owned",
        "what its users pay beyond running cost, and the resale, are worth the purchase price at the cost of capital",
        "IF(ISNUMBER({owned_usd_per_seat_month}),ABS(0-{purchase_usd_per_gpu}-PV({monthly_cost_of_capital_share},"
        "{useful_life_months},{owned_usd_per_seat_month}*{users_per_gpu}-{opex_usd_per_gpu_month},{resale_usd_per_gpu}))"
        "<=({purchase_usd_per_gpu}+{opex_usd_per_gpu_month}*{useful_life_months})*{tolerance},TRUE)",
    ),
    Balance(
        "Requests",
        "input and output tokens at their prices are what a request costs",
        "IF(ISNUMBER({serving_usd_per_request}),ABS({input_usd_per_million_tokens}*{input_tokens_per_request}"
        "+{output_usd_per_million_tokens}*{output_tokens_per_request}-{serving_usd_per_request}*1000000)"
        "<={serving_usd_per_request}*1000000*{tolerance},TRUE)",
    ),
    Balance(
        "Margin",
        "price equals cost of revenue plus contribution",
        "IF(ISNUMBER({contribution_usd_per_user_month}),"
        "ABS({cost_of_revenue_usd_per_user_month}+{contribution_usd_per_user_month}-{price_usd_per_user_month})"
        "<=({price_usd_per_user_month}+{cost_of_revenue_usd_per_user_month})*{tolerance},TRUE)",
    ),
    Balance(
        "Prices known",
        "rent and purchase price are known, so that every cost has an answer",
        "AND(ISNUMBER({rent_usd_per_gpu_hour}),ISNUMBER({gpu_price_usd}))",
        WARNING,
        lambda values: any(values[name] != values[name] for name in ("rent_usd_per_gpu_hour", "gpu_price_usd")),
    ),
    Balance(
        "Fits",
        "the weights and at least one chat fit",
        "{concurrent_sequences}>=1",
        WARNING,
        lambda values: values["concurrent_sequences"] < 1,
    ),
    Balance(
        "Context",
        "the context is within the model's longest",
        "IF(ISNUMBER({max_context_tokens}),{context_tokens}<={max_context_tokens},TRUE)",
        WARNING,
        lambda values: values["context_tokens"] > values["max_context_tokens"],
    ),
)
