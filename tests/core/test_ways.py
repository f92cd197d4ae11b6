"""Ways to serve side by side, each against arithmetic in the test."""

from __future__ import annotations

import math

import pytest

from napkinxl import Scenario, estimate
from napkinxl.estimates.supply import WAYS, Way, cheapest, compare_ways

CASE = {
    "gpu": "H100",
    "model": "Qwen3-32B",
    "context_tokens": 8000,
    "users": 90_000,
    "gpu_price_usd": 36_000,
    "useful_life_months": 36,
    "annual_cost_of_capital_share": 0,
    "opex_usd_per_gpu_month": 440,
    "hours_per_month": 720,
    "failures_per_gpu_year": 0,
    "rent_usd_per_gpu_hour": 3,
    "reserved_usd_per_gpu_hour": 2,
    "spot_usd_per_gpu_hour": 0.9,
    "spot_lost_share": 0.1,
    "utilization_share": 0.5,
    "api_input_usd_per_million_tokens": 0.5,
    "api_output_usd_per_million_tokens": 1.5,
    "requests_per_user_month": 100,
    "input_tokens_per_request": 1000,
    "output_tokens_per_request": 500,
    "egress_usd_per_gb": 0,
}


def ways(**changes: float) -> dict[str, Way]:
    return {way.name: way for way in compare_ways(estimate(Scenario(**{**CASE, **changes})).values)}


def test_a_gpu_hour_and_month() -> None:
    """36,000 USD over 36 months and 440 of running cost are 1,440 USD: 2 USD an hour; of ten spot hours one is lost."""
    found = ways()
    assert list(found) == list(WAYS)
    assert [found[name].usd_per_gpu_hour for name in ("own", "rent", "reserved", "spot")] == pytest.approx(
        [2, 3, 2, 0.9]
    )
    assert math.isnan(found["API"].usd_per_gpu_hour)
    replicas = estimate(Scenario(**CASE))["replicas_for_users"]
    assert replicas == math.ceil(90_000 / estimate(Scenario(**CASE))["pool_subscribers"]) >= 2
    months = {"own": 1440, "rent": 2160, "reserved": 1440, "spot": 720}
    for name, usd in months.items():
        assert found[name].usd_per_month == pytest.approx(replicas * usd), name


def test_the_api() -> None:
    """100 requests of 1,000 tokens at 0.50 and 500 at 1.50 USD per million are 0.125 USD for 0.15 million tokens."""
    api = ways()["API"]
    assert api.usd_per_user_month == pytest.approx(0.125)
    assert api.usd_per_million_tokens == pytest.approx(0.125 / 0.15)
    assert api.usd_per_month == pytest.approx(90_000 * 0.125)
    assert api.serving_margin_share == pytest.approx(1 - 0.125 / 20)


def test_costs_of_a_user_stand_as_their_hours() -> None:
    found = ways()
    per_user = {name: way.usd_per_user_month for name, way in found.items() if name != "API"}
    assert per_user["own"] / per_user["rent"] == pytest.approx(2 / 3)
    assert per_user["reserved"] / per_user["rent"] == pytest.approx(2 / 3)
    assert per_user["spot"] / per_user["rent"] == pytest.approx(1 / 3)
    hours = estimate(Scenario(**CASE))["gpu_s_per_request"] * 100 / 3600 / 0.5
    assert per_user["rent"] == pytest.approx(3 * hours)


def test_the_cheapest_is_that_with_the_smallest_bill() -> None:
    found = list(ways().values())
    best = cheapest(found)
    assert best is not None
    assert best.usd_per_month == min(way.usd_per_month for way in found if way.name != "spot")


def test_what_may_be_taken_away_is_never_the_cheapest() -> None:
    """Spot at half the price of the next is the smallest bill, and no product can stand on it alone."""
    found = ways()
    assert found["spot"].usd_per_month < min(way.usd_per_month for name, way in found.items() if name != "spot")
    best = cheapest(list(found.values()))
    assert best is not None
    assert best.name != "spot"


def test_spares_of_owned_gpus_are_in_the_bill() -> None:
    """Five failures a year of a week each: a GPU works 90.4% of the time, so that its bill is 1 / 0.904 of before."""
    before, after = (ways(failures_per_gpu_year=rate, repair_hours=168)["own"] for rate in (0, 5))
    assert after.usd_per_month / before.usd_per_month == pytest.approx(1 / (1 - 5 * 168 / 8760), rel=1e-3)
    assert after.usd_per_month / before.usd_per_month == pytest.approx(after.usd_per_gpu_hour / before.usd_per_gpu_hour)


def test_what_does_not_fit_can_still_be_bought() -> None:
    found = ways(total_params_b=700, active_params_b=700)
    assert all(math.isnan(found[name].usd_per_month) for name in ("own", "rent", "reserved", "spot"))
    best = cheapest(list(found.values()))
    assert best is not None
    assert best.name == "API"
    assert cheapest([]) is None
