"""The sheet Checks: every input within its bounds, every balance of the model, and one light for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.input_table import INPUTS
from napkinxl.inputs import Input
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.balances import BAD, BALANCES, GOOD, WARNING
from napkinxl_workbook.sheets.catalog import LookUp
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    scenario_letter,
    widths,
    write_header,
    write_label,
)
from napkinxl_workbook.sheets.inputs import TEXT_ROWS, input_rows
from napkinxl_workbook.sheets.model import LOOK_UP_ROWS, MODEL_SHEET
from napkinxl_workbook.sheets.pipeline_block import Pipeline

CHECKS_SHEET = "Checks"
LIGHT_ROW, LIGHT_COLUMN = 3, 2
HEADER_ROW = 5
HEADERS, WIDTHS = ["Check", "What it says", "Name"], [44, 60, 32]
AFTER, AFTER_WIDTHS = ["From", "To"], [12, 14]
ALL_GOOD = "ALL CHECKS OK"
NO_ERRORS = "NO ERRORS, WARNINGS: "
# Colour of the text and of the cell.
GREEN, AMBER, RED = ("006100", "E2F0D9"), ("7F6000", "FFF2CC"), ("9C0006", "FFC7CE")
TOLERANCE = 1e-9
TOLERANCE_CELL = "$E$3"


def light_key() -> CellKey:
    """Where the one light stands, for its value."""
    return CHECKS_SHEET, f"{chr(64 + LIGHT_COLUMN)}{LIGHT_ROW}"


def light_cell() -> str:
    """The address of the one light, for other sheets."""
    return f"{CHECKS_SHEET}!${chr(64 + LIGHT_COLUMN)}${LIGHT_ROW}"


def write_checks(
    book: Book,
    estimates: Sequence[Estimate],
    model: Pipeline,
    look_ups: dict[str, LookUp],
    published_range: str,
    lights: Mapping[str, str] | None = None,
) -> None:
    """Write the sheet. The stored values say OK because the core refuses what would not be."""
    columns = widths(WIDTHS, len(estimates), AFTER_WIDTHS)
    sheet = book.sheet(CHECKS_SHEET, "Checks", "CHECK is an error; WARNING is for you to judge.", columns, "C00000")
    write_header(book, sheet, HEADER_ROW, HEADERS, [item.scenario.name for item in estimates], AFTER)
    row = _write_names(book, sheet, estimates, look_ups, HEADER_ROW + 1)
    row = _write_balances(book, sheet, estimates, model, row)
    row = _write_published(book, sheet, row, published_range, len(estimates))
    row = _write_lights(book, sheet, row, lights or {}, len(estimates))
    last_row = _write_bounds(book, sheet, row, len(estimates))
    _write_light(book, sheet, last_row, estimates, len(lights or {}))


def _write_names(
    book: Book, sheet: Worksheet, estimates: Sequence[Estimate], look_ups: dict[str, LookUp], first_row: int
) -> int:
    """The row that was found bears the name that was asked for: MATCH takes H* for the first that begins so."""
    book.section(sheet, first_row, "Names", len(HEADERS) + len(estimates) + len(AFTER))
    for row, (field, table) in enumerate(look_ups.items(), start=first_row + 1):
        write_label(book, sheet, row, f"The {field}", f"the name on {INPUTS_SHEET} stands in {table.title}", field)
        for index in range(len(estimates)):
            cell = f"{INPUTS_SHEET}!{scenario_letter(index)}{TEXT_ROWS[field]}"
            found = f"INDEX({table.name_range},{MODEL_SHEET}!{scenario_letter(index)}{LOOK_UP_ROWS[field]})"
            formula = f'=IFERROR(IF(OR({cell}="",{found}={cell}),"{GOOD}","{BAD}"),"{BAD}")'
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, GOOD)
    return first_row + len(look_ups) + 2


def _write_balances(
    book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, first_row: int
) -> int:
    book.section(sheet, first_row, "Balances", len(HEADERS) + len(estimates) + len(AFTER))
    for row, balance in enumerate(BALANCES, start=first_row + 1):
        book.row(sheet, row, [balance.title, balance.meaning, ""])
        for index, estimate in enumerate(estimates):
            cells = {n: f"{MODEL_SHEET}!{a}" for n, a in model.cells(scenario_letter(index)).items()}
            test = balance.test.format(**cells, tolerance=TOLERANCE_CELL)
            formula = f'=IFERROR(IF({test},"{GOOD}","{balance.otherwise}"),"{BAD}")'
            value = balance.otherwise if balance.broken(estimate.values) else GOOD
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value)
    return first_row + len(BALANCES) + 2


def _write_published(book: Book, sheet: Worksheet, row: int, published_range: str, scenarios: int) -> int:
    book.section(sheet, row, "Published figures", len(HEADERS) + scenarios + len(AFTER))
    book.row(sheet, row + 1, ["Published figures", "every recomputed figure agrees with the one worked by hand"])
    formula = f'=IF(COUNTIF({published_range},"{GOOD}")=ROWS({published_range}),"{GOOD}","{BAD}")'
    book.formula(sheet, row + 1, FIRST_SCENARIO_COLUMN, formula, GOOD)
    return row + 3


def _write_lights(book: Book, sheet: Worksheet, row: int, lights: Mapping[str, str], scenarios: int) -> int:
    """The checks that a study's sheet has of its own: its title, and the cell of its light."""
    if not lights:
        return row
    book.section(sheet, row, "Sheets of studies", len(HEADERS) + scenarios + len(AFTER))
    for line, (title, light) in enumerate(lights.items(), start=row + 1):
        book.row(sheet, line, [title, f"the checks of the sheet {title} are all good"])
        book.formula(sheet, line, FIRST_SCENARIO_COLUMN, f'=IF({light}="{ALL_GOOD}","{GOOD}","{BAD}")', GOOD)
    return row + len(lights) + 2


def _write_bounds(book: Book, sheet: Worksheet, first_row: int, scenarios: int) -> int:
    book.section(sheet, first_row, "Own inputs are numbers within their bounds", len(HEADERS) + scenarios + len(AFTER))
    rows = input_rows()
    for row, item in enumerate(INPUTS.values(), start=first_row + 1):
        write_label(book, sheet, row, item.label, str(item.bounds), item.name)
        low, high = FIRST_SCENARIO_COLUMN + scenarios, FIRST_SCENARIO_COLUMN + scenarios + 1
        book.number(sheet, row, low, item.bounds.low, "nNumber")
        book.number(sheet, row, high, item.bounds.high, "nNumber", "#,##0.###")
        for index in range(scenarios):
            cell = f"{INPUTS_SHEET}!{scenario_letter(index)}{rows[item.name]}"
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, _bounds_formula(item, cell, row, scenarios), GOOD)
    return first_row + len(INPUTS)


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


def _write_light(book: Book, sheet: Worksheet, last_row: int, estimates: Sequence[Estimate], lights: int) -> None:
    """One light: an error in a check counts as a failure too, so the good ones are counted, not the bad."""
    area = f"{scenario_letter(0)}{HEADER_ROW + 1}:{scenario_letter(len(estimates) - 1)}{last_row}"
    book.text(sheet, LIGHT_ROW, LIGHT_COLUMN + 2, "Rounding")
    book.number(sheet, LIGHT_ROW, LIGHT_COLUMN + 3, TOLERANCE, "nNumber", "0E+00")
    book.text(sheet, LIGHT_ROW, LIGHT_COLUMN - 1, "All checks", "nSection")
    checks = (len(TEXT_ROWS) + len(BALANCES) + len(INPUTS)) * len(estimates) + 1 + lights
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
