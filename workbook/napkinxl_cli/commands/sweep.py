"""`napkinxl sweep`: which input matters most, two inputs at a time, and how far a result may lie."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import rich_click as click

from napkinxl import InputError, Scenario
from napkinxl.apis.choice import PRICES, PROMPT, crossed_tier
from napkinxl.fleet.registry import MONTHLY, OVER_PLAN
from napkinxl.quantities import QUANTITIES, needed_inputs
from napkinxl.scenario_files import errors_placed
from napkinxl.studies.grids import grid
from napkinxl.studies.monte_carlo import MonteCarlo, monte_carlo
from napkinxl.studies.ranges import Range
from napkinxl.studies.sensitivity import CHANGE, Bar, left_out, left_out_text, tornado
from napkinxl.studies.sweeps import numeric_results
from napkinxl.studies.workers import connected
from napkinxl.studies.written_ranges import merged, parse_axis, parse_range, read_ranges
from napkinxl_cli.chosen import Chosen
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import announce, progress, warn, write
from napkinxl_cli.products import shared_plan
from napkinxl_cli.sweep_tables import Bound, Draws, Found, Grids, Tornados
from napkinxl_cli.tables import check_output, frame_text, write_frame
from napkinxl_workbook.export.formats import ENDINGS

DEFAULT_RESULT = "serving_usd_per_user_month"
MOST_PRINTED = 20  # tables


@dataclass(frozen=True)
class Request:
    """The options of the command."""

    results: tuple[str, ...]
    as_tornado: bool
    axes: tuple[str, ...]
    draws: int | None
    vary: tuple[str, ...]
    change: float | None
    seed: int | None
    above: tuple[str, ...]
    below: tuple[str, ...]
    each_draw: bool
    dask: str | None
    as_json: bool
    as_csv: bool
    output: Path | None

    def check(self) -> None:
        """Refuse options that do not go together, before any work."""
        if sum((self.as_tornado, bool(self.axes), self.draws is not None)) > 1:
            raise InputError("choose one of --tornado, --grid and --draws")
        if sum((self.as_json, self.as_csv, self.output is not None)) > 1:
            raise InputError("choose one of --json, --csv and --output")
        of_draws = {"--seed": self.seed is not None, "--above": bool(self.above), "--below": bool(self.below),
                    "--each-draw": self.each_draw}  # fmt: skip
        for option, given in of_draws.items():
            if given and self.draws is None:
                raise InputError(f"{option} belongs to --draws")
        if self.axes and (self.vary or self.change is not None):
            raise InputError("--vary and --change do not belong to --grid: give its values with --grid itself")
        if self.change is not None and (self.vary or self.draws is not None):
            raise InputError("--change belongs to a tornado without --vary")
        if self.dask and not (self.axes or self.draws is not None):
            raise InputError("--dask belongs to --draws and --grid: a tornado is done in a moment")
        self._check_output()

    def _check_output(self) -> None:
        suffix = check_output(self.output, *ENDINGS) if self.output else ""
        if self.each_draw and suffix in ("", *ENDINGS):
            raise InputError("--each-draw writes a file: add --output with a name in .csv, .parquet or .json")


@click.command()
@click.option(
    "--result",
    "results",
    multiple=True,
    default=(DEFAULT_RESULT,),
    show_default=True,
    metavar="QUANTITY",
    help="what to look at; may be repeated",
)
@click.option("--tornado", "as_tornado", is_flag=True, help="move one input at a time (the default); "
              "what describes the GPU and the model only where --vary names it")  # fmt: skip
@click.option(
    "--grid",
    "axes",
    multiple=True,
    metavar="INPUT=LOW:HIGH:COUNT",
    help="every combination of the values of one or two inputs; or INPUT=VALUE,VALUE; may be repeated",
)
@click.option("--draws", type=int, metavar="NUMBER", help="Monte Carlo with so many draws")
@click.option(
    "--vary",
    multiple=True,
    metavar="INPUT=LOW:MODE:HIGH",
    help="the range of an input for a tornado or draws: LOW:HIGH is uniform, LOW:MODE:HIGH triangular, "
    "VALUE,VALUE a list; may be repeated; takes the place of the FILE's own, in its section [vary]",
)
@click.option("--change", type=float, metavar="SHARE", help=f"how far a tornado moves each input; default: {CHANGE}")
@click.option("--seed", type=int, metavar="NUMBER", help="of the draws: the same seed, the same draws; default: 0")
@click.option("--above", multiple=True, metavar="QUANTITY=NUMBER", help="the share of draws above a bound")
@click.option("--below", multiple=True, metavar="QUANTITY=NUMBER", help="the share of draws below a bound")
@click.option("--each-draw", is_flag=True, help="write one draw a row to the output, not their percentiles")
@click.option("--dask", metavar="ADDRESS", help="compute on a Dask cluster: its scheduler, or local")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@click.option("--csv", "as_csv", is_flag=True, help="print CSV")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help=f"write .csv, .json, .parquet, or {', '.join(ENDINGS)}: the report with a sheet of this",
)
@scenario_options  # fmt: skip
def sweep(chosen: Chosen, **options: Any) -> None:
    """Say which input matters most, compute a grid, or draw the inputs at random.

    FILE holds scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used. A .toml or .json file
    may say what varies in a section [vary].

    \b
    napkinxl sweep
    napkinxl sweep --grid context_tokens=4000:40000:10 --grid duty_cycle=0.1,0.5
    napkinxl sweep --draws 1000000 --vary context_tokens=4000:20000:40000
    napkinxl sweep examples/chat_plans.toml --draws 100000 --seed 7 -o spread.xlsx
    """
    request = Request(**options)
    request.check()
    _check_results(request.results)
    found = _study(request, chosen)
    if request.output and request.output.suffix.lower() in ENDINGS:
        _write_workbook(found, chosen, request.output)
    elif request.output:
        write_frame(found.frame(), request.output)
        announce(request.output)
    elif request.as_json or request.as_csv:
        write(frame_text(found.frame(), ".json" if request.as_json else ".csv"), None)
    elif found.tables > MOST_PRINTED:
        raise InputError(f"{found.tables:,} tables are too many to print ({MOST_PRINTED} at most): add --csv or --json")
    else:
        found.show()


def _check_results(names: tuple[str, ...]) -> None:
    """Refuse what is no number of a scenario; figures of the plan by month are asked for elsewhere."""
    for name in names:
        if name not in QUANTITIES and name in {**OVER_PLAN, **MONTHLY}:
            raise InputError(f"{name} is a figure of the plan by month, which sweep does not work out; "
                             "napkinxl plan FILE --times INPUT=FACTOR shows it with an input multiplied")  # fmt: skip
    numeric_results(names)


def _study(request: Request, chosen: Chosen) -> Found:
    if request.axes:
        return _grids(request, chosen)
    ranges = _ranges(request, chosen)
    if request.draws is not None:
        _warn_of_tiers(request, chosen, ranges)
        return _draws(request, chosen, request.draws, ranges)
    if ranges and request.change is not None:
        raise InputError(f"--change belongs to a tornado without ranges, and {chosen.source} names some in [vary]")
    change = CHANGE if request.change is None else request.change
    _warn_of_tiers(request, chosen, ranges, change)
    results, scenarios = dict.fromkeys(request.results), [item.scenario for item in chosen.estimates()]
    return Tornados([_tornado(item, result, ranges, change, chosen) for item in scenarios for result in results])


def _tornado(
    item: Scenario, result: str, ranges: tuple[Range, ...], change: float, chosen: Chosen
) -> tuple[str, str, list[Bar], str]:
    """The bars of a scenario, and what was left out of those that nobody chose."""
    bars = tornado(item, result, ranges or None, change, chosen.catalog, decisions_only=True)
    left = [] if ranges else left_out(item, result, change, chosen.catalog, decisions_only=True)
    named = " --vary shows one over a range of your own." if left else ""
    return item.name, result, bars, left_out_text(left, change) + named


def _ranges(request: Request, chosen: Chosen) -> tuple[Range, ...]:
    section = chosen.sections.get("vary", {})
    with errors_placed(f"{chosen.source}, section [vary]: " if chosen.source else ""):
        own = read_ranges(section)
    return merged(own, [parse_range(text) for text in request.vary])


def _warn_of_tiers(request: Request, chosen: Chosen, ranges: Sequence[Range], change: float = 0.0) -> None:
    """Prices of an API by name are those of the scenario's prompt: say where it moves over a tier's start."""
    if not any(name in needed_inputs(result) for result in request.results for name in PRICES):
        return
    texts = []
    for price in filter(None, chosen.api_prices):
        prompts = [(item.low, item.high) for item in ranges if item.name == PROMPT]
        tokens = price.prompt_tokens
        moved = [(tokens * (1 - change), tokens * (1 + change))]  # a tornado without ranges moves every input
        texts += [crossed_tier(price, low, high) for low, high in (prompts if ranges else moved)]
    for text in filter(None, dict.fromkeys(texts)):
        warn(text)


def _grids(request: Request, chosen: Chosen) -> Grids:
    axes = [parse_axis(text) for text in request.axes]
    _warn_of_tiers(request, chosen, axes)
    scenarios = [item.scenario for item in chosen.estimates()]
    with progress() as bar, _cluster(request.dask) as cluster:
        task = bar.add_task("Computing", total=None)
        return Grids([
            (item.name, grid(item, axes, request.results, chosen.catalog,
                             lambda done: bar.update(task, completed=done), cluster))
            for item in scenarios
        ])  # fmt: skip


def _draws(request: Request, chosen: Chosen, draws: int, ranges: tuple[Range, ...]) -> Draws:
    bounds = [*_bounds("above", request.above, request.results), *_bounds("below", request.below, request.results)]
    scenarios = [item.scenario for item in chosen.estimates()]
    with progress() as bar, _cluster(request.dask) as cluster:

        def draw(item: Scenario) -> MonteCarlo:
            task = bar.add_task("Drawing", total=draws)
            return monte_carlo(item, ranges, request.results, draws, request.seed or 0, chosen.catalog,
                               lambda done: bar.update(task, completed=done), cluster)  # fmt: skip

        return Draws([(item.name, draw(item)) for item in scenarios], bounds, request.each_draw)


def _cluster(address: str | None) -> Any:
    """One connection for all scenarios."""
    return connected(address) if address else nullcontext()


def _bounds(side: str, texts: tuple[str, ...], results: tuple[str, ...]) -> list[Bound]:
    return [(side, *_bound(side, text, results)) for text in texts]


def _bound(side: str, text: str, results: tuple[str, ...]) -> tuple[str, float]:
    name, _, number = text.partition("=")
    name = name.strip().replace("-", "_")
    if name not in results:
        raise InputError(f"--{side} must name one of the results ({', '.join(results)}), got {text!r}")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"--{side} must be written QUANTITY=NUMBER, got {text!r}")
    return name, value


def _write_workbook(found: Found, chosen: Chosen, output: Path) -> None:
    """The ordinary report with one more sheet."""
    from napkinxl_workbook.report import steps, write_report

    created, estimates = datetime.now(UTC), list(chosen.estimates())
    with progress() as bar:
        sheets = [found.sheet(created)]
        task = bar.add_task("Report", total=steps(sheets))
        write_report(
            output, [item.scenario for item in estimates], chosen.catalog, created, extras=sheets,
            plan=shared_plan(chosen, estimates), progress=lambda step: bar.update(task, advance=1, description=step),
        )  # fmt: skip
    announce(output)
