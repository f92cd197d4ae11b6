"""A plan against one worked by hand, and against a loop that knows nothing of rows."""

from __future__ import annotations

import math

import numpy
import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.fleet_tiers import tier
from fleet.loop_plan import loop_plan
from napkinxl.formulas.plan import MONTHLY
from napkinxl.monthly_plan.plan import plan_tiers
from napkinxl.monthly_plan.settings import settings_from

# One slot a replica, one GPU, no chance (half of the users find a slot: z = 0, and the skewness would be negative).
PLAIN = {
    "users": 10.0,
    "growth_share_per_month": 0.0,
    "churn_share_per_month": 0.0,
    "traffic_duty_share": 1.0,
    "peak_to_mean_ratio": 1.0,
    "concurrent_sequences": 1.0,
    "service_level_probability": 0.5,
    "replica_availability_share": 1.0,
    "price_usd_per_user_month": 100.0,
    "payment_fee_share": 0.0,
    "payment_fee_usd": 0.0,
    "support_usd_per_user_month": 0.0,
    "acquisition_usd_per_user": 0.0,
    "fixed_usd_per_month": 100.0,
    "rent_usd_per_gpu_hour": 1.0,
    "hours_per_month": 50.0,
    "opex_usd_per_gpu_month": 5.0,
    "purchase_usd_per_gpu": 120.0,
    "resale_share": 0.25,
    "useful_life_months": 3.0,
    "monthly_cost_of_capital_share": 0.01,
    "api_usd_per_user_month": 45.0,
}


def test_a_plan_by_hand() -> None:
    """Ten busy users, 2 GPUs a server, 60% of 5 servers owned: 3, ordered a month ahead, used for 3 months."""
    plan = plan_tiers(
        [tier(**PLAIN, owned_gpus_share=0.6)], settings_from({"months": 6, "gpus_per_server": 2, "lead_months": 1})
    )
    assert plan["gpus_needed"] == (10.0,) * 6
    assert plan["arrived_servers"] == (0, 3, 0, 0, 3, 0)
    assert plan["retired_servers"] == (0, 0, 0, 0, 3, 0)
    assert plan["ordered_servers"] == (3, 0, 0, 3, 0, 0)
    assert plan["owned_gpus"] == (0, 6, 6, 6, 6, 6)
    assert plan["rented_gpus"] == (10, 4, 4, 4, 4, 4)
    assert plan["rent_usd"] == (500, 200, 200, 200, 200, 200)
    assert plan["owned_opex_usd"] == (0, 30, 30, 30, 30, 30)
    assert plan["depreciation_usd"] == (0, 180, 180, 180, 180, 180)  # 6 x 90 / 3
    assert plan["gross_profit_usd"] == (500, 590, 590, 590, 590, 590)
    assert plan["operating_profit_usd"] == (400, 490, 490, 490, 490, 490)
    assert plan["month_gross_margin_share"] == pytest.approx((0.5, 0.59, 0.59, 0.59, 0.59, 0.59))
    assert plan["purchases_usd"] == (720, 0, 0, 720, 0, 0)
    assert plan["resale_usd"] == (0, 0, 0, 0, 180, 0)
    assert plan["cash_flow_usd"] == (-320, 670, 670, -50, 850, 670)
    assert plan["cumulative_cash_usd"] == (-320, 350, 1020, 970, 1820, 2490)
    assert plan["book_value_usd"] == (720, 540, 360, 900, 540, 360)
    assert (plan["peak_funding_usd"], plan["break_even_month"], plan["payback_month"]) == (320, 1, 2)
    assert (plan["paid_gpu_hours"][0], plan["used_gpu_hours"][0], plan["idle_gpu_hours"][0]) == (500, 500, 0)
    assert plan["npv_usd"] == pytest.approx(numpy_financial.npv(0.01, [0, *plan["cash_flow_usd"]]))
    assert plan["fleet_cost_usd"] == (500, 410, 410, 410, 410, 410)
    assert plan["cost_of_revenue_usd"] == plan["fleet_cost_usd"]  # no fees, no support


