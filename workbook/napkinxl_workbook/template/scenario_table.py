"""The sheet Scenarios: the answers and how they come about, one call of a function a cell."""

from __future__ import annotations

from collections.abc import Sequence

from napkinxl import Scenario
from napkinxl.formulas import HEADLINE, QUANTITIES, TEXT, TOPICS
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl.scenarios.presets import get_preset
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    widths,
    write_header,
    write_label,
    write_texts,
)
from napkinxl_workbook.sheets.look_up import LookUp
from napkinxl_workbook.template.function_cells import FunctionCells
from napkinxl_workbook.template.settings import ScenarioArguments, preset_cell
from napkinxl_workbook.theme import number_format

TITLE = "Scenarios"
HEADER_ROW = 4
HEADERS = ["Quantity", "Unit", "Function"]
AFTER = ["As typed, first scenario", "What it is"]
# Examples of the method on their own, which no answer depends on.
LEFT_OUT = {TOPICS[name] for name in ("article.matmul", "article.projection", "article.article")}


def write_scenarios(
    cells: FunctionCells, scenarios: Sequence[Scenario], arguments: Sequence[ScenarioArguments], presets: LookUp
) -> None:
    """Write the sheet."""
    book = cells.book
    subtitle = f"Each number is one call of a function with the arguments of the sheet {INPUTS_SHEET}."
    sheet = book.sheet(TITLE, "Scenarios", subtitle, widths([44, 20, 34], len(scenarios), [64, 60]), "Workings")
    write_header(book, sheet, HEADER_ROW, HEADERS, [scenario.name for scenario in scenarios], AFTER)
    row = _write_presets(book, scenarios, presets)
    for title, names in _groups():
        book.section(sheet, row, title, len(HEADERS) + len(scenarios) + len(AFTER))
        for name in names:
            row += 1
            _write_row(cells, row, name, arguments)
        row += 1


def _write_presets(book: Book, scenarios: Sequence[Scenario], presets: LookUp) -> int:
    """The error of each scenario's preset: nobody should price on the ceiling unknowingly. Returns the next row."""
    row, sheet = HEADER_ROW + 1, book.sheets[TITLE]
    write_label(book, sheet, row, "Preset and its error", "", "")
    for index, scenario in enumerate(scenarios):
        name = preset_cell(index)
        position = f'MATCH(IF({name}="","{DEFAULT_CHOICES["preset"]}",{name}),{presets.name_range},0)'
        formula = f"=INDEX({presets.column_range('error')},{position})"
        book.formula(
            sheet, row, FIRST_SCENARIO_COLUMN + index, formula, get_preset(scenario.preset).error_text, "nNote"
        )
    sheet.row_dimensions[row].height = 100
    return row + 1


def _groups() -> list[tuple[str, list[str]]]:
    groups = [("Answers", list(HEADLINE))]
    for topic in TOPICS.values():
        names = [item.name for item in QUANTITIES.values() if item.topic == topic and item.name not in HEADLINE]
        if names and topic not in LEFT_OUT:
            groups.append((topic, names))
    return groups


def _write_row(cells: FunctionCells, row: int, name: str, arguments: Sequence[ScenarioArguments]) -> None:
    quantity, function = QUANTITIES[name], FUNCTIONS[name.upper()]
    book, sheet = cells.book, cells.book.sheets[TITLE]
    unit = "" if quantity.unit == TEXT else quantity.unit
    write_label(book, sheet, row, quantity.label, unit, function.excel_name)
    style = "nFigure" if name in HEADLINE else "nNumber"
    for index, scenario in enumerate(arguments):
        column, shown = FIRST_SCENARIO_COLUMN + index, number_format(quantity.unit)
        cells.write(sheet, row, column, function.excel_name, scenario.of(function), style, shown)
    typed = cells.typed(function.excel_name, arguments[0].of(function))
    write_texts(book, sheet, row, FIRST_SCENARIO_COLUMN + len(arguments), [typed, quantity.summary])
