"""What scripts call takes scenarios, what they come to, or a file; all three say the same."""

from __future__ import annotations

import json
import math
import pickle
from pathlib import Path

import pytest

import napkinxl
from docs.pages import ROOT
from napkinxl import InputError, Scenario, UnknownNameError
from napkinxl.estimates.supply import WAYS

PLANS = ROOT / "examples" / "chat_plans.toml"
CHAT = Scenario(name="Chat", context_tokens=8_000, users=1_000, price_usd_per_user_month=20)
SETTINGS = {"months": 6, "lead_months": 1}


def tiers(folder: Path, **fleet: object) -> Path:
    """A file with the one tier Chat and these settings of its plan."""
    path = folder / "tiers.json"
    path.write_text(json.dumps({**CHAT.fields(), "fleet": fleet}), encoding="utf-8")
    return path


def test_a_file_its_scenarios_and_their_estimates_cost_the_same(tmp_path: Path) -> None:
    path = tiers(tmp_path)
    found = [napkinxl.cost(given) for given in (path, str(path), CHAT, [CHAT], napkinxl.estimate(CHAT))]
    assert all(product == found[0] for product in found)
    assert found[0].total.revenue_usd_per_month == 1_000 * 20


def test_settings_go_before_those_of_the_file(tmp_path: Path) -> None:
    path = tiers(tmp_path, months=12, lead_months=2)
    own, changed = napkinxl.plan(path), napkinxl.plan(path, {"months": 6})
    assert (own.settings.months, own.settings.inputs["lead_months"]) == (12, 2)
    assert (changed.settings.months, changed.settings.inputs["lead_months"]) == (6, 2)
    assert napkinxl.plan(CHAT, own.settings).settings is own.settings


@pytest.mark.parametrize(
    ("fleet", "message"),
    [
        (
            {"rent_whole_servers": 2},
            r"^tiers\.json, \[fleet\]: rent_whole_servers must be a whole number in \[0, 1\], got 2$",
        ),
        (
            {"lead_month": 1},
            r"^tiers\.json, \[fleet\]: there is no fleet setting 'lead_month'; did you mean lead_months",
        ),
    ],
)
def test_wrong_settings_say_where_they_stand(tmp_path: Path, fleet: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        napkinxl.plan(tiers(tmp_path, **fleet))
    with pytest.raises(InputError) as error:
        napkinxl.plan(CHAT, fleet)
    assert "tiers.json" not in str(error.value)


@pytest.mark.slow
def test_a_plan_reads_its_settings_back_from_a_report(tmp_path: Path) -> None:
    plan = napkinxl.plan(CHAT, SETTINGS)
    path = napkinxl.write_report(tmp_path / "report.xlsx", [CHAT], plan=plan)
    assert napkinxl.plan(path).rows == plan.rows


def test_comparison_has_every_way_of_every_scenario() -> None:
    found = napkinxl.compare(PLANS)
    rows = list(found.rows())
    assert [row["name"] for row in rows] == [*WAYS] * 4
    assert found.cheapest("Pro") in found["Pro"]
    # All plans on one fleet: users times the cost of one, added up by hand.
    users = {item.scenario.name: item["users"] for item in found.estimates}
    rent = sum(users[row["scenario"]] * row["usd_per_user_month"] for row in rows if row["name"] == "rent")
    assert found.together["rent"] == pytest.approx(rent)
    assert len(found.to_frame()) == len(rows)
    with pytest.raises(UnknownNameError, match="did you mean Pro"):
        found["Por"]


def test_a_plan_is_compared_over_its_months() -> None:
    ways = napkinxl.compare(napkinxl.plan(CHAT.changed(owned_gpus_share=0.5), SETTINGS))
    assert [way.name for way in ways] == ["all owned", "50% owned", "all rented", "API"]


def test_tornado_of_a_quantity_and_of_the_plan() -> None:
    rent = {"rent_usd_per_gpu_hour": [2, 4]}
    (bar,) = napkinxl.tornado(CHAT, "rent_usd_per_gpu_month", rent)
    assert bar.swing == (4 - 2) * 720  # hours in the article's month
    (bar,) = napkinxl.tornado(CHAT, "npv_usd", rent, settings={"months": 6})
    assert bar.result_at_low > bar.result_at_high


def test_grid_of_a_quantity_and_of_the_plan() -> None:
    found = napkinxl.grid(CHAT, {"rent_usd_per_gpu_hour": [2, 3, 4]}, "rent_usd_per_gpu_month")
    assert found.values["rent_usd_per_gpu_month"].tolist() == [2 * 720, 3 * 720, 4 * 720]
    done: list[int] = []
    table = napkinxl.grid(CHAT, {"owned_gpus_share": [0, 1]}, ["npv_usd"], settings={"months": 6}, progress=done.append)
    for place, share in enumerate((0, 1)):
        plan = napkinxl.plan(CHAT.changed(owned_gpus_share=share), {"months": 6})
        assert table.values["npv_usd"][place] == plan["npv_usd"]
    assert done == [1, 2]
    with pytest.raises(InputError, match="all of a scenario or all over the plan"):
        napkinxl.grid(CHAT, {"owned_gpus_share": [0, 1]}, ["npv_usd", "users_per_gpu"])


def test_monte_carlo_draws_the_ranges_of_a_file() -> None:
    pro = next(item for item in napkinxl.read_scenarios(PLANS) if item.name == "Pro")
    vary = napkinxl.read_sections(PLANS)["vary"]
    found = napkinxl.monte_carlo(pro, vary, "gross_margin_share", draws=100, seed=1)
    assert set(found.inputs.names) == set(vary)
    assert math.isfinite(found.spread("gross_margin_share").mean)


def test_a_study_of_a_scenario_wants_one() -> None:
    with pytest.raises(InputError, match=r"takes one scenario, got 4 \(Free, Pro, Team, Agents\)"):
        napkinxl.tornado(PLANS, "users_per_gpu")
    with pytest.raises(InputError, match="at least one scenario"):
        napkinxl.cost([])


@pytest.mark.slow
def test_changes_since_a_report(tmp_path: Path) -> None:
    report = napkinxl.write_report(tmp_path / "old.xlsx", [CHAT])
    assert not napkinxl.changes_since(report, CHAT)
    diff = napkinxl.changes_since(report, CHAT.changed(users=2_000))
    assert [(change.name, change.old, change.new) for change in diff.inputs] == [("users", 1_000, 2_000)]


def test_a_scenario_is_a_value() -> None:
    assert CHAT.changed(users=None) == Scenario(name="Chat", context_tokens=8_000, price_usd_per_user_month=20)
    assert CHAT.changed() == CHAT
    assert hash(CHAT.changed()) == hash(CHAT)
    assert Scenario(gpu=Scenario().gpu) == Scenario()
    assert CHAT.changed(users=5) != CHAT
    assert pickle.loads(pickle.dumps(CHAT)) == CHAT
    assert eval(repr(CHAT)) == CHAT
    with pytest.raises(InputError, match="duty_cycle must be"):
        CHAT.changed(duty_cycle=2)