def test_tokens_from_an_api_by_hand() -> None:
    """Ten users at 45 a month against a fleet that costs 500 in month 1, 410 from month 2 on; fixed cost is 100."""
    fleet = {"months": 6, "gpus_per_server": 2, "lead_months": 1}
    plan = plan_tiers([tier(**PLAIN, owned_gpus_share=0.6)], settings_from(fleet))
    assert plan["tier_api_usd"] == ((450,) * 6,)
    assert plan["api_usd"] == (450,) * 6
    assert (plan["total_fleet_cost_usd"], plan["total_api_usd"]) == (2550, 2700)
    assert plan["month_if_fleet_not_cheaper"] == (1, 0, 0, 0, 0, 0)
    assert (plan["fleet_cheaper_month_count"], plan["fleet_cheaper_from_month"]) == (5, 2)
    assert plan["api_cash_flow_usd"] == (450,) * 6  # 1000 of revenue - 100 - 450
    assert plan["cumulative_api_cash_usd"] == (450, 900, 1350, 1800, 2250, 2700)
    assert plan["api_peak_funding_usd"] == 0
    assert plan["api_npv_usd"] == pytest.approx(numpy_financial.npv(0.01, [0, *[450] * 6]))


@pytest.mark.parametrize(
    ("price", "months", "start"),
    [(40.9, 0, None), (41.0, 0, None), (41.1, 5, 2), (50.0, 5, 2), (50.1, 6, 1)],
)
def test_from_when_the_fleet_costs_less_than_the_api(price: float, months: int, start: int | None) -> None:
    """A fleet of 500, then 410 a month: as much as the API is not less."""
    fleet = {"months": 6, "gpus_per_server": 2, "lead_months": 1}
    ten = tier(**{**PLAIN, "api_usd_per_user_month": price, "owned_gpus_share": 0.6})
    plan = plan_tiers([ten], settings_from(fleet))
    assert plan["fleet_cheaper_month_count"] == months
    assert plan["fleet_cheaper_from_month"] == pytest.approx(start or math.nan, nan_ok=True)


def test_cash_with_an_api_by_hand() -> None:
    """Revenue 1,000, fixed cost 700, an API at 45 and then half of that: 10 users cost 450, a year later 225."""
    plan = plan_tiers(
        [tier(**{**PLAIN, "fixed_usd_per_month": 700.0})],
        settings_from({"months": 13, "api_change_share_per_year": -0.5}),
    )
    assert plan["api_usd"][0] == 450
    assert plan["api_usd"][12] == pytest.approx(225)
    assert plan["api_cash_flow_usd"][0] == -150
    assert plan["api_cash_flow_usd"][12] == pytest.approx(75)
    # 450 x 0.5^(m / 12) falls below 300 after 12 x log2(1.5) = 7.02 months: eight months of loss.
    lost = sum(450 * 0.5 ** (month / 12) - 300 for month in range(8))
    assert plan["api_peak_funding_usd"] == pytest.approx(lost)


@pytest.mark.parametrize("first", [1, 7])
def test_a_year_at_the_api_is_twelve_months_of_its_users(first: int) -> None:
    """Seasons move the bill within the year and leave its sum: 12 x 10 x 45; usage that doubles doubles it."""
    fields = {
        "months": 24,
        "first_calendar_month": first,
        "season_ratios": [1.5, 0.5, *[1.0] * 10],
        "usage_change_share_per_year": 1.0,
    }
    plan = plan_tiers([tier(**PLAIN)], settings_from({**fields, "usage_change_share_per_year": 0.0}))
    assert sum(plan["api_usd"][:12]) == pytest.approx(5400)
    assert plan["total_api_usd"] == pytest.approx(10_800)
    grown = plan_tiers([tier(**PLAIN)], settings_from(fields))
    assert sum(grown["api_usd"][12:]) == pytest.approx(2 * sum(grown["api_usd"][:12]))


