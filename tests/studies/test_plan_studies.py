"""Figures of a plan by month with inputs changed: worked by hand, and each against a plan of its own."""

from __future__ import annotations

import math
from typing import Any

import pytest

from napkinxl import InputError, Scenario, estimate
from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.monthly_plan.plan import plan_fleet
from napkinxl.monthly_plan.settings import settings_from
from napkinxl.studies import plan_points
from napkinxl.studies.plan_points import Planned, planned
from napkinxl.studies.plan_studies import plan_grid, plan_left_out, plan_tornado
from napkinxl.studies.ranges import make_range
from napkinxl.studies.sensitivity import Bar
from napkinxl.studies.written_ranges import parse_axis

SHARED = {
    "gpu": "H100 SXM",
    "model": "Qwen3-32B",
    "context_tokens": 20_000,
    "growth_share_per_month": 0.05,
    "fixed_usd_per_month": 2_400_000,
    "owned_gpus_share": 0.5,
}
TIERS: list[dict[str, Any]] = [
    {**SHARED, "name": "Pro", "users": 80_000, "requests_per_user_month": 300, "price_usd_per_user_month": 20},
    {**SHARED, "name": "Team", "users": 10_000, "requests_per_user_month": 900, "price_usd_per_user_month": 60},
]
FLEET = {"months": 18, "lead_months": 2}
# Ten users who pay 20 and five who pay 60, for ever: 500 a month.
STILL = {
    "gpu": "H100 SXM",
    "model": "Qwen3-32B",
    "context_tokens": 20_000,
    "growth_share_per_month": 0,
    "churn_share_per_month": 0,
    "payment_fee_share": 0,
    "payment_fee_usd": 0,
}
STILL_TIERS = [
    {**STILL, "name": "Pro", "users": 10, "price_usd_per_user_month": 20},
    {**STILL, "name": "Team", "users": 5, "price_usd_per_user_month": 60},
]


def product(tiers: list[dict[str, Any]] = TIERS, fleet: dict[str, Any] = FLEET) -> Planned:
    return planned([estimate(Scenario(**fields)) for fields in tiers], settings_from(fleet))


def direct(fleet: dict[str, Any], **changes: Any) -> dict[str, float]:
    """The figures of the product with inputs set in every tier; a callable changes each from its own value."""
    tiers = [
        {**fields, **{name: value(fields[name]) if callable(value) else value for name, value in changes.items()}}
        for fields in TIERS
    ]
    figures = plan_fleet([estimate(Scenario(**fields)) for fields in tiers], settings_from({**FLEET, **fleet})).figures
    return {name: value if math.isfinite(value) else math.nan for name, value in figures.items()}


def bars_of(found: list[Bar]) -> dict[str, Bar]:
    return {bar.input: bar for bar in found}


def test_prices_by_hand_each_from_its_own_value() -> None:
    found = bars_of(plan_tornado(product(STILL_TIERS, {"months": 6}), ["total_revenue_usd"])["total_revenue_usd"])
    assert set(found) == {"price_usd_per_user_month", "users"}
    price = found["price_usd_per_user_month"]
    # 6 x 500 = 3,000; 6 x (10 x 16 + 5 x 48) = 2,400; 6 x (10 x 24 + 5 x 72) = 3,600.
    assert (price.result_at_low, price.result_at_base, price.result_at_high) == pytest.approx((2400, 3000, 3600))
    assert (price.differs, price.end_texts, math.isnan(price.base)) == (True, ("-20%", "+20%"), True)
    assert price.note == "each plan from its own value: -20% and +20%"
    assert found["users"].swing == pytest.approx(1200)


def test_a_share_of_another_size_and_a_range_by_hand() -> None:
    still, name = product(STILL_TIERS, {"months": 6}), "total_revenue_usd"
    price = bars_of(plan_tornado(still, [name], change=0.1)[name])["price_usd_per_user_month"]
    assert (price.result_at_low, price.result_at_high) == pytest.approx((2700, 3300))
    assert price.end_texts == ("-10%", "+10%")
    (price,) = plan_tornado(still, [name], [make_range("price_usd_per_user_month", {"low": 10, "high": 40})])[name]
    # The same price for all fifteen: 6 x 150 and 6 x 600.
    assert (price.low, price.high, price.result_at_low, price.result_at_high) == (10, 40, 900, 3600)
    assert (price.differs, price.end_texts) == (True, None)
    assert "values of their own" in price.note


