"""The sheet Sensitivity: a live tornado and a live grid of the selected scenario, from the variants beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import Reference
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.inputs import NO_PRACTICAL_LIMIT
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl.studies.sensitivity import left_out, left_out_text
from napkinxl_workbook.charts.spec import Chart
from napkinxl_workbook.printing import set_one_page
from napkinxl_workbook.sheets.columns import write_remark
from napkinxl_workbook.sheets.drop_downs import add_drop_down
from napkinxl_workbook.sheets.pipeline_block import format_of
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.sensitivity.design import (
    FIRST_GRID_COLUMN,
    FIRST_INPUT_ROW,
    GRID_SHARES,
    HIGH_SHARE,
    LOW_SHARE,
    MOST_INPUTS,
    RESULTS,
    TITLE,
    VARIANTS_TITLE,
    moved,
)
from napkinxl_workbook.sheets.sensitivity.variants import SensitivityVariants
from napkinxl_workbook.sheets.studies.charts import ROWS_OF_A_CENTIMETRE, tornado_chart, tornado_height
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import PALE_BLUE, input_format

RESULT_ROW, HEADER_ROW = 4, FIRST_INPUT_ROW - 1
RESULT_CELL, PLACE_CELL = f"$B${RESULT_ROW}", f"$B${RESULT_ROW + 1}"
# The headers and the widths of their columns.
COLUMNS = {
    "Input": 44.0,
    "Unit": 36.0,
    "Name": 29.0,
    "In use": 12.0,
    "Low, share": 12.0,
    "High, share": 12.0,
    "Low": 12.0,
    "High": 12.0,
    "Result at low": 12.0,
    "Result at high": 12.0,
    "Swing": 12.0,
    "Over the largest": 12.0,
    "Rank": 12.0,
    "Least allowed": 12.0,
    "Most allowed": 12.0,
}
HEADERS, WIDTHS = list(COLUMNS), list(COLUMNS.values())
PRINTED = "M"  # the bounds behind it are for the formulas
SORTED_HEADERS = ["Input, longest swing first", "Rank", "", "Change at low", "Change at high"]
SHARE_DECIMALS = 9
PLACE_FORMAT, RESULT_FORMAT = "0", "#,##0.0000"


@dataclass(frozen=True)
class LiveTornado:
    """Where the sorted bars lie, for the charts."""

    sheet: Worksheet
    first: int
    bars: int

    def chart(self, most: int = MOST_INPUTS) -> Chart:
        """How far each input moves the result; those that move it most."""
        last = self.first + min(self.bars, most) - 1
        inputs, low, high = (
            Reference(self.sheet, min_row=self.first, max_row=last, min_col=column) for column in (1, 4, 5)
        )
        return tornado_chart(inputs, low, high, "What moves the result", "Change of the result", "General")

    @property
    def height(self) -> float:
        """The height of its chart in cm."""
        return tornado_height(self.bars)


def write_sensitivity(report: Report) -> None:
    """Write the sheet."""
    subtitle = "Live: choose the result, type other shares of the value in use. The selected scenario, one input moved."
    sheet = report.book.sheet(TITLE, "What moves the result", subtitle, WIDTHS, "Output")
    variants = report.get(SensitivityVariants)
    _write_choice(report, sheet)
    _write_inputs(report, sheet, variants)
    _write_grid(report, sheet, variants)
    first = variants.design.sorted_row + 2
    tornado = LiveTornado(sheet, first, len(variants.design.inputs))
    _write_sorted(report, sheet, tornado)
    report.put(tornado)
    row = first + tornado.bars + 1
    report.book.chart(sheet, f"A{row}", tornado.chart(), 24, tornado.height)
    set_one_page(sheet)
    sheet.print_area = f"A1:{PRINTED}{row + int(tornado.height * ROWS_OF_A_CENTIMETRE) + 1}"


def _write_choice(report: Report, sheet: Worksheet) -> None:
    book = report.book
    book.row(sheet, RESULT_ROW, ["Result"], "nSection")
    book.text(sheet, RESULT_ROW, 2, QUANTITIES[RESULTS[0]].label, "nInput")
    book.row(sheet, RESULT_ROW + 1, ["Its place among the results"])
    variants = report.get(SensitivityVariants)
    labels = variants.result_column("A")
    unit, hint = f"INDEX({variants.result_column('B')},{PLACE_CELL},1)", "; choose another result in the list"
    book.formula(sheet, RESULT_ROW, 3, f'={unit}&"{hint}"', QUANTITIES[RESULTS[0]].unit + hint, "nSubtitle")
    book.formula(sheet, RESULT_ROW + 1, 2, f"=MATCH({RESULT_CELL},{labels},0)", 1.0, "nNumber", PLACE_FORMAT)
    cell = RESULT_CELL.replace("$", "")
    add_drop_down(sheet, cell, labels, "Result", "Choose one of the results in the list.")
    found = f"INDEX({labels},{TITLE}!{PLACE_CELL},1)={TITLE}!{RESULT_CELL}"
    report.check(TITLE, "the result that is chosen is one of the list", found)
    book.row(sheet, HEADER_ROW, HEADERS[:3], "nHeader")
    for column, header in enumerate(HEADERS[3:], start=4):
        book.text(sheet, HEADER_ROW, column, header, "nHeaderRight")
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"


def result_of(variants: SensitivityVariants, number: int) -> str:
    """What finds the chosen result of a variant."""
    return f"INDEX({variants.results(number)},{PLACE_CELL},1)"


def _write_inputs(report: Report, sheet: Worksheet, variants: SensitivityVariants) -> None:
    """One row an input: from where to where it moves, and the result at both ends."""
    book, inputs = report.book, variants.design.inputs
    for place, name in enumerate(inputs):
        row, item = FIRST_INPUT_ROW + place, INPUTS[name]
        book.row(sheet, row, [item.label, item.unit])
        book.text(sheet, row, 3, name, "nCode")
        value, link = report.base.values[name], f"={report.get(Workings).selected(name)}"
        book.formula(sheet, row, 4, link, value, "nNumber", format_of(name))
        for column, share, high in ((5, LOW_SHARE, False), (6, HIGH_SHARE, True)):
            book.number(sheet, row, column, share, "nInput", "0%")
            formula = _moved_formula(name, row, f"{get_column_letter(column)}{row}")
            book.formula(sheet, row, column + 2, formula, moved(name, report.base, share), "nNumber", format_of(name))
            number = variants.design.end(place, high)
            found = f"={result_of(variants, number)}"
            book.formula(sheet, row, column + 4, found, variants.numbers[number], "nNumber", RESULT_FORMAT)
        book.number(sheet, row, 14, item.bounds.low, "nNumber")
        most = item.bounds.high
        book.number(sheet, row, 15, most, "nNumber", "0E+00" if most >= NO_PRACTICAL_LIMIT else "#,##0")
    _write_ranks(report, sheet, variants)
    if not report.moved:
        _write_left_out(report, sheet, FIRST_INPUT_ROW + len(inputs))


def _write_left_out(report: Report, sheet: Worksheet, row: int) -> None:
    """Which inputs a share of the value in use does not fit, as found when this was written."""
    left = left_out(report.base.scenario, RESULTS[0], catalog=report.catalog, decisions_only=True)
    if not left:
        return
    text = f"{left_out_text([INPUTS[name].label for name in left])} This is as found when this was written."
    write_remark(report.book, sheet, row, text, WIDTHS[: column_index_from_string(PRINTED)])


def _write_ranks(report: Report, sheet: Worksheet, variants: SensitivityVariants) -> None:
    """How far each input swings the result, that over the largest swing, and its place among them."""
    first, last = FIRST_INPUT_ROW, FIRST_INPUT_ROW + len(variants.design.inputs) - 1
    swings, shares, base = _swings(variants), _swing_shares(variants), result_of(variants, 0)
    for place, row in enumerate(range(first, last + 1)):
        swing = f"=IF(ISNUMBER(I{row}+J{row}+{base}),MAX(I{row},J{row},{base})-MIN(I{row},J{row},{base}),0)"
        report.book.formula(sheet, row, 11, swing, swings[place], "nNumber", RESULT_FORMAT)
        # Rounded: programs differ on whether two numbers that differ in the last digit are equal.
        share = f"=IF(MAX(K${first}:K${last})=0,0,ROUND(K{row}/MAX(K${first}:K${last}),{SHARE_DECIMALS}))"
        report.book.formula(sheet, row, 12, share, shares[place], "nNumber", "0.0%")
        rank = f"=RANK(L{row},L${first}:L${last})+COUNTIF(L${first}:L{row},L{row})-1"
        report.book.formula(sheet, row, 13, rank, _rank(shares, place), "nNumber", PLACE_FORMAT)


def _swings(variants: SensitivityVariants) -> list[float]:
    base = variants.numbers[0]
    found = []
    for place in range(len(variants.design.inputs)):
        low, high = (variants.numbers[variants.design.end(place, end)] for end in (False, True))
        known = low + high + base == low + high + base
        found.append(max(low, high, base) - min(low, high, base) if known else 0.0)
    return found


def _swing_shares(variants: SensitivityVariants) -> list[float]:
    swings = _swings(variants)
    return [round(swing / max(swings), SHARE_DECIMALS) if max(swings) else 0.0 for swing in swings]


def _rank(shares: Sequence[float], place: int) -> float:
    """Its place by falling swing; of equal ones the first comes first."""
    larger = sum(share > shares[place] for share in shares)
    return float(1 + larger + sum(share == shares[place] for share in shares[:place]))


def _moved_formula(name: str, row: int, share: str) -> str:
    """A share of the value in use, within the bounds of the input; halves are rounded up where it must be whole."""
    near = f"MIN(MAX($D${row}*{share},$N${row}),$O${row})"
    return f"=ROUND({near},0)" if INPUTS[name].bounds.whole else f"={near}"


def _write_sorted(report: Report, sheet: Worksheet, tornado: LiveTornado) -> None:
    """The bars in the order of their rank: what the chart draws."""
    book, variants = report.book, report.get(SensitivityVariants)
    book.section(sheet, tornado.first - 2, "As drawn", len(HEADERS))
    book.row(sheet, tornado.first - 1, SORTED_HEADERS[:3], "nHeader")
    for column, header in enumerate(SORTED_HEADERS[3:], start=4):
        book.text(sheet, tornado.first - 1, column, header, "nHeaderRight")
    first, last = FIRST_INPUT_ROW, FIRST_INPUT_ROW + tornado.bars - 1
    shares = _swing_shares(variants)
    order = sorted(range(tornado.bars), key=lambda place: _rank(shares, place))
    for row, place in enumerate(order, start=tornado.first):
        book.number(sheet, row, 2, float(row - tornado.first + 1), "nNumber", PLACE_FORMAT)
        line = f"MATCH($B{row},$M${first}:$M${last},0)"
        label = INPUTS[variants.design.inputs[place]].label
        book.formula(sheet, row, 1, f"=INDEX($A${first}:$A${last},{line})", label, "nText")
        for column, letter, high in ((4, "I", False), (5, "J", True)):
            formula = f"=INDEX(${letter}${first}:${letter}${last},{line})-{result_of(variants, 0)}"
            change = variants.numbers[variants.design.end(place, high)] - variants.numbers[0]
            book.formula(sheet, row, column, formula, change, "nNumber", RESULT_FORMAT)


def _write_grid(report: Report, sheet: Worksheet, variants: SensitivityVariants) -> None:
    """The result over shares of the first two inputs."""
    book, design = report.book, variants.design
    first, second = design.inputs[:2]
    row = design.grid_row
    title = f"The result over {INPUTS[first].label} (down) and {INPUTS[second].label} (across)"
    book.section(sheet, row, title, len(HEADERS))
    book.row(sheet, row + 1, ["Share of the value in use, across", "", ""])
    book.row(sheet, row + 2, [INPUTS[first].label, "Share of the value in use", "Value"], "nHeader")
    for across, share in enumerate(GRID_SHARES):
        column = FIRST_GRID_COLUMN + across
        book.number(sheet, row + 1, column, share, "nInput", "0%")
        formula = _moved_formula(second, FIRST_INPUT_ROW + 1, f"{get_column_letter(column)}{row + 1}")
        value = moved(second, report.base, share)
        book.formula(sheet, row + 2, column, formula, value, "nHeaderRight", input_format(INPUTS[second]))
    for down, share in enumerate(GRID_SHARES):
        here = row + 3 + down
        book.row(sheet, here, [""])
        book.number(sheet, here, 2, share, "nInput", "0%")
        formula = _moved_formula(first, FIRST_INPUT_ROW, f"$B{here}")
        book.formula(sheet, here, 3, formula, moved(first, report.base, share), "nFigure", format_of(first))
        for across in range(len(GRID_SHARES)):
            number = design.grid(down, across)
            found = f"={result_of(variants, number)}"
            book.formula(
                sheet, here, FIRST_GRID_COLUMN + across, found, variants.numbers[number], "nNumber", RESULT_FORMAT
            )
    last = get_column_letter(FIRST_GRID_COLUMN + len(GRID_SHARES) - 1)
    area = f"{get_column_letter(FIRST_GRID_COLUMN)}{row + 3}:{last}{row + 2 + len(GRID_SHARES)}"
    ends = [FormatObject(type="min"), FormatObject(type="max")]
    scale = ColorScale(cfvo=ends, color=[Color("FFFFFFFF"), Color(f"FF{PALE_BLUE}")])
    sheet.conditional_formatting.add(area, Rule(type="colorScale", colorScale=scale))


SENSITIVITY = ReportSheet(
    TITLE,
    "Output",
    "live: which input moves a result most, and the result over two inputs",
    write_sensitivity,
    needs=(VARIANTS_TITLE, WORKINGS_SHEET),
)
