"""The charts of a plan: users and GPUs, money with its break-even, and cost with its margin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.fleet.plan import Plan
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.monthly_plan.checks import MONTHLY_BALANCES
from napkinxl_workbook.sheets.monthly_plan.layout import (
    FIRST_MONTH_COLUMN,
    HEADER_ROW,
    OPENING_COLUMN,
    FleetLayout,
    month_letter,
)
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE, PALE_BLUE

MARK = "break_even_mark"
CHART_COLUMNS = 8  # columns of months that a chart takes
WIDTH, HEIGHT = 17, 11
EVERY_QUARTER = 3


@dataclass(frozen=True)
class MonthlyCharts:
    """Users and GPUs, money, and cost beside its margin, by month."""

    fleet: Chart
    money: Chart
    margin: Chart


def add_charts(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> MonthlyCharts:
    """Put the charts beside the results, and the row that marks the break-even below the checks."""
    row = layout.last_row + len(MONTHLY_BALANCES) + 5
    _write_mark(book, sheet, plan, layout, row)
    charts = MonthlyCharts(fleet_chart(sheet, layout), money_chart(sheet, layout, row), margin_chart(sheet, layout))
    for place, chart in enumerate((charts.fleet, charts.money, charts.margin)):
        column = get_column_letter(FIRST_MONTH_COLUMN + place * CHART_COLUMNS)
        book.chart(sheet, f"{column}{HEADER_ROW + 2}", chart, WIDTH, HEIGHT)
    return charts


def _write_mark(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, row: int) -> None:
    """The revenue in the month of break-even and 0 elsewhere: a column that is not seen."""
    write_label(book, sheet, row, "Break-even, for the chart", "USD", MARK)
    for month, revenue in enumerate(plan.rows["revenue_usd"], start=1):
        here = month_letter(month)
        test = f"{here}{layout.rows['month']}={layout.figure('break_even_month')}"
        formula = f"=IF(IFERROR({test},FALSE),{here}{layout.rows['revenue_usd']},0)"
        value = revenue if month == plan.figures["break_even_month"] else 0.0
        book.formula(sheet, row, OPENING_COLUMN + month, formula, value, "nNumber", "$#,##0")


def _row(sheet: Worksheet, layout: FleetLayout, row: int) -> Reference:
    last = FIRST_MONTH_COLUMN + layout.months - 1
    return Reference(sheet, min_col=FIRST_MONTH_COLUMN, max_col=last, min_row=row, max_row=row)


def _rows(sheet: Worksheet, layout: FleetLayout) -> Callable[[str], Reference]:
    """What finds the months of a row by its name."""
    return lambda name: _row(sheet, layout, layout.rows[name])


def fleet_chart(sheet: Worksheet, layout: FleetLayout) -> Chart:
    """GPUs owned and rented as columns, users as a line with an axis of its own."""
    row = _rows(sheet, layout)

    return Chart(
        "GPUs and users by month",
        "GPUs owned and rented as stacked columns, and users as a line on the right axis, month by month.",
        row("month"),
        (
            Series("GPUs owned", row("owned_gpus"), NAVY),
            Series("GPUs rented", row("rented_gpus"), PALE_BLUE),
            Series("Users", row("users"), ORANGE, line=True, second_axis=True),
        ),
        Axis("Month", "0"),
        Axis("GPUs"),
        second=Axis("Users"),
        stacked=True,
        from_zero=True,
        label_every=EVERY_QUARTER,
        gap_percent=40,
    )


def money_chart(sheet: Worksheet, layout: FleetLayout, mark: int) -> Chart:
    """Lines of revenue, cost and cash over one column, which stands in the month of break-even."""
    row = _rows(sheet, layout)

    return Chart(
        "Revenue, cost and cash by month" + (", all tiers" if layout.tiers > 1 else ""),
        "Revenue, cost and cumulative cash as lines, month by month; a column marks the month of break-even.",
        row("month"),
        (
            Series("Break-even", _row(sheet, layout, mark), PALE_BLUE),
            Series("Revenue", row("revenue_usd"), BLUE, line=True),
            Series("Cost", row("cost_usd"), ORANGE, line=True, dash="dash"),
            Series("Cumulative cash", row("cumulative_cash_usd"), NAVY, line=True, dash="sysDot"),
        ),
        Axis("Month", "0"),
        Axis("USD", "$#,##0"),
        label_every=EVERY_QUARTER,
    )


def margin_chart(sheet: Worksheet, layout: FleetLayout) -> Chart:
    """What a month costs as columns, and the gross margin as a line with an axis of its own."""
    row = _rows(sheet, layout)

    return Chart(
        "Cost and gross margin by month",
        "The cost of each month as a column, and the gross margin as a line on the right axis.",
        row("month"),
        (
            Series("Cost", row("cost_usd"), PALE_BLUE),
            Series("Gross margin", row("gross_margin_share"), ORANGE, line=True, second_axis=True),
        ),
        Axis("Month", "0"),
        Axis("USD", "$#,##0"),
        second=Axis("Gross margin", "0%"),
        from_zero=True,
        label_every=EVERY_QUARTER,
    )
