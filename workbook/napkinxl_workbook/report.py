"""The report: a workbook with live formulas and their values, made from scenarios and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from napkinxl import Scenario, default_scenarios, estimate
from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.errors import InputError
from napkinxl_workbook.book import Book
from napkinxl_workbook.export.formats import report_ending, write_book
from napkinxl_workbook.sheets.about import write_about
from napkinxl_workbook.sheets.by_context import write_contexts
from napkinxl_workbook.sheets.catalog import write_catalog, write_prices
from napkinxl_workbook.sheets.checks import write_checks
from napkinxl_workbook.sheets.extra import ExtraSheet
from napkinxl_workbook.sheets.inputs import write_inputs
from napkinxl_workbook.sheets.model import MODEL_SHEET, write_model
from napkinxl_workbook.sheets.published import write_published
from napkinxl_workbook.sheets.summary import LABEL_WIDTH, UNIT_WIDTH, write_summary
from napkinxl_workbook.sheets.summary import TITLE as SUMMARY

ORDER = (SUMMARY, "Inputs", MODEL_SHEET, "By context", "Published figures", "GPUs", "Models", "Presets", "Prices",
         "Checks", "About")  # fmt: skip
LIVE = 4  # sheets before this place follow the inputs: what a study adds stands after them
MOST_SCENARIOS = 200
STEPS = 6  # how often `progress` is called
Progress = Callable[[str], None]


def build_report(
    scenarios: Sequence[Scenario],
    catalog: Catalog | None = None,
    created: datetime | None = None,
    progress: Progress | None = None,
    extras: Sequence[ExtraSheet] = (),
) -> Book:
    """The report in memory, with the sheets of studies if there are any.

    Raises:
        InputError: there is no scenario, or more than a sheet can show side by side.
        UnknownNameError: a GPU or model is not in the catalog.
    """
    if not 0 < len(scenarios) <= MOST_SCENARIOS:
        raise InputError(f"a report shows 1 to {MOST_SCENARIOS} scenarios side by side, got {len(scenarios)}")
    catalog = catalog or built_in_catalog()
    created = created or datetime.now(UTC)
    tell = progress or _silent
    tell("Estimating")
    estimates = [estimate(scenario, catalog) for scenario in scenarios]
    book = Book()
    book.sheet(SUMMARY, "What serving the model costs", "All figures are live: they follow the sheet Inputs.",
               [LABEL_WIDTH, UNIT_WIDTH], "1F3864")  # fmt: skip
    tell("The catalog")
    look_ups = write_catalog(book, catalog)
    write_prices(book, catalog)
    tell("Inputs")
    write_inputs(book, [item.scenario for item in estimates], look_ups)
    tell("Model")
    model = write_model(book, estimates, look_ups)
    sweep = write_contexts(book, estimates[0], model)
    tell("Checks and summary")
    lights = {extra.title: extra.light for extra in extras if extra.light}
    write_checks(book, estimates, model, look_ups, write_published(book), lights)
    write_about(book, estimates, created)
    for extra in extras:
        extra.write(book, estimates, model)
    write_summary(book, estimates, model, sweep, look_ups, extras)
    book.finish([*ORDER[:LIVE], *(extra.title for extra in extras), *ORDER[LIVE:]])
    book.describe("LLM inference unit economics", created)
    return book


def write_report(
    path: str | Path,
    scenarios: Sequence[Scenario] | None = None,
    catalog: Catalog | None = None,
    created: datetime | None = None,
    progress: Progress | None = None,
    extras: Sequence[ExtraSheet] = (),
) -> Path:
    """Write the report of some scenarios (by default the article's case) as the ending of its name says.

    Parameters
    ----------
    path : str or Path
        The file to make or replace, .xlsx, .pdf, .html or .md; on any failure the old file stays as it was.
    scenarios : sequence of Scenario, optional
        One column each.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    created : datetime, optional
        The moment written into the file; by default now.
    progress : callable, optional
        Called before each of `STEPS` steps with what comes next.
    extras : sequence of ExtraSheet, optional
        Sheets beside the report's own: plans, ways to serve, a fleet, a sweep.

    Raises
    ------
    InputError
        The scenarios cannot be shown, or no report is written with that ending.
    UnknownNameError
        A GPU or model is not in the catalog.
    FileError
        The file cannot be written, or there is no LibreOffice to print a PDF.
    """
    report_ending(Path(path))
    created = created or datetime.now(UTC)
    tell = progress or _silent
    book = build_report(scenarios or default_scenarios(), catalog, created, tell, extras)
    tell("Writing the file")
    write_book(book, Path(path), created)
    return Path(path)


def _silent(_next: str) -> None:
    """Progress that nobody watches."""
