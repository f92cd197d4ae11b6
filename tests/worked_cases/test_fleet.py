"""Published cases that a plan of a fleet reproduces."""

from __future__ import annotations

from fleet.fleet_tiers import tier
from napkinxl.formulas.plan.capacity import replicas_needed
from napkinxl.formulas.plan.demand import tier_peak_replicas, tier_peak_sequences
from napkinxl.formulas.plan.gpus import used_gpu_hours
from napkinxl.formulas.plan.pools import fleet_last_pool_replicas
from napkinxl.monthly_plan.plan import plan_tiers
from napkinxl.monthly_plan.settings import settings_from
from worked_cases.cases import case, covers
from worked_cases.quantity import number


@covers("NV02")
def test_requests_in_the_busiest_hour() -> None:
    found = case("NV02")
    mean_per_s = found.number("requests_per_day") / 24 / 3600
    assert found.agrees(number(tier_peak_sequences(mean_per_s, found.number("peak_hour_share") * 24)))


@covers("NV03")
def test_instances_for_the_peak() -> None:
    found = case("NV03")
    busy = tier_peak_replicas(found.number("peak_rps"), found.number("rps_per_instance"))
    one_pool = number(fleet_last_pool_replicas(busy, 0, 1e6, 0, 0, 0, 1e6))  # no room for chance: the source has none
    assert found.agrees(number(replicas_needed(0, 1e6, one_pool)))


@covers("SA13")
def test_a_cohort_that_only_leaves() -> None:
    found = case("SA13")
    months = int(found.number("months"))
    cohort = tier(
        users=found.number("start"), growth_share_per_month=0.0, churn_share_per_month=found.number("monthly_churn")
    )
    assert found.agrees(plan_tiers([cohort], settings_from({"months": months}))["closing_users"])


@covers("CL05")
def test_tokens_of_a_year() -> None:
    found = case("CL05")
    hours = number(used_gpu_hours(found.number("instances") * found.number("duty"), 1, found.number("hours")))
    assert found.agrees(hours * found.number("tok_per_s") * 3600 / 1e12)
