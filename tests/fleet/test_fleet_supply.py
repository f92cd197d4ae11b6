"""What a plan takes of the supply: shares owned, running cost, availability, and what the fleet is worth at the end."""

from __future__ import annotations

from typing import Any

import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.fleet_tiers import tier
from fleet.test_fleet_plan import PLAIN
from napkinxl import InputError, Scenario, estimate
from napkinxl.formulas.plan.capacity import replicas_with_spares
from napkinxl.monthly_plan.plan import Plan, plan_fleet, plan_tiers
from napkinxl.monthly_plan.settings import settings_from


def planned(fleet: dict[str, float], **fields: float) -> Plan:
    return plan_fleet([estimate(Scenario(context_tokens=20_000.0, **fields))], settings_from({"months": 6, **fleet}))


def test_the_fleet_left_at_the_end_by_hand() -> None:
    """720 of servers worth 360 at the end, cash 2,490 in all (the plan by hand): 2,850 where money costs nothing."""
    fields = settings_from({"months": 6, "gpus_per_server": 2, "lead_months": 1})
    owned = {**PLAIN, "owned_gpus_share": 0.6}
    plan = plan_tiers([tier(**{**owned, "monthly_cost_of_capital_share": 0.0})], fields)
    assert (plan["npv_usd"], plan["npv_with_book_value_usd"]) == pytest.approx((2490, 2850))
    assert plan_tiers([tier(**owned)], fields)["npv_with_book_value_usd"] == pytest.approx(
        numpy_financial.npv(0.01, [0, -320, 670, 670, -50, 850, 670 + 360])
    )


def test_the_fleet_of_the_start_is_paid_for_by_hand() -> None:
    """Four GPUs worth 360 at the start, nothing at the end: flows of 480, 480 and 400 + 120 of resale."""
    fields = settings_from({"months": 3, "gpus_per_server": 2, "opening_servers": 2, "opening_servers_months_left": 2})
    plan = plan_tiers([tier(**PLAIN)], fields)
    flows = [1000 - 300 - 20 - 100, 1000 - 300 - 20 - 100, 1000 - 500 - 100 + 120]
    assert plan["cash_flow_usd"] == tuple(flows)
    assert plan["npv_with_book_value_usd"] == pytest.approx(numpy_financial.npv(0.01, [-360, *flows]))


def test_owning_what_costs_less_is_not_punished_for_the_end_of_the_plan() -> None:
    """Owned for 60 months at 10 a month against 50 of rent, but looked at after 12: worth it only with the fleet."""
    cheap = {**PLAIN, "purchase_usd_per_gpu": 600.0, "resale_share": 0.0, "useful_life_months": 60.0}
    own, rent = (
        plan_tiers([tier(**cheap, owned_gpus_share=share)], settings_from({"months": 12, "lead_months": 0}))
        for share in (1.0, 0.0)
    )
    assert own["npv_usd"] < rent["npv_usd"]
    assert own["npv_with_book_value_usd"] > rent["npv_with_book_value_usd"]


@given(st.floats(0, 1), st.integers(0, 5), st.integers(1, 30), st.floats(0.001, 0.05))
def test_present_value_against_numpy_financial(share: float, opening: int, months: int, rate: float) -> None:
    fields = settings_from(
        {
            "months": months,
            "opening_servers": opening,
            "opening_servers_months_left": 9,
        }
    )
    plan = plan_tiers([tier(monthly_cost_of_capital_share=rate, owned_gpus_share=share)], fields)
    flows = [-plan["opening_book_value_usd"], *plan["cash_flow_usd"]]
    flows[-1] += plan["book_value_usd"][-1]
    scale = sum(map(abs, flows)) + plan["opening_book_value_usd"]
    assert plan["npv_with_book_value_usd"] == pytest.approx(numpy_financial.npv(rate, flows), abs=1e-9 * scale)


def test_running_cost_that_is_given_is_taken() -> None:
    """Power, cooling and hosting follow parts of their own, or are given in one number."""
    plain, given_usd = (
        planned({"lead_months": 0}, owned_gpus_share=1.0, **fields)
        for fields in ({}, {"opex_usd_per_gpu_month": 1000.0})
    )
    assert given_usd["owned_opex_usd"] == pytest.approx([gpus * 1000 for gpus in given_usd["owned_gpus"]], rel=1e-12)
    assert given_usd["owned_opex_usd"][0] > 0
    assert given_usd["owned_opex_usd"] != plain["owned_opex_usd"]


