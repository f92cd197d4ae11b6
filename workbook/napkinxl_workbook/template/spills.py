"""The sheet Ranges: one call for a column of contexts, and one for models against contexts."""

from __future__ import annotations

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.formulas import QUANTITIES
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.by_context import CONTEXTS, SHOWN, cost_chart
from napkinxl_workbook.sheets.look_up import LookUp
from napkinxl_workbook.template.function_cells import FunctionCells, Given
from napkinxl_workbook.template.settings import ScenarioArguments
from napkinxl_workbook.theme import number_format

TITLE = "Ranges"
HEADER_ROW, FIRST_ROW = 6, 7
LAST_ROW = FIRST_ROW + len(CONTEXTS) - 1
TABLE_HEADER_ROW = LAST_ROW + 5
MODELS = ("Article 32B", "Qwen/Qwen3-8B", "Qwen/Qwen3-32B", "meta-llama/Meta-Llama-3.1-70B", "openai/gpt-oss-120b")
TABLE_QUANTITY = "users_per_gpu"


def write_spills(cells: FunctionCells, first: ScenarioArguments, models: LookUp) -> None:
    """Write the sheet: all but the context, and below the model, is that of the first scenario."""
    book = cells.book
    subtitle = "A range in place of a cell: the answers fill as many cells as the range has. One call, however long."
    sheet = book.sheet(TITLE, "Ranges", subtitle, [34, *[22] * max(len(SHOWN), len(CONTEXTS))], "Workings")
    book.section(sheet, HEADER_ROW - 2, "A column of contexts, else the first scenario", 1 + len(SHOWN))
    labels = [f"{QUANTITIES[name].label} [{QUANTITIES[name].unit}]" for name in SHOWN]
    book.row(sheet, HEADER_ROW, ["Tokens in one chat", *labels], "nHeader")
    sheet.row_dimensions[HEADER_ROW].height = 45
    for row, context in enumerate(CONTEXTS, start=FIRST_ROW):
        book.number(sheet, row, 1, context, "nInput", "#,##0")
    contexts = Given(f"$A${FIRST_ROW}:$A${LAST_ROW}", [[context] for context in CONTEXTS])
    for column, name in enumerate(SHOWN, start=2):
        given = first.of(FUNCTIONS[name.upper()], context_tokens=contexts)
        cells.write(sheet, FIRST_ROW, column, name.upper(), given, "nFigure", number_format(QUANTITIES[name].unit))
    typed = cells.typed(SHOWN[0].upper(), first.of(FUNCTIONS[SHOWN[0].upper()], context_tokens=contexts))
    _show_formula(book, sheet, HEADER_ROW - 1, f"In B{FIRST_ROW}: {typed}", len(SHOWN))
    _write_table(cells, first, models)
    rent, owned = (2 + SHOWN.index(name) for name in ("rent_usd_per_seat_month", "owned_usd_per_seat_month"))
    references = [Reference(sheet, min_row=FIRST_ROW, max_row=LAST_ROW, min_col=column) for column in (1, rent, owned)]
    book.chart(sheet, f"A{TABLE_HEADER_ROW + len(MODELS) + 3}", cost_chart(*references))


def _write_table(cells: FunctionCells, first: ScenarioArguments, models: LookUp) -> None:
    """A column of models against a row of contexts gives a table."""
    book, sheet = cells.book, cells.book.sheets[TITLE]
    label = QUANTITIES[TABLE_QUANTITY].label
    book.section(sheet, TABLE_HEADER_ROW - 2, f"Models against contexts: {label}", 1 + len(CONTEXTS))
    book.text(sheet, TABLE_HEADER_ROW, 1, "Model", "nHeader")
    for column, context in enumerate(CONTEXTS, start=2):
        book.number(sheet, TABLE_HEADER_ROW, column, context, "nInput", "#,##0")
    for row, name in enumerate(MODELS, start=TABLE_HEADER_ROW + 1):
        book.text(sheet, row, 1, name, "nInput")
    top, bottom = TABLE_HEADER_ROW + 1, TABLE_HEADER_ROW + len(MODELS)
    validation = DataValidation(type="list", formula1=models.name_range, allow_blank=True)
    sheet.add_data_validation(validation)
    validation.add(f"A{top}:A{bottom}")
    last = get_column_letter(1 + len(CONTEXTS))
    across = Given(f"$B${TABLE_HEADER_ROW}:${last}${TABLE_HEADER_ROW}", [list(CONTEXTS)])
    down = Given(f"$A${top}:$A${bottom}", [[name] for name in MODELS])
    function = FUNCTIONS[TABLE_QUANTITY.upper()]
    given = first.of(function, model=down, context_tokens=across, settings=first.without_model)
    shown = number_format(QUANTITIES[TABLE_QUANTITY].unit)
    cells.write(sheet, top, 2, function.excel_name, given, "nFigure", shown)
    typed = cells.typed(function.excel_name, given)
    _show_formula(book, sheet, TABLE_HEADER_ROW - 1, f"In B{top}: {typed}", len(CONTEXTS))


def _show_formula(book: Book, sheet: Worksheet, row: int, text: str, columns: int) -> None:
    book.text(sheet, row, 1, text, "nCode")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=1 + columns)
