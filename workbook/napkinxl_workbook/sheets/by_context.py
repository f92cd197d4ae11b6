"""The sheet By context: the selected scenario again at other lengths of chat, and what the charts draw of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas import QUANTITIES, needed_names
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.sheets.columns import finish_header, write_label, write_texts
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, Pipeline
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.variants import FIRST_VARIANT_COLUMN, SET_HEADER, Variants, write_variants
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE, PALE_BLUE, number_format

TITLE = "By context"
HEADER_ROW = 4
CHANGED_ROW = 5  # names the input that the columns change; its values are the header
ANSWER_ROW = 6  # the heading above what the sheet is for; how it comes about stands below
CONTEXTS = (4_000.0, 8_000.0, 16_000.0, 32_000.0, 64_000.0, 128_000.0, 200_000.0)
# What the sheet is for, at the top; whatever these need is shown below them.
SHOWN = ("users_per_gpu", "tokens_per_s_per_user", "rent_usd_per_seat_month", "owned_usd_per_seat_month")
# The parts of a step, which add up to it.
STEP_PARTS = {
    "weights_read_ms": "Reading weights",
    "kv_read_ms": "Moving KV cache",
    "compute_beyond_ms": "Computing beyond that",
    "overhead_ms": "Fixed",
}
GROUPS = {"Answers": SHOWN, "What a decode step is made of": tuple(STEP_PARTS)}


@dataclass(frozen=True)
class ContextSweep:
    """Where the sweep lies, for the charts."""

    sheet: Worksheet
    rows: dict[str, int]
    contexts: int

    def row(self, row: int) -> Reference:
        """The cells of a row, one a context; the scenario's own context stands before them."""
        first = FIRST_VARIANT_COLUMN + 1
        return Reference(self.sheet, min_row=row, max_row=row, min_col=first, max_col=first + self.contexts - 1)

    def of(self, name: str) -> Reference:
        """The cells of an answer or of a part of a step."""
        return self.row(self.rows[name])

    def capacity_chart(self) -> Chart:
        """How many seats a GPU serves against the context of a chat."""
        return Chart(
            "Seats in use per GPU, by context",
            "One column for each length of chat: how many seats in use a GPU serves on average. Longer chats need more "
            "memory, so fewer fit.",
            self.row(HEADER_ROW),
            (Series("Seats in use per GPU, on average", self.of("users_per_gpu"), BLUE),),
            Axis("Tokens in one chat"),
            Axis("Seats per GPU", "#,##0"),
            from_zero=True,
        )

    def cost_chart(self) -> Chart:
        """The costs against the contexts."""
        rented, owned = self.of("rent_usd_per_seat_month"), self.of("owned_usd_per_seat_month")
        return cost_chart(self.row(HEADER_ROW), rented, owned)

    def step_chart(self) -> Chart:
        """What the time of a step goes to."""
        colours = (NAVY, ORANGE, BLUE, PALE_BLUE)
        return Chart(
            "Time of a decode step by context",
            "One stacked column for each length of chat: how much of a step reads the weights, reads the KV cache, "
            "computes beyond that, and is fixed.",
            self.row(HEADER_ROW),
            tuple(
                Series(title, self.of(name), shade)
                for (name, title), shade in zip(STEP_PARTS.items(), colours, strict=True)
            ),
            Axis("Tokens in one chat"),
            Axis("ms", "#,##0.0"),
            stacked=True,
            from_zero=True,
        )


def cost_chart(contexts: Reference, rented: Reference, owned: Reference) -> Chart:
    """What a present user costs a month, rented and owned, against the context of a chat."""
    return Chart(
        "Cost per seat and month, by context",
        "Two columns for each length of chat: what a seat in use costs a month on rented and on owned GPUs.",
        contexts,
        (Series("Rented", rented, NAVY), Series("Owned", owned, ORANGE)),
        Axis("Tokens in one chat"),
        Axis("USD a month", "$#,##0"),
        from_zero=True,
    )


