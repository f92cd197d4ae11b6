"""Settings and tiers that cannot be: one clear line each."""

from __future__ import annotations

from typing import Any

import pytest

from fleet.fleet_tiers import tier
from napkinxl import InputError, Scenario, estimate
from napkinxl.errors import UnknownNameError
from napkinxl.inputs import FLEET_INPUTS, INPUTS
from napkinxl.monthly_plan.plan import plan_fleet, plan_tiers
from napkinxl.monthly_plan.settings import settings_from
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"lead_month": 1}, "no fleet setting 'lead_month'; did you mean lead_months"),
        ({"owned_gpus_share": 1}, "owned_gpus_share belongs to the scenarios of the plan, not to its fleet"),
        ({"gpu": "H100 SXM"}, "gpu belongs to the scenarios of the plan, not to its fleet"),
        ({"rent_whole_servers": 1.5}, r"rent_whole_servers must be a whole number in \[0, 1\], got 1.5"),
        ({"rent_change_share_per_year": "-20%"}, "write 0.2 for 20%"),
        ({"months": 0}, r"months must be a whole number in \[1, 120\], got 0"),
        ({"months": 1e9}, "months must be"),
        ({"months": True}, "months must be a number"),
        ({"lead_months": 2.5}, "lead_months must be a whole number"),
        ({"gpus_per_server": float("nan")}, "gpus_per_server must be a number"),
        ({"rent_whole_servers": 2}, "rent_whole_servers must be"),
        ({"season_ratios": [1.0] * 11}, "12 numbers from January on, got 11"),
        ({"season_ratios": [1.1] * 12}, "mean 1, got the mean 1.1"),
        ({"season_ratios": "1,1"}, "season_ratios must be a list of numbers"),
        ({"season_ratios": [13.0, -1.0, *[0.0] * 10]}, "season_ratios must be"),
        ({"season_ratios": [float("inf"), *[1.0] * 11]}, "season_ratios must be a number"),
        ({"season_ratios": [None, *[1.0] * 11]}, "season_ratios must be a number"),
        ({"users": [1, 2]}, "users of a fleet must name tiers"),
        ({"users": {"Pro": 5}}, "users of Pro must be a list of numbers, got 5"),
        ({"users": {"Pro": [1, "x"]}}, "users of Pro must be a number"),
        ({"new_users": {"Pro": [-1]}}, "new_users of Pro must be"),
        ({"months": 2, "users": {"Pro": [1, 2, 3]}}, "users of Pro must be at most 2 numbers, one a month, got 3"),
    ],
)
def test_wrong_settings(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        settings_from(fields)


def test_blank_means_default() -> None:
    assert settings_from({"lead_months": None, "months": None}) == settings_from()


def test_users_of_no_tier() -> None:
    with pytest.raises(UnknownNameError, match="no tier of the plan 'Por'; did you mean Pro"):
        plan_tiers([tier()], settings_from({"users": {"Por": [1]}}))


@pytest.mark.parametrize(
    ("tiers", "message"),
    [
        ([], "1 to 20 scenarios as its tiers, got 0"),
        ([tier(str(number)) for number in range(21)], "got 21"),
        ([tier("Pro"), tier("Pro")], "name of its own, got 'Pro' 2 times"),
        ([tier("A"), tier("B", rent_usd_per_gpu_hour=2.0)], "rent_usd_per_gpu_hour must be the same for all: A has 3,"),
        ([tier("A"), tier("B", purchase_usd_per_gpu=float("nan"))], "purchase_usd_per_gpu must be the same"),
        ([tier(useful_life_months=36.5)], "whole useful_life_months, got 36.5"),
        ([tier(useful_life_months=float("nan"))], "whole useful_life_months, got nan"),
    ],
)
def test_wrong_tiers(tiers: list[Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        plan_tiers(tiers)


def test_an_opening_fleet_older_than_its_life() -> None:
    with pytest.raises(
        InputError, match="opening_servers_months_left must be at most useful_life_months, which is 12, got 24"
    ):
        plan_tiers([tier(useful_life_months=12.0)], settings_from({"opening_servers": 1}))


def test_the_scenarios_have_everything_that_a_plan_takes() -> None:
    """Every value is one of an estimate; no option of the plan is also one of a scenario."""
    found = estimate(Scenario(name="Pro", context_tokens=20_000.0))
    plan = plan_fleet([found])
    for item in (*TIER_VALUES.values(), *SHARED_VALUES.values()):
        assert plan.tiers[0][item.name] == pytest.approx(found[item.name], nan_ok=True)
    assert not set(FLEET_INPUTS) & set(INPUTS)
    assert plan["opening_total_users"] == found["users"]


def test_a_row_that_there_is_not() -> None:
    with pytest.raises(UnknownNameError, match="no row of the plan 'revenue'"):
        plan_tiers([tier()])["revenue"]


def test_frame_and_data() -> None:
    plan = plan_tiers([tier("A"), tier("B", concurrent_sequences=0.0)], settings_from({"months": 3}))
    frame = plan.to_frame()
    assert list(frame["month"]) == [1, 2, 3]
    assert list(frame["tier_users [A]"]) == pytest.approx([1060, 1060 * 1.06, 1060 * 1.06**2])
    data = plan.to_dict()
    assert data["figures"]["npv_usd"] is None
    assert data["rows"]["gpus"] == [None] * 3
    assert [one["name"] for one in data["tiers"]] == ["A", "B"]
