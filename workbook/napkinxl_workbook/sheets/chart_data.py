"""The sheet Chart data: what the waterfall and the roofline of the dashboard draw of the selected scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.ops import NO_ANSWER
from napkinxl.formulas import QUANTITIES
from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Series, XYChart
from napkinxl_workbook.sheets.balances import TOLERANCE_CELL
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE, number_format

TITLE = "Chart data"
HEADER_ROW, FIRST_ROW = 5, 6
WATERFALL_HEADERS = [
    "Step",
    "Amount",
    "From",
    "To",
    "Whole",
    "Above zero, hidden",
    "Above zero",
    "Below zero, hidden",
    "Below zero",
]
# From the price down to what is left; each but the ends takes away.
COSTS = ("serving_usd_per_user_month", "payment_fees_usd_per_user_month", "support_usd_per_user_month")
PRICE, LEFT = "price_usd_per_user_month", "contribution_usd_per_user_month"
LABELS = {PRICE: "Price", COSTS[0]: "Serving", COSTS[1]: "Payment fees", COSTS[2]: "Support", LEFT: "Contribution"}
ROOF_ROW = FIRST_ROW + len(LABELS) + 4
ROOF_HEADERS = ["Point", "FLOP per byte", "TFLOP/s per GPU"]
LEAST_INTENSITY, GREATEST_INTENSITY = 0.1, 100_000.0
LEFT_END, BEND, RIGHT_END = "Roof, left end", "Roof, where bandwidth and compute balance", "Roof, right end"
POINTS = {
    "Decode": ("step_flop_per_byte", "step_tflops_per_gpu"),
    "Prefill": ("prompt_flop_per_byte", "prompt_tflops_per_gpu"),
}


@dataclass(frozen=True)
class ChartData:
    """Where the rows lie, for the charts."""

    sheet: Worksheet

    def _column(self, column: int, first: int, last: int) -> Reference:
        return Reference(self.sheet, min_row=first, max_row=last, min_col=column)

    def waterfall_chart(self) -> Chart:
        """From a user's price to what is left, step by step."""
        last = FIRST_ROW + len(LABELS) - 1
        whole, up_hidden, up, down_hidden, down = (self._column(n, FIRST_ROW, last) for n in range(5, 10))
        return Chart(
            "From price to contribution, per user",
            "A waterfall: the price a user pays a month, less the cost of serving, payment fees and support, "
            "and what is left.",
            self._column(1, FIRST_ROW, last),
            (
                Series("Price and contribution", whole, NAVY),
                Series("", up_hidden, ""),
                Series("Cost", up, ORANGE),
                Series("", down_hidden, ""),
                Series("", down, ORANGE),
            ),
            Axis("", "General"),
            Axis("USD a month", "$#,##0.00"),
            stacked=True,
        )

    def roofline_chart(self) -> XYChart:
        """What the GPU can do at each arithmetic intensity, and where decode and prefill stand."""
        left, reached = (self._column(column, ROOF_ROW + 2, ROOF_ROW + 4) for column in (2, 3))
        curves = [Curve("Roof", left, reached, NAVY)]
        for place, (name, colour) in enumerate(zip(POINTS, (ORANGE, BLUE), strict=True), start=ROOF_ROW + 5):
            x, y = (self._column(column, place, place) for column in (2, 3))
            curves.append(Curve(name, x, y, colour, marked=True))
        return XYChart(
            "Roofline of one GPU",
            "Compute reached over arithmetic intensity, both logarithmic. The roof rises with bandwidth and ends flat "
            "at the GPU's compute; one mark is a decode step, the other the prefill of a prompt.",
            tuple(curves),
            Axis("FLOP per byte moved", "General"),
            Axis("TFLOP/s", "General"),
        )


