"""The sheet By context: the first scenario again at other lengths of chat; the Summary's chart draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.evaluation import evaluate
from napkinxl.input_table import INPUTS
from napkinxl.quantities import QUANTITIES, needed_names
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    finish_header,
    scenario_letter,
    widths,
    write_after,
    write_label,
)
from napkinxl_workbook.sheets.model import MODEL_SHEET
from napkinxl_workbook.sheets.pipeline_block import AFTER, AFTER_WIDTHS, HEADERS, WIDTHS, Pipeline, write_pipeline
from napkinxl_workbook.theme import NAVY, ORANGE, number_format

TITLE = "By context"
HEADER_ROW = 4
ANSWER_ROW = 5  # the heading above what the sheet is for; how it comes about stands below
CONTEXTS = (4_000.0, 8_000.0, 16_000.0, 32_000.0, 64_000.0, 128_000.0, 200_000.0)
# What the sheet is for, at the top; whatever these need is shown below them.
SHOWN = ("users_per_gpu", "tokens_per_s_per_user", "rent_usd_per_user_month", "owned_usd_per_user_month")


@dataclass(frozen=True)
class ContextSweep:
    """Where the sweep lies, for the chart."""

    sheet: Worksheet
    rows: dict[str, int]
    first_column: int
    last_column: int

    def row(self, row: int) -> Reference:
        """The cells of a row, one a context."""
        return Reference(self.sheet, min_row=row, max_row=row, min_col=self.first_column, max_col=self.last_column)

    def cost_chart(self) -> Chart:
        """The costs against the contexts."""
        rented, owned = (self.row(self.rows[name]) for name in ("rent_usd_per_user_month", "owned_usd_per_user_month"))
        return cost_chart(self.row(HEADER_ROW), rented, owned)


def cost_chart(contexts: Reference, rented: Reference, owned: Reference) -> Chart:
    """What a present user costs a month, rented and owned, against the context of a chat."""
    return Chart(
        "Cost per present user and month by context (first scenario)",
        "Two columns for each length of chat: what a present user costs a month on rented and on owned GPUs.",
        contexts,
        (Series("Rented", rented, NAVY), Series("Owned", owned, ORANGE)),
        Axis("Tokens in one chat"),
        Axis("USD per present user and month", "$#,##0"),
    )


def write_contexts(book: Book, base: Estimate, model: Pipeline) -> ContextSweep:
    """Write the sheet."""
    subtitle = f"The first scenario at other contexts: type yours in the blue cells. All else is from {MODEL_SHEET}."
    contexts = _contexts(base)
    columns = widths(WIDTHS, len(contexts), AFTER_WIDTHS, each=13)
    sheet = book.sheet(TITLE, "By context", subtitle, columns, "5B9BD5")
    pipeline = Pipeline.place(ANSWER_ROW + len(SHOWN) + 2, needed_names(SHOWN))
    book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    for index, context in enumerate(contexts):
        column = FIRST_SCENARIO_COLUMN + index
        formula = f"={scenario_letter(index)}{pipeline.rows['context_tokens']}"
        book.formula(sheet, HEADER_ROW, column, formula, context, "nHeaderRight", "#,##0")
    finish_header(book, sheet, HEADER_ROW, len(contexts), AFTER)

    def input_formula(name: str, _letter: str, _rows: Mapping[str, int]) -> str:
        return f"={MODEL_SHEET}!${scenario_letter(0)}{model.rows[name]}"

    values = [_values(base, context) for context in contexts]
    write_pipeline(
        book, sheet, pipeline, values, input_formula, lambda _name: (f"as on {MODEL_SHEET}", f"as on {MODEL_SHEET}")
    )
    for index, context in enumerate(contexts):
        row, column = pipeline.rows["context_tokens"], FIRST_SCENARIO_COLUMN + index
        del book.values[sheet.title, sheet.cell(row, column).coordinate]
        book.number(sheet, row, column, context, "nInput", "#,##0")
    answers = _write_answers(book, sheet, pipeline, values)
    return ContextSweep(sheet, answers, FIRST_SCENARIO_COLUMN, FIRST_SCENARIO_COLUMN + len(contexts) - 1)


def _write_answers(
    book: Book, sheet: Worksheet, pipeline: Pipeline, columns: Sequence[Mapping[str, Any]]
) -> dict[str, int]:
    """The answers, repeated above the rows that they come from; returns their rows."""
    book.section(sheet, ANSWER_ROW, "Answers", len(HEADERS) + len(columns) + len(AFTER))
    rows = {name: row for row, name in enumerate(SHOWN, start=ANSWER_ROW + 1)}
    for name, row in rows.items():
        quantity = QUANTITIES[name]
        write_label(book, sheet, row, quantity.label, quantity.unit, name)
        write_after(book, sheet, row, len(columns), [f"row {pipeline.rows[name]}", "", ""], ["nNote"] * len(AFTER))
        for index, values in enumerate(columns):
            formula = f"={scenario_letter(index)}{pipeline.rows[name]}"
            shown = number_format(quantity.unit)
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, values[name], "nFigure", shown)
    return rows


def _contexts(base: Estimate) -> list[float]:
    """The usual contexts up to the longest that the model allows, and that one."""
    longest = base.values["max_context_tokens"]
    if longest != longest:
        return list(CONTEXTS)
    return sorted({*(context for context in CONTEXTS if context <= longest), min(longest, CONTEXTS[-1])})


def _values(base: Estimate, context: float) -> dict[str, Any]:
    """What the sheet holds: every input as the first scenario uses it, but for the context."""
    inputs = {name: base.values[name] for name in INPUTS}
    return evaluate({**inputs, "context_tokens": context})