def test_what_all_plans_share_is_shown_as_a_number() -> None:
    """Nobody pays and nobody comes: what is put in is 6 months of the fixed cost."""
    nobody = [{**STILL, "name": name, "users": 0, "fixed_usd_per_month": 1000} for name in ("A", "B")]
    (bar,) = plan_tornado(product(nobody, {"months": 6}), ["peak_funding_usd"])["peak_funding_usd"][:1]
    assert (bar.input, bar.low, bar.base, bar.high) == ("fixed_usd_per_month", 800, 1000, 1200)
    assert (bar.result_at_low, bar.result_at_base, bar.result_at_high) == pytest.approx((4800, 6000, 7200))
    assert (bar.differs, bar.note) == (False, "")


@pytest.mark.parametrize("result", ["npv_with_book_value_usd", "peak_funding_usd", "payback_month", "most_gpus"])
def test_each_end_is_a_plan_of_its_own(result: str) -> None:
    found = bars_of(plan_tornado(product(), [result], decisions_only=True)[result])
    whole = direct({})[result]
    for name, own in (("requests_per_user_month", True), ("context_tokens", False), ("users", True)):
        for share, value in ((0.8, found[name].result_at_low), (1.2, found[name].result_at_high)):
            alone = direct({}, **{name: lambda own, share=share: own * share})[result]
            assert value == pytest.approx(alone, rel=1e-12, nan_ok=True), (name, share)
        assert found[name].differs == own
        assert found[name].swing > 0 or result == "payback_month"  # whole months
        assert found[name].result_at_base == pytest.approx(whole, rel=1e-12, nan_ok=True)
    owned = found["owned_gpus_share"]
    assert (owned.low, owned.high) == pytest.approx((0.4, 0.6))
    assert owned.result_at_high == pytest.approx(direct({}, owned_gpus_share=0.6)[result], nan_ok=True)
    assert [bar.swing for bar in found.values() if bar.swing == bar.swing] == sorted(
        (bar.swing for bar in found.values() if bar.swing == bar.swing), reverse=True
    )


def test_ranges_of_the_fleet() -> None:
    ranges = [
        make_range("lead_months", {"low": 0, "high": 6}),
        make_range("months", {"low": 12, "high": 24}),
        make_range("rent_change_share_per_year", {"low": -0.3, "high": 0.1}),
    ]
    names = ["npv_usd", "closing_users"]
    found = plan_tornado(product(), names, ranges)
    for name in names:
        for bar in found[name]:
            assert bar.result_at_low == pytest.approx(direct({bar.input: bar.low})[name])
            assert bar.result_at_high == pytest.approx(direct({bar.input: bar.high})[name])
    assert bars_of(found["closing_users"])["months"].base == 18
    assert bars_of(found["closing_users"])["lead_months"].swing == 0


def test_what_a_fifth_does_not_fit_is_left_out() -> None:
    result = "npv_with_book_value_usd"
    tiers = [{**TIERS[0], "cached_input_share": 0.3}, {**TIERS[1], "cached_input_share": 0.9}]
    left = plan_left_out(product(tiers), result, decisions_only=True)
    moved = bars_of(plan_tornado(product(tiers), [result], decisions_only=True)[result])
    # Counts, whole months, a switch, bits; 0.9 x 1.2 is more than a share may be, in one plan of the two.
    assert {
        "lead_months",
        "months",
        "gpus_per_server",
        "rent_whole_servers",
        "weight_bits",
        "service_level_probability",
        "cached_input_share",
        "useful_life_months",
    } <= set(left)
    assert not set(left) & set(moved)
    assert not {"layers", "memory_gb"} & {*left, *moved}
    assert "rent_change_share_per_year" not in {*left, *moved}  # a fifth of zero is nothing
    assert "lead_months" not in plan_left_out(product(), "closing_users")


