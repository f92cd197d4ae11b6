"""Native charts: every default of the library that programs read differently is set on purpose."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, ScatterChart
from openpyxl.chart import Series as NativeSeries
from openpyxl.chart.axis import ChartLines, TextAxis
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Dash, Series, XYChart
from napkinxl_workbook.theme import FONT, GREY, NAVY

LINE_WIDTH = 25_400  # EMU, 2 points
WIDE_CM = 13.0
SMALL_TEXT, SMALLEST_TEXT = 900, 800  # hundredths of a point
ONE_EIGHTH_TURN = -2_700_000  # 60,000ths of a degree: upwards
UNTURNED = 1  # a turn too small to be seen
FRAME, GRID, BASE_LINE = "D9D9D9", "E7E6E6", "A6A6A6"


def draw(chart: Chart | XYChart, width: float, height: float) -> BarChart | LineChart | ScatterChart:
    """The chart of openpyxl, of that many cm."""
    native: Any = _xy_chart(chart) if isinstance(chart, XYChart) else _chart(chart)
    native.width, native.height = width, height
    native.roundedCorners = False
    native.title = _title(chart.title, 1200 if width >= WIDE_CM else 1050, NAVY, bold=True)
    native.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(solidFill=FRAME))
    native.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    native.layout = _plot_place(chart, width, height)
    _set_legend(native, chart)
    if isinstance(chart, Chart) and chart.sideways and width < WIDE_CM:
        # Names in one line, and numbers that do not run into each other.
        native.x_axis.txPr, native.y_axis.txPr = _small_text(SMALLEST_TEXT), _small_text(turned=ONE_EIGHTH_TURN)
    native.alternative_text = chart.alt  # for the writer: openpyxl has no place for it
    return native  # type: ignore[no-any-return]


def _chart(chart: Chart) -> BarChart | LineChart:
    bars: Any = BarChart()
    lines: Any = LineChart()
    seconds: Any = LineChart()
    bars.type = "bar" if chart.sideways else "col"
    bars.gapWidth, bars.overlap = chart.gap_percent, 100 if chart.stacked or chart.sideways else None
    bars.grouping = "stacked" if chart.stacked else "clustered"
    for series in chart.series:
        part = (seconds if series.second_axis else lines) if series.line else bars
        part.series.append(_series(series))
    for part in (bars, lines, seconds):
        part.set_categories(chart.categories)
        _set_axis(part.x_axis, chart.x)
        _set_axis(part.y_axis, chart.y)
        _set_base(part, chart)
    if chart.second is not None:
        # A second axis at the right needs categories of its own, which are not shown.
        seconds.x_axis = TextAxis(axId=20, crossAx=200, delete=True)
        seconds.y_axis.axId, seconds.y_axis.crossAx = 200, 20
        _set_axis(seconds.y_axis, chart.second)
        seconds.y_axis.crosses, seconds.y_axis.tickLblPos = "max", "nextTo"
        seconds.y_axis.majorGridlines, seconds.y_axis.scaling.min = None, None
    first, *others = [part for part in (bars, lines, seconds) if part.series]
    for part in others:
        first += part
    return first  # type: ignore[no-any-return]


def _series(series: Series) -> Any:
    native: Any = NativeSeries(series.values, title=series.title)
    if series.line:
        native.graphicalProperties = GraphicalProperties(ln=_line(series.colour, series.dash))
        native.marker, native.smooth = Marker(symbol="none"), False
    else:
        fill = GraphicalProperties(solidFill=series.colour) if series.colour else GraphicalProperties(noFill=True)
        fill.ln = LineProperties(noFill=True)
        native.graphicalProperties, native.invertIfNegative = fill, False
    return native


def _xy_chart(chart: XYChart) -> ScatterChart:
    native: Any = ScatterChart()
    native.style, native.scatterStyle = None, "lineMarker"
    for curve in chart.curves:
        native.series.append(_curve(curve))
    for axis, given in ((native.x_axis, chart.x), (native.y_axis, chart.y)):
        _set_axis(axis, given)
        axis.scaling.logBase = 10
        axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID, w=9525)))
        axis.crosses = "min"
    native.x_axis.axPos = "b"
    return native  # type: ignore[no-any-return]


def _curve(curve: Curve) -> Any:
    native: Any = NativeSeries(curve.y, curve.x, title=curve.title)
    native.smooth = False
    if curve.marked:
        fill = GraphicalProperties(solidFill=curve.colour, ln=LineProperties(solidFill="FFFFFF"))
        native.marker = Marker(symbol="diamond", size=11, spPr=fill)
        native.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    else:
        native.marker = Marker(symbol="none")
        native.graphicalProperties = GraphicalProperties(ln=_line(curve.colour, curve.dash))
    return native


def _line(colour: str, dash: Dash) -> LineProperties:
    return LineProperties(solidFill=colour, w=LINE_WIDTH, prstDash=dash)


def _set_axis(axis: Any, given: Axis) -> None:
    axis.delete = False
    axis.tickLblPos = "low"
    axis.majorTickMark = axis.minorTickMark = "none"
    axis.txPr = _small_text()
    axis.title = _title(given.title, 900, GREY) if given.title else None
    axis.number_format = given.number_format
    axis.numFmt.sourceLinked = False
    axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))


def _set_base(native: Any, chart: Chart) -> None:
    """The axis of the categories and the grid across it."""
    native.x_axis.tickLblSkip = chart.label_every if chart.label_every > 1 else None
    if chart.spaced_labels:
        # LibreOffice knows no skip: it turns labels that do not fit, unless they are turned already, and takes those
        # that just fit. Turned by nothing to speak of, with room beside them, as many stand there as can be read.
        native.x_axis.txPr = _small_text(turned=UNTURNED)
        native.x_axis.number_format = f'" "{chart.x.number_format}" "'
    native.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=BASE_LINE, w=9525))
    native.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID, w=9525)))
    native.x_axis.axPos = "b"
    # Bars say a size by their length, which is only true from zero on.
    native.y_axis.scaling.min = 0 if chart.from_zero else None
    if chart.sideways:
        native.x_axis.axPos, native.y_axis.axPos = "l", "b"
        native.x_axis.scaling.orientation = "maxMin"
        # The scale below the bars, though the categories run downwards.
        native.y_axis.crosses, native.y_axis.tickLblPos = "max", "nextTo"


def _set_legend(native: Any, chart: Chart | XYChart) -> None:
    """A legend where there is more than one thing to tell apart; what is not drawn has no entry."""
    shown = [item for item in chart.series if item.title] if isinstance(chart, Chart) else list(chart.curves)
    if len(shown) < 2:
        native.legend = None
        return
    native.legend = Legend()
    native.legend.position, native.legend.overlay = "t", False
    native.legend.txPr = _small_text()
    if isinstance(chart, Chart):
        native.legend.legendEntry = [
            LegendEntry(idx=place, delete=True) for place, item in enumerate(chart.series) if not item.title
        ]


def _plot_place(chart: Chart | XYChart, width: float, height: float) -> Layout:
    """Where the plot lies in its frame: below title and legend, beside the titles and numbers of the axes."""
    x_titled, y_titled = bool(chart.x.title), bool(chart.y.title)
    left_cm, right_cm, bottom_cm = 2.4 if y_titled else 1.6, 0.6, 1.5 if x_titled else 1.0
    if isinstance(chart, Chart):
        if chart.sideways:
            left_cm, bottom_cm = min(chart.labels_cm, width / 2), 1.5 if y_titled else 1.0
        right_cm = 2.4 if chart.second else right_cm
    left, top, right, bottom = left_cm / width, 1.9 / height, right_cm / width, bottom_cm / height
    place = ManualLayout(
        layoutTarget="inner", x=left, y=top, w=1 - left - right, h=1 - top - bottom, xMode="edge", yMode="edge"
    )
    return Layout(manualLayout=place)


def _characters(size: int, shade: str, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=shade, latin=Font(typeface=FONT))


def _small_text(size: int = SMALL_TEXT, turned: int | None = None) -> RichText:
    """How labels of an axis and of a legend look."""
    properties = ParagraphProperties(defRPr=_characters(size, GREY))
    body = RichTextProperties() if turned is None else RichTextProperties(rot=turned)
    return RichText(bodyPr=body, p=[Paragraph(pPr=properties, endParaRPr=_characters(size, GREY))])


def _title(text: str, size: int, shade: str, bold: bool = False) -> Title:
    """The title of a chart or an axis."""
    characters = _characters(size, shade, bold)
    run = RegularTextRun(rPr=characters, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=characters), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
