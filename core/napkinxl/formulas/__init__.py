"""The method: one module a topic, pure functions only, each registered as a quantity of a case.

Import the registry from here, with all that is bound to it: what it holds is registered by then. The rows of a plan by
month are in `napkinxl.formulas.plan`.
"""

from importlib import import_module

import napkinxl.inputs  # noqa: F401  # what formulas take
from napkinxl.engine.docstrings import compose_docstrings
from napkinxl.engine.evaluation import BLOCK_ROWS, evaluate, evaluate_one, steps
from napkinxl.engine.registry import (
    QUANTITIES,
    TEXT,
    TITLES,
    Quantity,
    evaluation_order,
    get_quantity,
    needed_inputs,
    needed_names,
)
from napkinxl.engine.tracing import Explanation, excel_formula, explain_values, formula_words, trace
from napkinxl.engine.wiring import check_cases

# The topics in reading order: each a module of this package, with its title.
TOPICS = {
    "capacity.memory": "Memory",
    "capacity.kv_elements": "KV elements",
    "capacity.kv_cache": "KV cache",
    "capacity.replica": "KV cache in a replica",
    "capacity.capacity": "Capacity",
    "serving.roofline": "Roofline",
    "serving.experts": "Mixture of experts",
    "serving.attention": "Attention",
    "serving.traffic": "Traffic of a step",
    "serving.arithmetic": "Arithmetic of a step",
    "serving.step": "Decode step",
    "owning.capital": "Cost of capital",
    "owning.power": "Power",
    "owning.running": "Opex of owned GPUs",
    "owning.levelised": "Levelised cost of owning",
    "owning.owned": "Owned GPUs",
    "owning.depreciation": "Depreciation",
    "renting.rented": "Rented GPUs",
    "renting.reserved": "Reserved GPUs",
    "renting.renting": "Other ways to rent",
    "owning.own_or_rent": "Own or rent",
    "owning.present_value": "Own or rent, present value",
    "tokens.tokens": "Tokens",
    "users.margin": "Margin",
    "serving.prompt": "Arithmetic of a prompt",
    "serving.prefill": "Prefill",
    "serving.operating_point": "Operating point",
    "serving.requests": "Requests",
    "capacity.pool": "Capacity headroom",
    "capacity.subscribers": "Subscribers",
    "capacity.kv_return": "Restoring a KV cache",
    "capacity.idle_kv": "KV cache of idle users",
    "tokens.token_cost": "Cost of tokens",
    "tokens.list_prices": "List prices of tokens",
    "users.user_cost": "Cost per user",
    "users.supply_cost": "Cost per user by source of capacity",
    "tokens.api": "Tokens from an API",
    "tokens.self_hosting": "Own GPUs or an API",
    "users.replicas": "Replicas for the plan",
    "users.bills": "Monthly bill by source of capacity",
    "users.contribution": "Contribution per user",
    "users.lifetime": "Lifetime of a user",
    "users.plans": "The plan's month",
    "article.matmul": "Matrix product",
    "article.projection": "With and without a KV cache",
    "article.article": "The article's shortcuts",
}

__all__ = [
    "BLOCK_ROWS",
    "HEADLINE",
    "QUANTITIES",
    "TEXT",
    "TOPICS",
    "Explanation",
    "Quantity",
    "evaluate",
    "evaluate_one",
    "evaluation_order",
    "excel_formula",
    "explain_values",
    "formula_words",
    "get_quantity",
    "needed_inputs",
    "needed_names",
    "steps",
    "trace",
]

TITLES.update({f"{__name__}.{topic}": title for topic, title in TOPICS.items()})
for _topic in TOPICS:
    import_module(f"{__name__}.{_topic}")

check_cases()
# What answers the question: tables and summaries show these first.
HEADLINE = tuple(item.name for item in QUANTITIES.values() if item.headline)
compose_docstrings(QUANTITIES.values())
