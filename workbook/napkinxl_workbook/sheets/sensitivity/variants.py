"""The sheet Sensitivity workings: the selected scenario with one or two inputs moved, one variant a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from napkinxl.formulas import QUANTITIES, needed_names
from napkinxl_workbook.sheets.columns import finish_header, write_label
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, Pipeline, format_of
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.sensitivity.design import GRID_SHARES, RESULTS, TITLE, VARIANTS_TITLE, Design, design
from napkinxl_workbook.sheets.variants import FIRST_VARIANT_COLUMN, SET_HEADER, Variants, write_variants
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import number_format

HEADER_ROW = 4
# Of each variant: the names and the values of the inputs that it moves.
HEAD_ROWS = ((5, 6), (7, 8))
RESULT_ROW = 9  # the heading above the results
FIRST_PIPELINE_ROW = RESULT_ROW + len(RESULTS) + 2
NO_INPUT = "-"
Move = tuple[str, str]  # an input, and the cell with its value


@dataclass(frozen=True)
class SensitivityVariants:
    """Where the variants lie, and what each comes to."""

    design: Design
    variants: Variants
    numbers: tuple[float, ...]  # the first result of each variant

    def result_column(self, letter: str) -> str:
        """The cells with the labels (A), units (B) or names (C) of the results."""
        return f"'{VARIANTS_TITLE}'!${letter}${RESULT_ROW + 1}:${letter}${RESULT_ROW + len(RESULTS)}"

    def results(self, number: int) -> str:
        """The cells with the results of a variant."""
        return self.result_column(self.variants.letter(number))


def write_sensitivity_variants(report: Report) -> None:
    """Write the sheet."""
    plan = Design(tuple(report.moved)) if report.moved else design(report.base, report.catalog)
    subtitle = f"The selected scenario with inputs moved, as the sheet {TITLE} says; all else is from {WORKINGS_SHEET}."
    columns = [*WIDTHS, 8, *[13.0] * plan.variants, 24]
    sheet = report.book.sheet(VARIANTS_TITLE, VARIANTS_TITLE, subtitle, columns, "Workings")
    variants = Variants(sheet, Pipeline.place(FIRST_PIPELINE_ROW, needed_names(RESULTS)), HEAD_ROWS)
    report.book.row(sheet, HEADER_ROW, [*HEADERS, SET_HEADER], "nHeader")
    finish_header(report.book, sheet, HEADER_ROW, len(columns), ["How"])
    changes = list(plan.changes(report.base))
    _write_heads(report, variants, plan, changes)
    values = write_variants(report, variants, changes, len(columns))
    report.book.section(sheet, RESULT_ROW, "Results", len(columns))
    for row, name in enumerate(RESULTS, start=RESULT_ROW + 1):
        quantity = QUANTITIES[name]
        write_label(report.book, sheet, row, quantity.label, quantity.unit, name)
        for number, found in enumerate(values):
            formula, shown = f"={variants.letter(number)}{variants.pipeline.rows[name]}", number_format(quantity.unit)
            report.book.formula(sheet, row, FIRST_VARIANT_COLUMN + number, formula, found[name], "nFigure", shown)
    report.put(SensitivityVariants(plan, variants, tuple(float(found[RESULTS[0]]) for found in values)))
    _check_base(report, variants)


def _write_heads(report: Report, variants: Variants, plan: Design, changes: list[dict[str, float]]) -> None:
    """Above each column which inputs it moves, and to what."""
    book, sheet = report.book, variants.sheet
    labels = ["First input that is moved", "its value", "Second input that is moved", "its value"]
    for row, label in enumerate(labels, start=HEAD_ROWS[0][0]):
        book.row(sheet, row, [label, "", "", ""])
    for number, (moves, change) in enumerate(zip(_moves(plan), changes, strict=True)):
        column = FIRST_VARIANT_COLUMN + number
        book.text(sheet, HEADER_ROW, column, "In use" if not moves else f"Variant {number}", "nHeaderRight")
        for place, (name_row, value_row) in enumerate(HEAD_ROWS):
            name, cell = moves[place] if place < len(moves) else (NO_INPUT, "")
            book.text(sheet, name_row, column, name, "nCode")
            if cell:
                book.formula(sheet, value_row, column, f"={cell}", change[name], "nNumber", format_of(name))


def _moves(plan: Design) -> Iterator[list[Move]]:
    """What each variant moves, in the order of the columns."""
    yield []
    for place, name in enumerate(plan.inputs):
        for high in (False, True):
            yield [(name, plan.end_cell(place, high))]
    first, second = plan.inputs[:2]
    for down in range(len(GRID_SHARES)):
        for across in range(len(GRID_SHARES)):
            yield [(first, plan.down_cell(down)), (second, plan.across_cell(across))]


def _check_base(report: Report, variants: Variants) -> None:
    """The column in which nothing is moved is the selected scenario."""
    for name in RESULTS:
        own, found = variants.cell(name, 0), report.get(Workings).selected(name)
        test = f"IF(ISNUMBER({found}),{own}={found},ISNA({own}))"
        report.check(VARIANTS_TITLE, f"with nothing moved, {QUANTITIES[name].label} is that of {WORKINGS_SHEET}", test)


SENSITIVITY_VARIANTS = ReportSheet(
    VARIANTS_TITLE,
    "Workings",
    "the selected scenario with one or two inputs moved, one variant a column",
    write_sensitivity_variants,
    needs=(WORKINGS_SHEET,),
)
