"""The sheet Summary: the answer in a sentence, a dozen figures, one chart, and how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.headline import HEADLINE
from napkinxl.presets import get_preset
from napkinxl.quantities import QUANTITIES, TEXT
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.answers import answer
from napkinxl_workbook.sheets.by_context import ContextSweep
from napkinxl_workbook.sheets.catalog import LookUp
from napkinxl_workbook.sheets.charts import cost_chart
from napkinxl_workbook.sheets.checks import colour_light, light_cell, light_text
from napkinxl_workbook.sheets.inputs import INPUTS_SHEET, NAME_ROW, TEXT_ROWS, scenario_letter
from napkinxl_workbook.sheets.model import MODEL_SHEET
from napkinxl_workbook.sheets.pipeline_block import Pipeline
from napkinxl_workbook.theme import number_format

TITLE = "Summary"
FIRST_COLUMN = 3  # of the scenarios; labels and units stand before
CONTENTS = {
    "Inputs": "what each scenario sets; change the blue cells and everything follows",
    "Model": "every number with its formula, one column per scenario",
    "By context": "the first scenario at other lengths of chat",
    "Published figures": "what the sources print, recomputed",
    "GPUs": "catalog, with source and date per row",
    "Models": "catalog, with source and date per row",
    "Presets": "ceiling or calibrated, and the error of each",
    "Prices": "dated rental prices",
    "Checks": "balances and bounds",
    "About": "version, date, method, what is verified",
}


def write_summary(
    book: Book, estimates: Sequence[Estimate], model: Pipeline, sweep: ContextSweep, presets: LookUp
) -> None:
    """Fill the sheet, which was made first so that it comes first."""
    sheet = book.sheets[TITLE]
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToHeight = 1
    for column in range(FIRST_COLUMN, FIRST_COLUMN + max(len(estimates), 3)):
        sheet.column_dimensions[get_column_letter(column)].width = 26
    width = FIRST_COLUMN + max(len(estimates), 3) - 1
    row = _write_answers(book, sheet, estimates, model, width)
    row = _write_figures(book, sheet, estimates, model, row + 1)
    row = _write_errors(book, sheet, estimates, presets, row)
    sheet.add_chart(cost_chart(sweep), f"A{row + 1}")
    _write_contents(book, sheet, row + 21)


def _write_answers(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, width: int) -> int:
    """A sentence per scenario, and the light of the checks."""
    book.text(sheet, 3, 1, "Checks", "nSection")
    book.formula(sheet, 3, 2, f"={light_cell()}", light_text(estimates), "nSection")
    colour_light(sheet, "B3")
    for index, estimate in enumerate(estimates):
        row = 5 + index
        formula, text = answer(estimate, _cells(index, model))
        book.formula(sheet, row, 1, formula, text, "nAnswer")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.row_dimensions[row].height = 36
    return 5 + len(estimates)


def _cells(index: int, model: Pipeline) -> dict[str, str]:
    """Where everything of a scenario lies."""
    letter = scenario_letter(index)
    texts = {"name": NAME_ROW, **TEXT_ROWS}
    return {
        **{name: f"{INPUTS_SHEET}!{letter}{row}" for name, row in texts.items()},
        **{name: f"{MODEL_SHEET}!{cell}" for name, cell in model.cells(letter).items()},
    }


def _write_figures(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, row: int) -> int:
    book.row(sheet, row, ["Figure", "Unit"], "nHeader")
    for index, estimate in enumerate(estimates):
        name = f"={INPUTS_SHEET}!{scenario_letter(index)}{NAME_ROW}"
        book.formula(sheet, row, FIRST_COLUMN + index, name, estimate.scenario.name, "nHeaderRight")
    sheet.row_dimensions[row].height = 30
    for line, name in enumerate(HEADLINE, start=row + 1):
        quantity = QUANTITIES[name]
        book.row(sheet, line, [quantity.label, "" if quantity.unit == TEXT else quantity.unit])
        for index, estimate in enumerate(estimates):
            formula = f"={MODEL_SHEET}!{scenario_letter(index)}{model.rows[name]}"
            shown = number_format(quantity.unit)
            book.formula(sheet, line, FIRST_COLUMN + index, formula, estimate.values[name], "nFigure", shown)
    return row + len(HEADLINE) + 1


def _write_errors(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], presets: LookUp, row: int) -> int:
    """The error of each scenario's preset, beside its figures: nobody should price on the ceiling unknowingly."""
    book.text(sheet, row, 1, "Preset and its error", "nText")
    book.text(sheet, row, 2, "")
    error_range = presets.column_range("error")
    for index, estimate in enumerate(estimates):
        preset = f"{INPUTS_SHEET}!{scenario_letter(index)}{TEXT_ROWS['preset']}"
        formula = f"=INDEX({error_range},MATCH({preset},{presets.name_range},0))"
        error = get_preset(estimate.scenario.preset).error_text
        book.formula(sheet, row, FIRST_COLUMN + index, formula, error, "nNote")
    sheet.row_dimensions[row].height = 64
    return row + 1


def _write_contents(book: Book, sheet: Worksheet, row: int) -> None:
    book.row(sheet, row, ["Sheets", ""], "nSection")
    for line, (title, meaning) in enumerate(CONTENTS.items(), start=row + 1):
        cell = sheet.cell(line, 1, title)
        cell.hyperlink = f"#'{title}'!A1"
        cell.style = "nLink"
        book.text(sheet, line, 2, meaning, "nSubtitle")
