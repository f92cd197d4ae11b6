"""The sheet Dashboard: the selected scenario at a glance, in six figures and eight charts."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.formulas import QUANTITIES
from napkinxl_workbook.answers import answer
from napkinxl_workbook.charts.spec import Chart, XYChart
from napkinxl_workbook.printing import set_one_page
from napkinxl_workbook.sheets.by_context import ContextSweep
from napkinxl_workbook.sheets.chart_data import ChartData
from napkinxl_workbook.sheets.cover import selected_cells
from napkinxl_workbook.sheets.monthly_plan.charts import MonthlyCharts
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import SELECTOR
from napkinxl_workbook.sheets.sensitivity.sheet import LiveTornado
from napkinxl_workbook.sheets.user_sweep import UserSweep
from napkinxl_workbook.sheets.workings import Workings
from napkinxl_workbook.theme import number_format

TITLE = "Dashboard"
COLUMNS, COLUMN_WIDTH = 12, 9.6
CARD_COLUMNS = 2
MARGIN, PRICE = "gross_margin_share", "price_usd_per_user_month"
CARDS = (
    "serving_usd_per_user_month",
    MARGIN,
    "break_even_price_usd_per_user_month",
    "users_per_gpu",
    "subscribers_per_gpu",
    "tokens_per_s_per_user",
)
FREE = "free plan"
TORNADO_BARS = 6  # more would leave no room for a line of text each
CARD_ROW = 8
FIRST_CHART_ROW = 12
CHART_WIDTH, CHART_HEIGHT, CHART_ROWS = 11.2, 6.8, 13


def write_dashboard(report: Report) -> None:
    """Write the sheet."""
    subtitle = "The selected scenario. Choose another on Inputs and this page follows."
    sheet = report.book.sheet(TITLE, TITLE, subtitle, [COLUMN_WIDTH] * COLUMNS, "Output")
    sheet.page_setup.orientation = "portrait"
    set_one_page(sheet)
    sheet.print_options.horizontalCentered = True
    _write_answer(report, sheet)
    _write_cards(report, sheet)
    last_row = FIRST_CHART_ROW
    for number, chart in enumerate(dashboard_charts(report)):
        down, across = divmod(number, 2)
        row = FIRST_CHART_ROW + down * CHART_ROWS
        column = get_column_letter(1 + across * COLUMNS // 2)
        report.book.chart(sheet, f"{column}{row}", chart, CHART_WIDTH, CHART_HEIGHT)
        last_row = row + CHART_ROWS
    sheet.print_area = f"A1:{get_column_letter(COLUMNS)}{last_row}"


def _write_answer(report: Report, sheet: Worksheet) -> None:
    book = report.book
    count = len(report.estimates)
    one_of = f", one of {count} scenarios" if count > 1 else ""
    formula = f'={SELECTOR}&"{one_of}"' if one_of else f"={SELECTOR}"
    book.formula(sheet, 5, 1, formula, report.base.scenario.name + one_of, "nTitle")
    sheet.merge_cells(start_row=5, end_row=5, start_column=1, end_column=COLUMNS)
    formula, text = answer(report.base, selected_cells(report))
    book.formula(sheet, 6, 1, formula, text, "nAnswer")
    sheet.merge_cells(start_row=6, end_row=6, start_column=1, end_column=COLUMNS)
    sheet.row_dimensions[6].height = 6 + 16 * (1 + len(text) // int(COLUMNS * COLUMN_WIDTH * 0.85))


def _write_cards(report: Report, sheet: Worksheet) -> None:
    """Six figures side by side: label, value, unit."""
    book, workings = report.book, report.get(Workings)
    for place, name in enumerate(CARDS):
        column = 1 + place * CARD_COLUMNS
        quantity, value = QUANTITIES[name], report.base.values[name]
        book.text(sheet, CARD_ROW, column, quantity.label, "nCardLabel")
        shown = number_format(quantity.unit, value)
        found = workings.selected(name)
        formula, value = _margin(report, found, value) if name == MARGIN else (f"={found}", value)
        book.formula(sheet, CARD_ROW + 1, column, formula, value, "nCardValue", shown)
        book.text(sheet, CARD_ROW + 2, column, quantity.unit, "nCardLabel")
        for row in range(CARD_ROW, CARD_ROW + 3):
            sheet.cell(row, column + 1).style = sheet.cell(row, column).style
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)
    sheet.row_dimensions[CARD_ROW].height = 30
    sheet.row_dimensions[CARD_ROW + 1].height = 28


def _margin(report: Report, found: str, value: float) -> tuple[str, float | str]:
    """The margin, or that there is no price to have one of."""
    formula = f'=IF({report.get(Workings).selected(PRICE)}=0,"{FREE}",{found})'
    return formula, FREE if report.base.values[PRICE] == 0 else value


def dashboard_charts(report: Report) -> Iterator[Chart | XYChart]:
    """The charts, from capacity to money; what a report leaves out is not drawn."""
    contexts, data = report.get(ContextSweep), report.get(ChartData)
    yield contexts.capacity_chart()
    yield contexts.cost_chart()
    yield contexts.step_chart()
    yield data.roofline_chart()
    yield data.waterfall_chart()
    yield report.get(UserSweep).chart()
    if report.has(MonthlyCharts):
        yield report.get(MonthlyCharts).money
    yield report.get(LiveTornado).chart(TORNADO_BARS)


DASHBOARD = ReportSheet(
    TITLE,
    "Output",
    "the selected scenario at a glance: six figures and the charts",
    write_dashboard,
    needs=("By context", "Chart data", "Own, rent or API", "Monthly plan", "Sensitivity", "Outputs"),
)
