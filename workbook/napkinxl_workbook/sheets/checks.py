"""The sheet Checks: every input within its bounds, every balance of the model, and one light for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.inputs import Input
from napkinxl.estimates.estimation import Estimate
from napkinxl.inputs import INPUTS
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.as_written import Written
from napkinxl_workbook.sheets.balances import (
    BAD,
    BALANCES,
    CHECKS_SHEET,
    GOOD,
    TOLERANCE,
    TOLERANCE_PLACE,
    WARNING,
)
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    scenario_letter,
    widths,
    write_header,
    write_label,
)
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import SELECTOR, TEXT_ROWS, input_rows, selected_name
from napkinxl_workbook.sheets.workings import LOOK_UP_ROWS, WORKINGS_SHEET, Workings

LIGHT_ROW, LIGHT_COLUMN = 3, 2
LIGHT_WIDTH = 20  # what its text needs
HEADER_ROW = 5
HEADERS, WIDTHS = ["Check", "What it says", "Name"], [44, 60, 32]
AFTER, AFTER_WIDTHS = ["From", "To"], [12, 14]
ALL_GOOD = "ALL CHECKS OK"
NO_ERRORS = "NO ERRORS, WARNINGS: "
# Colour of the text and of the cell.
GREEN, AMBER, RED = ("006100", "E2F0D9"), ("7F6000", "FFF2CC"), ("9C0006", "FFC7CE")


def light_key() -> CellKey:
    """Where the one light stands, for its value."""
    return CHECKS_SHEET, f"{chr(64 + LIGHT_COLUMN)}{LIGHT_ROW}"


def light_cell() -> str:
    """The address of the one light, for other sheets."""
    return f"{CHECKS_SHEET}!${chr(64 + LIGHT_COLUMN)}${LIGHT_ROW}"


def write_checks(report: Report) -> None:
    """Write the sheet. The stored values say OK because the core refuses what would not be."""
    book, count = report.book, len(report.estimates)
    subtitle = "CHECK is an error; WARNING is for you to judge."
    sheet = book.sheet(CHECKS_SHEET, "Checks", subtitle, widths(WIDTHS, count, AFTER_WIDTHS), "Control")
    write_header(book, sheet, HEADER_ROW, HEADERS, report.names, AFTER)
    row = _write_names(report, sheet, HEADER_ROW + 1)
    row = _write_balances(report, sheet, row)
    row, shared = _write_sheets(report, sheet, row)
    last_row = _write_bounds(report, sheet, row)
    _write_light(report, sheet, last_row, shared)


def _section(report: Report, sheet: Worksheet, row: int, title: str) -> int:
    report.book.section(sheet, row, title, len(HEADERS) + len(report.estimates) + len(AFTER))
    return row + 1


def _write_names(report: Report, sheet: Worksheet, first_row: int) -> int:
    """The row that was found bears the name that was asked for: MATCH takes H* for the first that begins so."""
    row = _section(report, sheet, first_row, "Names")
    for field, table in report.look_ups.items():
        write_label(
            report.book, sheet, row, f"The {field}", f"the name on {INPUTS_SHEET} stands in {table.title}", field
        )
        for index in range(len(report.estimates)):
            cell = f"{INPUTS_SHEET}!{scenario_letter(index)}{TEXT_ROWS[field]}"
            found = f"INDEX({table.name_range},{WORKINGS_SHEET}!{scenario_letter(index)}{LOOK_UP_ROWS[field]})"
            formula = f'=IFERROR(IF(OR({cell}="",{found}={cell}),"{GOOD}","{BAD}"),"{BAD}")'
            report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, GOOD)
        row += 1
    return row + 1


def _write_balances(report: Report, sheet: Worksheet, first_row: int) -> int:
    row = _section(report, sheet, first_row, "Balances")
    workings = report.get(Workings)
    for balance in BALANCES:
        report.book.row(sheet, row, [balance.title, balance.meaning, ""])
        for index, estimate in enumerate(report.estimates):
            test = balance.test.format(**workings.cells(index), tolerance=TOLERANCE_PLACE)
            formula = f'=IFERROR(IF({test},"{GOOD}","{balance.otherwise}"),"{BAD}")'
            value = balance.otherwise if balance.broken(estimate.values) else GOOD
            report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value)
        row += 1
    report.book.row(
        sheet, row, ["As written", "while no input has changed since the file was written, no result has", ""]
    )
    for index in range(len(report.estimates)):
        formula = f'=IFERROR(IF({report.get(Written).unchanged(index)},"{GOOD}","{BAD}"),"{BAD}")'
        report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, GOOD)
    return row + 2


def _write_sheets(report: Report, sheet: Worksheet, first_row: int) -> tuple[int, int]:
    """What the sheets say of themselves, once for all scenarios; returns the row after it and how many there are."""
    row = _section(report, sheet, first_row, "Sheets, once for all scenarios")
    found = selected_name(len(report.estimates), report.get(Workings).selected_place)
    report.check(INPUTS_SHEET, "the selected scenario is one of the scenarios", f"{found}={SELECTOR}")
    for check in report.checks:
        report.book.row(sheet, row, [check.sheet, check.meaning, ""])
        formula = f'=IFERROR(IF({check.test},"{GOOD}","{BAD}"),"{BAD}")'
        report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN, formula, GOOD)
        row += 1
    return row + 1, len(report.checks)


def _write_bounds(report: Report, sheet: Worksheet, first_row: int) -> int:
    row = _section(report, sheet, first_row, "Own inputs are numbers within their bounds")
    rows, scenarios = input_rows(), len(report.estimates)
    low, high = FIRST_SCENARIO_COLUMN + scenarios, FIRST_SCENARIO_COLUMN + scenarios + 1
    for item in INPUTS.values():
        write_label(report.book, sheet, row, item.label, str(item.bounds), item.name)
        report.book.number(sheet, row, low, item.bounds.low, "nNumber")
        report.book.number(sheet, row, high, item.bounds.high, "nNumber", "#,##0.###")
        for index in range(scenarios):
            cell = f"{INPUTS_SHEET}!{scenario_letter(index)}{rows[item.name]}"
            formula = _bounds_formula(item, cell, row, scenarios)
            report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, GOOD)
        row += 1
    return row - 1


def _bounds_formula(item: Input, cell: str, row: int, scenarios: int) -> str:
    low, high = f"${scenario_letter(scenarios)}{row}", f"${scenario_letter(scenarios + 1)}{row}"
    operator = ">=" if item.bounds.low_included else ">"
    whole = f",INT({cell})={cell}" if item.bounds.whole else ""
    within = f'IF(AND({cell}{operator}{low},{cell}<={high}{whole}),"{GOOD}","{BAD}")'
    return f'=IF({cell}="","{GOOD}",IF(ISNUMBER({cell}),{within},"{BAD}"))'


def light_text(estimates: Sequence[Estimate]) -> str:
    """What the light says of scenarios as the core sees them: the core lets no error through, only warnings."""
    warnings = sum(balance.broken(estimate.values) for balance in BALANCES for estimate in estimates)
    return f"{NO_ERRORS}{warnings}" if warnings else ALL_GOOD


def _write_light(report: Report, sheet: Worksheet, last_row: int, shared: int) -> None:
    """One light: an error in a check counts as a failure too, so the good ones are counted, not the bad."""
    book, estimates = report.book, report.estimates
    area = f"{scenario_letter(0)}{HEADER_ROW + 1}:{scenario_letter(len(estimates) - 1)}{last_row}"
    book.text(sheet, LIGHT_ROW, LIGHT_COLUMN + 2, "Rounding")
    book.number(sheet, LIGHT_ROW, LIGHT_COLUMN + 3, TOLERANCE, "nNumber", "0E+00")
    book.text(sheet, LIGHT_ROW, LIGHT_COLUMN - 1, "All checks", "nSection")
    checks = (len(TEXT_ROWS) + len(BALANCES) + 1 + len(INPUTS)) * len(estimates) + shared
    book.number(sheet, LIGHT_ROW, LIGHT_COLUMN + 1, checks, "nNumber", '0" checks"')
    count = f"${chr(64 + LIGHT_COLUMN + 1)}${LIGHT_ROW}"
    good, warnings = f'COUNTIF({area},"{GOOD}")', f'COUNTIF({area},"{WARNING}")'
    no_errors = f'IF({warnings}=0,"{ALL_GOOD}","{NO_ERRORS}"&{warnings})'
    formula = f'=IF({good}+{warnings}={count},{no_errors},"SEE THE SHEET {CHECKS_SHEET.upper()}")'
    book.formula(sheet, LIGHT_ROW, LIGHT_COLUMN, formula, light_text(estimates), "nSection")
    colour_light(sheet, sheet.cell(LIGHT_ROW, LIGHT_COLUMN).coordinate)
    for text, (colour, fill) in ((GOOD, GREEN), (WARNING, AMBER), (BAD, RED)):
        sheet.conditional_formatting.add(area, _rule("cellIs", f'"{text}"', colour, fill, operator="equal"))


def colour_light(sheet: Worksheet, cell: str, amber: str = NO_ERRORS) -> None:
    """Green, amber (a text that begins so) or red; the words say the same for those who see no colours."""
    absolute = f"${cell[0]}${cell[1:]}"
    all_good = f'{absolute}="{ALL_GOOD}"'
    judge = f'LEFT({absolute},{len(amber)})="{amber}"'
    tests = {all_good: GREEN, judge: AMBER, f"NOT(OR({all_good},{judge}))": RED}
    for test, (colour, fill) in tests.items():
        sheet.conditional_formatting.add(cell, _rule("expression", test, colour, fill))


def _rule(
    kind: Literal["cellIs", "expression"],
    formula: str,
    colour: str,
    fill: str,
    operator: Literal["equal"] | None = None,
) -> Rule:
    style = DifferentialStyle(font=Font(color=colour), fill=PatternFill(bgColor=fill))
    return Rule(type=kind, operator=operator, formula=[formula], dxf=style)


def write_lights(report: Report) -> None:
    """The light above the header of every other sheet, with a link to the checks."""
    text = light_text(report.estimates)
    for title, sheet in report.book.sheets.items():
        if title != CHECKS_SHEET:
            report.book.formula(sheet, LIGHT_ROW, 1, f"={light_cell()}", text, "nLight")
            sheet.cell(LIGHT_ROW, 1).hyperlink = f"#'{CHECKS_SHEET}'!A1"
            sheet.cell(LIGHT_ROW, 1).style = "nLight"
            colour_light(sheet, f"A{LIGHT_ROW}")
            if sheet.column_dimensions["A"].width < LIGHT_WIDTH:
                sheet.merge_cells(start_row=LIGHT_ROW, end_row=LIGHT_ROW, start_column=1, end_column=3)


def checks_sheet(others: Iterable[ReportSheet]) -> ReportSheet:
    """The sheet, written after all others."""
    return ReportSheet(
        CHECKS_SHEET,
        "Control",
        "every balance and bound, and the light that every sheet shows",
        write_checks,
        needs=tuple(sheet.title for sheet in others),
    )
