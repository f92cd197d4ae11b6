"""What must hold for the money of any scenario: laws of prices, margins and present values.

numpy-financial is the independent word on annuities.
"""

from __future__ import annotations

import math
from typing import Any

import numpy
import numpy_financial
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from napkinxl import Scenario, estimate
from napkinxl.errors import InputError
from napkinxl.formulas import QUANTITIES, evaluate, needed_names
from napkinxl.scenarios.resolution import resolve

CASES = st.fixed_dictionaries(
    {
        "gpu": st.sampled_from(["H100", "H200", "B200", "B300", "MI300X"]),
        "model": st.sampled_from(["Llama-3.1-8B", "Llama-3.1-70B", "gpt-oss-120b", "gemma-3-27B"]),
        "gpus_per_replica": st.sampled_from([2, 4, 8]),
        "context_tokens": st.integers(1000, 20_000),
        "gpu_price_usd": st.floats(1000, 1e5),
        "board_power_w": st.floats(100, 2000),
        "rent_usd_per_gpu_hour": st.floats(0.1, 20),
        "useful_life_months": st.integers(6, 120),
        "annual_cost_of_capital_share": st.one_of(st.just(0.0), st.floats(0.001, 1)),
        "resale_share": st.floats(0, 1),
        "requests_per_user_month": st.floats(1, 1e5),
        "input_tokens_per_request": st.floats(1, 1e5),
        "cached_input_share": st.floats(0, 1),
        "output_tokens_per_request": st.floats(1, 1e4),
        "utilization_share": st.floats(0.01, 1),
        "owned_gpus_share": st.floats(0, 1),
        "price_usd_per_user_month": st.floats(1, 1000),
        "payment_fee_share": st.floats(0, 0.5),
        "churn_share_per_month": st.floats(0, 1),
        "users": st.floats(1, 1e6),
    }
)
Case = dict[str, Any]
SAME = 1e-9  # two ways to add the same floats differ in the last digits


def of(case: Case, name: str, **changes: float) -> float:
    values = resolve(Scenario(**{**case, **changes})).values
    return float(evaluate(values, [name])[name])


def no_more(a: float, b: float) -> bool:
    """A <= b up to the last digits; neither may lack an answer."""
    return a <= b + SAME * max(abs(a), abs(b))


@given(case=CASES)
def test_annuities_are_numpy_financials(case: Case) -> None:
    found = evaluate(resolve(Scenario(**case)).values)
    rate, life = found["monthly_cost_of_capital_share"], found["useful_life_months"]
    assert (1 + rate) ** 12 - 1 == pytest.approx(case["annual_cost_of_capital_share"], abs=1e-12)
    price, resale = found["purchase_usd_per_gpu"], found["resale_usd_per_gpu"]
    assert found["capital_recovery_factor"] == pytest.approx(-numpy_financial.pmt(rate, life, 1), rel=SAME)
    payment = -numpy_financial.pmt(rate, life, price, -resale)
    with numpy.errstate(invalid="ignore"):  # it divides by a rate of 0 before it looks at it
        worth = -float(numpy_financial.pv(rate, life, 1))
    assert found["capital_usd_per_gpu_month"] == pytest.approx(payment, rel=SAME, abs=SAME * price)
    assert found["annuity_factor"] == pytest.approx(worth, rel=SAME)
    running = [-found["opex_usd_per_gpu_month"]] * int(life)
    running[-1] += resale
    works = found["availability_share"]  # so much more is bought for the work of one
    assert -found["owned_npv_usd_per_gpu"] * works == pytest.approx(
        float(numpy_financial.npv(rate, [-price, *running])), rel=SAME, abs=SAME * price
    )


@given(case=CASES, more=st.integers(1, 60))
def test_a_longer_life_never_costs_more_a_month(case: Case, more: int) -> None:
    """With the same running cost, and the same resale value at its end."""
    longer = case["useful_life_months"] + more
    for name in ("capital_usd_per_gpu_month", "owned_usd_per_gpu_month", "owned_usd_per_gpu_hour"):
        assert no_more(of(case, name, useful_life_months=longer), of(case, name)), name


@given(case=CASES, more=st.floats(0.001, 1))
def test_dearer_money_never_makes_owning_cheaper(case: Case, more: float) -> None:
    rate = min(case["annual_cost_of_capital_share"] + more, 1)
    for name in ("capital_usd_per_gpu_month", "owned_usd_per_gpu_hour", "owned_break_even_utilization_share"):
        assert no_more(of(case, name), of(case, name, annual_cost_of_capital_share=rate)), name