def write_chart_data(report: Report) -> None:
    """Write the sheet."""
    subtitle = "What the dashboard draws of the selected scenario; everything follows Workings."
    sheet = report.book.sheet(TITLE, TITLE, subtitle, [44, *[18.0] * 8], "Workings")
    report.book.section(sheet, HEADER_ROW - 1, "From price to contribution, per user, USD a month", 9)
    report.book.row(sheet, HEADER_ROW, WATERFALL_HEADERS, "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 32
    _write_waterfall(report, sheet)
    _write_roof(report, sheet)
    report.put(ChartData(sheet))


def _write_waterfall(report: Report, sheet: Worksheet) -> None:
    """The amounts as they run, and each cut at zero: a stacked chart draws what is above and below apart."""
    workings, values = report.get(Workings), report.base.values
    before = 0.0
    for row, (name, label) in enumerate(LABELS.items(), start=FIRST_ROW):
        report.book.text(sheet, row, 1, label)
        amount, end = float(values[name]), name in (PRICE, LEFT)
        start, stop = (0.0, amount) if end else (before, before - amount)
        above = f"D{row - 1}"
        formulas = [
            workings.selected(name),
            "0" if end else above,
            f"B{row}" if end else f"C{row}-B{row}",
            f"B{row}" if end else "0",
            *(["0"] * 4 if end else _cut(f"C{row}", f"D{row}")),
        ]
        numbers = [amount, start, stop, amount if end else 0.0, *([0.0] * 4 if end else _cut_values(start, stop))]
        _write_numbers(report, sheet, row, formulas, numbers, number_format("USD/month"))
        before = stop
    last = FIRST_ROW + len(LABELS) - 1
    report.check(
        TITLE,
        "price less costs equals contribution",
        f"IF(ISNUMBER('{TITLE}'!B{last}),ABS('{TITLE}'!D{last - 1}-'{TITLE}'!B{last})"
        f"<={TOLERANCE_CELL}*(ABS('{TITLE}'!B{FIRST_ROW})+ABS('{TITLE}'!B{last})),TRUE)",
    )


def _cut(start: str, stop: str) -> list[str]:
    """The formulas of the hidden and the drawn part above zero, and those below."""
    low, high = f"MIN({start},{stop})", f"MAX({start},{stop})"
    return [f"MAX({low},0)", f"MAX({high},0)-MAX({low},0)", f"MIN({high},0)", f"MIN({low},0)-MIN({high},0)"]


def _cut_values(start: float, stop: float) -> list[float]:
    if start != start or stop != stop:
        return [NO_ANSWER] * 4
    low, high = min(start, stop), max(start, stop)
    return [max(low, 0.0), max(high, 0.0) - max(low, 0.0), min(high, 0.0), min(low, 0.0) - min(high, 0.0)]


def _write_roof(report: Report, sheet: Worksheet) -> None:
    book, workings, values = report.book, report.get(Workings), report.base.values
    book.section(sheet, ROOF_ROW, "Roofline of the selected scenario, per GPU", 9)
    book.row(sheet, ROOF_ROW + 1, ROOF_HEADERS, "nHeader")
    compute, bandwidth = float(values["compute_tflops"]), float(values["memory_bandwidth_tb_s"])
    names = (workings.selected("compute_tflops"), workings.selected("memory_bandwidth_tb_s"))
    balance = float(values["hardware_balance_flop_per_byte"])
    roof = {
        LEFT_END: (None, LEAST_INTENSITY),
        BEND: (workings.selected("hardware_balance_flop_per_byte"), balance),
        RIGHT_END: (None, GREATEST_INTENSITY),
    }
    for row, (label, (formula, intensity)) in enumerate(roof.items(), start=ROOF_ROW + 2):
        book.text(sheet, row, 1, label)
        reached = NO_ANSWER if compute != compute or bandwidth != bandwidth else min(compute, bandwidth * intensity)
        if formula is None:
            book.number(sheet, row, 2, intensity, "nInput", "General")
        else:
            book.formula(sheet, row, 2, f"={formula}", intensity, "nNumber", number_format("FLOP/byte"))
        roof_formula = f"=MIN({names[0]},{names[1]}*B{row})"
        book.formula(sheet, row, 3, roof_formula, reached, "nNumber", number_format("TFLOP/s"))
    for row, (label, pair) in enumerate(POINTS.items(), start=ROOF_ROW + 2 + len(roof)):
        book.text(sheet, row, 1, label)
        for column, name in enumerate(pair, start=2):
            shown = number_format(QUANTITIES[name].unit)
            book.formula(sheet, row, column, f"={workings.selected(name)}", values[name], "nNumber", shown)


def _write_numbers(
    report: Report, sheet: Worksheet, row: int, formulas: Sequence[str], values: Sequence[float], shown: str
) -> None:
    for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=2):
        if formula == "0":
            report.book.number(sheet, row, column, 0.0, "nNumber", shown)
        else:
            report.book.formula(sheet, row, column, f"={formula}", value, "nNumber", shown)


CHART_DATA = ReportSheet(
    TITLE,
    "Workings",
    "what the waterfall and the roofline of the dashboard draw",
    write_chart_data,
    needs=(WORKINGS_SHEET,),
)
