"""The charts of the studies: a tornado and a histogram."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.layout import Layout, ManualLayout

from napkinxl_workbook.sheets.charts import colour, finish
from napkinxl_workbook.theme import BLUE, ORANGE

LEAST_HEIGHT, HEIGHT_OF_A_BAR = 5.0, 0.55  # cm


def tornado_chart(inputs: Reference, at_low: Reference, at_high: Reference, title: str, axis: str) -> BarChart:
    """How far each input moves a result down and up; the first input on top."""
    chart = BarChart()
    chart.type = "bar"
    chart.gapWidth, chart.overlap = 40, 100
    for cells, name in ((at_low, "Input at its low end"), (at_high, "Input at its high end")):
        chart.series.append(Series(cells, title=name))
    chart.set_categories(inputs)
    colour(chart, (BLUE, ORANGE))
    finish(chart, title, "", axis)
    bars = inputs.max_row - inputs.min_row + 1
    chart.height = LEAST_HEIGHT + HEIGHT_OF_A_BAR * bars
    chart.x_axis.title = None
    chart.x_axis.axPos, chart.y_axis.axPos = "l", "b"
    chart.x_axis.scaling.orientation = "maxMin"
    # The scale below the bars, though the categories run downwards.
    chart.y_axis.crosses, chart.y_axis.tickLblPos = "max", "nextTo"
    chart.y_axis.number_format = "General"
    chart.y_axis.numFmt.sourceLinked = False
    top, bottom = 1.9 / chart.height, 1.7 / chart.height
    chart.layout = Layout(
        manualLayout=ManualLayout(x=0.26, y=top, w=0.7, h=1 - top - bottom, xMode="edge", yMode="edge")
    )
    return chart


def histogram(bins: Reference, shares: Reference, title: str, axis: str) -> BarChart:
    """The share of draws in each bin."""
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 4
    chart.series.append(Series(shares, title="Share of draws"))
    chart.set_categories(bins)
    colour(chart, (BLUE,))
    finish(chart, title, axis, "Share of draws")
    chart.legend = None
    chart.y_axis.number_format = "0%"
    chart.y_axis.numFmt.sourceLinked = False
    chart.layout = Layout(manualLayout=ManualLayout(x=0.07, y=0.14, w=0.9, h=0.64, xMode="edge", yMode="edge"))
    return chart
