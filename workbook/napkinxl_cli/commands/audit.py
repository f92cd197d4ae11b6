"""`napkinxl audit`: the published figures, recomputed."""

from __future__ import annotations

import rich_click as click

from napkinxl.engine.number_text import number_text
from napkinxl.evidence.published import PublishedFigure, published_figures
from napkinxl.scenarios.presets import PRESETS
from napkinxl_cli.output import console, table, to_csv, to_json, write

FIELDS = ("id", "sources", "figure", "printed", "unit", "recomputed", "expected", "verdict", "explanation")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print as JSON")
@click.option("--csv", "as_csv", is_flag=True, help="print as CSV")
@click.option("--slips", is_flag=True, help="only the figures that do not follow from their source's inputs")
def audit(as_json: bool, as_csv: bool, slips: bool) -> None:
    """Check the formulas against every published figure.

    \b
    napkinxl audit
    napkinxl audit --slips
    """
    figures = [figure for figure in published_figures() if not slips or figure.verdict == "slip"]
    if as_json:
        write(to_json([dict(zip(FIELDS, _fields(figure), strict=True)) for figure in figures]), None)
    elif as_csv:
        write(to_csv(FIELDS, map(_fields, figures)), None)
    else:
        _print(figures)


def _fields(figure: PublishedFigure) -> list[object]:
    return [getattr(figure, field) for field in FIELDS]


def _print(figures: list[PublishedFigure]) -> None:
    rows = []
    for figure in figures:
        why = f"\n  {figure.explanation}" if figure.explanation else ""
        recomputed = f"{number_text(figure.recomputed)} {figure.unit}"
        rows.append((f"{figure.figure}{why}", figure.printed, recomputed, figure.verdict))
    columns = [("Figure, and why", False), ("Printed", True), ("Recomputed", True), ("Verdict", False)]
    table("Published figures", columns, [line for row in rows for line in (row, ())])
    every = published_figures()
    good = sum(figure.verdict == "reproduced" for figure in every)
    console().print(f"{good} of {len(every)} follow from their source's own inputs; {len(every) - good} are slips.")
    for preset in PRESETS.values():
        console().print(preset.error_text, markup=False)