def test_the_share_owned_is_that_of_the_scenarios() -> None:
    """`cost` and `plan` price the same supply; the fleet has no share of its own."""
    fields = {"users": 20_000.0, "requests_per_user_month": 4000.0}
    assert planned({"lead_months": 0}, **fields, owned_gpus_share=1.0)["rented_gpus"] == (0,) * 6
    assert planned({}, **fields, owned_gpus_share=0.0)["owned_gpus"] == (0,) * 6
    assert planned({}, **fields)["owned_gpus"] == (0,) * 6
    with pytest.raises(InputError, match="owned_gpus_share belongs to the scenarios of the plan, not to its fleet"):
        planned({"owned_gpus_share": 1.0})


def test_scenarios_that_own_different_shares_are_refused() -> None:
    with pytest.raises(InputError, match=r"owned_gpus_share must be the same for all: A has 0, B has 0\.5"):
        plan_tiers([tier("A"), tier("B", owned_gpus_share=0.5)])


def test_a_replica_stands_with_any_of_its_gpus() -> None:
    """Two failures a year of 48 h: a GPU works 98.904% of the time, eight of them at once 0.98904^8 = 91.56%."""
    fields = {"failures_per_gpu_year": 2.0, "repair_hours": 48.0}
    eight = planned({}, gpus_per_replica=8.0, **fields).tiers[0]["replica_availability_share"]
    assert eight == pytest.approx((1 - 2 * 48 / 8760) ** 8, rel=1e-3)  # a year of 8,760 or 8,766 hours
    assert replicas_with_spares(100, eight) == 110  # 100 / 0.9156 = 109.2
    one = planned({}, gpus_per_replica=1.0, **fields).tiers[0]["replica_availability_share"]
    assert replicas_with_spares(100, one) == 102  # 100 / 0.98904 = 101.1


@pytest.mark.parametrize(
    ("growth", "months", "message"),
    [
        (10.0, 36, "at most 10,000,000,000 users: Pro has 1.9[0-9]*e\\+10 in month 7"),
        (1.0, 120, "in month 24"),
        (1e9, 120, "in month 1;"),
    ],
)
def test_growth_that_nobody_means(growth: float, months: int, message: str) -> None:
    """1,000 users times 10.96 a month pass 1e10 in month 7, times 1.96 in month 24."""
    with pytest.raises(InputError, match=message):
        plan_tiers([tier(growth_share_per_month=growth)], settings_from({"months": months}))


def test_new_users_that_add_up_to_too_many() -> None:
    with pytest.raises(InputError, match="in month 2"):
        plan_tiers([tier()], settings_from({"new_users": {"Pro": [1e10 - 1000, 1e10]}}))


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"model": "Qwen3-8B"}, "so model must be the same for all: A has Qwen/Qwen3-32B, B has Qwen/Qwen3-8B"),
        ({"gpu": "H200 SXM"}, "so gpu must be the same for all: A has H100 SXM, B has H200 SXM"),
        ({"weight_bits": 16.0}, "so weight_bits must be the same for all: A has 8, B has 16"),
    ],
)
def test_tiers_that_share_no_replica_are_refused(other: dict[str, Any], message: str) -> None:
    fields = {"gpu": "H100 SXM", "model": "Qwen3-32B", "context_tokens": 8000.0}
    with pytest.raises(InputError, match=message):
        plan_fleet([estimate(Scenario(name="A", **fields)), estimate(Scenario(name="B", **{**fields, **other}))])


def test_tiers_may_have_busiest_hours_of_their_own() -> None:
    """Busier hours mean less power on average: the fleet's running cost is the tiers' mean by the load of each."""
    fields = {
        "gpu": "H100 SXM",
        "model": "Qwen3-32B",
        "context_tokens": 8000.0,
        "growth_share_per_month": 0.0,
        "churn_share_per_month": 0.0,
        "users": 50_000.0,
        "owned_gpus_share": 1.0,
    }
    even, peaked = (estimate(Scenario(name=f"Peak {peak}", peak_to_mean_ratio=peak, **fields)) for peak in (1.5, 3.0))
    assert even["opex_usd_per_gpu_month"] > peaked["opex_usd_per_gpu_month"]
    plan = plan_fleet([even, peaked], settings_from({"months": 1, "lead_months": 0}))
    mean = (even["opex_usd_per_gpu_month"] + peaked["opex_usd_per_gpu_month"]) / 2  # both fill the same on average
    assert plan["owned_opex_usd"][0] == pytest.approx(plan["owned_gpus"][0] * mean)
