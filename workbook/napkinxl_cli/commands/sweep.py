"""`napkinxl sweep`: which input matters most, two inputs at a time, and range of likely results."""

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
from napkinxl.formulas import needed_inputs
from napkinxl.studies.checks import counted
from napkinxl.studies.grids import Grid, grid
from napkinxl.studies.monte_carlo import DRAWS, MonteCarlo, monte_carlo
from napkinxl.studies.ranges import Range
from napkinxl.studies.sensitivity import CHANGE, Bar, left_out, tornado
from napkinxl.studies.sweeps import check_numbers, numeric_results
from napkinxl.studies.workers import connected
from napkinxl.studies.written_ranges import parse_axis
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import announce, progress, step_progress, write
from napkinxl_cli.plan_sweeps import are_plan_figures, plan_grids, plan_tornados, scenarios_to_plan
from napkinxl_cli.products import shared_plan
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_cli.sweep_inputs import chosen_ranges, warn_of_tiers
from napkinxl_cli.sweep_tables import Bound, Draws, Grids, StudyResults, Tornados, left_out_caption
from napkinxl_cli.table_files import check_output, frame_text, write_frame
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
        of_draws = {
            "--seed": self.seed is not None,
            "--above": bool(self.above),
            "--below": bool(self.below),
            "--each-draw": self.each_draw,
        }
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

    def check_of_plan(self) -> None:
        """Refuse what figures over the plan by month are not worked out with."""
        for option, given in {"--draws": self.draws is not None, "--dask": bool(self.dask)}.items():
            if given:
                raise InputError(
                    f"{option} takes results of a scenario, and {self.results[0]} is a figure over the "
                    "plan by month: --tornado and --grid have it, on this machine"
                )

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
    help="what to look at: a quantity, or a figure over the plan by month such as npv_usd; may be repeated",
)
@click.option(
    "--tornado",
    "as_tornado",
    is_flag=True,
    help="move one input at a time (the default); what describes the GPU and the model only where --vary names it",
)
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
@scenario_options
def sweep(selection: ScenarioSelection, **options: Any) -> None:
    """Say which input matters most, compute a grid, or draw the inputs at random.

    FILE holds scenarios (.toml, .json, .csv or .xlsx); without it, the article's case is used. A .toml or .json file
    may say what varies in a section [vary].

    \b
    napkinxl sweep
    napkinxl sweep --grid context_tokens=4000:40000:10 --grid duty_cycle=0.1,0.5
    napkinxl sweep examples/chat_plans.toml --result npv_usd
    napkinxl sweep --draws 1000000 --vary context_tokens=4000:20000:40000
    napkinxl sweep examples/chat_plans.toml --draws 100000 --seed 7 -o spread.xlsx
    """
    request = Request(**options)
    request.check()
    of_plan = are_plan_figures(request.results)
    if of_plan:
        request.check_of_plan()
        selection = scenarios_to_plan(selection)
    else:
        numeric_results(request.results)
    found = _study(request, selection, of_plan)
    if request.output and request.output.suffix.lower() in ENDINGS:
        _write_workbook(found, selection, request.output)
    elif request.output:
        write_frame(found.frame(), request.output)
        announce(request.output)
    elif request.as_json or request.as_csv:
        write(frame_text(found.frame(), ".json" if request.as_json else ".csv"), None)
    elif found.tables > MOST_PRINTED:
        raise InputError(f"{found.tables:,} tables are too many to print ({MOST_PRINTED} at most): add --csv or --json")
    else:
        found.show()


def _study(request: Request, selection: ScenarioSelection, of_plan: bool) -> StudyResults:
    if request.axes:
        axes = [parse_axis(text) for text in request.axes]
        return plan_grids(selection, request.results, axes) if of_plan else _grids(request, selection, axes)
    ranges = chosen_ranges(selection, request.vary, of_plan)
    if request.draws is not None:
        return _draws(request, selection, request.draws, ranges)
    if ranges and request.change is not None:
        raise InputError(f"--change belongs to a tornado without ranges, and {selection.source} names some in [vary]")
    change = CHANGE if request.change is None else request.change
    return (plan_tornados if of_plan else _tornados)(selection, request.results, ranges, change)


def _tornados(selection: ScenarioSelection, results: Sequence[str], ranges: Sequence[Range], change: float) -> Tornados:
    _warn_of_tiers(results, selection, ranges, change)
    cases = [(item.scenario, result) for item in selection.estimated for result in dict.fromkeys(results)]
    return Tornados([_tornado(scenario, result, ranges, change, selection) for scenario, result in cases])


def _tornado(
    item: Scenario, result: str, ranges: Sequence[Range], change: float, selection: ScenarioSelection
) -> tuple[str, str, list[Bar], str]:
    """The bars of a scenario, and what was left out of those that nobody chose."""
    bars = tornado(item, result, ranges or None, change, selection.catalog, decisions_only=True)
    left = [] if ranges else left_out(item, result, change, selection.catalog, decisions_only=True)
    return item.name, result, bars, left_out_caption(left, change)


def _warn_of_tiers(
    results: Sequence[str], selection: ScenarioSelection, ranges: Sequence[Range], change: float = 0.0
) -> None:
    warn_of_tiers({name for result in results for name in needed_inputs(result)}, selection, ranges, change)


def _grids(request: Request, selection: ScenarioSelection, axes: Sequence[Range]) -> Grids:
    _warn_of_tiers(request.results, selection, axes)
    _check_size(request, selection, math.prod(len(axis.numbers) for axis in axes))
    scenarios = [item.scenario for item in selection.estimated]
    with progress() as bar, _cluster(request.dask) as cluster:
        task = bar.add_task("Computing", total=None)

        def compute(item: Scenario) -> Grid:
            def tell(done: int) -> None:
                bar.update(task, completed=done)

            return grid(item, axes, request.results, selection.catalog, tell, cluster)

        return Grids([(item.name, compute(item)) for item in scenarios])


def _check_size(request: Request, selection: ScenarioSelection, rows: int) -> None:
    """What is found for all scenarios is kept until it is shown."""
    check_numbers(rows, len(set(request.results)), len(selection.rows))


def _draws(request: Request, selection: ScenarioSelection, draws: int, ranges: Sequence[Range]) -> Draws:
    _warn_of_tiers(request.results, selection, ranges)
    _check_size(request, selection, counted("draws", draws, DRAWS))
    bounds = [*_bounds("above", request.above, request.results), *_bounds("below", request.below, request.results)]
    scenarios = [item.scenario for item in selection.estimated]
    with progress() as bar, _cluster(request.dask) as cluster:

        def draw(item: Scenario) -> MonteCarlo:
            task = bar.add_task("Drawing", total=draws)

            def tell(done: int) -> None:
                bar.update(task, completed=done)

            seed = request.seed or 0
            return monte_carlo(item, ranges, request.results, draws, seed, selection.catalog, tell, cluster)

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


def _write_workbook(found: StudyResults, selection: ScenarioSelection, output: Path) -> None:
    """The ordinary report with one more sheet."""
    from napkinxl_workbook.report import steps, write_report

    created, estimates = datetime.now(UTC), selection.estimated
    sheets = [found.sheet(created)]
    with step_progress("Report", steps(sheets)) as tell:
        write_report(
            output,
            estimates,
            selection.catalog,
            created,
            extras=sheets,
            plan=shared_plan(selection, estimates),
            progress=tell,
        )
    announce(output)
