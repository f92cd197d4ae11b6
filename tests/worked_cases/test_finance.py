"""Money over time against the cases that Microsoft, numpy-financial, Adobe, the IRS and others print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from napkinxl.finance import annuities, cash_flows, depreciation, levelized_cost, loans, macrs, payback, rates
from worked_cases.cases import Case, case, covers
from worked_cases.quantity import quantity


def _optional(row: Case, name: str) -> float:
    return row.number(name) if name in row.inputs else 0.0


def _payment(row: Case) -> float:
    at_start = _optional(row, "type") == 1
    return annuities.payment(
        row.number("rate"), row.number("nper"), row.number("pv"), _optional(row, "fv"), at_start=at_start
    )


def _dates(row: Case) -> list[date]:
    return [date.fromisoformat(text.strip()) for text in row.inputs["dates"].split(",")]


def _dated_worth(row: Case) -> float:
    return cash_flows.dated_net_present_value(row.number("rate"), row.numbers("flows"), _dates(row))


def _later_worth(row: Case) -> float:
    return cash_flows.net_present_value(row.number("rate"), row.numbers("flows"), first_flow_after_one_period=True)


def _numbers(function: Callable[..., float], *names: str) -> Callable[[Case], float]:
    """The function of these inputs; where the case has a type, 1 says that payments fall at the start."""

    def compute(row: Case) -> float:
        at_start = {"at_start": row.number("type") == 1} if "type" in row.inputs else {}
        return function(*map(row.number, names), **at_start)

    return compute


def _modified(row: Case) -> float:
    return cash_flows.modified_rate_of_return(row.numbers("flows"), row.number("finance"), row.number("reinvest"))


def _yearly_from_2018(row: Case) -> float:
    assert row.inputs["flows"] == "0 then 120000 x10"
    assert row.inputs["dates"] == "2018-06-30 then 31 Dec 2018..2027"
    days = [date(2018, 6, 30), *(date(year, 12, 31) for year in range(2018, 2028))]
    return cash_flows.dated_net_present_value(row.number("rate"), [0.0] + [120_000.0] * 10, days)


def _internal(row: Case) -> float:
    return cash_flows.internal_rate_of_return(row.numbers("flows"))


def _percent(function: Callable[[Case], float]) -> Callable[[Case], float]:
    return lambda row: 100 * function(row)


LOAN = ("rate", "per", "nper", "pv")
YEAR_TWO = ("rate", "nper", "pv", "start", "end")
DDB = _numbers(depreciation.double_declining_balance, "cost", "salvage", "life", "period", "factor")
VDB = _numbers(depreciation.variable_declining_balance, "cost", "salvage", "life", "start", "end", "factor")
SYD = _numbers(depreciation.sum_of_years_digits, "cost", "salvage", "life", "period")


def _factor(row: Case) -> float:
    return quantity(
        "capital_recovery_factor", monthly_cost_of_capital_share=row.number("rate"), lifetime_months=row.number("years")
    )


def _charge(row: Case) -> float:
    """Capital that is recovered over the years, nothing left at the end."""
    return quantity(
        "capital_usd_per_gpu_month", purchase_usd_per_gpu=row.number("capital"), resale_usd_per_gpu=0.0,
        capital_recovery_factor=_factor(row), monthly_cost_of_capital_share=row.number("rate"),
    )  # fmt: skip


COMPUTED: dict[str, Callable[[Case], float]] = {
    **dict.fromkeys(("FN01", "FN02", "FN03", "FN04"), _payment),
    **dict.fromkeys(("FN06", "FN07", "FN09", "FN10", "FN11"), _later_worth),
    "FN08": lambda row: cash_flows.net_present_value(row.number("rate"), row.numbers("flows")),
    **dict.fromkeys(("FN12", "FN13", "FN14", "FN15", "FN16"), _internal),
    **dict.fromkeys(("FN18", "FN19"), _modified),
    **dict.fromkeys(("FN20", "FN21"), _dated_worth),
    "FN22": _percent(lambda row: cash_flows.dated_rate_of_return(row.numbers("flows"), _dates(row))),
    "FN23": _yearly_from_2018,
    "FN24": _numbers(depreciation.straight_line, "cost", "salvage", "life"),
    **dict.fromkeys(("FN25", "FN26", "FN28", "FN30", "FN31", "FN32", "FN33"), DDB),
    **dict.fromkeys(("FN34", "FN35", "FN36"), VDB),
    **dict.fromkeys(("FN37", "FN38"), SYD),
    "FN39": _numbers(annuities.present_value, "rate", "nper", "pmt"),
    **dict.fromkeys(("FN40", "FN54"), _numbers(annuities.future_value, "rate", "nper", "pmt", "pv")),
    "FN41": _numbers(annuities.payment_periods, "rate", "pmt", "pv", "fv"),
    "FN42": _numbers(annuities.periodic_rate, "nper", "pmt", "pv"),
    **dict.fromkeys(("FN43", "FN44"), _numbers(loans.interest_payment, *LOAN)),
    **dict.fromkeys(("FN45", "FN46"), _numbers(loans.principal_payment, *LOAN)),
    "FN47": _numbers(loans.cumulative_interest, *YEAR_TWO),
    "FN48": _numbers(loans.cumulative_principal, *YEAR_TWO),
    "FN49": _numbers(rates.effective_rate, "nominal", "npery"),
    "FN50": _numbers(rates.nominal_rate, "effective", "npery"),
    "FN51": _numbers(rates.growth_rate, "nper", "pv", "fv"),
    "FN52": _numbers(rates.growth_periods, "rate", "pv", "fv"),
    "FN53": lambda row: loans.cumulative_interest(
        row.number("rate"), row.number("nper"), row.number("pv"), 1, row.number("nper")
    ),
    **dict.fromkeys(("CR01", "CR03", "CR05", "CR07", "CR09"), _factor),
    **dict.fromkeys(("CR02", "CR04", "CR06", "CR08"), _charge),
}


@covers(*COMPUTED)
@pytest.mark.parametrize("name", COMPUTED)
def test_published_value(name: str) -> None:
    row = case(name)
    assert row.agrees(COMPUTED[name](row))


def test_the_two_conventions_of_npv_are_not_confused() -> None:
    for name in ("FN06", "FN07", "FN08", "FN09", "FN10", "FN11"):
        row = case(name)
        first_now = cash_flows.net_present_value(row.number("rate"), row.numbers("flows"))
        assert row.agrees(first_now) == (name == "FN08")


MACRS = ("MA01", "MA02", "MA03", "MA04", "MA05", "MA07", "MA08", "MA09", "MA10", "MA11", "MA15")


@covers(*MACRS)
@pytest.mark.parametrize("name", MACRS)
def test_tax_office_share(name: str) -> None:
    row = case(name)
    convention = row.inputs["convention"]
    assert convention in ("half-year", "mid-quarter Q4")
    kind: macrs.Convention = "half-year" if convention == "half-year" else "mid-quarter Q4"
    assert row.agrees(100 * macrs.macrs_share(row.number("class_years"), row.number("year"), kind))


@covers("MA13", "MA14")
@pytest.mark.parametrize("name", ["MA13", "MA14"])
def test_tax_office_amount(name: str) -> None:
    row = case(name)
    assert row.agrees(_numbers(macrs.macrs_depreciation_usd, "basis", "class_years", "year")(row))


@covers("LC01", "LC02")
@pytest.mark.parametrize("name", ["LC01", "LC02"])
def test_levelised_cost(name: str) -> None:
    row = case(name)
    kilowatts = row.number("turbines") * row.number("rating_kw")
    invested = (row.number("tcc_per_kw") + row.number("bos_per_kw")) * kilowatts
    output = row.number("aep_kwh") * (1 - _optional(row, "loss"))
    running = row.number("opex_per_kw") * kilowatts
    assert row.agrees(levelized_cost.levelized_cost_usd(row.number("fcr"), invested, running, output))


@covers("BC01")
def test_weighted_average_cost_of_capital() -> None:
    row = case("BC01")
    assert row.number("wd") == 1 - row.number("we")
    found = quantity(
        "wacc_share", equity_share=row.number("we"), cost_of_equity_share=row.number("ke"),
        debt_interest_share=row.number("kd_pre_tax"), tax_share=row.number("tax"),
    )  # fmt: skip
    assert row.agrees(100 * found)


@covers("BC02")
def test_cost_of_equity() -> None:
    row = case("BC02")
    found = quantity(
        "cost_of_equity_share", risk_free_share=row.number("rf"), equity_beta=row.number("beta"),
        equity_risk_premium_share=row.number("erp"), equity_extra_premium_share=row.number("premium"),
    )  # fmt: skip
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


@covers("BC03", "BC05", "BC06", "BC07", "BC08")
def test_project() -> None:
    worth, modified, back, discounted, peak = map(case, ("BC03", "BC05", "BC06", "BC07", "BC08"))
    assert worth.agrees(cash_flows.net_present_value(worth.number("rate"), _project(worth)))
    growth = cash_flows.modified_rate_of_return(
        _project(modified), modified.number("finance"), modified.number("reinvest")
    )
    assert modified.agrees(100 * growth)
    assert back.agrees(payback.payback_periods(_project(back)))
    assert discounted.agrees(payback.discounted_payback_periods(discounted.number("rate"), _project(discounted)))
    assert peak.agrees(payback.peak_funding_usd(_project(peak)))


def test_fixed_declining_balance_is_excel_s() -> None:
    # Microsoft, DB function: 1,000,000 to 100,000 in six years, seven months in the first.
    printed = [186_083.33, 259_639.42, 176_814.44, 120_410.64, 81_999.64, 55_841.76, 15_845.10]
    found = [depreciation.fixed_declining_balance(1_000_000, 100_000, 6, year, 7) for year in range(1, 8)]
    assert found == pytest.approx(printed, abs=0.005)
