"""Money over time against the cases that Microsoft, numpy-financial, Adobe, the IRS and others print.

What pays a loan off is what a month of capital costs; a period of the source is a month of ours.
"""

from __future__ import annotations

import math
from itertools import accumulate

import pytest

from napkinxl.formulas.plan import results, trends
from napkinxl.formulas.plan.cash import month_if_cash_below_zero
from napkinxl.formulas.plan.cost import depreciation_usd
from worked_cases.cases import Case, Compute, case, covers, printed_test
from worked_cases.quantity import number, quantity


def _charge(capital: float, periods: float, rate: float, left: float = 0.0) -> float:
    """A month of capital that is recovered over the periods, with something left at the end."""
    factor = quantity("capital_recovery_factor", monthly_cost_of_capital_share=rate, useful_life_months=periods)
    return quantity(
        "capital_usd_per_gpu_month",
        purchase_usd_per_gpu=capital,
        resale_usd_per_gpu=left,
        capital_recovery_factor=factor,
        monthly_cost_of_capital_share=rate,
    )


def _loan(row: Case) -> tuple[float, float, float]:
    return row.number("pv"), row.number("nper"), row.number("rate")


def _worth(row: Case) -> float:
    """First flow at the end of the first period: Excel's NPV, and a plan's."""
    return number(results.npv_usd(row.number("rate"), row.numbers("flows")))


def _worth_after_an_outlay(rate: float, flows: list[float]) -> float:
    """First flow now: what the fleet is worth that a plan begins with."""
    months = [float(month) for month in range(1, len(flows))]
    return number(results.npv_with_book_value_usd(results.npv_usd(rate, flows[1:]), -flows[0], 0.0, rate, months))


def _annuity(row: Case) -> float:
    rate, count = row.number("rate"), row.number("nper")
    return row.number("pmt") * quantity("annuity_factor", monthly_cost_of_capital_share=rate, horizon_months=count)


def _straight_line(row: Case) -> float:
    """As the books of one GPU have it, and those of a fleet."""
    cost, salvage, life = row.number("cost"), row.number("salvage"), row.number("life")
    found = quantity(
        "straight_line_depreciation_usd_per_gpu_month",
        purchase_usd_per_gpu=cost,
        resale_usd_per_gpu=salvage,
        useful_life_months=life,
        gpu_age_months=0.0,
    )
    assert found == pytest.approx(number(depreciation_usd(cost, salvage / cost, life)))
    return found


def _newsvendor(row: Case) -> float:
    """Too few lose the margin, too many what is not given back: rent and reservation, less the salvage value."""
    salvage = row.number("salvage")
    return quantity(
        "reserve_demand_quantile_share",
        rent_usd_per_gpu_hour=row.number("price") - salvage,
        reserved_usd_per_gpu_hour=row.number("cost") - salvage,
    )


PRINTED: dict[str, Compute] = {
    **dict.fromkeys(("FN01", "FN04"), lambda row: -_charge(*_loan(row))),
    "FN03": lambda row: _charge(*_loan(row), left=row.number("fv")),  # saved up for what is there at the end
    **dict.fromkeys(("FN06", "FN07", "FN09", "FN10", "FN11"), _worth),
    "FN08": lambda row: _worth_after_an_outlay(row.number("rate"), row.numbers("flows")),
    "FN24": _straight_line,
    "FN39": lambda row: -_annuity(row),
    "FN53": lambda row: row.number("pv") - row.number("nper") * _charge(*_loan(row)),
    **dict.fromkeys(
        ("CR01", "CR03", "CR05", "CR07", "CR09"), lambda row: _charge(1.0, row.number("years"), row.number("rate"))
    ),
    **dict.fromkeys(
        ("CR02", "CR04", "CR06", "CR08"),
        lambda row: _charge(row.number("capital"), row.number("years"), row.number("rate")),
    ),
    "NW01": _newsvendor,
}


test_what_the_source_prints = printed_test(PRINTED)


def test_the_two_conventions_of_npv_are_not_confused() -> None:
    for name in ("FN06", "FN07", "FN08", "FN09", "FN10", "FN11"):
        assert case(name).agrees(_worth(case(name))) == (name != "FN08")


