"""The answer of a plan in a few sentences: as a live formula, and as the text that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.monthly_plan.plan import Plan
from napkinxl_workbook.sentences import Figure, sentence

UNKNOWN = "Not known: a number is missing or a tier does not fit; see the sheets Plan inputs and Workings."
Said = tuple[str, str]  # a formula without its "=", and its text


def plan_answer(plan: Plan, cells: Mapping[str, str]) -> Said:
    """The formula (with ``=``) and its text; `cells` holds the address of every figure over the plan."""
    parts = (_profit(plan, cells), _funding(plan, cells), _fleet(plan, cells), _api(plan, cells))
    joined = "&".join(part[0] for part in parts), "".join(part[1] for part in parts)
    formula, text = _if_known(plan, cells, "closing_cash_usd", joined, (f'"{UNKNOWN}"', UNKNOWN))
    return f"={formula}", text


def plan_answer_text(plan: Plan) -> str:
    """The answer in words."""
    return plan_answer(plan, {name: name for name in OVER_PLAN})[1]


def _profit(plan: Plan, cells: Mapping[str, str]) -> Said:
    yes = sentence(["Profitable from month ", _figure(plan, cells, "break_even_month"), " on; "])
    no = sentence([f"Still loss-making in month {plan.settings.months}, the last; "])
    return _if_known(plan, cells, "break_even_month", yes, no)


def _funding(plan: Plan, cells: Mapping[str, str]) -> Said:
    put_in = sentence(["peak funding is ", _figure(plan, cells, "peak_funding_usd", "$"), ", "])
    back = sentence(["paid back in month ", _figure(plan, cells, "payback_month"), ". "])
    not_back = sentence([f"not paid back after {_months(plan)}. "])
    payback = _if_known(plan, cells, "payback_month", back, not_back)
    needed, none = (f"{put_in[0]}&{payback[0]}", put_in[1] + payback[1]), sentence(["no funding is needed. "])
    formula = f"IF({cells['peak_funding_usd']}>0,{needed[0]},{none[0]})"
    return formula, needed[1] if plan.figures["peak_funding_usd"] > 0 else none[1]


def _fleet(plan: Plan, cells: Mapping[str, str]) -> Said:
    most, month, end, users = (
        _figure(plan, cells, name) for name in ("most_gpus", "most_gpus_month", "closing_gpus", "closing_users")
    )
    return sentence(
        [
            "The fleet peaks at ",
            most,
            " GPUs in month ",
            month,
            " and ends with ",
            end,
            " for ",
            users,
            " users.",
        ]
    )


def _api(plan: Plan, cells: Mapping[str, str]) -> Said:
    """The fleet against the API; nothing where the API's price is not known."""
    fleet, api = (_figure(plan, cells, name, "$") for name in ("total_fleet_cost_usd", "total_api_usd"))
    bills = sentence(
        [
            " The fleet costs ",
            fleet,
            f" over {_months(plan)}, an API for the same tokens ",
            api,
            "; ",
        ]
    )
    stays = sentence(["the fleet is cheaper from month ", _figure(plan, cells, "fleet_cheaper_from_month"), " on."])
    count = _figure(plan, cells, "fleet_cheaper_month_count")
    some = sentence(["the fleet is cheaper in ", count, f" of {_months(plan)}, but not in the last."])
    never = sentence(["the fleet is never cheaper."])
    number = plan.figures["fleet_cheaper_month_count"]
    rarely = f"IF({count.cell}>0,{some[0]},{never[0]})", some[1] if number > 0 else never[1]
    verdict = _if_known(plan, cells, "fleet_cheaper_from_month", stays, rarely)
    both = f"{bills[0]}&{verdict[0]}", bills[1] + verdict[1]
    return _if_known(plan, cells, "total_api_usd", both, ('""', ""))


def _months(plan: Plan) -> str:
    months = plan.settings.months
    return f"{months} month" if months == 1 else f"{months} months"


def _figure(plan: Plan, cells: Mapping[str, str], name: str, prefix: str = "") -> Figure:
    return Figure(cells[name], plan.figures[name], 0, prefix)


def _if_known(plan: Plan, cells: Mapping[str, str], name: str, yes: Said, no: Said) -> Said:
    """One of two sentences: whether a figure has an answer decides."""
    value = plan.figures[name]
    return f"IF(ISNUMBER({cells[name]}),{yes[0]},{no[0]})", yes[1] if value == value else no[1]
