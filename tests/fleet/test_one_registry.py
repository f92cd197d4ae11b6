"""Rows of a plan take any input and any quantity of a case; rows are worked out once each, stage by stage."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from fleet.fleet_tiers import tier
from napkinxl.engine.registry import known_names, wire
from napkinxl.errors import InputError
from napkinxl.formulas import QUANTITIES
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.inputs import ALL_INPUTS
from napkinxl.monthly_plan.evaluation import stages
from napkinxl.monthly_plan.plan import plan_tiers
from napkinxl.monthly_plan.settings import settings_from
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES

# Tax at the input's 25% of a profit of months 1 to 3; the tiers' own prices go into a row by another route.
A_ROW_OF_ITS_OWN = """
import napkinxl.formulas
from napkinxl.engine.registry import monthly
from napkinxl.engine.ops import maximum

@monthly("USD", "Tax on profit", months="sum")
def profit_tax_usd(operating_profit_usd, tax_share):
    return maximum(operating_profit_usd, 0) * tax_share

from napkinxl import Scenario, estimate
from napkinxl.monthly_plan.plan import plan_fleet
from napkinxl.monthly_plan.settings import settings_from

pro = Scenario(name="Pro", tax_share=0.25, users=100_000, context_tokens=8000)
plan = plan_fleet([estimate(pro)], settings_from({"months": 3}))
assert plan["profit_tax_usd"] == tuple(max(profit, 0) / 4 for profit in plan["operating_profit_usd"])
assert plan["profit_tax_usd"][0] > 0
team = Scenario(name="Team", tax_share=0.3, users=100, context_tokens=8000)
try:
    plan_fleet([estimate(pro), estimate(team)])
except Exception as error:
    print(error)
"""


def test_a_row_takes_an_input_of_the_scenarios() -> None:
    run = subprocess.run([sys.executable, "-c", A_ROW_OF_ITS_OWN], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    assert "tax_share must be the same for all: Pro has 0.25, Team has 0.3" in run.stdout


def test_every_name_stands_once() -> None:
    tables = (ALL_INPUTS, QUANTITIES, MONTHLY, OVER_PLAN)
    assert len(known_names()) == sum(len(table) for table in tables)


def test_rows_come_after_all_that_they_need() -> None:
    seen: dict[str, int] = {}
    for number, (figures, rows) in enumerate(stages()):
        for item in (*figures, *rows):
            for its in map(wire, item.parameters):
                if its.name in MONTHLY or its.name in OVER_PLAN:
                    assert seen.get(its.name, number) <= number - (its.form == "by_month")
                    assert its.form in ("previous", "so_far") or its.name in seen
            seen[item.name] = number
    assert seen.keys() == MONTHLY.keys() | OVER_PLAN.keys()


def test_what_the_product_takes_is_shared_by_its_tiers() -> None:
    """Of the design: GPUs, prices and the servers' life are the product's; customers and what they use are a tier's."""
    assert {"rent_usd_per_gpu_hour", "useful_life_months", "gpus_per_replica", "fixed_usd_per_month"} <= set(
        SHARED_VALUES
    )
    assert {"users", "price_usd_per_user_month", "churn_share_per_month"} <= set(TIER_VALUES)
    assert not set(SHARED_VALUES) & set(TIER_VALUES)
    with pytest.raises(InputError, match="fixed_usd_per_month must be the same"):
        plan_tiers([tier("A"), tier("B", fixed_usd_per_month=5.0)])


def test_each_value_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four tiers and 36 months: each row once a month, of tiers once for each, and each figure once."""
    calls: Counter[str] = Counter()

    def counted(item: Any) -> Any:
        def function(*arguments: Any) -> Any:
            calls[item.name] += 1
            return item.function(*arguments)

        return replace(item, function=function)

    found = tuple((tuple(map(counted, figures)), tuple(map(counted, rows))) for figures, rows in stages())
    monkeypatch.setattr("napkinxl.monthly_plan.evaluation.stages", lambda: found)
    plan_tiers([tier(name) for name in "ABCD"], settings_from({"months": 36}))
    assert {name: calls[name] for name in OVER_PLAN} == dict.fromkeys(OVER_PLAN, 1)
    assert {name: calls[name] for name in MONTHLY} == {
        name: 36 * (4 if item.per_tier else 1) for name, item in MONTHLY.items()
    }
