"""Published cases of API bills, margins and customers, through the quantities."""

from __future__ import annotations

import pytest

from worked_cases.cases import Case, Compute, case, covers, printed_test
from worked_cases.quantity import quantity


def _margin_percent(revenue: str, cost: str) -> Compute:
    def compute(row: Case) -> float:
        left = row.number(revenue) - row.number(cost)
        price = row.number(revenue)
        return 100 * quantity(
            "gross_margin_share", contribution_usd_per_user_month=left, price_usd_per_user_month=price
        )

    return compute


def _markup_percent(revenue: str, cost: str) -> Compute:
    def compute(row: Case) -> float:
        price, paid = row.number(revenue), row.number(cost)
        return 100 * quantity("markup_share", price_usd_per_user_month=price, cost_of_revenue_usd_per_user_month=paid)

    return compute


def _users_of_a_year(row: Case) -> float:
    hour, hours = row.number("usd_per_hour"), row.number("hours_per_day") * row.number("days")
    users = row.number("daily_users")
    return quantity("cost_of_revenue_usd_per_month", users=users, cost_of_revenue_usd_per_user_month=hour * hours) / 1e6


def _break_even_users(row: Case) -> float:
    left = row.number("price") - row.number("variable")
    return quantity("break_even_users", fixed_usd_per_month=row.number("fixed"), contribution_usd_per_user_month=left)


def _break_even_revenue(row: Case) -> float:
    price = row.number("price")
    return quantity("revenue_usd_per_month", users=_break_even_users(row), price_usd_per_user_month=price)


def _contribution(row: Case) -> float:
    price, cost = row.number("price"), row.number("variable")
    return quantity(
        "contribution_usd_per_user_month", price_usd_per_user_month=price, cost_of_revenue_usd_per_user_month=cost
    )


def _left_a_month(row: Case) -> float:
    if "margin_per_month" in row.inputs:
        return row.number("margin_per_month")
    return row.number("arpa") * row.number("gross_margin")


def _lifetime_value(row: Case) -> float:
    churn = row.number("monthly_churn")
    return quantity(
        "lifetime_value_usd_per_user", contribution_usd_per_user_month=_left_a_month(row), churn_share_per_month=churn
    )


def _value_over_cost(row: Case) -> float:
    value, cost = row.number("ltv"), row.number("cac")
    return quantity(
        "lifetime_value_over_acquisition_ratio", lifetime_value_usd_per_user=value, acquisition_usd_per_user=cost
    )


def _payback(row: Case) -> float:
    cost, left = row.number("cac"), _left_a_month(row)
    return quantity("acquisition_payback_months", acquisition_usd_per_user=cost, contribution_usd_per_user_month=left)


def _lifetime(row: Case) -> float:
    return quantity("customer_lifetime_months", churn_share_per_month=row.number("monthly_churn"))


def _api_request(row: Case) -> float:
    per_thousand = "in_per_K" in row.inputs
    prices = [row.number(name) for name in (("in_per_K", "out_per_K") if per_thousand else ("in_per_M", "out_per_M"))]
    dollars = [1000 * price if per_thousand else price for price in prices]
    return quantity(
        "api_usd_per_request",
        input_tokens_per_request=row.number("in_tok"),
        cached_input_share=0.0,
        output_tokens_per_request=row.number("out_tok"),
        api_input_usd_per_million_tokens=dollars[0],
        api_output_usd_per_million_tokens=dollars[1],
    )


def _volume(row: Case) -> float:
    paid, price = row.number("fixed_per_month"), row.number("api_per_M")
    return quantity(
        "gpu_break_even_million_tokens_per_month",
        replica_usd_per_month=paid,
        api_blended_usd_per_million_tokens=price,
        replica_million_tokens_per_month=1e6,
    )


PRINTED: dict[str, Compute] = {
    "DS03": _markup_percent("revenue", "cost"),
    "DS04": _margin_percent("revenue", "cost"),
    "IXG1": _margin_percent("price_in_per_M", "cost_in_per_M"),
    "IXG2": _margin_percent("price_out_per_M", "cost_out_per_M"),
    "DL03": _margin_percent("price_per_M", "cost_per_M"),
    "CL06": _markup_percent("price_per_M", "cost_per_M"),
    "CA01": _users_of_a_year,
    "BE01": _break_even_users,
    "BE02": _break_even_revenue,
    "BE03": _break_even_users,
    "BE04": _contribution,
    "SA02": _value_over_cost,
    "SA03": _payback,
    "SA04": _lifetime_value,
    "SA05": _value_over_cost,
    "SA06": _payback,
    "SA07": _lifetime_value,
    "SA08": _value_over_cost,
    "SA09": _payback,
    "SA10": _lifetime_value,
    "SA11": _lifetime,
    "SA12": _lifetime,
    "LT01": _api_request,
    "MI01": _api_request,
    "LT04": _volume,
}


test_what_the_source_prints = printed_test(PRINTED)


@covers("DS02")
def test_revenue_of_deepseeks_day() -> None:
    """Token counts are printed in whole billions: 0.02% apart."""
    row = case("DS02")
    found = quantity(
        "api_usd_per_request",
        input_tokens_per_request=row.number("input_tok"),
        cached_input_share=row.number("cache_hit_tok") / row.number("input_tok"),
        output_tokens_per_request=row.number("output_tok"),
        api_input_usd_per_million_tokens=row.number("miss_usd_per_M"),
        api_cached_input_usd_per_million_tokens=row.number("hit_usd_per_M"),
        api_output_usd_per_million_tokens=row.number("out_usd_per_M"),
    )
    assert found == pytest.approx(row.expected, rel=0.0002)