@given(case=CASES, name=st.sampled_from(["equity_share", "risk_free_share", "debt_interest_share", "tax_share"]))
def test_the_cost_of_capital_lies_between_its_parts(case: Case, name: str) -> None:
    case = {key: value for key, value in case.items() if key != "annual_cost_of_capital_share"}
    found = evaluate(resolve(Scenario(**{**case, name: 0.3})).values)
    debt = found["debt_interest_share"] * (1 - found["tax_share"])
    parts = sorted([debt, found["cost_of_equity_share"]])
    assert parts[0] - SAME <= found["wacc_share"] <= parts[1] + SAME
    assert found["annual_cost_of_capital_share"] == found["wacc_share"]


@given(case=CASES)
def test_rent_at_which_present_values_are_equal(case: Case) -> None:
    own = of(case, "owned_npv_usd_per_gpu")
    assume(own > 0)
    hours = of(case, "annuity_factor") * of(case, "hours_per_month")
    even = own / hours
    assume(even < 1e4)
    assert of(case, "rent_npv_usd_per_gpu", rent_usd_per_gpu_hour=even) == pytest.approx(own, rel=SAME)
    assert of(case, "owned_saving_npv_usd_per_gpu", rent_usd_per_gpu_hour=even) == pytest.approx(0, abs=SAME * own)


@given(case=CASES)
def test_break_even_hours_spend_the_same(case: Case) -> None:
    found = evaluate(resolve(Scenario(**case)).values)
    hours, works = found["owned_break_even_hours"], found["availability_share"]
    month = found["hours_per_month"]
    if math.isnan(hours):
        assert found["opex_usd_per_gpu_month"] / month >= found["rent_usd_per_gpu_hour"] * works * (1 - SAME)
        return
    owned = found["purchase_usd_per_gpu"] + found["opex_usd_per_gpu_month"] / month * hours
    assert owned == pytest.approx(found["rent_usd_per_gpu_hour"] * works * hours, rel=1e-6)
    if hours / month > found["useful_life_months"]:
        assert math.isnan(found["owned_break_even_months"])
        return
    assert found["owned_break_even_months"] * month == pytest.approx(hours, rel=SAME)


@given(case=CASES)
def test_own_break_even_utilization(case: Case) -> None:
    """A GPU that is rented for this share of the hours costs what an owned one costs for all of them."""
    share = of(case, "owned_break_even_utilization_share")
    assert share * case["rent_usd_per_gpu_hour"] == pytest.approx(of(case, "owned_usd_per_gpu_hour"), rel=SAME)


@given(case=CASES)
def test_utilization_at_which_the_api_costs_the_same(case: Case) -> None:
    share = of(case, "gpu_break_even_utilization_share")
    if not 0 < share <= 1:
        assert no_more(of(case, "api_usd_per_request"), of(case, "serving_usd_per_request", utilization_share=1))
        return
    even = of(case, "serving_usd_per_request", utilization_share=share)
    assert even == pytest.approx(of(case, "api_usd_per_request"), rel=SAME)


@given(case=CASES)
def test_volume_at_which_the_api_costs_the_same(case: Case) -> None:
    volume = of(case, "gpu_break_even_million_tokens_per_month")
    bill = of(case, "api_blended_usd_per_million_tokens")
    month, most = of(case, "replica_usd_per_month"), of(case, "replica_million_tokens_per_month")
    if math.isnan(volume):
        assert month > bill * most
        return
    assert volume * bill == pytest.approx(month, rel=SAME)
    assert no_more(volume, most)


@given(case=CASES)
def test_a_request_costs_its_tokens(case: Case) -> None:
    found = evaluate(resolve(Scenario(**case)).values)
    inputs, outputs = case["input_tokens_per_request"], case["output_tokens_per_request"]
    paid = found["serving_usd_per_request"] * 1e6
    by_kind = inputs * found["input_usd_per_million_tokens"] + outputs * found["output_usd_per_million_tokens"]
    by_list = inputs * found["split_input_usd_per_million_tokens"]
    by_list += outputs * found["split_output_usd_per_million_tokens"]
    assert by_kind == pytest.approx(paid, rel=SAME)
    assert by_list == pytest.approx(paid, rel=SAME)
    assert (inputs + outputs) * found["blended_usd_per_million_tokens"] == pytest.approx(paid, rel=SAME)
    month = found["million_tokens_per_user_month"] * found["blended_usd_per_million_tokens"]
    month += (1 - case["owned_gpus_share"]) * found["egress_usd_per_user_month"]  # rented GPUs stand in a cloud
    assert month == pytest.approx(found["serving_usd_per_user_month"], rel=SAME)


