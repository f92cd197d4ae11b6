"""The charts of a plan: users and GPUs, and money with its break-even, all defaults set on purpose."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.fleet.plan import Plan
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.charts import axis_text, chart_title
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.fleet_checks import MONTHLY_BALANCES
from napkinxl_workbook.sheets.fleet_layout import (
    FIRST_MONTH_COLUMN,
    HEADER_ROW,
    OPENING_COLUMN,
    FleetLayout,
    month_letter,
)
from napkinxl_workbook.theme import BLUE, GREEN, GREY, NAVY, ORANGE

MARK = "break_even_mark"
CHART_COLUMNS = 8  # columns of months that a chart takes


def add_charts(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> None:
    """Put both charts beside the results, and the row that marks the break-even below the checks."""
    row = layout.last_row + len(MONTHLY_BALANCES) + 5
    _write_mark(book, sheet, plan, layout, row)
    top = HEADER_ROW + 2
    sheet.add_chart(_fleet_chart(sheet, layout), f"{get_column_letter(FIRST_MONTH_COLUMN)}{top}")
    sheet.add_chart(_money_chart(sheet, layout, row), f"{get_column_letter(FIRST_MONTH_COLUMN + CHART_COLUMNS)}{top}")


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


def _fleet_chart(sheet: Worksheet, layout: FleetLayout) -> BarChart:
    """GPUs owned and rented as columns, users as a line with an axis of its own."""
    bars = BarChart()
    bars.type, bars.grouping, bars.overlap, bars.gapWidth = "col", "stacked", 100, 40
    for name, title, colour in (("owned_gpus", "GPUs owned", BLUE), ("rented_gpus", "GPUs rented", "9DC3E6")):
        bars.series.append(_bars(sheet, layout, layout.rows[name], title, colour))
    bars.set_categories(_row(sheet, layout, layout.rows["month"]))
    line = LineChart()
    line.series.append(_line(sheet, layout, layout.rows["users"], "Users", ORANGE))
    # A second axis at the right needs months of its own, which are not shown.
    line.x_axis = TextAxis(axId=20, crossAx=200, delete=True)
    line.y_axis.axId, line.y_axis.crossAx = 200, 20
    line.y_axis.crosses = "max"
    _set_axis(line.y_axis, "Users", "#,##0")
    line.y_axis.tickLblPos = "nextTo"
    line.y_axis.majorGridlines = None
    _finish(bars, "GPUs and users by month", "GPUs", "#,##0")
    bars += line
    return bars


def _money_chart(sheet: Worksheet, layout: FleetLayout, mark: int) -> BarChart:
    """Lines of revenue, cost and cash over one column, which stands in the month of break-even."""
    column = BarChart()
    column.type, column.gapWidth = "col", 60
    column.series.append(_bars(sheet, layout, mark, "Break-even", GREEN))
    column.set_categories(_row(sheet, layout, layout.rows["month"]))
    lines = LineChart()
    for name, title, colour in (
        ("revenue_usd", "Revenue", BLUE),
        ("cost_usd", "Cost", ORANGE),
        ("cumulative_cash_usd", "Cumulative cash", NAVY),
    ):
        lines.series.append(_line(sheet, layout, layout.rows[name], title, colour))
    _finish(column, "Revenue, cost and cash by month", "USD", "$#,##0")
    column += lines
    return column


def _bars(sheet: Worksheet, layout: FleetLayout, row: int, title: str, colour: str) -> Any:
    series: Any = Series(_row(sheet, layout, row), title=title)
    series.graphicalProperties = GraphicalProperties(solidFill=colour, ln=LineProperties(noFill=True))
    series.invertIfNegative = False
    return series


def _line(sheet: Worksheet, layout: FleetLayout, row: int, title: str, colour: str) -> Any:
    series: Any = Series(_row(sheet, layout, row), title=title)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=22225))
    series.marker = Marker(symbol="none")
    series.smooth = False
    return series


def _set_axis(axis: Any, title: str, shown: str = "") -> None:
    axis.delete = False
    axis.tickLblPos = "low"
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.txPr = axis_text()
    axis.title = chart_title(title, 900, GREY)
    axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    if shown:
        axis.number_format = shown
        axis.numFmt.sourceLinked = False


def _finish(chart: Any, title: str, y_title: str, shown: str) -> None:
    chart.width, chart.height = 17, 11
    chart.roundedCorners = False
    chart.title = chart_title(title, 1200, NAVY, bold=True)
    chart.legend.position = "t"
    chart.legend.overlay = False
    chart.legend.txPr = axis_text()
    _set_axis(chart.x_axis, "Month", "0")
    _set_axis(chart.y_axis, y_title, shown)
    chart.x_axis.axPos = "b"
    chart.x_axis.tickLblSkip = 3
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="A6A6A6", w=9525))
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E7E6E6", w=9525)))
    chart.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(solidFill="D9D9D9"))
    chart.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    chart.layout = Layout(manualLayout=ManualLayout(x=0.09, y=0.2, w=0.82, h=0.6, xMode="edge", yMode="edge"))
