"""`napkinxl compare`: own, rent, reserve, spot or buy tokens, and from when which is cheaper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import rich_click as click

from napkinxl import Estimate
from napkinxl.engine.number_text import amount_text, cell_text
from napkinxl.estimates.supply import API, BREAK_EVEN, PER_USER_MONTH, Way, cheapest, compare_ways, reliable
from napkinxl.formulas import QUANTITIES
from napkinxl.scenarios.presets import get_preset
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, table
from napkinxl_cli.products import one_product
from napkinxl_cli.remarks import api_source, print_api_prices, print_remarks, warn_of_unlike_terms
from napkinxl_cli.results import output_options, write_results
from napkinxl_cli.selection import ScenarioSelection


@click.command()
@output_options("the report with the sheet Own, rent or API")
@scenario_options
def compare(selection: ScenarioSelection, as_json: bool, as_csv: bool, output: Path | None) -> None:
    """Compare owning, renting, reserving and spot GPUs with tokens from an API.

    FILE holds scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used. Options change every
    scenario; --api takes the prices of an API by its name.

    \b
    napkinxl compare --gpu "H100 SXM" --model Qwen3-32B --context-tokens 8000
    napkinxl compare --api groq/llama-3.3-70b-versatile --users 50000 -o ways.xlsx
    """
    estimates = selection.estimated
    ways = [compare_ways(item.values) for item in estimates]
    rows = [
        {"scenario": item.scenario.name, **way.to_dict(), "api_source": api_source(item)}
        for item, its_ways in zip(estimates, ways, strict=True)
        for way in its_ways
    ]
    shared = _shared(estimates) if len(estimates) > 1 and one_product(selection) else {}
    data = {
        **({"all_plans": shared} if shared else {}),
        "ways": rows,
        "break_even": [
            {"scenario": item.scenario.name, **{name: item[name] for name in BREAK_EVEN}} for item in estimates
        ],
    }
    if write_results(data, rows, selection, estimates, as_json=as_json, as_csv=as_csv, output=output):
        return
    if shared:
        _print_shared(shared)
    for estimate, its_ways in zip(estimates, ways, strict=True):
        console().print(sentence(estimate, its_ways), markup=False)
        _print_ways(estimate, its_ways)
        months = f"horizon {estimate['horizon_months']:g}, reservation {estimate['committed_months']:g} months"
        columns = [("Quantity", False), ("Unit", False), ("Value", True)]
        table(f"Break-evens ({months})", columns, _break_even(estimate))
    print_api_prices(estimates)
    for gpu in dict.fromkeys(item.scenario.gpu for item in estimates):
        for price in selection.catalog.owned_costs(gpu):
            line = f"Owned {gpu} elsewhere: {price.usd_per_gpu_hour:,.2f} USD/h ({price.basis})"
            console().print(line, markup=False)
    warn_of_unlike_terms(estimates, selection.catalog)
    print_remarks(estimates, selection.catalog)


def sentence(estimate: Estimate, ways: Sequence[Way]) -> str:
    """The answer in one sentence."""
    best = cheapest(list(ways))
    if best is None:
        return f"{estimate.scenario.name}: no answer; {estimate.fit or 'a number is missing'}."
    if not estimate["users"]:
        return f"{estimate.scenario.name}: no users, so nothing to pay."
    bills = {way.name: way.usd_per_month for way in ways}
    found = _cheapest_text(best.name, bills)
    return f"{estimate.scenario.name}: for {estimate['users']:,.0f} users {found}.{_tie_text(estimate, bills)}"


def _tie_text(estimate: Estimate, bills: Mapping[str, float]) -> str:
    """A warning where GPUs and the API are closer than what a preset gets wrong: only GPUs' cost rests on it."""
    gpus = min((usd for way, usd in reliable(bills).items() if way != API), default=0.0)
    error = get_preset(estimate.scenario.preset).mean_absolute_error_share
    if not gpus or abs(bills[API] / gpus - 1) > error:
        return ""
    return (
        f" GPUs and the API differ by less than the mean error of the {estimate.scenario.preset} preset ({error:.0%})."
    )


def _cheapest_text(best: str, bills: Mapping[str, float]) -> str:
    """Which way has the smallest bill, and the others; what may be taken away is never called cheapest."""
    others = [f"{way} {amount_text(usd, 'USD/month')}" for way, usd in bills.items() if way != best]
    return f"{best} is cheapest at {amount_text(bills[best], 'USD/month')} a month ({', '.join(others)})"


def _print_ways(estimate: Estimate, ways: Sequence[Way]) -> None:
    numbers = ("GPU-hour", "Per user", "Million tokens", "All users", "Serving margin")
    columns = [("", False), *((name, True) for name in numbers)]
    rows = [
        (
            way.name,
            cell_text(way.usd_per_gpu_hour, "USD/h") if way.name != "API" else "",
            cell_text(way.usd_per_user_month, "USD/month"),
            cell_text(way.usd_per_million_tokens, "USD/million tokens"),
            cell_text(way.usd_per_month, "USD/month"),
            cell_text(way.serving_margin_share, "share"),
        )
        for way in ways
    ]
    used = cell_text(estimate["utilization_share"], "share")
    caption = (
        f"USD a month. Per user: at {used} utilisation; all users: whole replicas for "
        f"{estimate['users']:,.0f} users. Serving margin: price less serving cost alone."
    )
    table("Ways to serve", columns, rows, caption)


def _shared(estimates: Sequence[Estimate]) -> dict[str, float]:
    """All plans on one fleet, by way: a user's cost times the users, no replica for one plan alone [USD/month]."""
    names = PER_USER_MONTH.names
    return {way: sum(float(item["users"] * item[name]) for item in estimates) for way, name in names.items()}


def _print_shared(totals: Mapping[str, float]) -> None:
    known = reliable(totals)
    if known:
        text = _cheapest_text(min(known, key=known.__getitem__), totals)
        console().print(f"All plans on one fleet: {text}.", markup=False)
    caption = (
        "USD a month: cost per user times users; the plans share the GPUs. For whole servers by month: napkinxl plan."
    )
    rows = [(way, cell_text(total, "USD/month")) for way, total in totals.items()]
    table("All plans on one fleet", [("", False), ("All users", True)], rows, caption)


def _break_even(estimate: Estimate) -> Iterator[Sequence[str]]:
    for name in BREAK_EVEN:
        item = QUANTITIES[name]
        yield (item.label, item.unit, cell_text(estimate[name], item.unit))