@covers("FN49", "FN50")
def test_interest_is_compounded_within_the_year() -> None:
    """Three of twelve months' interest with interest on it are a quarter's, of which the stated rate has four."""
    effect, nominal = case("FN49"), case("FN50")
    for effective, stated in (
        (effect.expected, effect.number("nominal")),
        (nominal.number("effective"), nominal.expected),
    ):
        month = quantity("monthly_cost_of_capital_share", annual_cost_of_capital_share=effective)
        assert 4 * ((1 + month) ** 3 - 1) == pytest.approx(stated, rel=1e-9)


@covers("FN51", "FN52", "A16", "EP05")
def test_growth_is_compounded_over_the_years() -> None:
    growth, length, fall, trend = map(case, ("FN51", "FN52", "A16", "EP05"))
    for years, rate, row in (
        (growth.number("nper"), growth.expected, growth),
        (length.expected, length.number("rate"), length),
    ):
        assert trends.usage_ratio(12 * years + 1, rate) == pytest.approx(row.number("fv") / row.number("pv"), rel=1e-9)
    fallen = trends.api_ratio(12 * fall.number("years") + 1, 1 / fall.expected - 1)
    assert fallen == pytest.approx(fall.number("end") / fall.number("start"))
    assert trend.agrees(number(trends.api_ratio(12 * trend.number("years") + 1, 1 / trend.number("fall_per_year") - 1)))


@covers("BC01")
def test_weighted_average_cost_of_capital() -> None:
    row = case("BC01")
    assert row.number("wd") == 1 - row.number("we")
    found = quantity(
        "wacc_share",
        equity_share=row.number("we"),
        cost_of_equity_share=row.number("ke"),
        debt_interest_share=row.number("kd_pre_tax"),
        tax_share=row.number("tax"),
    )
    assert row.agrees(100 * found)


@covers("BC02")
def test_cost_of_equity() -> None:
    row = case("BC02")
    found = quantity(
        "cost_of_equity_share",
        risk_free_share=row.number("rf"),
        equity_beta=row.number("beta"),
        equity_risk_premium_share=row.number("erp"),
        equity_extra_premium_share=row.number("premium"),
    )
    assert row.agrees(100 * found)


def _project(row: Case) -> list[float]:
    """The free cash flows of the solved business case, from its drivers, in EUR thousand."""
    assert row.inputs["capex_k"] == "850 at 0,350 at 1"
    flows, working_capital, tax = [-850.0], 0.0, row.number("tax")
    for year, written_off in enumerate(row.numbers("depreciation_k")):
        units = row.number("units_y1") * (1 + row.number("units_growth")) ** year
        sales = units * row.number("price_y1") * (1 + row.number("price_growth")) ** year / 1000
        fixed = row.number("fixed_y1_k") * (1 + row.number("fixed_growth")) ** year
        profit = sales * (1 - row.number("variable_share")) - fixed - written_off
        tied_up = sales * row.number("nwc_share_of_sales")
        flows.append(profit * (1 - tax) + written_off - (tied_up - working_capital) - (350 if year == 0 else 0))
        working_capital = tied_up
    return flows


def test_project_flows_are_the_printed_ones() -> None:
    printed = [-850.0, -145.0, 501.3, 550.1, 602.8, 659.7]
    assert "-850.0, -145.0, 501.3, 550.1, 602.8, 659.7" in case("BC03").note
    assert _project(case("BC03")) == pytest.approx(printed, rel=0, abs=0.0500001)


@covers("BC03", "BC06", "BC08")
def test_project() -> None:
    worth, back, peak = map(case, ("BC03", "BC06", "BC08"))
    assert worth.agrees(_worth_after_an_outlay(worth.number("rate"), _project(worth)))
    months = [float(month) for month in range(1, 6)]
    cash = list(accumulate(_project(back)))
    funded = [number(month_if_cash_below_zero(month, total)) for month, total in zip(months, cash[1:], strict=True)]
    assert results.payback_month(funded, months) == math.ceil(back.expected)  # whole months, no part of one
    assert peak.agrees(number(results.peak_funding_usd(cash)))