@pytest.mark.parametrize("result", OVER_PLAN)
def test_what_is_not_needed_moves_nothing(result: str) -> None:
    """Each input alone, half as much again: a figure that it moves is one that needs it."""
    case = product()
    needed = case.needed(result)
    for name in (
        "price_usd_per_user_month",
        "rent_usd_per_gpu_hour",
        "acquisition_usd_per_user",
        "duty_cycle",
        "annual_cost_of_capital_share",
        "owned_gpus_share",
        "users",
    ):
        if name not in needed:
            changed = case.changed({name: [1.5 * value for value in case.in_use(name)]})
            assert changed.figures[result] == pytest.approx(case.plan.figures[result], nan_ok=True), name


def test_a_grid_of_lead_time_and_owned_share() -> None:
    names = ["total_purchases_usd", "npv_with_book_value_usd"]
    done: list[tuple[int, int]] = []
    axes = [parse_axis("lead_months=0,3,6"), parse_axis("owned_gpus_share=0:1:3")]
    found = plan_grid(product(), axes, names, lambda *count: done.append(count))
    assert done == [(number, 9) for number in range(1, 10)]
    assert found.inputs.shape == (3, 3)
    for row, months in enumerate((0, 3, 6)):
        for column, share in enumerate((0.0, 0.5, 1.0)):
            alone = direct({"lead_months": months}, owned_gpus_share=share)
            for name in names:
                assert found.values[name][row, column] == pytest.approx(alone[name], rel=1e-12)
    assert found.values["total_purchases_usd"][:, 0].tolist() == [0, 0, 0]
    assert not found.contradictory.any()


def test_a_grid_of_the_fleet_and_the_plans() -> None:
    axes = [parse_axis("price_usd_per_user_month=5,50"), parse_axis("usage_change_share_per_year=0,0.5")]
    found = plan_grid(product(), axes, ["break_even_month"]).values["break_even_month"]
    for row, price in enumerate((5, 50)):
        for column, change in enumerate((0, 0.5)):
            alone = direct({"usage_change_share_per_year": change}, price_usd_per_user_month=price)
            assert found[row, column] == pytest.approx(alone["break_even_month"], nan_ok=True)


def test_no_answer_and_contradictions() -> None:
    """Without income no month breaks even; a model cannot use more parameters than it has."""
    found = plan_grid(product(), [parse_axis("price_usd_per_user_month=0,1000")], ["break_even_month"])
    assert math.isnan(found.values["break_even_month"][0])
    assert found.values["break_even_month"][1] == 1
    assert found.contradictory.tolist() == [False, False]
    ranges = [make_range("total_params_b", {"low": 20, "high": 40})]  # 32.8 of them are active
    (bar,) = plan_tornado(product(), ["most_gpus"], ranges)["most_gpus"]
    assert bar.remark == "the low end contradicts other inputs"
    assert not math.isnan(bar.result_at_high)


def test_what_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    case, name = product(), "npv_usd"
    with pytest.raises(InputError, match="did you mean npv_usd"):
        plan_tornado(case, ["npv_us"])
    with pytest.raises(InputError, match="varies in two ways"):
        plan_tornado(case, [name], [make_range("lead_months", {"values": [1]})] * 2)
    with pytest.raises(InputError, match="varies in two ways"):
        plan_grid(case, [parse_axis("lead_months=1,2")] * 2, [name])
    with pytest.raises(InputError, match="1 or 2 axes, got 0"):
        plan_grid(case, [], [name])
    with pytest.raises(InputError, match=r"change must be in \(0, 1\], got 2"):
        plan_tornado(case, [name], change=2)
    with pytest.raises(InputError, match=r"useful_life_months must be a whole number .* got 40\.5"):
        plan_grid(case, [parse_axis("useful_life_months=36,40.5")], [name])
    monkeypatch.setattr(plan_points, "MOST_PLANS", 5)
    with pytest.raises(InputError, match="at most 5 plans, got 6"):
        plan_grid(case, [parse_axis("lead_months=1:6:6")], [name])


def test_users_that_are_given_stay_given() -> None:
    """Known users of a month do not move with what would grow them."""
    case = planned(
        [estimate(Scenario(**fields)) for fields in TIERS],
        settings_from({**FLEET, "months": 1, "users": {"Pro": [100], "Team": [10]}}),
    )
    grown = [make_range("growth_share_per_month", {"low": 0.1, "high": 0.2})]
    (bar,) = plan_tornado(case, ["closing_users"], grown)["closing_users"]
    assert (bar.result_at_low, bar.result_at_high) == (110, 110)
