"""The charts of a plan: users and GPUs, profit with its break-even, the fleet against an API, and cash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.monthly_plan.plan import Plan
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
from napkinxl_workbook.theme import NAVY, ORANGE, PALE_BLUE

MARK = "break_even_mark"
# Two by two on a year's columns, beside the figures over the plan: they print on one page.
ACROSS, CHART_COLUMNS, CHART_ROWS = 2, 6, 17
WIDTH, HEIGHT = 14.8, 8.7
EVERY_QUARTER = 3
MONEY = ("revenue_usd", "cost_usd")


@dataclass(frozen=True)
class MonthlyCharts:
    """Users and GPUs, revenue and cost, the fleet against the API, and cash, by month."""

    fleet: Chart
    money: Chart
    serving: Chart
    cash: Chart


def add_charts(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> MonthlyCharts:
    """Put the charts beside the results, and the row that marks the break-even below the checks."""
    row = layout.last_row + len(MONTHLY_BALANCES) + 5
    _write_mark(book, sheet, plan, layout, row)
    charts = MonthlyCharts(
        fleet_chart(sheet, layout),
        money_chart(sheet, layout, row),
        serving_chart(sheet, layout),
        cash_chart(sheet, layout),
    )
    for place, chart in enumerate((charts.fleet, charts.money, charts.serving, charts.cash)):
        down, across = divmod(place, ACROSS)
        column = get_column_letter(FIRST_MONTH_COLUMN + across * CHART_COLUMNS)
        book.chart(sheet, f"{column}{HEADER_ROW + 2 + down * CHART_ROWS}", chart, WIDTH, HEIGHT)
    return charts


def _write_mark(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout, row: int) -> None:
    """The height of the chart in the month of break-even and 0 elsewhere: a column that is not seen."""
    write_label(book, sheet, row, "Break-even, for the chart", "USD", MARK)
    most = ",".join(layout.month_range(name) for name in MONEY)
    height = max((value for name in MONEY for value in plan.rows[name] if value == value), default=0.0)
    for month in range(1, layout.months + 1):
        test = f"{month_letter(month)}{layout.rows['month']}={layout.figure('break_even_month')}"
        formula = f"=IF(IFERROR({test},FALSE),MAX({most}),0)"
        value = height if month == plan.figures["break_even_month"] else 0.0
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
            Series("Users", row("total_users"), ORANGE, line=True, second_axis=True),
        ),
        Axis("Month", "0"),
        Axis("GPUs"),
        second=Axis("Users"),
        stacked=True,
        from_zero=True,
        label_every=EVERY_QUARTER,
        spaced_labels=True,
        gap_percent=40,
    )


def money_chart(sheet: Worksheet, layout: FleetLayout, mark: int) -> Chart:
    """Lines of revenue and cost over one column, which stands in the month of break-even."""
    row = _rows(sheet, layout)
    revenue, cost = map(row, MONEY)
    return Chart(
        "Revenue and cost by month" + (", all tiers" if layout.tiers > 1 else ""),
        "Revenue and cost as lines, month by month; a column marks the month of break-even.",
        row("month"),
        (
            Series("Break-even", _row(sheet, layout, mark), PALE_BLUE),
            Series("Revenue", revenue, NAVY, line=True),
            Series("Cost", cost, ORANGE, line=True, dash="dash"),
        ),
        Axis("Month", "0"),
        Axis("USD", "$#,##0"),
        from_zero=True,
        label_every=EVERY_QUARTER,
        spaced_labels=True,
        gap_percent=0,
    )


def serving_chart(sheet: Worksheet, layout: FleetLayout) -> Chart:
    """What the fleet costs as columns, the API's bill as a line, and the gross margin on an axis of its own."""
    row = _rows(sheet, layout)

    return Chart(
        "The fleet, the API and the gross margin by month",
        "What the fleet costs each month as a column, the same tokens at the API's price as a dashed line, and the "
        "gross margin with the fleet as a line on the right axis.",
        row("month"),
        (
            Series("Fleet", row("fleet_cost_usd"), PALE_BLUE),
            Series("API", row("api_usd"), NAVY, line=True, dash="dash"),
            Series("Gross margin", row("month_gross_margin_share"), ORANGE, line=True, second_axis=True),
        ),
        Axis("Month", "0"),
        Axis("USD", "$#,##0"),
        second=Axis("Gross margin", "0%"),
        from_zero=True,
        label_every=EVERY_QUARTER,
        spaced_labels=True,
    )


def cash_chart(sheet: Worksheet, layout: FleetLayout) -> Chart:
    """Cash since the start, with the fleet and with an API: lines of their own, as they outgrow a month's money."""
    row = _rows(sheet, layout)

    return Chart(
        "Cumulative cash by month",
        "Cash since the start as lines, month by month: with the fleet, and if an API served every request.",
        row("month"),
        (
            Series("With the fleet", row("cumulative_cash_usd"), NAVY, line=True),
            Series("With the API", row("cumulative_api_cash_usd"), ORANGE, line=True, dash="dash"),
        ),
        Axis("Month", "0"),
        Axis("USD", "$#,##0"),
        label_every=EVERY_QUARTER,
        spaced_labels=True,
    )
