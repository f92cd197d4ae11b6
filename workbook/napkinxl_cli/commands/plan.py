"""`napkinxl plan`: a fleet that grows with its users, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import update_wrapper
from pathlib import Path
from typing import Any

import rich_click as click

from napkinxl import Estimate
from napkinxl.inputs import FLEET_INPUTS
from napkinxl.inputs.plan import MONTHS
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.monthly_plan.settings import FleetSettings
from napkinxl.monthly_plan.supply import FleetWay, compare_fleets
from napkinxl.public.plan_settings import plan_settings
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, table, warn
from napkinxl_cli.remarks import print_remarks
from napkinxl_cli.results import output_options, write_results
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_workbook.sheets.monthly_plan.answer import plan_answer_text

PERIODS = {"month": 1, "quarter": 3, "year": 12}  # months of each
MOST_QUARTERS = 16  # a longer plan is shown by year
COLUMNS = ["Month", "Users", "GPUs", "owned", "Revenue", "Cost", "Profit", "Margin", "Cum. cash"]
POOL = "replicas_per_pool"
WAY_COLUMNS = ["Fleet cost", "Peak funding", "NPV"]


def fleet_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option per input of the fleet; it receives `fleet`, the fields that were given."""

    def command(season_ratios: str | None, **options: Any) -> Any:
        fleet = {name: options.pop(name) for name in (MONTHS.name, *FLEET_INPUTS)}
        fleet["season_ratios"] = season_ratios.split(",") if season_ratios else None
        return function(fleet={name: value for name, value in fleet.items() if value is not None}, **options)

    wrapped: Callable[..., Any] = update_wrapper(command, function)
    text = "12 numbers from January on, with commas: traffic over that of the mean month; default: all 1"
    wrapped = click.option("--season-ratios", metavar="NUMBERS", help=text, panel="Fleet")(wrapped)
    for item in reversed([MONTHS, *FLEET_INPUTS.values()]):
        note = f" ({item.note})" if item.note else ""
        text = f"{item.label} [{item.unit}], {item.bounds}; default: {item.default_text}{note}"
        flag = "--" + item.name.replace("_", "-")
        wrapped = click.option(flag, item.name, metavar="NUMBER", help=text, panel="Fleet")(wrapped)
    return wrapped


@click.command()
@output_options("the report, whose sheet Monthly plan holds this")
@click.option(
    "--by",
    "period",
    type=click.Choice(list(PERIODS)),
    help=f"what a line on the screen is; default: quarter, or year beyond {MOST_QUARTERS} quarters",
)
@fleet_options
@scenario_options
def plan(
    selection: ScenarioSelection,
    fleet: dict[str, Any],
    period: str | None,
    as_json: bool,
    as_csv: bool,
    output: Path | None,
) -> None:
    """Plan a fleet over months: users, GPUs owned and rented, cost, revenue, cash, and when it breaks even.

    FILE holds the tiers of customers as scenarios (.toml, .json, .csv or .xlsx), all on the same GPU and model; its
    section [fleet], or its sheet Plan inputs, holds what the options below set, and users by month where they are
    given ([fleet.users]).
    Without FILE, one tier is planned from the options. Options change every tier.

    \b
    napkinxl plan --users 5000 --growth-share-per-month 0.1 --context-tokens 20000
    napkinxl plan examples/chat_plans.toml --by month
    napkinxl plan examples/chat_plans.toml --owned-gpus-share 0.7 -o plan.xlsx
    """
    settings = plan_settings(selection.file, fleet)
    estimates = selection.estimated
    # Without a file there are two scenarios that differ only in their context: two views of one product, not two tiers.
    estimates = estimates if selection.source else estimates[-1:]
    found = plan_fleet(estimates, settings)
    _warn_of_series(estimates, settings)
    ways = compare_fleets(found)
    rows = [dict(zip(found.columns, line, strict=True)) for line in zip(*found.columns.values(), strict=True)]
    if write_results(
        {**found.to_dict(), "ways": [way.to_dict() for way in ways]},
        rows,
        selection,
        estimates,
        as_json=as_json,
        as_csv=as_csv,
        output=output,
        plan=found,
    ):
        return
    if any(item.fit and not item.fit.fits for item in estimates):
        for item in estimates:
            console().print(f"{item.scenario.name}: {item.fit or 'a number is missing'}.", markup=False)
    else:
        _print_plan(found, PERIODS[period or _usual_period(found)])
        _print_ways(ways)
        _print_pools(estimates)
    print_remarks(estimates, selection.catalog)