def test_an_opening_fleet_by_hand() -> None:
    """Two servers with 2 months left are worth 30 + 90 x 2 / 3 = 90 a GPU, and go at the start of month 3."""
    plan = plan_tiers(
        [tier(**PLAIN)],
        settings_from({"months": 3, "gpus_per_server": 2, "opening_servers": 2, "opening_servers_months_left": 2}),
    )
    assert plan["owned_gpus"] == (4, 4, 0)
    assert plan["rented_gpus"] == (6, 6, 10)
    assert plan["opening_book_value_usd"] == 360
    assert plan["book_value_usd"] == (240, 120, 0)
    assert plan["resale_usd"] == (0, 0, 120)


def test_seasons_by_hand() -> None:
    seasons = [2.0, 0.5, 0.5, *[1.0] * 9]
    plan = plan_tiers(
        [tier(**PLAIN)], settings_from({"months": 4, "first_calendar_month": 12, "season_ratios": seasons})
    )
    assert plan["season_ratio"] == (1.0, 2.0, 0.5, 0.5)
    assert plan["peak_replicas"] == (10.0, 20.0, 5.0, 5.0)
    assert plan["rented_gpus"] == (16.0, 24.0, 8.0, 8.0)
    assert (plan["most_gpus"], plan["most_gpus_month"]) == (24, 2)


def test_trends_by_hand() -> None:
    """Twice the traffic, half the rent and a quarter of the price after a year; servers keep what was paid for them."""
    changes = {
        "usage_change_share_per_year": 1.0,
        "rent_change_share_per_year": -0.5,
        "purchase_change_share_per_year": -0.75,
    }
    fleet = {"months": 25, "gpus_per_server": 1, "lead_months": 12, **changes}
    half = tier(**{**PLAIN, "useful_life_months": 12.0, "owned_gpus_share": 0.5})
    plan = plan_tiers([half], settings_from(fleet))
    months = (0, 12, 24)
    assert [plan["gpus_needed"][month] for month in months] == [10, 20, 40]
    assert [plan["rented_gpus"][month] for month in months] == [10, 10, 20]
    # 50 hours at 1.00, 0.50 and 0.25 an hour
    assert [plan["rent_usd"][month] for month in months] == pytest.approx([500, 250, 250])
    # Month 13: ten servers, ordered in month 1 at 120. Month 24 needs 38 (37.8), so 19 are owned; in month 25 the ten
    # retire, and eleven come that were ordered in month 13 at 30.
    assert [plan["arrived_servers"][month] for month in months] == [0, 10, 11]
    assert plan["arrived_at_cost_usd"][12] == 1200
    assert plan["retired_at_cost_usd"][24] == 1200
    assert plan["resale_usd"][24] == 300  # a quarter of what was paid, not of today's price
    assert plan["depreciation_usd"][12] == pytest.approx(1200 * 0.75 / 12)
    assert plan["purchases_usd"][12] == pytest.approx(11 * 30)


def test_users_that_are_given_by_hand() -> None:
    tiers = [tier("A", growth_share_per_month=0.5, churn_share_per_month=0.1, users=100.0), tier("B", users=0.0)]
    plan = plan_tiers(
        tiers, settings_from({"months": 4, "users": {"A": [120, None, 60]}, "new_users": {"B": [10, 20]}})
    )
    assert plan["tier_users"][0] == pytest.approx((120, 168, 60, 84))
    assert plan["tier_new_users"][0] == pytest.approx((30, 60, 0, 30))
    assert plan["tier_churned_users"][0] == pytest.approx((10, 12, 108, 6))
    assert plan["tier_users"][1] == pytest.approx((10, 29.6, 29.6 * 1.06, 29.6 * 1.06**2))


def test_months_of_loss() -> None:
    """A loss in month 1, none in 2, one in 3: the first month without, and the one from which there is none."""
    changes = {
        **PLAIN,
        "price_usd_per_user_month": 10.0,
        "fixed_usd_per_month": 0.0,
        "rent_usd_per_gpu_hour": 0.1,
        "hours_per_month": 10.0,
        "traffic_duty_share": 0.1,
    }
    # A server costs 8; revenue is 10 x users.
    series = {"months": 5, "users": {"Pro": [0.5, 2, 0.7, 1, 1]}}
    plan = plan_tiers([tier(**changes)], settings_from(series))
    assert plan["operating_profit_usd"] == pytest.approx((-3, 12, -1, 2, 2))
    assert (plan["first_profit_month"], plan["break_even_month"]) == (2, 4)
    assert plan["payback_month"] == 2
    never = plan_tiers([tier(**{**changes, "price_usd_per_user_month": 0.01})], settings_from(series))
    assert all(math.isnan(never[name]) for name in ("first_profit_month", "break_even_month", "payback_month"))


