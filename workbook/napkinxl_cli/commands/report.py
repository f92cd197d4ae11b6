"""`napkinxl report`: the main job."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from napkinxl_cli.chosen import Chosen
from napkinxl_cli.options import scenario_options
from napkinxl_cli.output import console, progress
from napkinxl_cli.remarks import print_remarks
from napkinxl_workbook.answers import answer_text
from napkinxl_workbook.report import steps, write_report

MOST_ANSWERS = 5  # more sentences than this nobody reads on a screen; the workbook has them all


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("napkinxl-report.xlsx"),
    show_default=True,
    help="the workbook to write; an old one is replaced only by a whole new one",
)
@scenario_options
def report(output: Path, chosen: Chosen) -> None:
    """Write a workbook that says what serving a model costs, with every number open to audit.

    FILE holds scenarios (.toml, .json, .csv or .xlsx), one a column of the workbook; without it, the article's case
    is used. Options change every scenario.

    \b
    napkinxl report
    napkinxl report --gpu "H200 SXM" --model Qwen3-32B --context-tokens 20000 -o qwen.xlsx
    """
    estimates = list(chosen.estimates())
    scenarios = [estimate.scenario for estimate in estimates]
    with progress() as bar:
        task = bar.add_task("Report", total=steps())
        path = write_report(
            output, scenarios, chosen.catalog, progress=lambda step: bar.update(task, advance=1, description=step)
        )
    for estimate in estimates[:MOST_ANSWERS]:
        console().print(answer_text(estimate), markup=False)
    if len(estimates) > MOST_ANSWERS:
        console().print(f"... and {len(estimates) - MOST_ANSWERS} more scenarios in the workbook")
    print_remarks(estimates, chosen.catalog, MOST_ANSWERS)
    console().print(f"Wrote {path}", markup=False, soft_wrap=True)