def _print_pools(estimates: Sequence[Estimate]) -> None:
    """Replicas that stand alone need most room for chance: say so where nobody chose it."""
    if not any(POOL in item.scenario.given() for item in estimates):
        text = (
            f"Each replica stands alone ({POOL} {estimates[0][POOL]:g}, the default): replicas behind one load "
            "balancer share their headroom, so the fleet could be smaller."
        )
        console().print(text, markup=False)


def _warn_of_series(estimates: Sequence[Estimate], settings: FleetSettings) -> None:
    """Users by month that begin far from the users before month 1 would all be won, and paid for, in month 1."""
    for item in estimates:
        series, given = settings.users.get(item.scenario.name, ()), item.scenario.given()
        if series and series[0] == series[0] and "users" not in given:
            warn(
                f"{item.scenario.name}: the plan starts from the default of {item['users']:,.0f} users, and those of "
                f"month 1 are given as {series[0]:,.0f}: the difference joins in month 1; give users"
            )
        if 0 < len(series) < settings.months and not {"growth_share_per_month", "churn_share_per_month"} & given.keys():
            warn(
                f"{item.scenario.name}: users are given up to month {len(series)}; from then on the default growth of "
                f"{item['growth_share_per_month']:g} and churn of {item['churn_share_per_month']:g} hold"
            )


def _usual_period(found: Plan) -> str:
    return "quarter" if found.settings.months <= MOST_QUARTERS * PERIODS["quarter"] else "year"


def _print_plan(found: Plan, step: int) -> None:
    console().print(plan_answer_text(found), markup=False)
    periods = (
        "Money in USD" if step == 1 else "Money in USD; GPUs and owned: peak of each period; users and cash: at its end"
    )
    table("", [(name, True) for name in COLUMNS], _lines(found, step), periods)
    parts = [text for name, text in _closing_parts(found) if found[name] == found[name]]
    if parts:
        console().print(f"Whole period: {', '.join(parts)}.", markup=False)


def _closing_parts(found: Plan) -> Iterator[tuple[str, str]]:
    """What the plan comes to, each part with the figure without which it is left out."""
    figures = found.figures
    yield "plan_gross_margin_share", f"gross margin {_share(figures['plan_gross_margin_share'])}"
    worth = _money(figures["npv_with_book_value_usd"])
    yield "npv_with_book_value_usd", f"NPV {worth} with owned servers at book value"
    yield "total_purchases_usd", f"capex {_money(figures['total_purchases_usd'])}"
    yield "closing_book_value_usd", f"closing book value {_money(figures['closing_book_value_usd'])}"
    yield "plan_utilization_share", f"utilisation {_share(figures['plan_utilization_share'])}"


def _print_ways(ways: Sequence[FleetWay]) -> None:
    lines = [(way.name, _money(way.fleet_cost_usd), _money(way.peak_funding_usd), _money(way.npv_usd)) for way in ways]
    caption = "USD. Fleet cost: rent, opex and depreciation, or API tokens. NPV: with owned servers at book value."
    table(
        "Own, rent or API over the whole period", [("", False), *((name, True) for name in WAY_COLUMNS)], lines, caption
    )


def _lines(found: Plan, step: int) -> Iterator[Sequence[str]]:
    """A line for each period of so many months; what is bought or rented for a peak is not hidden by a later month."""
    months = found.settings.months
    for start in range(0, months, step):
        part = slice(start, min(start + step, months))
        revenue, profit = sum(found["revenue_usd"][part]), sum(found["operating_profit_usd"][part])
        gross = sum(found["gross_profit_usd"][part])
        yield (
            f"{start + 1}-{part.stop}" if part.stop > start + 1 else f"{part.stop}",
            _count(found["total_users"][part][-1]),
            _count(max(found["gpus"][part])),
            _count(max(found["owned_gpus"][part])),
            _money(revenue),
            _money(sum(found["cost_usd"][part])),
            _money(profit),
            _share(gross / revenue) if revenue else "-",
            _money(found["cumulative_cash_usd"][part][-1]),
        )


def _count(value: float) -> str:
    return "-" if value != value else f"{value:,.0f}" if value < 99_999.5 else _short(value)


def _money(value: float) -> str:
    return "-" if value != value else _short(value)


def _short(value: float) -> str:
    """A number in four digits at most: 12.3k, 4.56M."""
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * size:
            return f"{value / size:,.2f}{letter}" if abs(value) < 99.995 * size else f"{value / size:,.0f}{letter}"
    return f"{value:,.0f}"


def _share(value: float) -> str:
    return "-" if value != value else f"{value:.0%}"
