"""What owning and renting a GPU cost, in plain Python beside the quantities: two scenarios, no default among them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy_financial
import pytest

from napkinxl import Estimate
from napkinxl.formulas import evaluate
from napkinxl.inputs import INPUTS
from support.economics_cases import H200, LATENT, WINDOWED, latent, windowed
from worked_cases.cases import case, covers

DECLINING = ["FN25", "FN26", "FN28", "FN30", "FN31", "FN32", "FN33"]
TOPICS = {"money", "own", "rent", "api", "traffic", "pool", "customers"}
BOTH: dict[str, tuple[Callable[[], Estimate], dict[str, float], float]] = {
    "latent": (latent, LATENT, 700),  # watts of an H200's board, NVIDIA
    "windowed": (windowed, WINDOWED, 1000),  # of a B200's
}


def cost_of_capital(use: dict[str, float]) -> dict[str, float]:
    equity = use["risk_free_share"] + use["equity_extra_premium_share"]
    equity += use["equity_beta"] * use["equity_risk_premium_share"]
    debt = use["debt_interest_share"] * (1 - use["tax_share"])
    wacc = use["equity_share"] * equity + (1 - use["equity_share"]) * debt
    month = (1 + use.get("annual_cost_of_capital_share", wacc)) ** (1 / 12) - 1
    life = use["useful_life_months"]
    return {
        "cost_of_equity_share": equity,
        "wacc_share": wacc,
        "monthly_cost_of_capital_share": month,
        "capital_recovery_factor": month * (1 + month) ** life / ((1 + month) ** life - 1),
    }


def running(use: dict[str, float], board_w: float, purchase: float) -> dict[str, float]:
    works = use.get("power_utilization_share", 1 / use["peak_to_mean_ratio"])
    watts = board_w * (works + (1 - works) * use["idle_power_share"]) + use["other_server_power_w_per_gpu"]
    most_kw = (board_w + use["other_server_power_w_per_gpu"]) / 1000
    electricity = watts / 1000 * use["pue"] * use["hours_per_month"] * use["electricity_usd_per_kwh"]
    hosting = most_kw * use["hosting_usd_per_kw_month"]
    service = purchase * use["maintenance_share"] / 12
    return {
        "mean_to_peak_share": 1 / use["peak_to_mean_ratio"],
        "mean_power_kw_per_gpu": watts / 1000,
        "contracted_power_kw_per_gpu": most_kw,
        "gpus_per_mw": 1000 / most_kw / use["pue"],
        "electricity_usd_per_gpu_month": electricity,
        "hosting_usd_per_gpu_month": hosting,
        "maintenance_usd_per_gpu_month": service,
        "estimated_opex_usd_per_gpu_month": electricity + hosting + service,
        "availability_share": 1 - use["failures_per_gpu_year"] * use["repair_hours"] / (365 * 24),
    }


def owning(use: dict[str, float], board_w: float) -> dict[str, float]:
    parts = ("gpu_price_usd", "server_usd_per_gpu", "network_usd_per_gpu", "storage_usd_per_gpu")
    price = sum(use[part] for part in parts)
    resale = price * use["resale_share"]
    money, cost = cost_of_capital(use), running(use, board_w, price)
    opex = use.get("opex_usd_per_gpu_month", cost["estimated_opex_usd_per_gpu_month"])
    month, life, age = money["monthly_cost_of_capital_share"], use["useful_life_months"], use["gpu_age_months"]
    capital = -float(numpy_financial.pmt(month, life, price, -resale))
    hours = use["hours_per_month"] * cost["availability_share"]
    declined = price * (1 - use["declining_factor"] / life) ** age
    return {
        **money,
        **cost,
        "purchase_usd_per_gpu": price,
        "resale_usd_per_gpu": resale,
        "capital_usd_per_gpu_month": capital,
        "owned_usd_per_gpu_month": capital + opex,
        "owned_usd_per_gpu_hour": (capital + opex) / hours,
        "straight_line_book_usd_per_gpu": price - (price - resale) * age / life,
        "declining_book_usd_per_gpu": max(declined, resale),
        "straight_line_depreciation_usd_per_gpu_month": (price - resale) / life,
        "declining_depreciation_usd_per_gpu_month": max(declined, resale)
        - max(price * (1 - use["declining_factor"] / life) ** (age + 1), resale),
        "capex_usd_per_gpu_month": use["gpu_price_usd"] / life,
        **compared(use, price, resale, opex, month, cost["availability_share"]),
        "owned_break_even_utilization_share": (capital + opex) / hours / use["rent_usd_per_gpu_hour"],
    }


def compared(
    use: dict[str, float], price: float, resale: float, opex: float, month: float, works: float
) -> dict[str, float]:
    """Present values month by month, and after how many hours the rent that is saved has paid the price."""
    rent, life = use["rent_usd_per_gpu_hour"], use["useful_life_months"]
    horizon = int(use.get("horizon_months", life))
    discounts = [(1 + month) ** -number for number in range(1, horizon + 1)]
    left = price - (price - resale) * horizon / life
    renting = math.fsum(rent * use["hours_per_month"] * discount for discount in discounts)
    keeping = price + math.fsum(opex * discount for discount in discounts) - left * discounts[-1]
    keeping /= works  # so many are bought for the work of one
    even = price / (rent * works - opex / use["hours_per_month"])
    return {
        "owned_break_even_hours": even,
        "owned_break_even_months": even / use["hours_per_month"] if even <= life * use["hours_per_month"] else math.nan,
        "annuity_factor": math.fsum(discounts),
        "horizon_book_usd_per_gpu": left,
        "rent_npv_usd_per_gpu": renting,
        "owned_npv_usd_per_gpu": keeping,
        "owned_saving_npv_usd_per_gpu": renting - keeping,
    }


def renting(use: dict[str, float]) -> dict[str, float]:
    hour, hours = use["rent_usd_per_gpu_hour"], use["hours_per_month"]
    less = {kind: hour * (1 - use[f"{kind}_discount_share"]) for kind in ("reserved", "spot")}
    reserved = use.get("reserved_usd_per_gpu_hour", H200["reserved"])
    spot = use.get("spot_usd_per_gpu_hour", H200["spot"])
    billed = use["billing_hours"]
    while billed < use["rented_hours_per_day"]:
        billed += use["billing_hours"]
    billed = min(billed, 24)
    sent_gb = use["requests_per_user_month"] * use["output_tokens_per_request"] * use["bytes_per_output_token"] / 1e9
    return {
        "rent_usd_per_gpu_month": hour * hours,
        "discounted_reserved_usd_per_gpu_hour": less["reserved"],
        "discounted_spot_usd_per_gpu_hour": less["spot"],
        "reserved_usd_per_gpu_month": reserved * hours,
        "reservation_usd_per_gpu": reserved * hours * use["committed_months"],
        "reserved_break_even_hours_per_day": reserved / hour * 24 if reserved <= hour else math.nan,
        "reserve_demand_quantile_share": 1 - reserved / hour,
        "spot_usd_per_gpu_month": spot * hours / (1 - use["spot_lost_share"]),
        "billed_hours_per_day": billed,
        "part_time_usd_per_gpu_month": hour * billed * hours / 24,
        "egress_usd_per_user_month": sent_gb * use["egress_usd_per_gb"],
    }


@pytest.mark.parametrize("name", BOTH)
def test_owning_and_renting(name: str) -> None:
    find, use, board_w = BOTH[name]
    found = find()
    for quantity, value in {**owning(use, board_w), **renting(use)}.items():
        assert found[quantity] == pytest.approx(value, rel=1e-9), quantity


def test_no_input_is_at_its_default() -> None:
    for use in (LATENT, WINDOWED):
        assert [name for name in use if INPUTS[name].owner in TOPICS and use[name] == INPUTS[name].default] == []
    given = {name for name in WINDOWED if INPUTS[name].owner in TOPICS}
    assert {name for name, item in INPUTS.items() if item.owner in TOPICS} - given == set()
    followers = {name for name in given if INPUTS[name].follows}
    assert given - followers == {name for name in LATENT if INPUTS[name].owner in TOPICS}


@covers(*DECLINING)
@pytest.mark.parametrize("name", DECLINING)
def test_a_month_of_declining_balance_is_that_of_excel(name: str) -> None:
    """DDB of a period is what the books write off after the age of the period before."""
    row = case(name)
    given = {
        "purchase_usd_per_gpu": row.number("cost"),
        "resale_usd_per_gpu": row.number("salvage"),
        "useful_life_months": row.number("life"),
        "declining_factor": row.number("factor"),
        "gpu_age_months": row.number("period") - 1,
    }
    assert row.agrees(
        evaluate(given, ["declining_depreciation_usd_per_gpu_month"])["declining_depreciation_usd_per_gpu_month"]
    )


def test_nothing_is_written_off_after_the_life() -> None:
    given = {
        "purchase_usd_per_gpu": 100.0,
        "resale_usd_per_gpu": 10.0,
        "useful_life_months": 9.0,
        "declining_factor": 2.0,
    }
    names = ["straight_line_depreciation_usd_per_gpu_month", "declining_depreciation_usd_per_gpu_month"]
    assert all(evaluate({**given, "gpu_age_months": 8.0}, names)[name] > 0 for name in names)
    assert [evaluate({**given, "gpu_age_months": 9.0}, names)[name] for name in names] == [0, 0]
