"""The sheet Settings: what the functions are given, blanks kept blank; one range of field and value a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from napkinxl import Scenario
from napkinxl.inputs import INPUTS
from napkinxl_addin.functions import Function
from napkinxl_addin.signatures import CASE_ARGUMENTS, VARIED
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import INPUTS_SHEET, scenario_letter
from napkinxl_workbook.sheets.scenario_inputs import TEXT_ROWS, input_rows
from napkinxl_workbook.template.function_cells import BLANK, Given
from napkinxl_workbook.theme import input_format

TITLE = "Settings"
HEADER_ROW, FIRST_ROW = 4, 5
FIELD_LETTER, FIRST_COLUMN = "B", 3
# Arguments of their own first; then what `settings` holds, the model's own fields last, so that a range can end before.
ARGUMENTS = tuple(argument.name for argument in CASE_ARGUMENTS if argument.name != "settings")
_OTHERS = [name for name in INPUTS if name not in (*ARGUMENTS, *VARIED)]
MODEL_FIELDS = tuple(name for name in _OTHERS if INPUTS[name].describes("model"))
FIELDS = ("preset", *(name for name in _OTHERS if name not in MODEL_FIELDS), *MODEL_FIELDS)
ROWS = {name: row for row, name in enumerate((*ARGUMENTS, *FIELDS), start=FIRST_ROW)}


@dataclass(frozen=True)
class ScenarioArguments:
    """What the functions are given for one scenario, by the name of the argument.

    `without_model` is the range of settings for calls that name a model of their own.
    """

    given: Mapping[str, Given]
    without_model: Given

    def of(self, function: Function, **instead: Given) -> list[Given]:
        """The arguments of a function, some of them replaced."""
        return [{**self.given, **instead}.get(argument.name, BLANK) for argument in function.arguments]


def write_settings(book: Book, scenarios: Sequence[Scenario]) -> list[ScenarioArguments]:
    """Write the sheet; returns the arguments of each scenario."""
    subtitle = (
        f"What the functions are given: the cells of {INPUTS_SHEET}. A blank there is an empty text here, as some "
        "programs would hand over an empty cell as 0."
    )
    widths = [50, 34, *[26] * len(scenarios)]
    sheet = book.sheet(TITLE, "Settings", subtitle, widths, "Control")
    book.row(sheet, HEADER_ROW, ["Input", "Field", *(scenario.name for scenario in scenarios)], "nHeader")
    for name, row in ROWS.items():
        item = INPUTS.get(name)
        book.row(sheet, row, [item.label if item else name.capitalize() if name != "gpu" else "GPU", name])
        for index, scenario in enumerate(scenarios):
            source = f"{INPUTS_SHEET}!{scenario_letter(index)}{TEXT_ROWS.get(name) or input_rows()[name]}"
            shown = input_format(item) if item else "General"
            formula = f'=IF({source}="","",{source})'
            book.formula(sheet, row, FIRST_COLUMN + index, formula, _value(scenario, name), "nNumber", shown)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    return [_arguments(scenario, index) for index, scenario in enumerate(scenarios)]


def preset_cell(index: int) -> str:
    """The cell with the name of a scenario's preset."""
    return f"{TITLE}!{get_column_letter(FIRST_COLUMN + index)}${ROWS['preset']}"


def _value(scenario: Scenario, name: str) -> float | str:
    if name in TEXT_ROWS:
        return str(getattr(scenario, name))
    return scenario.given().get(name, "")


def _arguments(scenario: Scenario, index: int) -> ScenarioArguments:
    letter = get_column_letter(FIRST_COLUMN + index)
    given = {name: Given(f"{TITLE}!{letter}${ROWS[name]}", _value(scenario, name)) for name in ARGUMENTS}

    def settings(fields: Sequence[str]) -> Given:
        # The first column of the range holds the fields, its last one this scenario's values.
        area = f"{TITLE}!${FIELD_LETTER}${ROWS[fields[0]]}:{letter}${ROWS[fields[-1]]}"
        return Given(area, [[name, _value(scenario, name)] for name in fields])

    without_model = [name for name in FIELDS if name not in MODEL_FIELDS]
    return ScenarioArguments({**given, "settings": settings(FIELDS)}, settings(without_model))
