"""Own, rent or API over a plan, against the loop and by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy_financial
import pytest

from fleet.fleet_tiers import tier
from fleet.loop_plan import loop_plan
from fleet.test_fleet_plan import PLAIN
from napkinxl.monthly_plan.plan import plan_tiers
from napkinxl.monthly_plan.settings import settings_from
from napkinxl.monthly_plan.supply import compare_fleets

FLEET = {"months": 6, "gpus_per_server": 2, "lead_months": 1}


def test_the_ways_by_hand() -> None:
    """Ten GPUs: rented at 500 a month, owned at 5 x 10 of running cost and 90 / 3 of depreciation each; API 450."""
    own, mix, rent, api = compare_fleets(plan_tiers([tier(**PLAIN, owned_gpus_share=0.6)], settings_from(FLEET)))
    assert [way.name for way in (own, mix, rent, api)] == ["all owned", "60% owned", "all rented", "API"]
    # Rented in month 1, then 50 + 10 x 30 = 350.
    assert [way.fleet_cost_usd for way in (own, mix, rent, api)] == [500 + 5 * 350, 500 + 5 * 410, 3000, 2700]
    # Month 1: revenue 1,000, fixed cost 100, rent 500, and five servers of 240 for 1,200 or three for 720.
    assert [way.peak_funding_usd for way in (own, mix, rent, api)] == [800, 320, 0, 0]
    assert rent.npv_usd == pytest.approx(numpy_financial.npv(0.01, [0, *[400] * 6]))
    assert api.npv_usd == pytest.approx(numpy_financial.npv(0.01, [0, *[450] * 6]))
    # All owned: 850 a month in cash; servers for 1,200 in months 1 and 4, 300 for the old ones in month 5, and a value
    # of 300 + 900 x 1 / 3 = 600 at the end, when one of three months is left.
    flows = [400 - 1200, 850, 850, 850 - 1200, 850 + 300, 850 + 600]
    assert own.npv_usd == pytest.approx(numpy_financial.npv(0.01, [0, *flows]))
    assert math.isnan(api.owned_gpus_share)


@pytest.mark.parametrize(("share", "names"), [(0.0, 3), (1.0, 3), (0.25, 4)])
def test_no_way_stands_twice(share: float, names: int) -> None:
    ways = compare_fleets(plan_tiers([tier(owned_gpus_share=share)], settings_from(FLEET)))
    assert len({way.name for way in ways}) == len(ways) == names


def test_the_ways_against_the_loop() -> None:
    seasons = [1.5, 0.5, *[1.0] * 10]
    fields = settings_from(
        {
            "months": 30,
            "season_ratios": seasons,
            "usage_change_share_per_year": 0.3,
            "api_change_share_per_year": -0.4,
            "opening_servers": 2,
        }
    )
    tiers = [tier("A", owned_gpus_share=0.4), tier("B", users=300.0, api_usd_per_user_month=9.0, owned_gpus_share=0.4)]
    own, mix, rent, api = compare_fleets(plan_tiers(tiers, fields))
    for way in (own, mix, rent):
        owning = [replace(item, values={**item.values, "owned_gpus_share": way.owned_gpus_share}) for item in tiers]
        looped = loop_plan(owning, 30, fields.inputs, seasons)
        assert way.fleet_cost_usd == pytest.approx(sum(looped["fleet_cost_usd"]))
        assert way.peak_funding_usd == pytest.approx(max(0.0, -min(looped["cumulative_cash_usd"])))
    assert api.fleet_cost_usd == pytest.approx(sum(looped["api_usd"]))
    assert api.npv_usd == pytest.approx(numpy_financial.npv(0.008, [0, *looped["api_cash_flow_usd"]]))


def test_what_is_not_known_of_one_way_leaves_the_others() -> None:
    own, rent, api = compare_fleets(plan_tiers([tier(purchase_usd_per_gpu=math.nan)], settings_from(FLEET)))
    assert math.isnan(own.fleet_cost_usd)
    assert rent.fleet_cost_usd > 0
    assert api.fleet_cost_usd > 0
