"""From the plans of a product to a fleet over 36 months: Heron, a writing assistant that does not exist.

python examples/heron.py              print what it comes to
python examples/heron.py heron.xlsx   and write the workbook with its plans, its ways to serve and its fleet
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import napkinxl
from napkinxl import Comparison, Estimate, Plan, Product, Scenario

FILE = Path(__file__).with_name("chat_plans.toml")
DRAWS = 100_000
RESULT = "serving_usd_per_user_month"


def main(arguments: Sequence[str]) -> None:
    """Print the answers; write the workbook if a path is given."""
    estimates = [napkinxl.estimate(scenario) for scenario in napkinxl.read_scenarios(FILE)]
    plan = napkinxl.plan(FILE)

    print_product(napkinxl.cost(estimates))
    print_ways(napkinxl.compare(estimates))
    print_fleet("As planned", plan)
    print_fleet_ways(plan)
    busy = [busier(item, 2) for item in estimates]
    print_fleet("If every user asks twice as much", napkinxl.plan(busy, plan.settings))
    print_risk(estimates[-1].scenario, napkinxl.read_sections(FILE)["vary"])
    for path in arguments:
        napkinxl.write_report(path, estimates, plan=plan)
        print(f"Wrote {path}")


def print_product(product: Product) -> None:
    """What each plan brings and costs, and what is left."""
    for plan in (*product.plans, product.total):
        print(
            f"{plan.name}: {plan.users:,.0f} users bring {plan.revenue_usd_per_month:,.0f} USD a month, "
            f"cost {plan.cost_of_revenue_usd_per_month:,.0f} and take {plan.gpus_for_users:.1f} GPUs"
        )
    print(f"Profit after fixed cost: {product.profit_usd_per_month:,.0f} USD a month")


def print_ways(found: Comparison) -> None:
    """What all users cost by each way to serve them, at the utilisation that each plan reaches."""
    bills = ", ".join(f"{name} {bill:,.0f}" for name, bill in found.together.items())
    print("Serving all users, USD a month:", bills)


def busier(found: Estimate, times: float) -> Scenario:
    """The same plan with more requests of each user."""
    return found.scenario.changed(requests_per_user_month=found["requests_per_user_month"] * times)


def print_fleet(title: str, plan: Plan) -> None:
    """What the plan over months comes to."""
    gpus, figures = plan["gpus"], plan.figures
    print(
        f"{title}: {gpus[0]:.0f} GPUs in month 1, {gpus[-1]:.0f} in month {len(gpus)}; at most "
        f"{figures['peak_funding_usd']:,.0f} USD put in, no loss from month {figures['break_even_month']:.0f} on"
    )


def print_fleet_ways(plan: Plan) -> None:
    """What serving costs over the plan and what is left, by how much of the fleet is owned, or with an API."""
    for way in napkinxl.compare(plan):
        print(
            f"Over {plan.settings.months} months, {way.name}: serving {way.fleet_cost_usd:,.0f} USD, at most "
            f"{way.peak_funding_usd:,.0f} put in, net present value {way.npv_usd:,.0f}"
        )


def print_risk(scenario: Scenario, section: dict[str, object]) -> None:
    """How far the cost of a user may lie from the plan."""
    found = napkinxl.monte_carlo(scenario, section, RESULT, DRAWS, seed=7).spread(RESULT)
    print(
        f"{scenario.name}: serving a user costs {found.percentiles[5]:.2f} to {found.percentiles[95]:.2f} USD a month "
        f"in nine draws of ten, {found.percentiles[50]:.2f} in the middle"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
