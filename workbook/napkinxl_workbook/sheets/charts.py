"""Native charts with every default of the library set on purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun

from napkinxl_workbook.theme import BLUE, FONT, GREEN, GREY, NAVY, ORANGE


def cost_chart(contexts: Reference, rented: Reference, owned: Reference) -> BarChart:
    """What a present user costs a month, rented and owned, against the context of a chat."""
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 60
    for cells, title in ((rented, "Rented"), (owned, "Owned")):
        chart.series.append(Series(cells, title=title))
    chart.set_categories(contexts)
    colour(chart, (BLUE, ORANGE))
    title = "Cost per present user and month by context (first scenario)"
    finish(chart, title, "Tokens in one chat", "USD per present user and month")
    chart.y_axis.number_format = "$#,##0"
    chart.y_axis.numFmt.sourceLinked = False
    chart.x_axis.number_format = "#,##0"
    return chart


def plans_chart(names: Reference, contributions: Reference) -> BarChart:
    """What each plan leaves a month: above zero it pays for others, below zero others pay for it."""
    chart = BarChart()
    chart.type = "col"
    chart.gapWidth = 60
    chart.series.append(Series(contributions, title="Contribution"))
    chart.set_categories(names)
    colour(chart, (BLUE,))
    finish(chart, "What each plan leaves a month", "Plan", "USD a month")
    chart.y_axis.number_format = "$#,##0"
    chart.y_axis.numFmt.sourceLinked = False
    return chart


def bill_chart(users: Reference, bills: Mapping[str, Reference]) -> LineChart:
    """The bill a month of each way to serve against the number of users."""
    chart = LineChart()
    for (name, cells), shade in zip(bills.items(), (ORANGE, BLUE, GREEN), strict=True):
        series = Series(cells, title=name)
        series.smooth = False
        series.marker = Marker(symbol="none")
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=shade, w=28575))
        chart.series.append(series)
    chart.set_categories(users)
    finish(chart, "Bill a month against users (first scenario)", "Users", "USD a month")
    for axis, shown in ((chart.x_axis, "#,##0"), (chart.y_axis, "$#,##0")):
        axis.number_format = shown
        axis.numFmt.sourceLinked = False
    return chart


def colour(chart: BarChart, colours: Sequence[str]) -> None:
    """Fill the series of a chart, one colour each."""
    for series, shade in zip(chart.series, colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=shade, ln=LineProperties(noFill=True))
        series.invertIfNegative = False


def finish(chart: BarChart | LineChart, title: str, x_title: str, y_title: str) -> None:
    """Everything that the library would leave to chance: size, titles, axes, gridlines, legend."""
    chart.width, chart.height = 24, 9
    chart.roundedCorners = False
    chart.title = chart_title(title, 1200, NAVY, bold=True)
    chart.legend = Legend()
    chart.legend.position = "t"
    chart.legend.overlay = False
    chart.legend.txPr = axis_text()
    for axis, text in ((chart.x_axis, x_title), (chart.y_axis, y_title)):
        axis.delete = False
        axis.tickLblPos = "low"
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.txPr = axis_text()
        axis.title = chart_title(text, 900, GREY)
    chart.x_axis.axPos = "b"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="A6A6A6", w=9525))
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E7E6E6", w=9525)))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(solidFill="D9D9D9"))
    chart.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    chart.layout = Layout(manualLayout=ManualLayout(x=0.07, y=0.2, w=0.9, h=0.6, xMode="edge", yMode="edge"))


def _characters(size: int, shade: str, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=shade, latin=Font(typeface=FONT))


def axis_text() -> RichText:
    """How labels of an axis and of a legend look."""
    properties = ParagraphProperties(defRPr=_characters(900, GREY))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_characters(900, GREY))])


def chart_title(text: str, size: int, shade: str, bold: bool = False) -> Title:
    """The title of a chart or an axis."""
    characters = _characters(size, shade, bold)
    run = RegularTextRun(rPr=characters, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=characters), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
