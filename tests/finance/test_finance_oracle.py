"""Money over time against numpy-financial, and against its own definitions."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from napkinxl.finance import annuities, cash_flows, depreciation, loans, macrs, payback, rates

RATES = st.floats(-0.2, 0.5).map(lambda rate: round(rate, 6))
AMOUNTS = st.integers(-1_000_000, 1_000_000).map(float)
laws = settings(deadline=None)
FLOWS = st.lists(AMOUNTS, min_size=2, max_size=40)
COUNTS = st.integers(1, 360)


def close(expected: float, scale: float = 1.0) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=1e-9 * max(scale, 1.0))


@laws
@given(RATES, FLOWS)
def test_net_present_value(rate: float, flows: list[float]) -> None:
    expected = float(npf.npv(rate, flows))
    scale = sum(abs(flow) * (1 + rate) ** -time for time, flow in enumerate(flows))
    assert cash_flows.net_present_value(rate, flows) == close(expected, scale)
    later = cash_flows.net_present_value(rate, flows, first_flow_after_one_period=True)
    assert later == close(expected / (1 + rate), scale)


@laws
@given(st.integers(1, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_internal_rate_of_an_outlay_and_its_returns(outlay: int, returns: list[int]) -> None:
    flows = [-float(outlay), *map(float, returns)]
    rate = cash_flows.internal_rate_of_return(flows)
    expected = float(npf.irr(flows))
    if not math.isnan(expected):
        assert 1 + rate == pytest.approx(1 + expected, rel=1e-7)
    terms = [abs(flow) * (1 + rate) ** -time for time, flow in enumerate(flows)]
    assert abs(cash_flows.net_present_value(rate, flows)) <= 1e-9 * sum(terms)


@laws
@given(FLOWS, st.floats(-0.5, 1.0))
def test_an_internal_rate_makes_any_flows_worth_nothing(flows: list[float], guess: float) -> None:
    rate = cash_flows.internal_rate_of_return(flows, guess)
    if min(flows) >= 0 or max(flows) <= 0:
        assert math.isnan(rate)
    elif not math.isnan(rate):
        assert rate > -1
        # Counted from the end for rates below 0, where early flows would not outgrow a float.
        powers = [(1 + rate) ** (-time if rate >= 0 else len(flows) - 1 - time) for time in range(len(flows))]
        terms = [flow * power for flow, power in zip(flows, powers, strict=True)]
        assert abs(math.fsum(terms)) <= 1e-9 * sum(map(abs, terms))


@laws
@given(
    st.lists(st.sampled_from([-0.6, -0.3, -0.1, 0.05, 0.2, 0.5, 1.0, 2.0]), min_size=1, max_size=4, unique=True),
    st.floats(-0.9, 3),
)
def test_of_several_rates_the_nearest_to_the_guess(known: list[float], guess: float) -> None:
    flows = [1.0]
    for rate in known:  # multiplied out: worth nothing at these rates and no others
        flows = [left - (1 + rate) * right for left, right in zip([*flows, 0.0], [0.0, *flows], strict=True)]
    distances = sorted(abs(rate - guess) for rate in known)
    assert abs(cash_flows.internal_rate_of_return(flows, guess) - guess) == pytest.approx(distances[0], abs=1e-6)


@pytest.mark.parametrize(
    "flows",
    [
        [1.0, 2.0, 3.0],
        [-1.0, -2.0],
        [0.0, 0.0],
        [5.0],
        [1.0, -3.0, 2.5],  # no real root: 3 squared is less than 4 * 2.5
    ],
)
def test_no_internal_rate(flows: list[float]) -> None:
    assert math.isnan(cash_flows.internal_rate_of_return(flows))


def test_internal_rates_at_the_edge_of_floats() -> None:
    assert math.isnan(cash_flows.internal_rate_of_return([-1e-300, 1e300]))
    assert cash_flows.internal_rate_of_return([-100, 0, 0, 100]) == pytest.approx(0, abs=1e-12)
    assert cash_flows.internal_rate_of_return([0, 0, -100, 110]) == pytest.approx(0.1, abs=1e-12)
    assert cash_flows.internal_rate_of_return([-1e-9, 1.0]) == pytest.approx(1e9 - 1, rel=1e-9)
    assert cash_flows.internal_rate_of_return([-1.0, 1e-9]) == pytest.approx(1e-9 - 1, abs=1e-12)
    month = [-1000.0] + [30.0] * 600
    assert cash_flows.internal_rate_of_return(month) == pytest.approx(float(npf.rate(600, 30, -1000, 0)), rel=1e-9)


@laws
@given(FLOWS, RATES, RATES)
def test_modified_rate(flows: list[float], finance: float, reinvest: float) -> None:
    rate = cash_flows.modified_rate_of_return(flows, finance, reinvest)
    if min(flows) < 0 < max(flows):
        assert 1 + rate == close(1 + float(npf.mirr(flows, finance, reinvest)))
    else:
        assert math.isnan(rate)


@laws
@given(RATES, st.lists(AMOUNTS, min_size=1, max_size=8))
def test_flows_dated_a_common_year_apart_are_flows_a_period_apart(rate: float, flows: list[float]) -> None:
    days = [date(2001, 1, 1) + timedelta(days=365 * time) for time in range(len(flows))]
    scale = sum(abs(flow) * (1 + rate) ** -time for time, flow in enumerate(flows))
    plain = cash_flows.net_present_value(rate, flows)
    assert cash_flows.dated_net_present_value(rate, flows, days) == close(plain, scale)
    same = cash_flows.internal_rate_of_return(flows)
    assert cash_flows.dated_rate_of_return(flows, days) == pytest.approx(same, rel=1e-9, abs=1e-9, nan_ok=True)


def test_the_order_and_hour_of_dates_do_not_matter() -> None:
    days = [datetime(2020, 1, 1, 23), date(2022, 1, 1), date(2021, 1, 1)]
    flows = [-100.0, 60.0, 60.0]
    expected = cash_flows.dated_rate_of_return(flows, [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)])
    assert cash_flows.dated_rate_of_return(flows, days) == pytest.approx(expected, rel=1e-12)


@laws
@given(RATES, COUNTS, AMOUNTS, AMOUNTS, st.booleans())
def test_payment_present_and_future_value(
    rate: float, count: int, present: float, future: float, at_start: bool
) -> None:
    when = "begin" if at_start else "end"
    # numpy-financial cancels digits at tiny rates; ours do not.
    if 0 < abs(rate) < 1e-4:
        rate = 0.0
    scale = (abs(present) + abs(future)) * max(1.0, (1 + rate) ** count, (1 + rate) ** -count)
    paid = annuities.payment(rate, count, present, future, at_start)
    assert paid == pytest.approx(float(npf.pmt(rate, count, present, future, when)), rel=1e-7, abs=1e-9 * scale)
    with np.errstate(invalid="ignore"):  # it divides by a rate of 0 before it looks
        their_worth = float(npf.pv(rate, count, present, future, when))
        their_growth = float(npf.fv(rate, count, present, future, when))
    worth = annuities.present_value(rate, count, present, future, at_start)
    assert worth == close(their_worth, scale * count)
    grown = annuities.future_value(rate, count, present, future, at_start)
    assert grown == close(their_growth, scale * count)


@laws
@given(st.floats(1e-4, 0.3), st.integers(1, 120), st.integers(1, 10**6), st.booleans(), st.data())
def test_parts_of_a_payment(rate: float, count: int, present: int, at_start: bool, data: st.DataObject) -> None:
    period = data.draw(st.integers(1, count))
    when = "begin" if at_start else "end"
    interest = loans.interest_payment(rate, period, count, present, at_start=at_start)
    scale = float(present)
    cancelled = scale * (1 + rate) ** period  # theirs looks back from the end of the loan
    their_interest = float(npf.ipmt(rate, period, count, present, 0, when))
    assert interest == pytest.approx(their_interest, abs=1e-13 * max(cancelled, 1e4 * scale))
    principal = loans.principal_payment(rate, period, count, present, at_start=at_start)
    assert interest + principal == close(annuities.payment(rate, count, present, at_start=at_start), scale)
    whole_loan = loans.cumulative_principal(rate, count, present, 1, count, at_start)
    assert whole_loan == pytest.approx(-present, rel=1e-9)


@laws
@given(st.floats(1e-4, 0.3), st.integers(1, 200), st.integers(1, 10**6), st.booleans())
def test_periods_and_rate_are_found_again(rate: float, count: int, present: int, at_start: bool) -> None:
    paid = annuities.payment(rate, count, present, at_start=at_start)
    if not at_start or count > 1:
        assert annuities.periodic_rate(count, paid, present, at_start=at_start) == pytest.approx(rate, rel=1e-5)
    if (1 + rate) ** count < 1e6:  # beyond, the payment is all interest to the last digit
        found = annuities.payment_periods(rate, paid, present, at_start=at_start)
        assert found == pytest.approx(count, rel=1e-6)
        when = "begin" if at_start else "end"
        assert found == pytest.approx(float(npf.nper(rate, paid, present, 0, when)), rel=1e-6)


def test_a_rate_of_nothing_and_almost_nothing() -> None:
    assert annuities.payment(0, 10, 100) == -10
    assert annuities.payment(1e-15, 10, 100) == pytest.approx(-10, rel=1e-13)
    assert annuities.payment_periods(0, -10, 100) == 10
    assert math.isnan(annuities.payment_periods(0, 0, 100))
    assert math.isnan(annuities.payment_periods(0.1, -10, 100))  # pays the interest only
    assert math.isnan(annuities.payment_periods(0.1, -5, 100))  # not even that
    assert math.isnan(annuities.future_value(0.5, 10_000, 1))


@laws
@given(st.integers(1, 10**6), st.floats(0, 1), st.integers(1, 30), st.floats(0.5, 4))
def test_a_whole_life_writes_off_the_cost(cost: int, salvage_share: float, life: int, factor: float) -> None:
    salvage = cost * salvage_share
    periods = range(1, life + 1)
    assert depreciation.straight_line(cost, salvage, life) * life == close(cost - salvage, cost)
    digits = [depreciation.sum_of_years_digits(cost, salvage, life, period) for period in periods]
    assert math.fsum(digits) == close(cost - salvage, cost)
    assert depreciation.variable_declining_balance(cost, salvage, life, 0, life, factor) == close(cost - salvage, cost)
    declining = [depreciation.double_declining_balance(cost, salvage, life, period, factor) for period in periods]
    assert min(declining) >= 0
    assert math.fsum(declining) <= (cost - salvage) * (1 + 1e-12) + 1e-9
    unswitched = depreciation.variable_declining_balance(cost, salvage, life, 0, life, factor, no_switch=True)
    assert unswitched == close(math.fsum(declining), cost)


@laws
@given(st.integers(2, 30), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_parts_of_a_life_add_up(life: int, one: float, two: float, three: float) -> None:
    first, middle, last = sorted(share * life for share in (one, two, three))
    parts = [
        depreciation.variable_declining_balance(2400, 300, life, start, end)
        for start, end in ((first, middle), (middle, last))
    ]
    assert sum(parts) == close(depreciation.variable_declining_balance(2400, 300, life, first, last), 2400)


@laws
@given(st.integers(1, 10**6), st.floats(0.01, 1), st.integers(1, 15), st.integers(1, 12))
def test_fixed_declining_balance_ends_near_the_salvage_value(
    cost: int, salvage_share: float, life: int, months: int
) -> None:
    years = range(1, life + 1 + (months < 12))
    charges = [depreciation.fixed_declining_balance(cost, cost * salvage_share, life, year, months) for year in years]
    rate = round(charges[0] * 12 / months / cost, 6)
    assert rate == pytest.approx(1 - salvage_share ** (1 / life), abs=0.000501)
    left = cost * (1 - rate * months / 12) * (1 - rate) ** (life - 1) * (1 - rate * (12 - months) / 12)
    assert cost - math.fsum(charges) == close(left, cost)


@pytest.mark.parametrize("convention", ["half-year", "mid-quarter Q4"])
@pytest.mark.parametrize("years", [3, 5, 7])
def test_tax_office_tables_follow_the_method_they_round(years: int, convention: macrs.Convention) -> None:
    """Double declining balance, straight line once that is more, over a life that starts within the first year."""
    shares = [macrs.macrs_share(years, year, convention) for year in range(1, years + 2)]
    assert math.fsum(shares) == pytest.approx(1, abs=1e-12)
    assert macrs.macrs_share(years, years + 2, convention) == 0
    book, elapsed = 1.0, 0.0
    for year, share in enumerate(shares):
        used = {"half-year": 0.5, "mid-quarter Q4": 0.125}[convention] if year == 0 else 1.0
        charge = min(max(book * 2 / years * used, book / (years - elapsed) * min(used, years - elapsed)), book)
        assert share == pytest.approx(charge, abs=0.00011)
        book, elapsed = book - charge, elapsed + used


@laws
@given(FLOWS)
def test_payback(flows: list[float]) -> None:
    total = cash_flows.running_total(flows)
    assert payback.peak_funding_usd(flows) == max(0.0, *(-value for value in total))
    found = payback.payback_periods(flows)
    if min(total) >= 0:
        assert found == 0
    elif math.isnan(found):
        first = next(place for place, value in enumerate(total) if value < 0)
        assert max(total[first:]) < 0
    else:
        after, before = math.ceil(found), math.ceil(found) - 1
        assert total[before] < 0 <= total[after]
        assert total[before] + (found - before) * flows[after] == pytest.approx(0, abs=1e-6)
    assert payback.discounted_payback_periods(0, flows) == pytest.approx(found, nan_ok=True)


@laws
@given(st.floats(-0.5, 1), st.integers(1, 365))
def test_nominal_is_the_inverse_of_effective(rate: float, periods: int) -> None:
    assert rates.effective_rate(rates.nominal_rate(rate, periods), periods) == pytest.approx(rate, rel=1e-9, abs=1e-12)


@laws
@given(st.floats(-0.5, 1).filter(lambda rate: abs(rate) > 1e-6), st.floats(0.1, 100), st.floats(1, 1e6))
def test_growth_and_how_long_it_takes(rate: float, periods: float, present: float) -> None:
    future = present * (1 + rate) ** periods
    assert rates.growth_rate(periods, present, future) == pytest.approx(rate, rel=1e-7, abs=1e-9)
    assert rates.growth_periods(rate, present, future) == pytest.approx(periods, rel=1e-7)
