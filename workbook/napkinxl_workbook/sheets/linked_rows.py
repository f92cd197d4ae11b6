"""Rows that show what the sheet Workings holds, one column per scenario."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.sheets.columns import FIRST_SCENARIO_COLUMN, scenario_letter, write_label, write_texts
from napkinxl_workbook.sheets.report_parts import Report
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import input_format, number_format


def write_link(
    report: Report, sheet: Worksheet, row: int, name: str, label: str = "", style: str = "nNumber", gap: int = 0
) -> str:
    """A row that repeats an input or quantity of every scenario and says from where; returns the range of its cells."""
    item = INPUTS.get(name) or QUANTITIES[name]
    workings, count = report.get(Workings), len(report.estimates)
    formulas = [f"={workings.cell(name, index)}" for index in range(count)]
    values = [item[name] for item in report.estimates]
    note = f"{WORKINGS_SHEET}, row {workings.pipeline.rows[name]}"
    write_formulas(report, sheet, row, (label or item.label, item.unit, name), formulas, values, note, style, gap)
    return f"{scenario_letter(0)}{row}:{scenario_letter(count - 1)}{row}"


def write_formulas(
    report: Report,
    sheet: Worksheet,
    row: int,
    heading: tuple[str, str, str],
    formulas: Sequence[str],
    values: Sequence[CellValue],
    note: str = "",
    style: str = "nNumber",
    gap: int = 0,
) -> None:
    """A row of formulas, one per scenario; `heading` is its label, unit and name, the note stands `gap` columns on."""
    write_label(report.book, sheet, row, *heading)
    given = INPUTS.get(heading[2])
    for index, (formula, value) in enumerate(zip(formulas, values, strict=True)):
        shown = input_format(given) if given else number_format(heading[1], value)
        report.book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value, style, shown)
    write_texts(report.book, sheet, row, FIRST_SCENARIO_COLUMN + len(formulas) + gap, [note])
