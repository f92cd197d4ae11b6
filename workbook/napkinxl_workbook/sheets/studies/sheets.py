"""Sheets of studies: tornado, grid and Monte Carlo. Python computed them; they are values and follow no input."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy
from openpyxl.chart import Reference
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.number_text import precise_text
from napkinxl.formulas import Quantity
from napkinxl.formulas.plan import OVER_PLAN
from napkinxl.studies.grids import Grid
from napkinxl.studies.monte_carlo import MonteCarlo, RandomInputs, Spread
from napkinxl.studies.names import study_input, study_result
from napkinxl.studies.ranges import KINDS, Floats, Range
from napkinxl.studies.sensitivity import Bar
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.stored_values import NOT_AVAILABLE
from napkinxl_workbook.sheets.columns import write_remark
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.studies.charts import ROWS_OF_A_CENTIMETRE, histogram, tornado_chart, tornado_height
from napkinxl_workbook.theme import input_format, number_format, plan_format

FIRST_ROW = 4
TORNADO_SHEET, GRID_SHEET, DRAWS_SHEET = "Tornado", "Grid", "Monte Carlo"
# The headers of a tornado and the widths of their columns.
TORNADO_COLUMNS = {
    "Input": 30,
    "Label": 44,
    "Unit": 12,
    "Low": 13,
    "In use": 13,
    "High": 13,
    "Result at low": 15,
    "Result in use": 15,
    "Result at high": 15,
    "Change at low": 15,
    "Change at high": 15,
    "Remark": 40,
}
TORNADO_HEADERS, TORNADO_WIDTHS = list(TORNADO_COLUMNS), list(TORNADO_COLUMNS.values())
OWN_VALUES = "own"  # in use, where the plans of a product have values of their own
CHARTED = 12  # bars beyond these are too short to tell apart
BINS = 24
WHITE, LIGHT_BLUE = "FFFFFFFF", "FF9DC3E6"
TAIL_PERCENT = 0.5  # at each end: drawn in the outermost bin, or a long tail would flatten the rest


# Studies with the name of the scenario that each is about; a tornado also with a remark that stands below it.
Tornados = Sequence[tuple[str, Sequence[Bar], str]]
Grids = Sequence[tuple[str, Grid]]
Draws = Sequence[tuple[str, MonteCarlo]]


def stamp(created: datetime, seed: int | None = None) -> str:
    """What each of these sheets says of itself."""
    drawn = "" if seed is None else f", seed {seed}"
    return f"Computed in Python on {created:%Y-%m-%d}{drawn}, not live: it does not follow the sheet Inputs."


def tornado_sheet(tornados: Tornados, created: datetime) -> ReportSheet:
    """The sheet Tornado of a report."""

    def write(report: Report) -> None:
        write_tornado(report.book, tornados, created)

    return ReportSheet(TORNADO_SHEET, "Study", "which input moves the result most; computed once, not live", write)


def grid_sheet(grids: Grids, created: datetime) -> ReportSheet:
    """The sheet Grid of a report."""

    def write(report: Report) -> None:
        write_grid(report.book, grids, created)

    return ReportSheet(GRID_SHEET, "Study", "results over two inputs; computed once, not live", write)


def draws_sheet(studies: Draws, created: datetime) -> ReportSheet:
    """The sheet Monte Carlo of a report."""

    def write(report: Report) -> None:
        write_draws(report.book, studies, created)

    return ReportSheet(DRAWS_SHEET, "Study", "range of likely results; computed once, not live", write)


def write_tornado(book: Book, tornados: Tornados, created: datetime) -> None:
    """Write the sheet Tornado."""
    sheet = book.sheet(TORNADO_SHEET, "What moves the result", stamp(created), TORNADO_WIDTHS, "Study")
    row = FIRST_ROW
    for scenario, bars, remark in tornados:
        if row > FIRST_ROW:
            sheet.row_breaks.append(Break(id=row - 1))
        row = _write_bars(book, sheet, row, scenario, bars)
        if remark:
            write_remark(book, sheet, row - 1, remark, TORNADO_WIDTHS)
            row += 1


def _write_bars(book: Book, sheet: Worksheet, row: int, scenario: str, bars: Sequence[Bar]) -> int:
    """One chart with its table, of the inputs that move the result; returns the second row after them."""
    bars = [bar for bar in bars if bar.swing != 0]
    if not bars:
        book.section(sheet, row, f"{scenario}: nothing moves the result", len(TORNADO_HEADERS))
        return row + 2
    quantity = study_result(bars[0].result)
    title = f"{scenario}: {quantity.label}"
    book.section(sheet, row, f"{title} [{quantity.unit}], {quantity.name}", len(TORNADO_HEADERS))
    height = tornado_height(min(len(bars), CHARTED))
    head = row + 1 + int(height * ROWS_OF_A_CENTIMETRE) + 2
    book.row(sheet, head, TORNADO_HEADERS[:3], "nHeader")
    for column, header in enumerate(TORNADO_HEADERS[3:-1], start=4):
        book.text(sheet, head, column, header, "nHeaderRight")
    book.text(sheet, head, len(TORNADO_HEADERS), TORNADO_HEADERS[-1], "nHeaderNote")
    for place_of, bar in enumerate(bars, start=head + 1):
        _write_bar(book, sheet, place_of, bar)
    first, last = head + 1, head + min(len(bars), CHARTED)
    labels, low, high = (Reference(sheet, min_col=column, min_row=first, max_row=last) for column in (2, 10, 11))
    chart = tornado_chart(labels, low, high, title, f"Change of the result [{quantity.unit}]")
    book.chart(sheet, f"A{row + 1}", chart, height=height)
    return head + 2 + len(bars)


def _write_bar(book: Book, sheet: Worksheet, row: int, bar: Bar) -> None:
    item, quantity = study_input(bar.input), study_result(bar.result)
    book.text(sheet, row, 1, bar.input, "nText")
    book.text(sheet, row, 2, item.label)
    book.text(sheet, row, 3, item.unit)
    results = (bar.result_at_low, bar.result_at_base, bar.result_at_high)
    changes = (bar.result_at_low - bar.result_at_base, bar.result_at_high - bar.result_at_base)
    low, high = bar.end_texts or (bar.low, bar.high)
    for column, end in enumerate((low, OWN_VALUES if bar.differs else bar.base, high), start=4):
        if isinstance(end, str):
            book.text(sheet, row, column, end, "nNumber")
        else:
            _put(book, sheet, row, column, end, input_format(item))
    for column, value in enumerate((*results, *changes), start=7):
        _put(book, sheet, row, column, value, _result_format(quantity, value))
    book.text(sheet, row, len(TORNADO_HEADERS), bar.note, "nNote")


def _result_format(quantity: Quantity, value: float) -> str:
    """A figure over the plan is shown as on the sheet Monthly plan."""
    return plan_format(quantity) if quantity.name in OVER_PLAN else number_format(quantity.unit, value)


def write_grid(book: Book, grids: Grids, created: datetime) -> None:
    """Write the sheet Grid: a table per result, coloured by value."""
    widest = max(grid.inputs.shape[-1] for _, grid in grids)
    sheet = book.sheet(GRID_SHEET, "Two inputs at a time", stamp(created), [34, *[14] * max(widest, 4)], "Study")
    row = FIRST_ROW
    for scenario, grid in grids:
        for result in grid.values:
            row = _write_table(book, sheet, row, scenario, grid, result)


def _write_table(book: Book, sheet: Worksheet, row: int, scenario: str, grid: Grid, result: str) -> int:
    """One result; returns the row after it."""
    values = numpy.atleast_2d(grid.values[result])
    quantity, (*down, (across, columns)) = study_result(result), grid.inputs.axes
    width = len(columns)
    book.section(sheet, row, f"{scenario}: {quantity.label} [{quantity.unit}], {result}", 1 + width)
    corner = f"{down[0][0]} down, {across} across" if down else across
    book.text(sheet, row + 1, 1, corner, "nHeader")
    sheet.row_dimensions[row + 1].height = 32
    for column, value in enumerate(columns.tolist(), start=2):
        book.number(sheet, row + 1, column, value, "nHeaderRight", input_format(study_input(across)))
    for offset, line in enumerate(values.tolist()):
        here = row + 2 + offset
        if down:
            book.number(sheet, here, 1, float(down[0][1][offset]), "nFigure", input_format(study_input(down[0][0])))
        else:
            book.text(sheet, here, 1, quantity.label)
        for column, value in enumerate(line, start=2):
            _put(book, sheet, here, column, value, _result_format(quantity, value))
    last = row + 1 + len(values)
    area = f"B{row + 2}:{get_column_letter(1 + width)}{last}"
    ends = [FormatObject(type="min"), FormatObject(type="max")]
    scale = ColorScale(cfvo=ends, color=[Color(WHITE), Color(LIGHT_BLUE)])
    sheet.conditional_formatting.add(area, Rule(type="colorScale", colorScale=scale))
    return last + 2


def write_draws(book: Book, studies: Draws, created: datetime) -> None:
    """Write the sheet Monte Carlo: what varied, percentiles and a histogram per result."""
    widest = max(len(draws.values) for _, draws in studies)
    seed = studies[0][1].inputs.seed
    columns = [34, *[20] * max(3, widest)]
    sheet = book.sheet(DRAWS_SHEET, "How far the result may lie", stamp(created, seed), columns, "Study")
    row = FIRST_ROW
    for scenario, draws in studies:
        row = _write_ranges(book, sheet, row, scenario, draws.inputs)
        row = _write_spreads(book, sheet, row, [draws.spread(name) for name in draws.values])
        for number, (result, values) in enumerate(draws.values.items()):
            if number % 2:  # two to a page, the first beside the percentiles
                sheet.row_breaks.append(Break(id=row - 1))
            row = _write_histogram(book, sheet, row, scenario, result, values)


def _write_ranges(book: Book, sheet: Worksheet, row: int, scenario: str, draws: RandomInputs) -> int:
    title = f"{scenario}: {draws.rows:,} draws, inputs independent of each other"
    book.section(sheet, row, title, 4)
    for offset, item in enumerate(draws.ranges, start=1):
        book.row(sheet, row + offset, [item.name, item.kind, "", ""])
        book.text(sheet, row + offset, 3, range_text(item))
    return row + len(draws.ranges) + 2


def range_text(item: Range) -> str:
    """The numbers of a range with their names."""
    names = next(fields for fields, kind in KINDS.items() if kind == item.kind)
    if item.kind == "values":
        return ", ".join(precise_text(value) for value in item.numbers)
    return ", ".join(f"{name} {precise_text(value)}" for name, value in zip(names, item.numbers, strict=True))


def _write_spreads(book: Book, sheet: Worksheet, row: int, spreads: Sequence[Spread]) -> int:
    book.text(sheet, row, 1, "", "nHeader")
    labels = [label for label, _ in _lines(spreads[0])]
    book.row(sheet, row + 1, ["Unit"])
    for offset, label in enumerate(labels, start=2):
        book.text(sheet, row + offset, 1, label)
    for column, spread in enumerate(spreads, start=2):
        book.text(sheet, row, column, study_result(spread.result).label, "nHeaderRight")
        book.text(sheet, row + 1, column, spread.unit, "nNumber")
        for offset, (label, value) in enumerate(_lines(spread), start=2):
            _put(book, sheet, row + offset, column, value, _SHOWN.get(label, number_format(spread.unit, value)))
    sheet.row_dimensions[row].height = 32
    return row + len(labels) + 3


_SHOWN = {"Draws without an answer": "0.0%", "Draws that contradict themselves": "#,##0"}


def _lines(spread: Spread) -> list[tuple[str, float]]:
    return [
        ("Mean", spread.mean),
        ("Standard deviation", spread.standard_deviation),
        ("Least", spread.minimum),
        *((f"{percent}th percentile", value) for percent, value in spread.percentiles.items()),
        ("Greatest", spread.maximum),
        ("Draws without an answer", spread.no_answer_share),
        ("Draws that contradict themselves", float(spread.contradictory_draws)),
    ]


def _write_histogram(book: Book, sheet: Worksheet, row: int, scenario: str, result: str, values: Floats) -> int:
    known = values[~numpy.isnan(values)]
    if known.size == 0 or known.min() == known.max():
        return row
    quantity = study_result(result)
    book.text(sheet, row, 1, quantity.label, "nHeader")
    for column, header in enumerate(("From", "To", "Share of draws"), start=2):
        book.text(sheet, row, column, header, "nHeaderRight")
    low, high = numpy.percentile(known, [TAIL_PERCENT, 100 - TAIL_PERCENT])
    edges = numpy.linspace(low, high, BINS + 1) if low < high else numpy.linspace(known.min(), known.max(), BINS + 1)
    counts, _ = numpy.histogram(numpy.clip(known, edges[0], edges[-1]), edges)
    for offset, count in enumerate(counts.tolist(), start=1):
        shape = number_format(quantity.unit, float(edges[-1]))
        book.text(sheet, row + offset, 1, {1: "and below", BINS: "and above"}.get(offset, ""))
        _put(book, sheet, row + offset, 2, float(edges[offset - 1]), shape)
        _put(book, sheet, row + offset, 3, float(edges[offset]), shape)
        _put(book, sheet, row + offset, 4, count / values.size, "0.0%")
    bins, shares = (Reference(sheet, min_col=column, min_row=row + 1, max_row=row + BINS) for column in (2, 4))
    title, axis = f"{scenario}: {quantity.label}", f"{quantity.unit}, lower end of the bin"
    book.chart(sheet, f"F{row}", histogram(bins, shares, title, axis, number_format(quantity.unit, float(edges[-1]))))
    return row + BINS + 3


def _put(book: Book, sheet: Worksheet, row: int, column: int, value: float, shown: str) -> None:
    """A number that Python found, or #N/A where there is no answer."""
    if value == value:
        book.number(sheet, row, column, value, "nNumber", shown)
    else:
        book.number(sheet, row, column, None, "nNumber", shown)
        sheet.cell(row, column).value = NOT_AVAILABLE
