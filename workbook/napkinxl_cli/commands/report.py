"""`napkinxl report`: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rich_click as click

from napkinxl import Estimate
from napkinxl.errors import InputError
from napkinxl_cli.changes import print_changes
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import announce, console, say, step_progress, to_json, write
from napkinxl_cli.products import shared_plan
from napkinxl_cli.remarks import print_remarks
from napkinxl_cli.selection import ScenarioSelection
from napkinxl_workbook.answers import answer_text
from napkinxl_workbook.export.diff import Diff, compare
from napkinxl_workbook.export.figures import figures_of, read_figures
from napkinxl_workbook.export.formats import ENDINGS, XLSX
from napkinxl_workbook.report import steps, write_report

MOST_ANSWERS = 5  # more sentences than this nobody reads on a screen; the workbook has them all
STEM = "napkinxl-report"


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help=f"the file to write; an old one is replaced only by a whole new one; default: {STEM} with the ending of --to",
)
@click.option(
    "--to",
    type=click.Choice([ending.removeprefix(".") for ending in ENDINGS]),
    help="the workbook, or the same figures to read: pdf needs LibreOffice; default: the ending of --output, else xlsx",
)
@click.option(
    "--diff",
    "older",
    metavar="REPORT",
    type=click.Path(path_type=Path),
    help="an older report (.xlsx): say which inputs and results changed since",
)
@click.option("--show", metavar="NAME", help="the scenario that the dashboard shows; default: the first")
@click.option(
    "--move",
    multiple=True,
    metavar="INPUT",
    help="an input that the sheet Sensitivity moves, two or more; default: the ten that matter most",
)
@click.option("--json", "as_json", is_flag=True, help="with --diff: print what changed as JSON")
@scenario_options
def report(
    selection: ScenarioSelection,
    output: Path | None,
    to: str | None,
    older: Path | None,
    show: str | None,
    move: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write a workbook that says what serving a model costs, with every number open to audit.

    FILE holds scenarios (.toml, .json, .csv or .xlsx), one a column of the workbook; without it, the article's case
    is used. Options change every scenario.

    \b
    napkinxl report
    napkinxl report --gpu "H200 SXM" --model Qwen3-32B -o qwen.xlsx
    napkinxl report --to html
    napkinxl report examples/chat_plans.toml --show Pro
    """
    if as_json and older is None:
        raise InputError("--json prints what changed: name the older report with --diff")
    path = _path(output, to)
    estimates = selection.estimated
    # Read before it may be replaced: it may be the file that is written.
    diff = compare(read_figures(older), figures_of(estimates)) if older else None
    plan = shared_plan(selection, estimates)
    with step_progress("Report", steps()) as tell:
        write_report(
            path,
            estimates,
            selection.catalog,
            plan=plan,
            selected=show,
            moved=[name.replace("-", "_") for name in move],
            changes=diff.rows() if diff else (),
            progress=tell,
        )
    if as_json and diff:
        write(to_json(diff.to_dict()), None)
        announce(path)
        return
    _print(estimates, selection, diff, older)
    say(f"Wrote {path}")


def _path(output: Path | None, to: str | None) -> Path:
    """The file to write, from its name and its kind."""
    if output is None:
        return Path(f"{STEM}.{to}" if to else f"{STEM}{XLSX}")
    if to and output.suffix.lower() != f".{to}":
        raise InputError(f"--to {to} writes a file that ends in .{to}, but --output is {output.name!r}")
    return output


def _print(estimates: Sequence[Estimate], selection: ScenarioSelection, diff: Diff | None, older: Path | None) -> None:
    """What changed, or else the answers."""
    if diff is not None and older is not None:
        print_changes(diff, older.name)
        return
    for estimate in estimates[:MOST_ANSWERS]:
        console().print(answer_text(estimate), markup=False)
    if len(estimates) > MOST_ANSWERS:
        console().print(f"... and {len(estimates) - MOST_ANSWERS} more scenarios in the workbook")
    print_remarks(estimates, selection.catalog, MOST_ANSWERS)