@given(case=CASES)
def test_a_full_replica_pays_for_itself(case: Case) -> None:
    """What it serves in a month, at what a token costs, is what it costs."""
    found = evaluate(resolve(Scenario(**case)).values)
    served = found["replica_million_tokens_per_month"] * found["blended_usd_per_million_tokens"]
    assert served == pytest.approx(found["replica_usd_per_month"], rel=SAME)


@given(case=CASES)
def test_a_mix_lies_between_owned_and_rented(case: Case) -> None:
    share = case["owned_gpus_share"]
    for name in (
        "gpu_usd_per_hour",
        "serving_usd_per_request",
        "replica_usd_per_month",
        "serving_usd_per_user_month",
    ):
        owned, rented = of(case, name, owned_gpus_share=1), of(case, name, owned_gpus_share=0)
        mixed = share * owned + (1 - share) * rented
        assert of(case, name) == pytest.approx(mixed, rel=SAME), name


@given(case=CASES, more=st.floats(1, 1e6))
def test_more_users_never_cost_less_in_all(case: Case, more: float) -> None:
    users = case["users"] + more
    for name in (
        "cost_of_revenue_usd_per_month",
        "gpu_bill_usd_per_month",
        "replicas_for_users",
        "api_usd_per_month",
        "owned_bill_usd_per_month",
        "rent_bill_usd_per_month",
    ):
        assert no_more(of(case, name), of(case, name, users=users)), name
    assert no_more(of(case, "serving_usd_per_user_month"), of(case, "serving_usd_per_user_month", users=users))


@given(case=CASES, factor=st.floats(1, 10))
def test_a_higher_price_never_lowers_the_margin(case: Case, factor: float) -> None:
    price = case["price_usd_per_user_month"] * factor
    for name in ("contribution_usd_per_user_month", "gross_margin_share", "markup_share", "profit_usd_per_month"):
        assert no_more(of(case, name), of(case, name, price_usd_per_user_month=price)), name


@given(case=CASES, margin=st.floats(0, 0.45))
def test_prices_that_cover_and_that_reach_the_margin(case: Case, margin: float) -> None:
    price = of(case, "break_even_price_usd_per_user_month")
    left = of(case, "contribution_usd_per_user_month", price_usd_per_user_month=price)
    assert left == pytest.approx(0, abs=SAME * price)
    target = of(case, "target_price_usd_per_user_month", target_gross_margin_share=margin)
    reached = of(case, "gross_margin_share", price_usd_per_user_month=target)
    assert reached == pytest.approx(margin, abs=1e-7)


@given(case=CASES, fixed=st.floats(1, 1e7))
def test_users_that_cover_the_fixed_cost(case: Case, fixed: float) -> None:
    users = of(case, "break_even_users", fixed_usd_per_month=fixed)
    if of(case, "contribution_usd_per_user_month") <= 0:
        assert math.isnan(users)
        return
    assume(users < 1e10)
    profit = of(case, "profit_usd_per_month", fixed_usd_per_month=fixed, users=users)
    assert profit == pytest.approx(0, abs=1e-6 * fixed)


def test_what_does_not_fit_has_no_cost() -> None:
    """DeepSeek-V3 on one L40S: whatever follows from its speed or its capacity has no answer, all else has one."""
    found = estimate(Scenario(gpu="L40S", model="DeepSeek-V3", acquisition_usd_per_user=10))
    from_batch = {name for name in QUANTITIES if "batch_sequences" in needed_names([name]) - {name}}
    without = {name for name, item in QUANTITIES.items() if found[name] != found[name]}
    assert from_batch - without == {"bottleneck"}  # it says that capacity is what lacks
    assert {name for name in without if "concurrent_sequences" not in needed_names([name])} == set()
    assert {"serving_usd_per_user_month", "gross_margin_share", "break_even_price_usd_per_user_month"} <= without


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service_level_probability", 1),
        ("pue", 0.9),
        ("payment_fee_share", 1),
        ("spot_lost_share", 1),
        ("billing_hours", 0),
    ],
)
def test_inputs_that_have_no_answer_are_refused(name: str, value: float) -> None:
    with pytest.raises(InputError, match=name):
        Scenario(**{name: value})


@given(case=CASES, more=st.integers(2, 8), users=st.integers(1, 1_000_000))
def test_larger_pools_never_need_more_replicas(case: Case, more: int, users: int) -> None:
    """Joining pools saves replicas; a last pool is only as large as it must be."""
    one, joined = (of(case, "replicas_for_users", users=users, replicas_per_pool=size) for size in (1, more))
    assert no_more(joined, one)
    assert math.isnan(joined) or joined >= 1
    again = of(case, "replicas_for_users", users=users + 1000, replicas_per_pool=more)
    assert no_more(joined, again)
