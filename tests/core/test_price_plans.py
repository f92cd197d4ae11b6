"""Plans of a product together, with amounts chosen so that every sum can be done in the head."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import pytest

from napkinxl import Estimate, InputError, Scenario, estimate
from napkinxl.estimates.price_plans import Product, blend_plans


@dataclass
class Given:
    """An estimate of which only what a plan needs is known."""

    values: dict[str, float]
    name: str

    @property
    def scenario(self) -> Any:
        return self

    def __getitem__(self, name: str) -> float:
        return self.values[name]


def plan(name: str, users: float, price: float, cost: float, fixed: float = 0.0) -> Estimate:
    revenue, variable = users * price, users * cost
    values = {
        "users": users,
        "revenue_usd_per_month": revenue,
        "cost_of_revenue_usd_per_month": variable,
        "contribution_usd_per_month": revenue - variable,
        "gpus_for_users": users / 100,
        "gross_margin_share": 1 - cost / price if price else math.nan,
        "fixed_usd_per_month": fixed,
        "serving_usd_per_month": users * cost,
        "million_tokens_per_month": users * 0.25,
    }
    return cast(Estimate, Given(values, name))


def product() -> Product:
    return blend_plans([plan("Free", 1000, 0, 0.1, 50), plan("Pro", 100, 5, 2, 50), plan("Team", 10, 20, 10, 50)])


def test_sums_and_shares() -> None:
    found = product()
    assert (found.total.users, found.total.revenue_usd_per_month, found.total.cost_of_revenue_usd_per_month) == (
        1110,
        700,
        400,
    )
    assert found.total.contribution_usd_per_month == 300
    assert found.total.gross_margin_share == pytest.approx(300 / 700)
    assert found.total.gpus_for_users == pytest.approx(11.1)
    assert [item.revenue_share for item in found.plans] == pytest.approx([0, 5 / 7, 2 / 7])
    assert [item.cost_share for item in found.plans] == pytest.approx([0.25, 0.5, 0.25])
    assert (found.fixed_usd_per_month, found.profit_usd_per_month) == (50, 250)
    assert found.price_usd_per_user_month == pytest.approx(700 / 1110)
    assert found.serving_usd_per_user_month == pytest.approx(400 / 1110)
    # A quarter of a million tokens each.
    assert found.total.million_tokens_per_month == pytest.approx(277.5)
    assert found.serving_usd_per_million_tokens == pytest.approx(400 / 277.5)


def test_who_pays_for_whom() -> None:
    """Free loses 100; Pro leaves 300 and Team 100, so they bear 75 and 25 of it."""
    found = product()
    assert [item.given_usd_per_month for item in found.plans] == pytest.approx([-100, 75, 25])
    assert found.total.given_usd_per_month == 0


def test_nobody_pays_more_than_there_is() -> None:
    """Losses of 100 and 300 against a gain of 200: each loser is paid half of what it lacks."""
    found = blend_plans([plan("A", 100, 0, 1), plan("B", 300, 0, 1), plan("C", 10, 30, 10)])
    assert [item.given_usd_per_month for item in found.plans] == pytest.approx([-50, -150, 200])
    assert found.profit_usd_per_month == -200


def test_one_plan_gives_to_nobody() -> None:
    (only,) = blend_plans([plan("Pro", 100, 5, 2)]).plans
    assert only.given_usd_per_month == 0
    assert (only.revenue_share, only.cost_share) == (1, 1)


def test_a_plan_without_an_answer_leaves_none_for_all() -> None:
    """DeepSeek-V3 does not fit on an L40S: its plan has no cost, and neither has the product."""
    misfit = estimate(Scenario(gpu="L40S", model="DeepSeek-V3", context_tokens=1000))
    found = blend_plans([plan("Pro", 100, 5, 2), misfit])
    assert math.isnan(found.total.cost_of_revenue_usd_per_month)
    assert math.isnan(found.profit_usd_per_month)
    assert math.isnan(found.total.given_usd_per_month)


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="at least one plan, got none"):
        blend_plans([])
    with pytest.raises(InputError, match="give it once for all plans, got 10 and 50"):
        blend_plans([plan("A", 1, 1, 1, 50), plan("B", 1, 1, 1, 10)])
