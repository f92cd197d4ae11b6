"""LibreOffice's own functions of the same names, on random arguments: the 23 that Excel has too."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from napkinxl.finance import annuities, cash_flows, depreciation, loans, rates
from support.libreoffice import needs_libreoffice, recalculate

ROUNDS = 40
Formula = tuple[str, float]


def test_libreoffice_agrees_on_random_arguments(tmp_path: Path) -> None:
    needs_libreoffice()
    draw = random.Random(4)
    formulas = [pair for _ in range(ROUNDS) for part in (_written_off, _annuity, _loan, _flows) for pair in part(draw)]
    book = Workbook()
    sheet = book.worksheets[0]
    for row, (formula, _) in enumerate(formulas, start=1):
        sheet.cell(row, 1, f"={formula}")
    book.save(tmp_path / "functions.xlsx")
    results = load_workbook(recalculate(tmp_path / "functions.xlsx", tmp_path / "out"), data_only=True).worksheets[0]
    compared, given_up = set(), 0
    for row, (formula, ours) in enumerate(formulas, start=1):
        theirs = results.cell(row, 1).value
        if isinstance(theirs, (int, float)):
            assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9), formula
            compared.add(formula.split("(")[0])
        else:  # its search for a rate gives up on some flows that have one
            assert math.isnan(ours) or formula.startswith("IRR"), formula
            given_up += not math.isnan(ours)
    assert len(compared) == 23, compared
    assert given_up <= ROUNDS // 4


def _written_off(draw: random.Random) -> Iterator[Formula]:
    cost, life = draw.randint(1_000, 100_000), draw.randint(2, 12)
    salvage, factor = round(cost * draw.random() * 0.6, 2), round(draw.uniform(1, 3), 2)
    period, months = draw.randint(1, life), draw.randint(1, 12)
    year = draw.randint(1, life + (months < 12))
    start = round(draw.uniform(0, life), 3)
    end = round(draw.uniform(start, life), 3)
    asset = f"{cost},{salvage},{life}"
    yield f"SLN({asset})", depreciation.straight_line(cost, salvage, life)
    yield f"SYD({asset},{period})", depreciation.sum_of_years_digits(cost, salvage, life, period)
    yield f"DB({asset},{year},{months})", depreciation.fixed_declining_balance(cost, salvage, life, year, months)
    yield f"DDB({asset},{period},{factor})", depreciation.double_declining_balance(cost, salvage, life, period, factor)
    switched = depreciation.variable_declining_balance(cost, salvage, life, start, end, factor)
    yield f"VDB({asset},{start},{end},{factor},FALSE())", switched
    whole = depreciation.variable_declining_balance(cost, salvage, life, 0, period, factor, no_switch=True)
    yield f"VDB({asset},0,{period},{factor},TRUE())", whole


def _annuity(draw: random.Random) -> Iterator[Formula]:
    rate, count = round(draw.uniform(-0.01, 0.1), 5), draw.randint(2, 60)
    present, future, at_start = draw.randint(-9_999, 9_999), draw.randint(-9_999, 9_999), draw.randint(0, 1)
    paid = -draw.randint(1, 9_999)
    begins = bool(at_start)
    yield f"PMT({rate},{count},{present},{future},{at_start})", annuities.payment(rate, count, present, future, begins)
    yield f"PV({rate},{count},{paid},{future},{at_start})", annuities.present_value(rate, count, paid, future, begins)
    yield f"FV({rate},{count},{paid},{present},{at_start})", annuities.future_value(rate, count, paid, present, begins)
    periods = annuities.payment_periods(rate, paid, present, future, begins)
    yield f"NPER({rate},{paid},{present},{future},{at_start})", periods
    lent = -paid * count * 0.8
    yield f"RATE({count},{paid},{lent!r})", annuities.periodic_rate(count, paid, lent)
    often, high = draw.randint(1, 12), round(draw.uniform(0.001, 0.3), 4)
    yield f"EFFECT({high},{often})", rates.effective_rate(high, often)
    yield f"NOMINAL({high},{often})", rates.nominal_rate(high, often)
    yield f"_xlfn.RRI({count},{-paid},{lent!r})", rates.growth_rate(count, -paid, lent)
    yield f"_xlfn.PDURATION({high},{-paid},{lent!r})", rates.growth_periods(high, -paid, lent)


def _loan(draw: random.Random) -> Iterator[Formula]:
    rate, count, lent = round(draw.uniform(0.001, 0.1), 5), draw.randint(2, 60), draw.randint(1, 9_999)
    at_start = draw.randint(0, 1)
    first = draw.randint(1, count)
    last = draw.randint(first, count)
    begins, loan = bool(at_start), f"{rate},{first},{count},{lent},0,{at_start}"
    yield f"IPMT({loan})", loans.interest_payment(rate, first, count, lent, 0, begins)
    yield f"PPMT({loan})", loans.principal_payment(rate, first, count, lent, 0, begins)
    several = f"{rate},{count},{lent},{first},{last},{at_start}"
    yield f"CUMIPMT({several})", loans.cumulative_interest(rate, count, lent, first, last, begins)
    yield f"CUMPRINC({several})", loans.cumulative_principal(rate, count, lent, first, last, begins)


def _flows(draw: random.Random) -> Iterator[Formula]:
    flows = [-draw.randint(5_000, 9_000), *(draw.randint(100, 3_000) for _ in range(draw.randint(3, 6)))]
    first = date(2020, 1, 1)
    days = [first, *sorted(first + timedelta(days=draw.randint(1, 2_000)) for _ in flows[1:])]
    row = "{" + ",".join(map(str, flows)) + "}"
    numbers = "{" + ",".join(str((day - date(1899, 12, 30)).days) for day in days) + "}"
    yield f"NPV(0.07,{row})", cash_flows.net_present_value(0.07, flows, first_flow_after_one_period=True)
    yield f"IRR({row})", cash_flows.internal_rate_of_return(flows)
    yield f"MIRR({row},0.08,0.1)", cash_flows.modified_rate_of_return(flows, 0.08, 0.1)
    yield f"XNPV(0.09,{row},{numbers})", cash_flows.dated_net_present_value(0.09, flows, days)
    yield f"XIRR({row},{numbers})", cash_flows.dated_rate_of_return(flows, days)
