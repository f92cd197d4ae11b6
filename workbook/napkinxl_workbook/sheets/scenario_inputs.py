"""The sheet Inputs: what each scenario sets itself, in blue; a blank means the catalog's value or the default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl import Scenario
from napkinxl.engine.inputs import OWNERS, Input
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import API_SOURCE, DEFAULT_CHOICES
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    NAME_ROW,
    SCENARIO_WIDTH,
    finish_header,
    header_height,
    scenario_letter,
    scenario_range,
    widths,
    write_label,
    write_texts,
)
from napkinxl_workbook.sheets.drop_downs import add_drop_down
from napkinxl_workbook.sheets.look_up import LookUp
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.theme import input_format

# Which scenario the sheets about one scenario show.
SELECTOR_ROW, SELECTOR_COLUMN = 3, FIRST_SCENARIO_COLUMN
SELECTOR = f"{INPUTS_SHEET}!${scenario_letter(0)}${SELECTOR_ROW}"
# Rows of the texts of a scenario; its name heads its column, in NAME_ROW.
TEXT_ROWS = {"gpu": 6, "model": 7, "preset": 8}
HEADERS = ["Input", "Unit", "Name"]
AFTER = ["Default", "Allowed", "Source and note"]
WRAPPED = Alignment(vertical="center", wrap_text=True)
# Excel refuses a validation whose message is longer.
LONGEST_MESSAGE = 220


@cache
def input_rows() -> dict[str, int]:
    """The row of each input: grouped by owner, a heading before each group."""
    rows = dict(TEXT_ROWS)
    row = max(TEXT_ROWS.values()) + 1
    for owner in OWNERS:
        row += 1
        for item in INPUTS.values():
            if item.owner == owner:
                rows[item.name] = row
                row += 1
        if owner == "api":
            rows[API_SOURCE] = row
            row += 1
    return rows


def default_cell(row: int, scenarios: int) -> str:
    """The cell with the default of the input in a row."""
    return f"{INPUTS_SHEET}!${scenario_letter(scenarios)}${row}"


def selector_formula(scenarios: int) -> str:
    """The number of the selected scenario, counted from 1."""
    return f"=MATCH({SELECTOR},{_names(scenarios)},0)"


def selected_name(scenarios: int, place: str) -> str:
    """What finds the name of the scenario with the number in a cell."""
    return f"INDEX({_names(scenarios)},1,{place})"


def _names(scenarios: int) -> str:
    return f"{INPUTS_SHEET}!{scenario_range(f'${NAME_ROW}', scenarios)}"


SUBTITLE = (
    "Type into the blue cells. A blank cell means the catalog's value for the GPU, model or preset, "
    "else the default; the sheet Workings shows the value in use."
)


def write_inputs_sheet(report: Report) -> None:
    """Write the sheet of a report, with the selector."""
    scenarios = [item.scenario for item in report.estimates]
    write_inputs(report.book, scenarios, report.look_ups)
    sheet = report.book.sheets[INPUTS_SHEET]
    report.book.text(sheet, SELECTOR_ROW, SELECTOR_COLUMN - 1, "Selected scenario", "nSection")
    report.book.text(sheet, SELECTOR_ROW, SELECTOR_COLUMN, report.base.scenario.name, "nInput")
    names = _names(len(scenarios)).partition("!")[2]
    cell = sheet.cell(SELECTOR_ROW, SELECTOR_COLUMN).coordinate
    add_drop_down(sheet, cell, names, "Selected scenario", "Choose the name of a scenario in row 4.")


def write_inputs(
    book: Book, scenarios: Sequence[Scenario], look_ups: dict[str, LookUp], subtitle: str = SUBTITLE
) -> None:
    """Write the sheet."""
    columns = widths([44, 17, 28], len(scenarios), [28, 26, 60])
    sheet = book.sheet(INPUTS_SHEET, "Inputs", subtitle, columns, "Input")
    book.row(sheet, NAME_ROW, HEADERS, "nHeader")
    for index, scenario in enumerate(scenarios):
        book.text(sheet, NAME_ROW, FIRST_SCENARIO_COLUMN + index, scenario.name, "nHeaderRight")
    finish_header(book, sheet, NAME_ROW, FIRST_SCENARIO_COLUMN + len(scenarios), AFTER)
    sheet.row_dimensions[NAME_ROW].height = header_height([item.name for item in scenarios], SCENARIO_WIDTH)
    _write_names(book, sheet, scenarios, look_ups)
    rows = input_rows()
    for owner, title in OWNERS.items():
        items = [item for item in INPUTS.values() if item.owner == owner]
        book.section(sheet, rows[items[0].name] - 1, title, len(HEADERS) + len(scenarios) + len(AFTER))
        for item in items:
            _write_input(book, sheet, rows[item.name], item, scenarios)
    _write_api_source(book, sheet, rows[API_SOURCE], scenarios)


def _write_names(book: Book, sheet: Worksheet, scenarios: Sequence[Scenario], look_ups: dict[str, LookUp]) -> None:
    first = min(TEXT_ROWS.values())
    book.section(sheet, first - 1, "From the catalog", len(HEADERS) + len(scenarios) + len(AFTER))
    for field, row in TEXT_ROWS.items():
        source = f"a name on the sheet {look_ups[field].title}"
        write_label(book, sheet, row, field.capitalize() if field != "gpu" else "GPU", "", field)
        default = DEFAULT_CHOICES[field]
        write_texts(book, sheet, row, FIRST_SCENARIO_COLUMN + len(scenarios), [default, source, ""])
        names, cells = look_ups[field].name_range, _cells(row, len(scenarios))
        add_drop_down(sheet, cells, names, field, f"Choose {source}.", blank=True)
        for index, scenario in enumerate(scenarios):
            book.text(sheet, row, FIRST_SCENARIO_COLUMN + index, getattr(scenario, field), "nInput")


def _write_input(book: Book, sheet: Worksheet, row: int, item: Input, scenarios: Sequence[Scenario]) -> None:
    note = "; ".join(part for part in (item.source_text, item.note) if part)
    write_label(book, sheet, row, item.label, item.unit, item.name)
    texts = [item.default_text, str(item.bounds), note]
    write_texts(book, sheet, row, FIRST_SCENARIO_COLUMN + len(scenarios), texts)
    if item.default is not None:
        column = FIRST_SCENARIO_COLUMN + len(scenarios)
        book.number(sheet, row, column, item.default, "nNumber", input_format(item))
    for index, scenario in enumerate(scenarios):
        own = scenario.given().get(item.name)
        book.number(sheet, row, FIRST_SCENARIO_COLUMN + index, own, "nInput", input_format(item))
    validation = number_validation(item)
    sheet.add_data_validation(validation)
    validation.add(_cells(row, len(scenarios)))


def _write_api_source(book: Book, sheet: Worksheet, row: int, scenarios: Sequence[Scenario]) -> None:
    """Where each scenario's API prices come from, beside them: they are values, and another prompt may cost another."""
    write_label(book, sheet, row, "Source of the API prices", "", API_SOURCE)
    for index, scenario in enumerate(scenarios):
        book.text(sheet, row, FIRST_SCENARIO_COLUMN + index, scenario.api_source, "nInput")
        sheet.cell(row, FIRST_SCENARIO_COLUMN + index).alignment = WRAPPED
    # In the width of a scenario; the note beside it needs two lines.
    lines = max(-(-len(scenario.api_source) // int(SCENARIO_WIDTH)) for scenario in scenarios)
    sheet.row_dimensions[row].height = 13.5 * max(lines, 2)
    note = "change it with the prices: they are those of the API, the day and the length of prompt that it says"
    write_texts(book, sheet, row, FIRST_SCENARIO_COLUMN + len(scenarios), ["", "text", note])


def number_validation(item: Input) -> DataValidation:
    """The registry's bounds as a rule of the cell. An excluded lower end needs its own formula."""
    message = f"{item.label} must be {item.bounds} {item.unit}."[:LONGEST_MESSAGE]
    kind: Literal["whole", "decimal"] = "whole" if item.bounds.whole else "decimal"
    low, high = f"{item.bounds.low:.10g}", f"{item.bounds.high:.0f}"
    return DataValidation(
        type=kind,
        operator="between" if item.bounds.low_included else "greaterThan",
        formula1=low,
        formula2=high if item.bounds.low_included else None,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=item.name[:31],
        error=message,
    )


def _cells(row: int, scenarios: int) -> str:
    return f"{scenario_letter(0)}{row}:{scenario_letter(scenarios - 1)}{row}"


SCENARIO_INPUTS = ReportSheet(
    INPUTS_SHEET,
    "Input",
    "what each scenario sets, and which scenario is shown; type into the blue cells",
    write_inputs_sheet,
    needs=("GPUs", "Models", "Presets"),
)
