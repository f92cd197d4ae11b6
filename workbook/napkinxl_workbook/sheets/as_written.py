"""The sheet As written: what Python worked out when the file was written, beside which later edits show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.inputs import INPUTS
from napkinxl_workbook.files.stored_values import NOT_AVAILABLE
from napkinxl_workbook.sheets.balances import TOLERANCE_CELL
from napkinxl_workbook.sheets.columns import FIRST_SCENARIO_COLUMN, INPUTS_SHEET, finish_header, widths
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, format_of, write_labels
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import input_rows
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings, found_in_catalog, table_of

TITLE = "As written"
HEADER_ROW = 4
# Sums of the changes below; the other rows are those of the sheet Workings.
INPUTS_ROW, RESULTS_ROW = 6, 7
FOLLOWS = "follows"  # in place of the value of an input that nobody set


@dataclass(frozen=True)
class Written:
    """Where the sums lie."""

    scenarios: int

    def unchanged(self, index: int) -> str:
        """The test that no result of a scenario has changed unless an input has."""
        letter = get_column_letter(FIRST_SCENARIO_COLUMN + self.scenarios + index)
        return f"OR('{TITLE}'!{letter}{INPUTS_ROW}>0,'{TITLE}'!{letter}{RESULTS_ROW}=0)"


def write_as_written(report: Report) -> None:
    """Write the sheet: values on the left, whether each has changed since on the right."""
    count, workings = len(report.estimates), report.get(Workings)
    subtitle = (
        "Values, not formulas: what Python worked out. On the right 1 where the sheet Workings differs now, else 0."
    )
    columns = widths(WIDTHS, 2 * count, [])
    sheet = report.book.sheet(TITLE, "As written", subtitle, columns, "Control")
    report.book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    finish_header(report.book, sheet, HEADER_ROW, FIRST_SCENARIO_COLUMN, [])
    for index, name in enumerate(report.names):
        report.book.text(sheet, HEADER_ROW, FIRST_SCENARIO_COLUMN + index, name, "nHeaderRight")
        report.book.text(sheet, HEADER_ROW, FIRST_SCENARIO_COLUMN + count + index, f"{name}, changed", "nHeaderRight")
    write_labels(report.book, sheet, workings.pipeline, 3 + 2 * count)
    _write_sums(report, sheet)
    for index in range(count):
        _write_scenario(report, sheet, index)
    report.book.print_head_only(sheet, f"A1:{get_column_letter(3 + 2 * count)}{RESULTS_ROW}")
    report.put(Written(count))


def _write_sums(report: Report, sheet: Worksheet) -> None:
    """How many inputs and how many results of a scenario have changed."""
    rows, count = report.get(Workings).pipeline.rows, len(report.estimates)
    split = [_ends(rows[name] for name in rows if (name in INPUTS) is given) for given in (True, False)]
    labels = ("Inputs in use that have changed", "Results that have changed")
    for row, label, (first, last) in zip((INPUTS_ROW, RESULTS_ROW), labels, split, strict=True):
        report.book.row(sheet, row, [label, "rows", ""])
        for index in range(count):
            letter = get_column_letter(FIRST_SCENARIO_COLUMN + count + index)
            formula = f"=SUM({letter}{first}:{letter}{last})"
            report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + count + index, formula, 0.0, "nFigure", "0")


def _ends(rows: Iterable[int]) -> tuple[int, int]:
    found = list(rows)
    return min(found), max(found)


def _write_scenario(report: Report, sheet: Worksheet, index: int) -> None:
    """The values of a scenario, and for each whether the sheet Workings has another now."""
    book, estimate = report.book, report.estimates[index]
    column = FIRST_SCENARIO_COLUMN + index
    letter = get_column_letter(column)
    for name, row in report.get(Workings).pipeline.rows.items():
        value, now = estimate.values[name], f"{WORKINGS_SHEET}!{letter}{row}"
        if name in INPUTS and name not in estimate.in_use.values:
            book.text(sheet, row, column, FOLLOWS, "nNumber")
        elif isinstance(value, str):
            book.text(sheet, row, column, value, "nNumber")
        else:
            book.number(sheet, row, column, value if value == value else None, "nNumber", format_of(name, value))
            if value != value:
                sheet.cell(row, column).value = NOT_AVAILABLE
        formula = _changed(now, f"{letter}{row}")
        if name in INPUTS and INPUTS[name].follows_if_blank:
            # What follows moves with what it follows: that is no edit of an input, but setting it is.
            formula = f'IF({letter}{row}="{FOLLOWS}",{_set_since(report, name, letter)},{formula})'
        book.formula(sheet, row, column + len(report.estimates), f"={formula}", 0.0, "nNumber", "0")


def _changed(now: str, here: str) -> str:
    """1 if a cell of Workings differs from what it was, else 0."""
    near = f"IF(ISNUMBER({here}),ABS({now}-{here})<={TOLERANCE_CELL}*ABS({here}),{now}={here})"
    return f"IF(ISERROR({now}),IF(ISERROR({here}),0,1),IF(ISERROR({here}),1,IF({near},0,1)))"


def _set_since(report: Report, name: str, letter: str) -> str:
    """1 if the scenario or the catalog sets an input now, else 0."""
    own = f'{INPUTS_SHEET}!{letter}{input_rows()[name]}=""'
    field = table_of(name, report.look_ups)
    if field is None:
        return f"IF({own},0,1)"
    found = found_in_catalog(name, field, f"{WORKINGS_SHEET}!{letter}", report.look_ups)
    return f'IF(AND({own},{found}=""),0,1)'


AS_WRITTEN = ReportSheet(
    TITLE,
    "Control",
    "the values when the file was written, and what has changed since",
    write_as_written,
    needs=(WORKINGS_SHEET,),
)
