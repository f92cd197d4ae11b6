"""The sheet Inputs: what each scenario sets itself, in blue; a blank means the catalog's value or the default."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl import Scenario
from napkinxl.input_table import INPUTS
from napkinxl.inputs import OWNERS, Input
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.catalog import LookUp
from napkinxl_workbook.theme import input_format

INPUTS_SHEET = "Inputs"
NAME_ROW = 4
# Rows of the texts that name a scenario; the scenario's name is its column's header.
TEXT_ROWS = {"gpu": 6, "model": 7, "preset": 8}
FIRST_SCENARIO_COLUMN = 7
DEFAULT_COLUMN = 5
HEADERS = ["Input", "Unit", "Name", "Allowed", "Default", "Source and note"]
# Excel refuses a validation whose message is longer.
LONGEST_MESSAGE = 220


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
    return rows


def scenario_letter(index: int) -> str:
    """The column of a scenario, the same on every sheet."""
    return get_column_letter(FIRST_SCENARIO_COLUMN + index)


def write_inputs(book: Book, scenarios: Sequence[Scenario], look_ups: dict[str, LookUp]) -> None:
    """Write the sheet."""
    widths = [44, 10, 26, 24, 16, 46, *[18] * len(scenarios)]
    subtitle = (
        "Type into the blue cells. A blank cell means the catalog's value for the GPU, model or preset, "
        "else the default; the sheet Model shows the value in use."
    )
    sheet = book.sheet(INPUTS_SHEET, "Inputs", subtitle, widths, "FFC000")
    book.row(sheet, NAME_ROW, HEADERS, "nHeader")
    for index, scenario in enumerate(scenarios):
        book.text(sheet, NAME_ROW, FIRST_SCENARIO_COLUMN + index, scenario.name, "nHeaderRight")
    sheet.row_dimensions[NAME_ROW].height = 32
    _write_texts(book, sheet, scenarios, look_ups)
    rows = input_rows()
    for owner, title in OWNERS.items():
        items = [item for item in INPUTS.values() if item.owner == owner]
        book.section(sheet, rows[items[0].name] - 1, title, len(HEADERS) + len(scenarios))
        for item in items:
            _write_input(book, sheet, rows[item.name], item, scenarios)
    sheet.freeze_panes = sheet.cell(NAME_ROW + 1, FIRST_SCENARIO_COLUMN).coordinate
    sheet.print_title_rows = f"{NAME_ROW}:{NAME_ROW}"


def _write_texts(book: Book, sheet: Worksheet, scenarios: Sequence[Scenario], look_ups: dict[str, LookUp]) -> None:
    first = min(TEXT_ROWS.values())
    book.section(sheet, first - 1, "From the catalog", len(HEADERS) + len(scenarios))
    for field, row in TEXT_ROWS.items():
        source = f"a name on the sheet {look_ups[field].title}"
        book.row(sheet, row, [field.capitalize() if field != "gpu" else "GPU", "", field, source, "", ""])
        validation = DataValidation(
            type="list", formula1=look_ups[field].name_range, allow_blank=False, showErrorMessage=True,
            errorTitle=field, error=f"Choose {source}.",
        )  # fmt: skip
        sheet.add_data_validation(validation)
        for index, scenario in enumerate(scenarios):
            book.text(sheet, row, FIRST_SCENARIO_COLUMN + index, getattr(scenario, field), "nInput")
        validation.add(_cells(row, len(scenarios)))


def _write_input(book: Book, sheet: Worksheet, row: int, item: Input, scenarios: Sequence[Scenario]) -> None:
    note = "; ".join(part for part in (item.source, item.note) if part)
    book.row(sheet, row, [item.label, item.unit, item.name, str(item.bounds)])
    sheet.cell(row, 3).style = "nCode"
    if item.default is None:
        book.text(sheet, row, DEFAULT_COLUMN, item.default_text, "nNote")
    else:
        book.number(sheet, row, DEFAULT_COLUMN, item.default, "nNumber", input_format(item))
    book.text(sheet, row, 6, note, "nNote")
    for index, scenario in enumerate(scenarios):
        own = scenario.given().get(item.name)
        book.number(sheet, row, FIRST_SCENARIO_COLUMN + index, own, "nInput", input_format(item))
    validation = _number_validation(item)
    sheet.add_data_validation(validation)
    validation.add(_cells(row, len(scenarios)))


def _number_validation(item: Input) -> DataValidation:
    """The registry's bounds as a rule of the cell. An excluded lower end needs its own formula."""
    message = f"{item.label} must be {item.bounds} {item.unit}."[:LONGEST_MESSAGE]
    kind: Literal["whole", "decimal"] = "whole" if item.bounds.whole else "decimal"
    low, high = f"{item.bounds.low:.10g}", f"{item.bounds.high:.0f}"
    if item.bounds.low_included:
        return DataValidation(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True,
                              showErrorMessage=True, errorTitle=item.name[:31], error=message)  # fmt: skip
    return DataValidation(type=kind, operator="greaterThan", formula1=low, allow_blank=True, showErrorMessage=True,
                          errorTitle=item.name[:31], error=message)  # fmt: skip


def _cells(row: int, scenarios: int) -> str:
    return f"{scenario_letter(0)}{row}:{scenario_letter(scenarios - 1)}{row}"
