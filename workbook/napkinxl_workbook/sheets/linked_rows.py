"""Rows that show what the sheet Model holds, one column per scenario."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.input_table import INPUTS
from napkinxl.quantities import QUANTITIES
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.sheets.columns import FIRST_SCENARIO_COLUMN, scenario_letter, write_after, write_label
from napkinxl_workbook.sheets.model import MODEL_SHEET
from napkinxl_workbook.sheets.pipeline_block import Pipeline
from napkinxl_workbook.theme import input_format, number_format


def model_cell(name: str, index: int, model: Pipeline) -> str:
    """The address on the sheet Model of an input or quantity of a scenario."""
    return f"{MODEL_SHEET}!{scenario_letter(index)}{model.rows[name]}"


def write_link(
    book: Book, sheet: Worksheet, row: int, name: str, estimates: Sequence[Estimate], model: Pipeline, label: str = ""
) -> None:
    """A row that repeats an input or quantity of every scenario."""
    item = INPUTS.get(name) or QUANTITIES[name]
    formulas = [f"={model_cell(name, index, model)}" for index in range(len(estimates))]
    write_formulas(
        book, sheet, row, (label or item.label, item.unit, name), formulas, [item[name] for item in estimates]
    )


def write_formulas(
    book: Book, sheet: Worksheet, row: int, heading: tuple[str, str, str], formulas: Sequence[str],
    values: Sequence[CellValue], note: str = "", style: str = "nNumber",
) -> None:  # fmt: skip
    """A row of formulas, one per scenario; `heading` is its label, unit and name."""
    write_label(book, sheet, row, *heading)
    given = INPUTS.get(heading[2])
    for index, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        shown = input_format(given) if given else number_format(heading[1], value)
        book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value, style, shown)
    write_after(book, sheet, row, len(formulas), [note], ["nNote"])
