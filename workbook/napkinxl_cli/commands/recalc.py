"""`napkinxl recalc`: a team's own workbook, calculated without Excel."""

from __future__ import annotations

import gc
from pathlib import Path

import rich_click as click

from napkinxl_addin.spelling import KNOWN_NAMESPACES
from napkinxl_cli.output import console, say, step_progress, warn
from napkinxl_workbook.recalculation import STEPS, Change, Recalculation, recalculate

MOST_NAMED = 10
MOST_UNSEEN_OBJECTS = 1_000_000
NOTHING_OF_OURS = (
    "no cell of {name} calls a function of napkinxl: nothing was checked, and nothing calculated that has a value; the "
    "functions of a server need its --namespace, and napkinxl doctor says what is there"
)


@click.command()
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="the workbook to write  [default: the given one, replaced]"
)
@click.option("--check", is_flag=True, help="write nothing; exit with 1 if a stored value is out of date")
@click.option(
    "--namespace",
    "namespaces",
    multiple=True,
    metavar="NAME",
    help="a namespace of your xlwings Server; may be repeated  [default: XLWINGS, XLWINGS_DEV]",
)
@click.pass_context
def recalc(
    context: click.Context, workbook: Path, output: Path | None, check: bool, namespaces: tuple[str, ...]
) -> None:
    """Calculate the functions of napkinxl in WORKBOOK (.xlsx or .xlsm) without Excel.

    What depends on them is calculated too, and what they need; every other byte of the file stays. A formula that
    cannot be calculated exactly is refused by name, and nothing is written.

    \b
    napkinxl recalc model.xlsx
    napkinxl recalc model.xlsx -o calculated.xlsx
    napkinxl recalc model.xlsx --check
    """
    if check and output is not None:
        raise click.UsageError("--check writes nothing: leave out --output")
    # A workbook's cells live until the end: looking for garbage among them again and again finds none.
    gc.freeze()
    gc.set_threshold(MOST_UNSEEN_OBJECTS)
    with step_progress("Recalculate", STEPS) as tell:
        found = recalculate(
            workbook,
            output,
            namespaces=(*KNOWN_NAMESPACES, *namespaces),
            write=not check,
            progress=tell,
        )
    for cell in found.cut:
        warn(f"{cell} has more values than the file has cells for; Excel shows the rest when it calculates")
    if not found.function_cells:
        warn(NOTHING_OF_OURS.format(name=workbook.name))
    if check:
        _report_check(found)
        context.exit(1 if found.changes else 0)
    else:
        say(f"{_counts(found)}: wrote {found.path}")


def _report_check(found: Recalculation) -> None:
    for change in found.changes[:MOST_NAMED]:
        say(_line(change))
    if len(found.changes) > MOST_NAMED:
        console().print(f"... and {len(found.changes) - MOST_NAMED:,} more cells")
    verdict = "is out of date" if found.changes else "is up to date" if found.function_cells else "was not checked"
    say(f"{_counts(found)}: {found.path} {verdict}")


def _counts(found: Recalculation) -> str:
    return (
        f"{found.formulas:,} formulas, {found.function_cells:,} of them with our functions, "
        f"{len(found.changes):,} values changed"
    )


def _line(change: Change) -> str:
    before = "no value" if change.before is None else repr(change.before)
    return f"{change.cell}: {before} stored, {change.after!r} calculated"
