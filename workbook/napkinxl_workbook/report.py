"""The report: a workbook with live formulas and their values, made from scenarios and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from napkinxl import Estimate, Scenario, default_scenarios, estimate
from napkinxl.catalog import Catalog, built_in_catalog
from napkinxl.errors import InputError
from napkinxl.inputs import get_input
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl_workbook.book import Book
from napkinxl_workbook.export.formats import report_ending, write_book
from napkinxl_workbook.sheets.about import ABOUT
from napkinxl_workbook.sheets.as_written import AS_WRITTEN
from napkinxl_workbook.sheets.by_context import BY_CONTEXT
from napkinxl_workbook.sheets.catalog import CATALOG_SHEETS
from napkinxl_workbook.sheets.change_log import CHANGE_LOG
from napkinxl_workbook.sheets.chart_data import CHART_DATA
from napkinxl_workbook.sheets.checks import checks_sheet, write_lights
from napkinxl_workbook.sheets.cover import COVER
from napkinxl_workbook.sheets.dashboard import DASHBOARD
from napkinxl_workbook.sheets.measured import MEASURED
from napkinxl_workbook.sheets.monthly_plan.sheet import MONTHLY_PLAN, PLAN_INPUTS
from napkinxl_workbook.sheets.outputs import OUTPUTS
from napkinxl_workbook.sheets.own_rent_api import OWN_RENT_API
from napkinxl_workbook.sheets.price_tiers import PRICE_TIERS
from napkinxl_workbook.sheets.published import PUBLISHED
from napkinxl_workbook.sheets.report_parts import Change, Report, ReportSheet, writing_order
from napkinxl_workbook.sheets.row_sums import row_sums_sheet
from napkinxl_workbook.sheets.scenario_inputs import SCENARIO_INPUTS
from napkinxl_workbook.sheets.sensitivity.sheet import SENSITIVITY
from napkinxl_workbook.sheets.sensitivity.variants import SENSITIVITY_VARIANTS
from napkinxl_workbook.sheets.workings import WORKINGS

# In the order of the tabs. A sheet that a study adds stands after the last that follows the inputs.
LIVE_SHEETS = (
    COVER,
    DASHBOARD,
    SCENARIO_INPUTS,
    WORKINGS,
    OUTPUTS,
    BY_CONTEXT,
    MONTHLY_PLAN,
    PLAN_INPUTS,
    SENSITIVITY,
    SENSITIVITY_VARIANTS,
    OWN_RENT_API,
    PRICE_TIERS,
    CHART_DATA,
)
OTHER_SHEETS = (PUBLISHED, MEASURED, AS_WRITTEN, *CATALOG_SHEETS, CHANGE_LOG, ABOUT)
CHECKS_AFTER = 2  # of the other sheets
MOST_SCENARIOS = 200
OTHER_STEPS = 3  # estimating, finishing, writing the file
Progress = Callable[[str], None]


def report_sheets(extras: Sequence[ReportSheet] = (), *, with_plan: bool = True) -> tuple[ReportSheet, ...]:
    """The sheets of a report, in the order of the tabs."""
    live = [sheet for sheet in LIVE_SHEETS if with_plan or sheet not in (MONTHLY_PLAN, PLAN_INPUTS)]
    before, after = OTHER_SHEETS[:CHECKS_AFTER], OTHER_SHEETS[CHECKS_AFTER:]
    watched = (*live, *extras, *OTHER_SHEETS)
    sums = row_sums_sheet(watched)
    return (*live, *extras, *before, checks_sheet((*watched, sums)), sums, *after)


def steps(extras: Sequence[ReportSheet] = ()) -> int:
    """How often `progress` is called."""
    return OTHER_STEPS + len(report_sheets(extras))


ORDER = tuple(sheet.title for sheet in report_sheets())


def build_report(
    scenarios: Sequence[Scenario | Estimate],
    catalog: Catalog | None = None,
    created: datetime | None = None,
    progress: Progress | None = None,
    extras: Sequence[ReportSheet] = (),
    plan: Plan | None = None,
    selected: str | None = None,
    moved: Sequence[str] = (),
    changes: Sequence[Change] = (),
) -> Book:
    """The report in memory; see `write_report`.

    Raises:
        InputError: there is no scenario, or more than a sheet can show side by side, or none is called as `selected`.
        UnknownNameError: a GPU or model is not in the catalog.
    """
    if not 0 < len(scenarios) <= MOST_SCENARIOS:
        raise InputError(
            f"a report shows 1 to {MOST_SCENARIOS} scenarios side by side, got {len(scenarios):,}; "
            "for a table with one a row: napkinxl estimate FILE -o table.xlsx"
        )
    catalog, created, tell = catalog or built_in_catalog(), created or datetime.now(UTC), progress or _no_progress
    tell("Estimating")
    estimates = [item if isinstance(item, Estimate) else estimate(item, catalog) for item in scenarios]
    report = Report(Book(), estimates, catalog, created, _place(estimates, selected), changes=changes)
    report.moved = _moved(moved)
    report.plan, report.plan_of_selected = plan or _plan_of(report), plan is None
    report.sheets = report_sheets(extras, with_plan=report.plan is not None)
    for sheet in writing_order(report.sheets):
        tell(sheet.title)
        sheet.write(report)
    tell("Finishing")
    write_lights(report)
    report.book.finish([sheet.title for sheet in report.sheets])
    report.book.describe("LLM inference unit economics", created, report.names)
    return report.book


def _place(estimates: Sequence[Estimate], selected: str | None) -> int:
    names = [item.scenario.name for item in estimates]
    if selected is None:
        return 0
    if selected not in names:
        raise InputError(f"the scenario to show must be one of {', '.join(names)}, got {selected}")
    return names.index(selected)


def _moved(names: Sequence[str]) -> tuple[str, ...]:
    """Inputs to move by name: none, or at least two, since the first two span a grid."""
    found = tuple(dict.fromkeys(get_input(name).name for name in names))
    if len(found) == 1:
        raise InputError(f"the sensitivity moves at least two inputs, got {found[0]} alone")
    return found


def _plan_of(report: Report) -> Plan | None:
    """The selected scenario over 36 months; none where its numbers do not make a plan by month."""
    try:
        return plan_fleet([report.base])
    except InputError:
        return None


def write_report(
    path: str | Path,
    scenarios: Sequence[Scenario | Estimate] | None = None,
    catalog: Catalog | None = None,
    created: datetime | None = None,
    progress: Progress | None = None,
    extras: Sequence[ReportSheet] = (),
    plan: Plan | None = None,
    selected: str | None = None,
    moved: Sequence[str] = (),
    changes: Sequence[Change] = (),
) -> Path:
    """Write the report of some scenarios (by default the article's case) as the ending of its name says.

    Parameters
    ----------
    path : str or Path
        The file to make or replace, .xlsx, .pdf, .html or .md; on any failure the old file stays as it was.
    scenarios : sequence of Scenario or Estimate, optional
        One column each; what is estimated already is not estimated again.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.
    created : datetime, optional
        The moment written into the file; by default now.
    progress : callable, optional
        Called before each of `steps(extras)` steps with what comes next.
    extras : sequence of ReportSheet, optional
        Sheets beside the report's own: those of a sweep.
    plan : Plan, optional
        The plan by month, in which every scenario is a tier; by default that of the selected scenario alone.
    selected : str, optional
        The name of the scenario that the dashboard shows; by default the first.
    moved : sequence of str, optional
        The inputs that the sheet Sensitivity moves, two or more; by default the ten that matter most.
    changes : sequence of tuple, optional
        What has changed since an earlier report, for the change log: what, scenario, name, before, now.

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
    tell = progress or _no_progress
    scenarios = scenarios or default_scenarios()
    book = build_report(scenarios, catalog, created, tell, extras, plan, selected, moved, changes)
    tell("Writing the file")
    write_book(book, Path(path), created)
    return Path(path)


def _no_progress(_next: str) -> None:
    """Progress that nobody watches."""
