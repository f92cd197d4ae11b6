"""`napkinxl report`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

import napkinxl
from napkinxl.catalog import Catalog
from napkinxl.presets import get_preset
from napkinxl_cli.options import checked, scenario_options
from napkinxl_cli.output import console, progress, warn
from napkinxl_workbook.report import STEPS, write_report
from napkinxl_workbook.sheets.answers import answer_text


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
def report(output: Path, rows: list[dict[str, Any]], catalog: Catalog) -> None:
    """Write a workbook that says what serving a model costs, with every number open to audit.

    FILE holds scenarios (.toml, .json, .csv or .xlsx), one a column of the workbook; without it, the article's case
    is used. Options change every scenario.

    \b
    napkinxl report
    napkinxl report --gpu "H200 SXM" --model Qwen3-32B --context-tokens 20000 -o qwen.xlsx
    """
    scenarios = checked(rows)
    with progress() as bar:
        task = bar.add_task("Report", total=STEPS)
        path = write_report(
            output, scenarios, catalog, progress=lambda step: bar.update(task, advance=1, description=step)
        )
    shown = scenarios[:5]
    for estimate in (napkinxl.estimate(scenario, catalog) for scenario in shown):
        console().print(answer_text(estimate), markup=False)
        if estimate.fit and not estimate.fit.fits:
            console().print(estimate.fit.remedy.capitalize() + ".", markup=False)
        for warning in estimate.warnings:
            warn(warning)
    if len(scenarios) > len(shown):
        console().print(f"... and {len(scenarios) - len(shown)} more scenarios in the workbook")
    for preset in dict.fromkeys(scenario.preset for scenario in scenarios):
        console().print(get_preset(preset).error_text, markup=False)
    console().print(f"Wrote {path}", markup=False, soft_wrap=True)
