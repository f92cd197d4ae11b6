"""The sheet Monthly plan: the plan by month, one live formula a row, copied across the months."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.registry import Wire
from napkinxl.engine.tracing import row_formula
from napkinxl.formulas import Quantity, formula_words
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.monthly_plan.plan import Plan
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.checks import ALL_GOOD
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.monthly_plan.answer import plan_answer
from napkinxl_workbook.sheets.monthly_plan.charts import MonthlyCharts, add_charts
from napkinxl_workbook.sheets.monthly_plan.checks import LIGHT_CELL, write_fleet_checks
from napkinxl_workbook.sheets.monthly_plan.inputs import write_fleet_inputs
from napkinxl_workbook.sheets.monthly_plan.layout import (
    FIRST_MONTH_COLUMN,
    HEADER_ROW,
    OPENING_COLUMN,
    PLAN_SHEET,
    SETTINGS_SHEET,
    VALUE_COLUMN,
    YEAR,
    FleetLayout,
    Source,
    source_of,
)
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET
from napkinxl_workbook.theme import plan_format

ANSWER_ROW, ANSWER_COLUMNS = 4, 11
HEADERS, WIDTHS, MONTH_WIDTH = ["Row", "Unit", "Name", "In all", "Opening"], [44.0, 12.0, 30.0, 16.0, 14.0], 13.0
AFTER, AFTER_WIDTHS = ["Formula", "Source", "Note"], [58.0, 44.0, 44.0]


@dataclass(frozen=True)
class PlanSheets:
    """Where the plan lies in its workbook: rows, and the cell of the light of its checks."""

    layout: FleetLayout
    light: str
    charts: MonthlyCharts


def write_plan(book: Book, plan: Plan, source: Source | None = None) -> PlanSheets:
    """Write the sheets Plan inputs and Monthly plan.

    `source` says where the workbook has a value of a tier's scenario (see `source_of`); without it the values are
    blue numbers on the sheet Plan inputs.
    """
    layout = FleetLayout.place(plan)
    subtitle = "One formula a row, copied across the months; results first. They follow the sheet Plan inputs."
    widths = [*WIDTHS, *[MONTH_WIDTH] * (layout.after_column - FIRST_MONTH_COLUMN), *AFTER_WIDTHS]
    checks = write_fleet_inputs(book, plan, layout, source)
    sheet = book.sheet(PLAN_SHEET, PLAN_SHEET, subtitle, widths, "Output")
    _write_header(book, sheet, layout)
    for row, title in layout.sections.items():
        book.section(sheet, row, title, layout.after_column - 1 + len(AFTER))
    for item in OVER_PLAN.values():
        _write_figure(book, sheet, plan, layout, item)
    for item in MONTHLY.values():
        for tier in range(layout.tiers if item.per_tier else 1):
            _write_row(book, sheet, plan, layout, item, tier)
    _write_answer(book, sheet, plan, layout)
    _fold(book, sheet, layout)
    light = write_fleet_checks(book, sheet, layout, checks)
    _set_pages(book, sheet, layout)
    charts = add_charts(book, sheet, plan, layout)
    return PlanSheets(layout, light, charts)


def _write_answer(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> None:
    formula, text = plan_answer(plan, {name: layout.figure(name) for name in OVER_PLAN})
    book.formula(sheet, ANSWER_ROW, 1, formula, text, "nAnswer")
    sheet.merge_cells(start_row=ANSWER_ROW, end_row=ANSWER_ROW, start_column=1, end_column=ANSWER_COLUMNS)
    room = sum(WIDTHS) + MONTH_WIDTH * (ANSWER_COLUMNS - len(WIDTHS))
    sheet.row_dimensions[ANSWER_ROW].height = 4 + 16 * (1 + len(text) // (room * 0.8))


def _fold(book: Book, sheet: Worksheet, layout: FleetLayout) -> None:
    """Let a reader fold away the rows under a heading, and what explains them."""
    book.group_rows(sheet, range(min(layout.sections), layout.last_row + 1))
    for row in layout.sections:
        sheet.row_dimensions[row].outlineLevel = 0
    book.group_columns(sheet, layout.after_column, layout.after_column + len(AFTER) - 1)


def _set_pages(book: Book, sheet: Worksheet, layout: FleetLayout) -> None:
    """The figures with their charts on a page, then a year of months on a page, and last the figures' formulas."""
    years = range(FIRST_MONTH_COLUMN + YEAR, layout.after_column, YEAR)
    book.page_starts[PLAN_SHEET] = (*years, layout.after_column)
    last, figures = get_column_letter(layout.after_column + len(AFTER) - 1), layout.first_monthly_row - 1
    sheet.row_breaks.append(Break(id=figures))
    # Areas apart: the second year has no figures. Notes run on beyond their column, which must not take a page.
    first_page, after = get_column_letter(FIRST_MONTH_COLUMN + YEAR - 1), get_column_letter(layout.after_column)
    sheet.print_area = [
        f"A1:{first_page}{figures}",
        f"{after}{HEADER_ROW + 1}:{last}{figures}",
        f"A{figures + 1}:{last}{sheet.max_row}",
    ]


