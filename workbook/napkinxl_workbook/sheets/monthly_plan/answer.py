"""The answer of a plan in one sentence: as a live formula, and as the text that it shows."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl.fleet.plan import Plan
from napkinxl.fleet.registry import OVER_PLAN
from napkinxl_workbook.sentences import Figure, sentence

UNKNOWN = "Not known: a number is missing or a tier does not fit; see the sheets Plan inputs and Workings."


def plan_answer(plan: Plan, cells: Mapping[str, str]) -> tuple[str, str]:
    """The formula (with ``=``) and its text; `cells` holds the address of every figure over the plan."""

    def figure(name: str, prefix: str = "") -> Figure:
        return Figure(cells[name], plan.figures[name], 0, prefix)

    months = str(plan.settings.months)
    after = f"{months} month" if plan.settings.months == 1 else f"{months} months"
    profit = _either(
        cells["break_even_month"],
        sentence(["No month from month ", figure("break_even_month"), " on makes a loss; "]),
        sentence(["The plan still makes a loss at its end, in month " + months + "; "]),
        plan.figures["break_even_month"],
    )
    put_in = sentence(["at most ", figure("peak_funding_usd", "$"), " must be put in, "])
    payback = _either(
        cells["payback_month"],
        sentence(["all of it back in month ", figure("payback_month"), ". "]),
        sentence(["not all of it back after " + after + ". "]),
        plan.figures["payback_month"],
    )
    fleet = sentence([
        "The fleet ends with ", figure("closing_gpus"), " GPUs for ", figure("closing_users"), " users.",
    ])  # fmt: skip
    needed = f"{cells['peak_funding_usd']}>0"
    no_cash = sentence(["no cash must be put in. "])
    cash = put_in[0] + "&" + payback[0], put_in[1] + payback[1]
    funded = f"IF({needed},{cash[0]},{no_cash[0]})", cash[1] if plan.figures["peak_funding_usd"] > 0 else no_cash[1]
    parts = (profit, funded, fleet)
    known, value = cells["closing_cash_usd"], plan.figures["closing_cash_usd"]
    formula = f'=IF(ISNUMBER({known}),{"&".join(part[0] for part in parts)},"{UNKNOWN}")'
    return formula, "".join(part[1] for part in parts) if value == value else UNKNOWN


def plan_answer_text(plan: Plan) -> str:
    """The answer in one sentence."""
    return plan_answer(plan, {name: name for name in OVER_PLAN})[1]


def _either(cell: str, yes: tuple[str, str], no: tuple[str, str], value: float) -> tuple[str, str]:
    return f"IF(ISNUMBER({cell}),{yes[0]},{no[0]})", yes[1] if value == value else no[1]
