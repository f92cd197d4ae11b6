"""The sheet Fleet: the plan by month, one live formula a row, copied across the months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.fleet.plan import Plan
from napkinxl.fleet.registry import MONTHLY, OVER_PLAN, Row, Wire
from napkinxl.fleet.tracing import row_formula, row_words
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.extra import ExtraSheet
from napkinxl_workbook.sheets.fleet_answer import plan_answer
from napkinxl_workbook.sheets.fleet_charts import add_charts
from napkinxl_workbook.sheets.fleet_checks import LIGHT_CELL, MONTHLY_BALANCES, write_fleet_checks
from napkinxl_workbook.sheets.fleet_inputs import write_fleet_inputs
from napkinxl_workbook.sheets.fleet_layout import (
    FIRST_MONTH_COLUMN,
    FLEET_SHEET,
    HEADER_ROW,
    OPENING_COLUMN,
    SETTINGS_SHEET,
    VALUE_COLUMN,
    FleetLayout,
    Source,
    model_source,
    month_letter,
    shown,
)
from napkinxl_workbook.sheets.pipeline_block import Pipeline

HEADERS = ["Row", "Unit", "Name", "In all", "Opening"]
AFTER, AFTER_WIDTHS = ["Formula", "Source", "Note"], [58.0, 44.0, 44.0]
# Amounts at a moment have no total over months.
NOT_ADDED = ("cumulative_cash_usd", "fleet_value_usd")
ADDED_COUNTS = ("new_users", "churned_users", "tier_new_users", "tier_churned_users", "arrived_servers",
                "retired_servers", "ordered_servers")  # fmt: skip


def fleet_sheets(plan: Plan) -> list[ExtraSheet]:
    """The sheets that a report of the plan's scenarios has beside its own."""

    def write(book: Book, _estimates: Sequence[Estimate], model: Pipeline) -> None:
        write_fleet_plan(book, plan, model_source(model))

    return [
        ExtraSheet(FLEET_SHEET, f"users, GPUs and money over {plan.settings.months} months", write, LIGHT_CELL),
        ExtraSheet(SETTINGS_SHEET, "what the fleet sets itself; written with the sheet Fleet", _written_already),
    ]


def _written_already(_book: Book, _estimates: Sequence[Estimate], _model: Pipeline) -> None:
    """The sheet Fleet inputs is written together with the sheet Fleet."""


@dataclass(frozen=True)
class FleetSheets:
    """Where the plan lies in its workbook: rows, and the cell of the light of its checks."""

    layout: FleetLayout
    light: str


def write_fleet_plan(book: Book, plan: Plan, source: Source | None = None) -> FleetSheets:
    """Write the sheets Fleet inputs and Fleet.

    `source` says where the workbook has a value of a tier's scenario (see `model_source`); without it the values are
    blue numbers on the sheet Fleet inputs.
    """
    layout = FleetLayout.place(plan)
    months = plan.settings.months
    subtitle = "One formula a row, copied across the months; results first. They follow the sheet Fleet inputs."
    widths = [44.0, 12.0, 30.0, 16.0, 14.0, *[13.0] * months, *AFTER_WIDTHS]
    checks = write_fleet_inputs(book, plan, layout, source)
    sheet = book.sheet(FLEET_SHEET, "Fleet", subtitle, widths, "70AD47")
    _write_header(book, sheet, months)
    for row, title in layout.sections.items():
        book.section(sheet, row, title, FIRST_MONTH_COLUMN - 1 + months + len(AFTER))
    for item in OVER_PLAN.values():
        _write_figure(book, sheet, plan, layout, item)
    for item in MONTHLY.values():
        for tier in range(layout.tiers if item.per_tier else 1):
            _write_row(book, sheet, plan, layout, item, tier)
    formula, text = plan_answer(plan, {name: layout.figure(name) for name in OVER_PLAN})
    book.formula(sheet, 3, 1, formula, text, "nFigure")
    sheet["A3"].alignment = Alignment(horizontal="left", vertical="center")
    sheet.print_area = f"A1:{month_letter(months)}{layout.last_row + len(MONTHLY_BALANCES) + 3}"
    light = write_fleet_checks(book, sheet, layout, checks)
    add_charts(book, sheet, plan, layout)
    return FleetSheets(layout, light)


def _write_header(book: Book, sheet: Worksheet, months: int) -> None:
    book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    for month in range(1, months + 1):
        book.text(sheet, HEADER_ROW, FIRST_MONTH_COLUMN + month - 1, f"Month {month}", "nHeaderRight")
    for offset, text in enumerate(AFTER):
        book.text(sheet, HEADER_ROW, FIRST_MONTH_COLUMN + months + offset, text, "nHeaderNote")
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEADER_ROW}:{HEADER_ROW}", "A:A"
    sheet.page_setup.fitToWidth = 3


def _write_figure(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Row) -> None:
    row = layout.rows[item.name]
    write_label(book, sheet, row, item.label, item.unit, item.name)
    formula = row_formula(item, lambda wire: layout.cells(wire, 0, 0))
    book.formula(sheet, row, VALUE_COLUMN, formula, plan.figures[item.name], "nFigure", shown(item.unit))
    _explain(book, sheet, row, plan.settings.months, item)


def _write_row(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Row, tier: int) -> None:
    row = layout.rows[item.name] + tier
    label = f"{item.label}: {plan.tiers[tier].name}" if item.per_tier else item.label
    write_label(book, sheet, row, label, item.unit, item.name)
    values = plan.tier_rows[item.name][tier] if item.per_tier else plan.rows[item.name]
    if (item.unit in ("USD", "h") and item.name not in NOT_ADDED) or item.name in ADDED_COUNTS:
        total = f"=SUM({layout.month_range(item.name, tier)})"
        book.formula(sheet, row, VALUE_COLUMN, total, sum(values), "nNumber", shown(item.unit))
    _write_opening(book, sheet, plan, layout, item, tier)
    for month, value in enumerate(values, start=1):
        formula = row_formula(item, lambda wire, month=month: layout.cells(wire, month, tier))  # type: ignore[misc]
        book.formula(sheet, row, OPENING_COLUMN + month, formula, value, "nNumber", shown(item.unit))
    _explain(book, sheet, row, plan.settings.months, item)


def _write_opening(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, item: Row, tier: int) -> None:
    """The value before month 1, where another row or month needs it."""
    row, value = layout.rows[item.name] + tier, plan.openings[item.name][tier]
    needed = {parameter for other in MONTHLY.values() for parameter in other.parameters}
    if item.opening is not None:
        cell = layout.cells(Wire("value", item.opening), 0, tier).text
        book.formula(sheet, row, OPENING_COLUMN, f"={cell}", value, "nNumber", shown(item.unit))
    elif needed & {f"previous_{item.name}", f"{item.name}_so_far"}:
        book.number(sheet, row, OPENING_COLUMN, value, "nNumber", shown(item.unit))


def _explain(book: Book, sheet: Worksheet, row: int, months: int, item: Row) -> None:
    texts = [row_words(item), item.source, " ".join(item.section("Notes").split())]
    for offset, text in enumerate(texts):
        book.text(sheet, row, FIRST_MONTH_COLUMN + months + offset, text, "nSubtitle")