def _write_header(book: Book, sheet: Worksheet, layout: FleetLayout) -> None:
    book.row(sheet, HEADER_ROW, [*HEADERS, *[""] * (layout.after_column - FIRST_MONTH_COLUMN)], "nHeader")
    for month in range(1, layout.months + 1):
        book.text(sheet, HEADER_ROW, FIRST_MONTH_COLUMN + month - 1, f"Month {month}", "nHeaderRight")
    for offset, text in enumerate(AFTER):
        book.text(sheet, HEADER_ROW, layout.after_column + offset, text, "nHeaderNote")
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEADER_ROW}:{HEADER_ROW}", "A:A"


def _write_figure(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Quantity) -> None:
    row = layout.rows[item.name]
    write_label(book, sheet, row, item.label, item.unit, item.name)
    formula = row_formula(item, lambda wire: layout.cells(wire, 0, 0))
    book.formula(sheet, row, VALUE_COLUMN, formula, plan.figures[item.name], "nFigure", plan_format(item))
    _explain(book, sheet, row, layout, item)


def _write_row(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Quantity, tier: int) -> None:
    row = layout.rows[item.name] + tier
    label = f"{item.label}: {plan.tiers[tier].name}" if item.per_tier and layout.tiers > 1 else item.label
    write_label(book, sheet, row, label, item.unit, item.name)
    values = plan.tier_rows[item.name][tier] if item.per_tier else plan.rows[item.name]
    if item.months == "sum":
        total = f"=SUM({layout.month_range(item.name, tier)})"
        book.formula(sheet, row, VALUE_COLUMN, total, sum(values), "nNumber", plan_format(item))
    _write_opening(book, sheet, plan, layout, item, tier)
    for month, value in enumerate(values, start=1):
        formula = row_formula(item, lambda wire, month=month: layout.cells(wire, month, tier))  # type: ignore[misc]
        book.formula(sheet, row, OPENING_COLUMN + month, formula, value, "nNumber", plan_format(item))
    _explain(book, sheet, row, layout, item)


def _write_opening(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Quantity, tier: int) -> None:
    """The value before month 1, where another row or month needs it."""
    row, value = layout.rows[item.name] + tier, plan.openings[item.name][tier]
    needed = {parameter for other in MONTHLY.values() for parameter in other.parameters}
    if item.opening is not None:
        cell = layout.cells(Wire("value", item.opening), 0, tier).text
        book.formula(sheet, row, OPENING_COLUMN, f"={cell}", value, "nNumber", plan_format(item))
    elif needed & {f"previous_{item.name}", f"{item.name}_so_far"}:
        book.number(sheet, row, OPENING_COLUMN, value, "nNumber", plan_format(item))


def _explain(book: Book, sheet: Worksheet, row: int, layout: FleetLayout, item: Quantity) -> None:
    texts = [formula_words(item.name), item.source, " ".join(item.section("Notes").split())]
    for offset, text in enumerate(texts):
        book.text(sheet, row, layout.after_column + offset, text, "nSubtitle")


def write_monthly_plan(report: Report) -> None:
    """Write both sheets of a report's plan."""
    assert report.plan is not None
    report.put(write_plan(report.book, report.plan, source_of(report)).charts)
    report.check(PLAN_SHEET, "its balances and the bounds of its inputs hold", f'{LIGHT_CELL}="{ALL_GOOD}"')


def _written_already(_report: Report) -> None:
    """The sheet Plan inputs is written together with the sheet Monthly plan."""


MONTHLY_PLAN = ReportSheet(
    PLAN_SHEET, "Output", "users, GPUs, cost, revenue and cash by month", write_monthly_plan, needs=(WORKINGS_SHEET,)
)
PLAN_INPUTS = ReportSheet(
    SETTINGS_SHEET,
    "Input",
    "what the monthly plan sets itself; type into the blue cells",
    _written_already,
    needs=(PLAN_SHEET,),
)