SHARES = st.floats(0, 0.4)
TIERS = st.lists(
    st.builds(
        lambda number, **values: (number, values),
        st.integers(0, 10**6),
        users=st.floats(0, 50_000),
        growth_share_per_month=SHARES,
        churn_share_per_month=SHARES,
        traffic_duty_share=st.just(0.0) | st.floats(1e-9, 0.3),  # no numbers so small that their halves are none
        peak_to_mean_ratio=st.floats(1, 4),
        concurrent_sequences=st.integers(1, 200).map(float),
        burstiness_ratio=st.floats(0.5, 5),
        opex_usd_per_gpu_month=st.floats(0, 500),
        service_level_probability=st.sampled_from([0.5, 0.9, 0.99, 0.999]),
        price_usd_per_user_month=st.sampled_from([0.0, 9.0, 20.0]),
        api_usd_per_user_month=st.floats(0, 20),
    ),
    min_size=1,
    max_size=3,
)
CHANGES = st.sampled_from([0.0, -0.3, 1.0]) | st.floats(-0.9, 2)
FLEETS = st.fixed_dictionaries(
    {
        "first_calendar_month": st.integers(1, 12),
        "gpus_per_server": st.integers(1, 8),
        "lead_months": st.integers(0, 6),
        "opening_servers": st.integers(0, 20),
        "opening_servers_months_left": st.integers(0, 5),
        "rent_whole_servers": st.integers(0, 1),
        "usage_change_share_per_year": CHANGES,
        "rent_change_share_per_year": CHANGES,
        "purchase_change_share_per_year": CHANGES,
        "api_change_share_per_year": CHANGES,
    }
)


POOLS = st.sampled_from([1.0, 3.0, 8.0, 100.0, 1e6])


@given(TIERS, FLEETS, st.floats(0, 1), st.integers(5, 40), st.integers(1, 30), POOLS)
def test_a_loop_gives_the_same(
    found: list[tuple[int, dict[str, float]]],
    fleet: dict[str, float],
    owned: float,
    life: int,
    months: int,
    pool: float,
) -> None:
    shared = {"useful_life_months": float(life), "replicas_per_pool": pool, "owned_gpus_share": owned}
    tiers = [tier(f"T{place}", **shared, **values) for place, (_, values) in enumerate(found)]
    seasons = [1.5, 0.5, *[1.0] * 10]
    fields = settings_from({**fleet, "months": months, "season_ratios": seasons})
    plan = plan_tiers(tiers, fields)
    scale = 1 + max(map(abs, plan["revenue_usd"])) + max(map(abs, plan["book_value_usd"]))
    for name, values in loop_plan(tiers, months, fields.inputs, seasons).items():
        assert plan[name] == pytest.approx(values, rel=1e-9, abs=1e-9 * scale * months), name


def test_arrays_serve_as_well_as_numbers() -> None:
    """One function serves a cell and a column: here 3 at once, where no place in a row is asked for."""
    prices, users = numpy.array([0.0, 10.0, 20.0]), numpy.array([1.0, 2.0, 3.0])
    found = MONTHLY["tier_payment_fees_usd"].function(users, prices, 0.1, 0.5)
    assert found.tolist() == pytest.approx([0.0, 3.0, 7.5])
    # With a burst of one, z = 2 and no skewness: 1 + 2 = 3, 2 + 2.83 = 4.83, 3 + 3.46 = 6.46, in whole replicas.
    found = MONTHLY["fleet_last_pool_replicas"].function(users, 0.0, 9.0, 1.0, 0.0, 2.0, 100.0)
    assert found.tolist() == [3.0, 5.0, 7.0]
