"""Columns that are the selected scenario with some inputs changed: each differs from it in what its head names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas import evaluate
from napkinxl.inputs import INPUTS
from napkinxl_workbook.sheets.columns import INPUTS_SHEET, scenario_range, write_texts
from napkinxl_workbook.sheets.pipeline_block import Pipeline, format_of, write_column, write_labels
from napkinxl_workbook.sheets.report_parts import Report
from napkinxl_workbook.sheets.scenario_inputs import input_rows
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings, found_in_catalog, table_of

SET_COLUMN = 4  # whether the selected scenario sets an input that otherwise follows another
FIRST_VARIANT_COLUMN = 5
SET_HEADER = "Set"


@dataclass(frozen=True)
class Variants:
    """Where the block lies, and the rows that name up to two changed inputs and their values."""

    sheet: Worksheet
    pipeline: Pipeline
    heads: tuple[tuple[int, int], ...]  # rows of a changed input's name and of its value

    def letter(self, number: int) -> str:
        """The column of a variant, counted from 0."""
        return get_column_letter(FIRST_VARIANT_COLUMN + number)

    def cell(self, name: str, number: int) -> str:
        """The address of a result of a variant, for other sheets."""
        return f"'{self.sheet.title}'!{self.letter(number)}{self.pipeline.rows[name]}"


def variant_values(base: Estimate, changes: Mapping[str, float]) -> dict[str, Any]:
    """Everything about the scenario with some inputs changed; what follows a changed input goes with it."""
    return evaluate({**base.in_use.values, **changes})


def write_variants(
    report: Report, variants: Variants, changes: Sequence[Mapping[str, float]], columns: int
) -> list[dict[str, Any]]:
    """Write the block: labels, whether an input is set, one column of live formulas per variant.

    The last of the `columns` says where Workings has each row.
    """
    workings, pipeline = report.get(Workings), variants.pipeline
    write_labels(report.book, variants.sheet, pipeline, columns)
    _write_set(report, variants)

    def input_formula(name: str, letter: str) -> str:
        row, follows = pipeline.rows[name], INPUTS[name].follows
        text = workings.selected(name)
        if follows and INPUTS[name].follows_if_blank:
            text = f"IF(${get_column_letter(SET_COLUMN)}{row}=1,{text},{letter}{pipeline.rows[follows]})"
        for title, value in reversed(variants.heads):
            text = f"IF($C{row}={letter}${title},{letter}${value},{text})"
        return f"={text}"

    for name, row in pipeline.rows.items():
        write_texts(
            report.book, variants.sheet, row, columns, [f"as {WORKINGS_SHEET}, row {workings.pipeline.rows[name]}"]
        )
    found = [variant_values(report.base, change) for change in changes]
    for number, values in enumerate(found):
        write_column(report.book, variants.sheet, pipeline, FIRST_VARIANT_COLUMN + number, values, input_formula)
    return found


def _write_set(report: Report, variants: Variants) -> None:
    """1 where the selected scenario or the catalog gives an input that otherwise follows another, else 0."""
    workings, look_ups = report.get(Workings), report.look_ups
    for name, row in variants.pipeline.rows.items():
        if name not in INPUTS or not INPUTS[name].follows_if_blank:
            continue
        cells = scenario_range(input_rows()[name], workings.scenarios)
        own = f"INDEX({INPUTS_SHEET}!{cells},1,{workings.selected_place})"
        field = table_of(name, look_ups)
        fallback = "0"
        if field is not None:
            found = found_in_catalog(name, field, f"{WORKINGS_SHEET}!${workings.selected_letter}", look_ups)
            fallback = f'IF({found}="",0,1)'
        value = float(name in report.base.in_use.values)
        report.book.formula(
            variants.sheet, row, SET_COLUMN, f'=IF({own}="",{fallback},1)', value, "nNumber", format_of("layers")
        )
