"""`napkinxl cost`: what a user costs and must pay, plan by plan, and which plan pays for which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rich_click as click

from napkinxl import Estimate
from napkinxl.engine.number_text import amount_text, cell_text, whole_text
from napkinxl.estimates.price_plans import Product, blend_plans
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, table
from napkinxl_cli.products import one_product
from napkinxl_cli.remarks import api_source, print_remarks
from napkinxl_cli.results import output_options, write_results
from napkinxl_cli.selection import ScenarioSelection

# What the table shows, from the time of a request to the price that a user must pay.
SHOWN = (
    "time_to_first_token_ms",
    "tokens_per_s_per_user",
    "subscribers_per_gpu",
    "utilization_share",
    "gpu_usd_per_hour",
    "used_gpu_usd_per_hour",
    "input_usd_per_million_tokens",
    "output_usd_per_million_tokens",
    "serving_usd_per_user_month",
    "payment_fees_usd_per_user_month",
    "cost_of_revenue_usd_per_user_month",
    "gross_margin_share",
    "break_even_price_usd_per_user_month",
    "target_price_usd_per_user_month",
    "lifetime_value_usd_per_user",
    "acquisition_payback_months",
)
SENTENCE_PRICES = (
    "serving_usd_per_user_month",
    "price_usd_per_user_month",
    "break_even_price_usd_per_user_month",
    "target_price_usd_per_user_month",
)
SIDE_BY_SIDE = 3
CAPTION = (
    "USD a month. Cost: cost of revenue (serving, payment fees, support). Subsidy: what a plan pays towards plans that "
    "cost more than they earn; below zero, what it receives."
)


@click.command()
@output_options("the report, whose sheet Price tiers holds this")
@scenario_options
def cost(selection: ScenarioSelection, as_json: bool, as_csv: bool, output: Path | None) -> None:
    """Print what a user costs a month, what to charge, and what each plan contributes.

    FILE holds plans as tiers or scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used.
    Options change every plan. Plans of one product are added up: tiers, a file with [fleet], or a table whose every
    row has its users; other scenarios are alternatives.

    \b
    napkinxl cost --gpu "H100 SXM" --model Qwen3-32B --context-tokens 8000
    napkinxl cost examples/chat_plans.toml
    napkinxl cost examples/chat_plans.toml -o plans.xlsx
    """
    estimates = selection.estimated
    product = blend_plans(estimates) if len(estimates) == 1 or one_product(selection) else None
    plans = product.plans if product else [blend_plans([item]).total for item in estimates]
    rows = [_row(item, plan.to_dict()) for item, plan in zip(estimates, plans, strict=True)]
    data = {"plans": rows, **(_totals(product) if product else {})}
    if write_results(data, rows, selection, estimates, as_json=as_json, as_csv=as_csv, output=output):
        return
    for estimate in estimates:
        console().print(sentence(estimate), markup=False)
    for start in range(0, len(estimates), SIDE_BY_SIDE):
        _print_costs(estimates[start : start + SIDE_BY_SIDE])
    if product and len(estimates) > 1:
        _print_plans(product)
    print_remarks(estimates, selection.catalog)


def sentence(estimate: Estimate) -> str:
    """The answer in one sentence."""
    values = estimate.values
    if values["serving_usd_per_user_month"] != values["serving_usd_per_user_month"]:
        return f"{estimate.scenario.name}: no answer; {estimate.fit or 'a number is missing'}."
    serving, price, break_even, target = (amount_text(values[name], "USD/month") for name in SENTENCE_PRICES)
    margin, wanted = (amount_text(values[f"{name}gross_margin_share"], "share") for name in ("", "target_"))
    paid = f"at {price} the gross margin is {margin}" if values["price_usd_per_user_month"] else "the plan is free"
    return (
        f"{estimate.scenario.name}: a user costs {serving} a month to serve; {paid}. "
        f"Break-even price {break_even}; price for a {wanted} margin {target}."
    )


def _row(estimate: Estimate, plan: dict[str, Any]) -> dict[str, Any]:
    names = {field: getattr(estimate.scenario, field) for field in ("gpu", "model")}
    del plan["name"]
    figures = {name: estimate[name] for name in SHOWN}
    return {"name": estimate.scenario.name, **names, **figures, **plan, "api_source": api_source(estimate)}


def _totals(product: Product) -> dict[str, Any]:
    return {
        "total": product.total.to_dict(),
        **{name: value for name, value in product.__dict__.items() if name not in ("plans", "total")},
    }


def _print_costs(estimates: Sequence[Estimate]) -> None:
    columns = [("Quantity", False), ("Unit", False), *((item.scenario.name, True) for item in estimates)]
    table("", columns, _cost_rows(estimates))


def _cost_rows(estimates: Sequence[Estimate]) -> Iterator[Sequence[str]]:
    for name in SHOWN:
        item = QUANTITIES.get(name) or INPUTS[name]
        yield (item.label, item.unit, *(cell_text(estimate[name], item.unit) for estimate in estimates))


def _print_plans(product: Product) -> None:
    numbers = ("Users", "Revenue", "Cost", "Contribution", "Margin", "Subsidy")
    columns = [("Plan", False), *((name, True) for name in numbers)]
    rows = [
        (
            plan.name,
            whole_text(plan.users),
            *(whole_text(value) for value in (plan.revenue_usd_per_month, plan.cost_of_revenue_usd_per_month)),
            whole_text(plan.contribution_usd_per_month),
            cell_text(plan.gross_margin_share, "share"),
            whole_text(plan.given_usd_per_month),
        )
        for plan in (*product.plans, product.total)
    ]
    table("Plans", columns, rows, CAPTION)
    user, tokens = (
        amount_text(getattr(product, name), "USD")
        for name in ("serving_usd_per_user_month", "serving_usd_per_million_tokens")
    )
    fixed, profit = whole_text(product.fixed_usd_per_month), whole_text(product.profit_usd_per_month)
    text = (
        f"All plans together: {user} per user a month to serve, {tokens} per million tokens. After fixed cost of "
        f"{fixed}: {profit} USD a month. Not included: acquisition cost, and capacity idle in whole servers (see "
        "napkinxl plan)."
    )
    console().print(text, markup=False)
