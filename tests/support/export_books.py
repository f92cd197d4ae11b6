"""Books to write in other formats: a report with a plan, and a sheet with every kind of chart."""

from __future__ import annotations

from openpyxl.chart import Reference

from napkinxl import Scenario
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Series, XYChart
from napkinxl_workbook.report import build_report
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE, PALE_BLUE
from support.report_files import CREATED

HOSTILE = '</title><script>alert(1)</script><img src="http://evil.test/x.png"> & "it\'s" {{ 7*7 }} | *a* `b` [c](d) #'
ROWS: tuple[tuple[str | float | None, ...], ...] = (
    ("Costs", "Compute", "Power", "Hosting", "Network", "Risk"),
    (1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
    (12.0, 3.0, 4.0, 2.0, 2.0, 1.0),
    (0.0, 12.0, 15.0, 19.0, 21.0, 23.0),
    (10.0, -3.0, 4.0, None, 2.0, 1.0),
    (120000.0, 150000.0, 210000.0, 260000.0, 400000.0, 405000.0),
    (0.01, 1.0, 10.0, 100.0, 1000.0, 5000.0),
    (1.0, 30.0, 300.0, 900.0, 900.0, 900.0),
)
FIRST_ROW, FIRST_COLUMN = 4, 2


def report() -> Book:
    """A report whose scenarios have names that could pass for markup; one does not fit."""
    scenarios = [
        Scenario(name=HOSTILE, gpu="H100 SXM", model="Qwen3-32B", preset="calibrated", context_tokens=8_000),
        Scenario(name="=1+1", total_params_b=500),
    ]
    return build_report(scenarios, created=CREATED)


def chart_book() -> Book:
    """One sheet with figures, a formula without an answer among them, and a chart of each kind."""
    book = Book()
    sheet = book.sheet("Data", "Data", "Figures for charts", [20, *[14] * 6], "Output")
    for row, values in enumerate(ROWS, start=FIRST_ROW):
        for column, value in enumerate(values, start=FIRST_COLUMN):
            if isinstance(value, str):
                book.text(sheet, row, column, value)
            else:
                book.formula(sheet, row, column, "=NA()" if value is None else f"={value}", value)

    def cells(row: int, columns: int = 6) -> Reference:
        last = FIRST_COLUMN + columns - 1
        return Reference(sheet, min_row=FIRST_ROW + row, max_row=FIRST_ROW + row, min_col=FIRST_COLUMN, max_col=last)

    users = Series("Users", cells(5), ORANGE, line=True, second_axis=True)
    stacked = (Series("Owned", cells(2), NAVY), Series("Rented", cells(3), PALE_BLUE), users)
    charts: tuple[Chart | XYChart, ...] = (
        Chart(
            "Stacked",
            "told 1",
            cells(1),
            stacked,
            Axis("Month", "0"),
            Axis("GPUs"),
            Axis("Users"),
            stacked=True,
            label_every=2,
        ),
        Chart(
            "Waterfall",
            "told 2",
            cells(0),
            (Series("base", cells(3), ""), Series("Step", cells(2), BLUE)),
            Axis("", "General"),
            Axis("USD", "$#,##0.00"),
            stacked=True,
        ),
        Chart(
            "Clustered",
            "told 3",
            cells(0),
            (Series("Rented", cells(2), NAVY), Series("Owned", cells(4), ORANGE)),
            Axis("Kind"),
            Axis("USD", "$#,##0"),
        ),
        Chart(
            "Sideways",
            "told 4",
            cells(0),
            (Series("Low", cells(4), NAVY),),
            Axis("", "General"),
            Axis("USD", "$#,##0"),
            sideways=True,
        ),
        Chart(
            "Lines",
            "told 5",
            cells(1),
            (
                Series("Cost", cells(2), ORANGE, line=True, dash="dash"),
                Series("Cash", cells(4), NAVY, line=True, dash="sysDot"),
            ),
            Axis("Month", "0"),
            Axis("USD", "$#,##0"),
        ),
        XYChart(
            "Roofline",
            "told <6> & more",
            (Curve("Roof", cells(6), cells(7), NAVY), Curve("Here", cells(1, 1), cells(2, 1), ORANGE, marked=True)),
            Axis("FLOP per byte", "#,##0.##"),
            Axis("TFLOP/s"),
        ),
    )
    for place, chart in enumerate(charts):
        book.chart(sheet, f"A{FIRST_ROW + len(ROWS) + 1 + 20 * place}", chart)
    book.finish(["Data"])
    book.describe("Charts", CREATED)
    return book