def write_contexts(report: Report) -> None:
    """Write the sheet."""
    book, contexts = report.book, contexts_of(report.base)
    subtitle = (
        f"The selected scenario at other contexts: type yours in the blue cells. All else is from {WORKINGS_SHEET}."
    )
    columns = [*WIDTHS, 8, *[13.0] * (1 + len(contexts)), 40]
    sheet = book.sheet(TITLE, TITLE, subtitle, columns, "Workings")
    first = ANSWER_ROW + sum(1 + len(names) for names in GROUPS.values()) + 1
    pipeline = Pipeline.place(first, needed_names([*SHOWN, *STEP_PARTS]))
    variants = Variants(sheet, pipeline, ((CHANGED_ROW, HEADER_ROW),))
    width = len(columns)
    book.row(sheet, HEADER_ROW, [*HEADERS, SET_HEADER], "nHeader")
    finish_header(book, sheet, HEADER_ROW, width, ["How"])
    _write_heads(report, sheet, contexts)
    changes = [{"context_tokens": value} for value in (report.base.values["context_tokens"], *contexts)]
    values = write_variants(report, variants, changes, width)
    rows = _write_answers(report, variants, values, width)
    report.put(ContextSweep(sheet, rows, len(contexts)))
    workings = report.get(Workings)
    for name in SHOWN:
        own, found = f"'{TITLE}'!{variants.letter(0)}{rows[name]}", workings.selected(name)
        report.check(
            TITLE,
            f"at the scenario's own context, {QUANTITIES[name].label} is that of {WORKINGS_SHEET}",
            f"IF(ISNUMBER({found}),{own}={found},ISNA({own}))",
        )


def _write_heads(report: Report, sheet: Worksheet, contexts: Sequence[float]) -> None:
    """The scenario's own context, then those of the sweep."""
    book, own = report.book, report.base.values["context_tokens"]
    link = f"={report.get(Workings).selected('context_tokens')}"
    book.formula(sheet, HEADER_ROW, FIRST_VARIANT_COLUMN, link, own, "nHeaderRight", "#,##0")
    for number, context in enumerate(contexts, start=FIRST_VARIANT_COLUMN + 1):
        book.number(sheet, HEADER_ROW, number, context, "nInput", "#,##0")
    book.row(sheet, CHANGED_ROW, ["Input that the columns change", "", "", ""])
    for number in range(1 + len(contexts)):
        book.text(sheet, CHANGED_ROW, FIRST_VARIANT_COLUMN + number, "context_tokens", "nCode")
    book.text(
        sheet, CHANGED_ROW, FIRST_VARIANT_COLUMN + 1 + len(contexts), "the first column is the scenario's own", "nNote"
    )


def _write_answers(
    report: Report, variants: Variants, columns: Sequence[Mapping[str, Any]], width: int
) -> dict[str, int]:
    """The answers, repeated above the rows that they come from; returns their rows."""
    book, sheet, row = report.book, variants.sheet, ANSWER_ROW
    rows: dict[str, int] = {}
    for title, names in GROUPS.items():
        book.section(sheet, row, title, width)
        for name in names:
            row += 1
            rows[name] = row
            quantity = QUANTITIES[name]
            write_label(book, sheet, row, quantity.label, quantity.unit, name)
            write_texts(book, sheet, row, width, [f"row {variants.pipeline.rows[name]}"])
            for number, values in enumerate(columns):
                formula = f"={variants.letter(number)}{variants.pipeline.rows[name]}"
                style = number_format(quantity.unit)
                book.formula(sheet, row, FIRST_VARIANT_COLUMN + number, formula, values[name], "nFigure", style)
        row += 1
    return rows


def contexts_of(base: Estimate) -> list[float]:
    """The usual contexts up to the longest that the model allows, and that one."""
    longest = base.values["max_context_tokens"]
    if longest != longest:
        return list(CONTEXTS)
    return sorted({*(context for context in CONTEXTS if context <= longest), min(longest, CONTEXTS[-1])})


BY_CONTEXT = ReportSheet(
    TITLE,
    "Workings",
    "the selected scenario at other lengths of chat; type yours in the blue cells",
    write_contexts,
    needs=(WORKINGS_SHEET,),
)
