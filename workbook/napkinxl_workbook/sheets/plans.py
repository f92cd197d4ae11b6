"""The sheet Plans: the plans of a product side by side, their sum, and which pays for which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.input_table import INPUTS
from napkinxl.inputs import Input
from napkinxl.price_plans import SUMMED, PricePlan, Product, blend_plans
from napkinxl.quantities import QUANTITIES
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.sheets.columns import FIRST_SCENARIO_COLUMN, scenario_letter, widths, write_header, write_label
from napkinxl_workbook.sheets.extra import ExtraSheet
from napkinxl_workbook.sheets.linked_rows import model_cell
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, Pipeline
from napkinxl_workbook.theme import BLUE, input_format, number_format

TITLE = "Plans"
HEADER_ROW = 4
# Of one user, and of all users of a plan; the latter have a sum.
OF_A_USER = (
    "context_tokens",
    "duty_cycle",
    "requests_per_user_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "price_usd_per_user_month",
    "serving_usd_per_user_month",
    "variable_usd_per_user_month",
    "contribution_usd_per_user_month",
    "break_even_price_usd_per_user_month",
    "target_price_usd_per_user_month",
)


def write_plans(book: Book, estimates: Sequence[Estimate], model: Pipeline) -> None:
    """Write the sheet."""
    product = blend_plans(estimates)
    subtitle = "Plans side by side, and together; everything follows the sheet Inputs."
    sheet = book.sheet(TITLE, TITLE, subtitle, widths(WIDTHS, len(estimates) + 1, [50], each=20), "548235")
    write_header(book, sheet, HEADER_ROW, HEADERS, [item.scenario.name for item in estimates], ["All plans", "How"])
    sheet.cell(HEADER_ROW, FIRST_SCENARIO_COLUMN + len(estimates)).style = "nHeaderRight"
    book.section(sheet, HEADER_ROW + 1, "Of a user", len(HEADERS) + len(estimates) + 2)
    row = HEADER_ROW + 2
    for name in OF_A_USER:
        _write_links(book, sheet, row, name, estimates, model)
        row += 1
    book.section(sheet, row, "Of all users, a month", len(HEADERS) + len(estimates) + 2)
    rows = _write_sums(book, sheet, row + 1, estimates, product, model)
    last = _write_shares(book, sheet, row + 1 + len(SUMMED), rows, product)
    _write_profit(book, sheet, last + 1, rows, product, model)
    names, given = (_across(sheet, line, len(estimates)) for line in (HEADER_ROW, rows["contribution_usd_per_month"]))
    book.chart(sheet, f"A{last + 5}", _plans_chart(names, given))


PLANS = ExtraSheet(TITLE, "the plans of the product together, and which pays for which", write_plans)


def _plans_chart(names: Reference, contributions: Reference) -> Chart:
    """What each plan leaves a month: above zero it pays for others, below zero others pay for it."""
    return Chart(
        "What each plan leaves a month",
        "One column a plan: its contribution a month. Above zero it pays for other plans, below zero they pay for it.",
        names,
        (Series("Contribution", contributions, BLUE),),
        Axis("Plan", "General"),
        Axis("USD a month", "$#,##0"),
    )


def _across(sheet: Worksheet, row: int, plans: int) -> Reference:
    return Reference(
        sheet, min_row=row, max_row=row, min_col=FIRST_SCENARIO_COLUMN, max_col=FIRST_SCENARIO_COLUMN + plans - 1
    )


def _write_links(
    book: Book, sheet: Worksheet, row: int, name: str, estimates: Sequence[Estimate], model: Pipeline
) -> str:
    """A row that repeats an input or quantity of every plan; returns the range of its cells."""
    item = INPUTS.get(name) or QUANTITIES[name]
    write_label(book, sheet, row, item.label, item.unit, name)
    for index, estimate in enumerate(estimates):
        shown = input_format(item) if isinstance(item, Input) else number_format(item.unit, estimate[name])
        formula = f"={model_cell(name, index, model)}"
        book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, estimate[name], "nNumber", shown)
    return f"{scenario_letter(0)}{row}:{scenario_letter(len(estimates) - 1)}{row}"


def _write_sums(
    book: Book, sheet: Worksheet, row: int, estimates: Sequence[Estimate], product: Product, model: Pipeline
) -> dict[str, int]:
    rows = {}
    for name in SUMMED:
        cells = _write_links(book, sheet, row, name, estimates, model)
        shown = number_format(QUANTITIES[name].unit) if name in QUANTITIES else input_format(INPUTS[name])
        total = FIRST_SCENARIO_COLUMN + len(estimates)
        book.formula(sheet, row, total, f"=SUM({cells})", getattr(product.total, name), "nFigure", shown)
        book.text(sheet, row, total + 1, "sum of the plans", "nNote")
        rows[name] = row
        row += 1
    return rows


def _write_shares(book: Book, sheet: Worksheet, row: int, rows: dict[str, int], product: Product) -> int:
    """Margin, shares of revenue and cost, and what a plan gives to the others or takes; returns the last row."""
    total = get_column_letter(FIRST_SCENARIO_COLUMN + len(product.plans))
    first, last = scenario_letter(0), scenario_letter(len(product.plans) - 1)
    revenue, cost, left = (rows[name] for name in SUMMED[1:4])
    plans = f"${first}${left}:${last}${left}"
    gains, losses = f'SUMIF({plans},">0")', f'(0-SUMIF({plans},"<0"))'
    lines: list[tuple[str, str, str, Callable[[PricePlan], float], str]] = [
        ("Gross margin", "share", f"IF({{c}}{revenue}=0,NA(),{{c}}{left}/{{c}}{revenue})",
         lambda plan: plan.gross_margin_share, "profit over revenue"),
        ("Share of revenue", "share", f"IF(${total}{revenue}=0,NA(),{{c}}{revenue}/${total}{revenue})",
         lambda plan: plan.revenue_share, ""),
        ("Share of cost", "share", f"IF(${total}{cost}=0,NA(),{{c}}{cost}/${total}{cost})",
         lambda plan: plan.cost_share, ""),
        ("Gives to other plans", "USD/month",
         f"IF(ISNUMBER(${total}{left}),MIN({gains},{losses})*{{c}}{left}"
         f"/IF({{c}}{left}>0,{gains},IF({losses}=0,1,{losses})),NA())",
         lambda plan: plan.given_usd_per_month,
         "losses of plans are borne by the others in proportion to what they leave"),
    ]  # fmt: skip
    for label, unit, formula, value, note in lines:
        write_label(book, sheet, row, label, unit, "")
        columns = [*product.plans, product.total] if label != "Gives to other plans" else product.plans
        for index, plan in enumerate(columns):
            text = "=" + formula.format(c=scenario_letter(index))
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, text, value(plan), "nNumber", number_format(unit))
        book.text(sheet, row, FIRST_SCENARIO_COLUMN + len(product.plans) + 1, note, "nNote")
        row += 1
    return row - 1


def _write_profit(
    book: Book, sheet: Worksheet, row: int, rows: dict[str, int], product: Product, model: Pipeline
) -> None:
    """Fixed cost and profit of the product, in the column of the sum."""
    column = FIRST_SCENARIO_COLUMN + len(product.plans)
    letter = get_column_letter(column)
    lines = [
        ("Fixed cost of the product", f"={model_cell('fixed_usd_per_month', 0, model)}", product.fixed_usd_per_month),
        ("Profit", f"={letter}{rows['contribution_usd_per_month']}-{letter}{row}", product.profit_usd_per_month),
    ]
    for line, (label, formula, value) in enumerate(lines, start=row):
        write_label(book, sheet, line, label, "USD/month", "")
        book.formula(sheet, line, column, formula, value, "nFigure", number_format("USD/month"))
