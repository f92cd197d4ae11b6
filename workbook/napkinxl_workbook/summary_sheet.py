"""The sheet Summary: the answer in a sentence, a dozen figures, one chart, and how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.presets import get_preset
from napkinxl.quantities import QUANTITIES
from napkinxl_workbook import checks_sheet, inputs_sheet, model_sheet
from napkinxl_workbook.book import Book
from napkinxl_workbook.catalog_sheets import LookUp
from napkinxl_workbook.charts import cost_chart
from napkinxl_workbook.context_sheet import ContextSweep
from napkinxl_workbook.inputs_sheet import scenario_letter
from napkinxl_workbook.pipeline_block import Pipeline
from napkinxl_workbook.sentences import Figure, Part, Words, sentence
from napkinxl_workbook.theme import number_format

TITLE = "Summary"
FIRST_COLUMN = 3  # of the scenarios; labels and units stand before
FIGURES = (
    "fit_verdict", "users_per_gpu", "concurrent_users", "balanced_batch", "tokens_per_s_per_user", "bottleneck",
    "compute_idle_share", "kv_cache_gb", "free_memory_gb", "rent_usd_per_user_month", "owned_usd_per_user_month",
    "rent_usd_per_million_tokens", "rent_gross_margin_share", "rent_break_even_users_per_gpu",
)  # fmt: skip
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
    sheet = book.workbook[TITLE]
    for column in range(FIRST_COLUMN, FIRST_COLUMN + max(len(estimates), 3)):
        sheet.column_dimensions[get_column_letter(column)].width = 26
    width = FIRST_COLUMN + max(len(estimates), 3) - 1
    row = _write_answers(book, sheet, estimates, model, width)
    row = _write_figures(book, sheet, estimates, model, row + 1)
    row = _write_errors(book, sheet, estimates, presets, row, width)
    sheet.add_chart(cost_chart(sweep), f"A{row + 1}")
    _write_contents(book, sheet, row + 21)


def _write_answers(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, width: int) -> int:
    """A sentence per scenario, and the light of the checks."""
    book.text(sheet, 3, 1, "Checks", "nSection")
    book.formula(sheet, 3, 2, f"={checks_sheet.light_cell()}", checks_sheet.ALL_GOOD, "nSection")
    checks_sheet.colour_light(sheet, "B3")
    for row, (index, estimate) in enumerate(enumerate(estimates), start=5):
        formula, text = _answer(estimate, index, model)
        book.formula(sheet, row, 1, formula, text, "nAnswer")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.row_dimensions[row].height = 36
    return 5 + len(estimates)


def _answer(estimate: Estimate, index: int, model: Pipeline) -> tuple[str, str]:
    letter = scenario_letter(index)
    inputs = {name: f"{inputs_sheet.TITLE}!{letter}{row}" for name, row in inputs_sheet.TEXT_ROWS.items()}
    cells = {name: f"{model_sheet.TITLE}!{cell}" for name, cell in model.cells(letter).items()}

    def figure(name: str, decimals: int = 0, prefix: str = "") -> Figure:
        return Figure(cells[name], estimate.values[name], decimals, prefix)

    start: list[Part] = [
        Words(f"{inputs_sheet.TITLE}!{letter}{inputs_sheet.HEADER_ROW}", estimate.scenario.name), ": ",
        Words(inputs["model"], estimate.scenario.model), " on ", figure("gpus_per_replica"), " x ",
        Words(inputs["gpu"], estimate.scenario.gpu),
    ]  # fmt: skip
    fits: list[Part] = [
        *start, " serves ", figure("users_per_gpu"), " users per GPU on average, ", figure("concurrent_users"),
        " at once with ", figure("context_tokens"), " tokens each. A user costs ",
        figure("rent_usd_per_user_month", 2, "$"), " a month rented, ",
        figure("owned_usd_per_user_month", 2, "$"), " owned.",
    ]  # fmt: skip
    does_not: list[Part] = [
        *start, " does not fit: the weights and one chat of ", figure("context_tokens"), " tokens need ",
        figure("needed_memory_gb", 1), " GB, the engine may use ", figure("usable_memory_gb", 1), " GB.",
    ]  # fmt: skip
    yes, no = sentence(fits), sentence(does_not)
    sequences = estimate.values["fitting_sequences"]
    unknown = f"not known: the sheet {model_sheet.TITLE} shows which number is missing"
    verdict = cells["fitting_sequences"]
    formula = f'=IF(ISNUMBER({verdict}),IF({verdict}>=1,{yes[0]},{no[0]}),"{unknown}")'
    return formula, unknown if sequences != sequences else yes[1] if sequences >= 1 else no[1]


def _write_figures(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, row: int) -> int:
    book.row(sheet, row, ["Figure", "Unit"], "nHeader")
    for index, estimate in enumerate(estimates):
        name = f"={inputs_sheet.TITLE}!{scenario_letter(index)}{inputs_sheet.HEADER_ROW}"
        book.formula(sheet, row, FIRST_COLUMN + index, name, estimate.scenario.name, "nHeaderRight")
    sheet.row_dimensions[row].height = 30
    for row, name in enumerate(FIGURES, start=row + 1):
        quantity = QUANTITIES[name]
        book.row(sheet, row, [quantity.label, "" if quantity.unit == "text" else quantity.unit])
        for index, estimate in enumerate(estimates):
            formula = f"={model_sheet.TITLE}!{scenario_letter(index)}{model.rows[name]}"
            shown = number_format(quantity.unit)
            book.formula(sheet, row, FIRST_COLUMN + index, formula, estimate.values[name], "nFigure", shown)
    return row + 1


def _write_errors(
    book: Book, sheet: Worksheet, estimates: Sequence[Estimate], presets: LookUp, row: int, width: int
) -> int:
    """The error of each scenario's preset, beside its figures: nobody should price on the ceiling unknowingly."""
    book.text(sheet, row, 1, "Preset and its error", "nText")
    book.text(sheet, row, 2, "")
    error_range = presets.column_range("error")
    for index, estimate in enumerate(estimates):
        preset = f"{inputs_sheet.TITLE}!{scenario_letter(index)}{inputs_sheet.TEXT_ROWS['preset']}"
        formula = f"=INDEX({error_range},MATCH({preset},{presets.name_range},0))"
        error = get_preset(estimate.scenario.preset).error_text
        book.formula(sheet, row, FIRST_COLUMN + index, formula, error, "nNote")
    sheet.row_dimensions[row].height = 88
    return row + 1


def _write_contents(book: Book, sheet: Worksheet, row: int) -> None:
    book.row(sheet, row, ["Sheets", ""], "nSection")
    for row, (title, meaning) in enumerate(CONTENTS.items(), start=row + 1):
        cell = sheet.cell(row, 1, title)
        cell.hyperlink = f"#'{title}'!A1"
        cell.style = "nLink"
        book.text(sheet, row, 2, meaning, "nSubtitle")
