"""Charts as pictures, drawn from the same description and cells as the native ones."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

from matplotlib import rc_context, rcdefaults, rcParams
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from openpyxl.chart import Reference

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.native import BASE_LINE, GRID
from napkinxl_workbook.charts.spec import Axis, Chart, Curve, Dash, Placed, XYChart
from napkinxl_workbook.export.number_formats import formatted_cell, formatted_number
from napkinxl_workbook.export.pages import cell_value
from napkinxl_workbook.files.text_cells import xml_text
from napkinxl_workbook.theme import GREY

WIDTH_INCHES: Final = 7.0
TEN: Final = 10.0
_CM_PER_INCH: Final = 2.54
_FLATTEST, _TALLEST = 0.35, 1.6  # height over width, whatever the native chart has
_DASHES: Final[dict[Dash, str]] = {"solid": "-", "dash": "--", "sysDot": ":"}
_CHARACTERS_ACROSS, _LONGEST_LABEL, _TURN_DEGREES = 88, 40, 35
_MOST_TICKS: Final = 8
_ZERO_IS_NEAR: Final = 5 / 6  # Excel starts at 0 where the smallest value is below this share of the largest
_SETTINGS: Final[Any] = {
    "svg.fonttype": "none",  # texts stay texts
    "svg.hashsalt": "napkinxl",  # the same bytes each time
    "text.parse_math": False,  # dollar signs are dollars
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: measured the same everywhere
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": f"#{BASE_LINE}",
    "axes.labelcolor": f"#{GREY}",
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": f"#{GRID}",
    "xtick.color": f"#{GREY}",
    "ytick.color": f"#{GREY}",
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "lines.linewidth": 2,
}


def svg(book: Book, placed: Placed) -> bytes:
    """A chart as an SVG file of its own, without its title and text for those who do not see it."""
    with rc_context(), warnings.catch_warnings():
        # Letters that the measuring font lacks; the reader's browser has them.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        rcdefaults()  # not what the user has set for pictures of their own
        rcParams.update(_SETTINGS)
        slope = min(max(placed.height / placed.width, _FLATTEST), _TALLEST)
        figure = Figure((WIDTH_INCHES, WIDTH_INCHES * slope), layout="constrained")
        axes = figure.add_subplot()
        if isinstance(placed.chart, XYChart):
            _draw_xy_chart(book, axes, placed.chart)
        else:
            _draw_chart(book, axes, placed.chart)
        handles = [item for part in figure.axes for item in part.get_legend_handles_labels()[0]]
        if len(handles) > 1:
            figure.legend(handles=handles, loc="outside upper center", ncols=min(len(handles), 4), frameon=False)
        stream = BytesIO()
        figure.savefig(stream, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return stream.getvalue()


def _values(book: Book, reference: Reference) -> list[Any]:
    sheet = book.sheets[reference.worksheet.title]
    rows = sheet.iter_rows(reference.min_row, reference.max_row, reference.min_col, reference.max_col)
    values = [cell_value(book, sheet, cell) for row in rows for cell in row]
    return [xml_text(value) if isinstance(value, str) else value for value in values]


def _numbers(book: Book, reference: Reference) -> list[float]:
    """The points of a series; what is no number leaves a gap."""
    values = _values(book, reference)
    return [float(v) if isinstance(v, int | float) and math.isfinite(v) else math.nan for v in values]


def _draw_chart(book: Book, axes: Any, chart: Chart) -> None:
    categories = [
        formatted_cell("" if v is None else v, chart.x.number_format) for v in _values(book, chart.categories)
    ]
    second = axes.twinx() if chart.second else None
    _draw_bars(book, axes, chart, len(categories))
    for series in chart.series:
        if series.line:
            target = second if second and series.second_axis else axes
            style = {"color": f"#{series.colour}", "linestyle": _DASHES[series.dash], "label": series.title}
            target.plot(range(len(categories)), _numbers(book, series.values), **style)
    _set_categories(axes, chart, categories)
    _set_scale(axes, chart.y, sideways=chart.sideways)
    if second is not None and chart.second:
        _set_scale(second, chart.second, sideways=False)
        second.grid(False)


def _draw_bars(book: Book, axes: Any, chart: Chart, places: int) -> None:
    bars = [series for series in chart.series if not series.line]
    beside = 1 if chart.stacked or chart.sideways else max(len(bars), 1)
    width = 1 / (beside + chart.gap_percent / 100)
    draw = axes.barh if chart.sideways else axes.bar
    thickness = "height" if chart.sideways else "width"
    above, below = [0.0] * places, [0.0] * places
    for number, series in enumerate(bars):
        values = [0.0 if math.isnan(value) else value for value in _numbers(book, series.values)]
        offset = 0.0 if beside == 1 else (number - (beside - 1) / 2) * width
        starts = [0.0] * places
        if chart.stacked:
            starts = [up if value >= 0 else down for value, up, down in zip(values, above, below, strict=True)]
            above = [up + max(value, 0.0) for value, up in zip(values, above, strict=True)]
            below = [down + min(value, 0.0) for value, down in zip(values, below, strict=True)]
        style: dict[str, Any] = {thickness: width, ("left" if chart.sideways else "bottom"): starts}
        look = {"color": f"#{series.colour}", "label": series.title} if series.colour else {"color": "none"}
        draw([place + offset for place in range(places)], values, **style, **look)


def _set_categories(axes: Any, chart: Chart, categories: Sequence[str]) -> None:
    along = axes.yaxis if chart.sideways else axes.xaxis
    every, room, turn = (1, _LONGEST_LABEL, 0) if chart.sideways else _label_places(chart, categories)
    places = range(0, len(categories), every)
    along.set_ticks(list(places), ["\n".join(wrap(categories[place], room)) for place in places])
    if turn:
        along.set_tick_params(labelrotation=turn)
        for label in axes.get_xticklabels():
            label.set(horizontalalignment="right", rotation_mode="anchor")
    along.grid(False)
    (axes.set_ylabel if chart.sideways else axes.set_xlabel)(chart.x.title)
    limits = (-0.5, len(categories) - 0.5)
    if chart.sideways:
        axes.set_ylim(*reversed(limits))
        for label in axes.get_yticklabels():
            label.set_verticalalignment("center")
    else:
        axes.set_xlim(*limits)


def _label_places(chart: Chart, categories: Sequence[str]) -> tuple[int, int, int]:
    """Every how many categories get a label, after how many characters it is broken, and how far it is turned."""
    every = max(chart.label_every, 1)
    shown_labels = max(-(-len(categories) // every), 1)
    room = _CHARACTERS_ACROSS // shown_labels - 2
    longest = max((len(word) for text in categories for word in text.split()), default=1)
    if longest <= room:
        return every, room, 0
    if any(text[-1:].isalpha() for text in categories):
        return every, _LONGEST_LABEL, _TURN_DEGREES
    # Numbers in a row tell what stands between them.
    return every * -(-shown_labels * (longest + 2) // _CHARACTERS_ACROSS), longest, 0


def _set_scale(axes: Any, given: Axis, *, sideways: bool) -> None:
    """The axis of the values: from 0 where that is near, with steps that its number format tells apart."""
    axis = axes.xaxis if sideways else axes.yaxis
    low, high = axis.get_data_interval()
    if not math.isfinite(low) or not math.isfinite(high):
        low, high = 0.0, 1.0
    if 0 <= low < high * _ZERO_IS_NEAR or (low == high and low > 0):
        low = 0.0
    if high <= 0 and low < 0:
        high = 0.0
    ticks = _ticks(low, high if high > low else low + 1.0, given.number_format)
    axis.set_ticks(ticks, [formatted_number(tick, given.number_format) for tick in ticks])
    (axes.set_xlim if sideways else axes.set_ylim)(ticks[0], ticks[-1])
    (axes.set_xlabel if sideways else axes.set_ylabel)(given.title)
    axis.grid(True)
    if low < 0:
        (axes.axvline if sideways else axes.axhline)(0, color=f"#{BASE_LINE}", linewidth=0.8)


def _ticks(low: float, high: float, number_format: str) -> list[float]:
    """Round steps, as many as the format can tell apart."""
    for count in range(_MOST_TICKS, 0, -1):
        ticks = [float(tick) for tick in MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
        rounded = [_clean(tick) for tick in ticks]
        if len({formatted_number(tick, number_format) for tick in rounded}) == len(rounded):
            break
    return rounded


def _clean(tick: float) -> float:
    return float(f"{tick:.12g}")


def _draw_xy_chart(book: Book, axes: Any, chart: XYChart) -> None:
    for curve in chart.curves:
        _draw_curve(book, axes, curve)
    sides: tuple[tuple[Any, Axis, Callable[[str], Any], Callable[..., Any], Callable[[str], Any]], ...] = (
        (axes.xaxis, chart.x, axes.set_xscale, axes.set_xlim, axes.set_xlabel),
        (axes.yaxis, chart.y, axes.set_yscale, axes.set_ylim, axes.set_ylabel),
    )
    for axis, given, set_scale, set_limits, set_title in sides:
        set_scale("log")
        low, high = axis.get_minpos(), axis.get_data_interval()[1]
        if not (math.isfinite(low) and 0 < high < math.inf):
            low, high = 1.0, TEN
        first = math.floor(math.log10(low))
        last = max(math.ceil(math.log10(high)), first + 1)
        set_limits(TEN**first, TEN**last)
        axis.set_minor_locator(NullLocator())
        axis.set_major_locator(LogLocator())
        decades = [TEN**power for power in range(first, last + 1)]
        axis.set_ticks(decades, [formatted_number(decade, given.number_format) for decade in decades])
        set_title(given.title)
        axis.grid(True)


def _draw_curve(book: Book, axes: Any, curve: Curve) -> None:
    colour = f"#{curve.colour}"
    # Only positive numbers have a place on logarithmic axes.
    points = [[v if v > 0 else math.nan for v in _numbers(book, cells)] for cells in (curve.x, curve.y)]
    if curve.marked:
        look = {"linestyle": "none", "marker": "D", "markersize": 9, "markeredgecolor": "white", "clip_on": False}
    else:
        look = {"linestyle": _DASHES[curve.dash]}
    axes.plot(*points, color=colour, label=curve.title, **look)
