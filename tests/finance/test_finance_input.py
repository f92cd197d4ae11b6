"""Money over time under bad input, and where there is no answer."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pytest

from napkinxl.errors import InputError
from napkinxl.finance import annuities, cash_flows, depreciation, levelized_cost, loans, macrs, payback, rates

NAN = math.nan
NO_ANSWERS: list[Any] = [
    lambda: cash_flows.net_present_value(NAN, [1, 2]),
    lambda: cash_flows.net_present_value(0.1, [1, NAN]),
    lambda: cash_flows.net_present_value(-0.999999, [1.0] * 400),
    lambda: cash_flows.internal_rate_of_return([-1, NAN, 3]),
    lambda: cash_flows.dated_net_present_value(0.1, [1, NAN], [date(2020, 1, 1), date(2021, 1, 1)]),
    lambda: annuities.payment(0.1, NAN, 100),
    lambda: annuities.periodic_rate(NAN, 1, 2),
    lambda: loans.interest_payment(0.1, 1, NAN, 100),
    lambda: rates.effective_rate(0.1, NAN),
    lambda: rates.growth_periods(0, 1, 2),
    lambda: depreciation.fixed_declining_balance(100, 10, NAN, 1),
    lambda: macrs.macrs_share(NAN, 1),
    lambda: payback.payback_periods([-1, NAN]),
    lambda: levelized_cost.levelized_cost_usd(0.1, NAN, 1, 1),
]


@pytest.mark.parametrize("call", NO_ANSWERS)
def test_no_answer(call: Any) -> None:
    assert math.isnan(call())


text: Any = "8%"
nothing: Any = None
listed: Any = [0.1]
generated: Any = (flow for flow in (1, 2))
REFUSED: list[tuple[Any, str]] = [
    (lambda: cash_flows.net_present_value(-1, [1]), "rate_per_period must be above -1, got -1"),
    (lambda: cash_flows.net_present_value(math.inf, [1]), "rate_per_period must be a finite number, got inf"),
    (lambda: cash_flows.net_present_value(text, [1]), "rate_per_period must be a finite number, got '8%'"),
    (lambda: cash_flows.net_present_value(listed, [1]), r"rate_per_period must be a finite number, got \[0.1\]"),
    (lambda: cash_flows.net_present_value(True, [1]), "rate_per_period must be a finite number, got True"),
    (lambda: cash_flows.net_present_value(10**400, [1]), "rate_per_period must be a finite number, got 1000"),
    (lambda: cash_flows.net_present_value(0.1, []), "flows_usd must hold at least 1, got 0"),
    (lambda: cash_flows.net_present_value(0.1, nothing), "flows_usd must be a list of numbers, got None"),
    (lambda: cash_flows.net_present_value(0.1, text), "flows_usd must be a list of numbers, got '8%'"),
    (lambda: cash_flows.net_present_value(0.1, [1, nothing]), r"flows_usd\[1\] must be a finite number, got None"),
    (lambda: cash_flows.internal_rate_of_return([-1, 2], guess=-1), "guess must be above -1, got -1"),
    (lambda: cash_flows.modified_rate_of_return([1], 0.1, 0.1), "flows_usd must hold at least 2, got 1"),
    (lambda: cash_flows.dated_rate_of_return([1, 2], [date(2020, 1, 1)]), "days must be as many as the 2 flows, got 1"),
    (
        lambda: cash_flows.dated_net_present_value(0.1, [1, 2], [date(2020, 1, 2), date(2020, 1, 1)]),
        "days must not lie before the first, 2020-01-02, got 2020-01-01",
    ),
    (lambda: cash_flows.dated_net_present_value(0.1, [1], [text]), "days must be dates, got '8%'"),
    (lambda: annuities.payment(0.1, 0, 100), "periods must be above 0, got 0"),
    (lambda: annuities.periodic_rate(1.5, 1, 2), r"periods must be a whole number in \[1, 100,000\], got 1.5"),
    (lambda: annuities.periodic_rate(10**9, 1, 2), r"periods must be a whole number in \[1, 100,000\], got 1000000000"),
    (lambda: loans.interest_payment(0.1, 4, 3, 100), r"period must be a whole number in \[1, 3\], got 4"),
    (lambda: loans.cumulative_interest(0.1, 9, 1, 5, 4), "first_period must be at most last_period, got 5 and 4"),
    (lambda: rates.effective_rate(0.1, 0), "periods_per_year must be a whole number"),
    (lambda: rates.growth_rate(1, 0, 1), "present_usd must be above 0, got 0"),
    (lambda: depreciation.straight_line(100, 101, 5), r"salvage_usd must be in \[0, 100\], got 101"),
    (lambda: depreciation.straight_line(-1, 0, 5), "cost_usd must be at least 0, got -1"),
    (lambda: depreciation.double_declining_balance(1, 0, 5, 6), r"period must be a whole number in \[1, 5\], got 6"),
    (lambda: depreciation.variable_declining_balance(1, 0, 5, 3, 2), "start_period must be at most end_period, got 3"),
    (lambda: depreciation.variable_declining_balance(1, 0, 5, 0, 6), r"end_period must be in \[0, 5\], got 6"),
    (lambda: macrs.macrs_share(4, 1), "class_years must be one of 3, 5, 7, got 4"),
    (lambda: macrs.macrs_share(5, 0), "year must be a whole number"),
    (lambda: macrs.macrs_share(5, 1, text), "convention must be one of half-year, mid-quarter Q4, got '8%'"),
    (lambda: macrs.macrs_share(5, 1, listed), r"convention must be one of .*, got \[0.1\]"),
    (lambda: levelized_cost.levelized_cost_usd(0.1, 1, 1, 0), "output_per_year must be above 0, got 0"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_refused(call: Any, message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}"):
        call()


def test_flows_that_can_be_read_once_only() -> None:
    assert cash_flows.net_present_value(0, generated) == 3
