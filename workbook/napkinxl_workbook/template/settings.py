"""The sheet Settings: what the functions take beside their arguments, as one range of field and value a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from napkinxl import Scenario
from napkinxl.input_table import INPUTS
from napkinxl_addin.signatures import CASE_ARGUMENTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import INPUTS_SHEET, scenario_letter
from napkinxl_workbook.sheets.inputs import TEXT_ROWS, input_rows
from napkinxl_workbook.template.function_cells import BLANK, Given
from napkinxl_workbook.theme import input_format

TITLE = "Settings"
HEADER_ROW, FIRST_ROW = 4, 5
FIELD_LETTER, FIRST_COLUMN = "B", 3
ARGUMENTS = tuple(argument.name for argument in CASE_ARGUMENTS if argument.name != "settings")
FIELDS = ("preset", *(name for name in INPUTS if name not in ARGUMENTS))


@dataclass(frozen=True)
class ScenarioArguments:
    """What the functions are given for one scenario, by the name of the argument."""

    given: dict[str, Given]

    def of(self, names: Sequence[str], **instead: Given) -> list[Given]:
        """The arguments of a function, some of them replaced."""
        return [{**self.given, **instead}.get(name, BLANK) for name in names]


def write_settings(book: Book, scenarios: Sequence[Scenario]) -> list[ScenarioArguments]:
    """Write the sheet; returns the arguments of each scenario."""
    subtitle = (
        f"The cells of {INPUTS_SHEET} that are no arguments of their own, handed to the functions as one range. Blanks "
        "stay blank: some hosts would deliver an empty cell as 0."
    )
    widths = [50, 34, *[22] * len(scenarios)]
    sheet = book.sheet(TITLE, "Settings", subtitle, widths, "7F7F7F")
    book.row(sheet, HEADER_ROW, ["Input", "Field", *(scenario.name for scenario in scenarios)], "nHeader")
    for row, name in enumerate(FIELDS, start=FIRST_ROW):
        item = INPUTS.get(name)
        book.row(sheet, row, [item.label if item else "Preset", name])
        for index, scenario in enumerate(scenarios):
            source = f"{INPUTS_SHEET}!{scenario_letter(index)}{_row_on_inputs(name)}"
            value = _value(scenario, name)
            shown = input_format(item) if item else "General"
            formula = f'=IF({source}="","",{source})'
            book.formula(sheet, row, FIRST_COLUMN + index, formula, value, "nNumber", shown)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    return [_arguments(scenario, index) for index, scenario in enumerate(scenarios)]


def _row_on_inputs(name: str) -> int:
    return TEXT_ROWS[name] if name in TEXT_ROWS else input_rows()[name]


def _value(scenario: Scenario, name: str) -> float | str:
    if name in TEXT_ROWS:
        return str(getattr(scenario, name))
    return scenario.given().get(name, "")


def _arguments(scenario: Scenario, index: int) -> ScenarioArguments:
    column, last_row = scenario_letter(index), FIRST_ROW + len(FIELDS) - 1
    given = {
        name: Given(f"{INPUTS_SHEET}!{column}${_row_on_inputs(name)}", _value(scenario, name)) for name in ARGUMENTS
    }
    # The first column of the range holds the fields, its last one this scenario's values.
    last = get_column_letter(FIRST_COLUMN + index)
    area = f"{TITLE}!${FIELD_LETTER}${FIRST_ROW}:{last}${last_row}"
    settings = [[name, _value(scenario, name)] for name in FIELDS]
    return ScenarioArguments({**given, "settings": Given(area, settings)})
