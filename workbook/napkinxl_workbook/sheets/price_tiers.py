"""The sheet Price tiers: the plans of a product side by side, their sum, and which pays for which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.ops import NO_ANSWER
from napkinxl.errors import InputError
from napkinxl.estimates.price_plans import SUMMED, PricePlan, Product, blend_plans
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.sheets.balances import TOLERANCE_CELL
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    scenario_letter,
    scenario_range,
    widths,
    write_header,
    write_label,
    write_texts,
)
from napkinxl_workbook.sheets.linked_rows import write_link
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS, format_of
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings
from napkinxl_workbook.theme import BLUE, number_format

TITLE = "Price tiers"
HEADER_ROW = 4
SUBTITLE = "The scenarios as plans of one product, side by side and together; everything follows the sheet Inputs."
# Of one user, and of all users of a plan; the latter have a sum.
OF_A_USER = (
    "context_tokens",
    "duty_cycle",
    "requests_per_user_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "price_usd_per_user_month",
    "serving_usd_per_user_month",
    "cost_of_revenue_usd_per_user_month",
    "contribution_usd_per_user_month",
    "break_even_price_usd_per_user_month",
    "target_price_usd_per_user_month",
)
# Of a user of all plans: a sum over the users of all.
BLENDED = {
    "price_usd_per_user_month": "revenue_usd_per_month",
    "serving_usd_per_user_month": "serving_usd_per_month",
    "cost_of_revenue_usd_per_user_month": "cost_of_revenue_usd_per_month",
    "contribution_usd_per_user_month": "contribution_usd_per_month",
}


@dataclass(frozen=True)
class PriceTiers:
    """Where the tiers' contributions lie, for the charts."""

    names: Reference
    contributions: Reference
    zeros: Reference  # drawn unseen, so that the scale always begins at zero

    def chart(self) -> Chart:
        """Contribution by plan, per month: above zero it pays for others, below zero others pay for it."""
        return Chart(
            "Contribution by plan, per month",
            "One column a plan: its contribution a month. Above zero it pays for other plans, below they pay for it.",
            self.names,
            (Series("Contribution", self.contributions, BLUE), Series("", self.zeros, "")),
            Axis("Plan", "General"),
            Axis("USD a month", "$#,##0"),
            stacked=True,
        )


def write_price_tiers(report: Report) -> None:
    """Write the sheet; plans that give different fixed costs are no plans of one product."""
    book, count = report.book, len(report.estimates)
    sheet = book.sheet(TITLE, TITLE, SUBTITLE, widths(WIDTHS, count + 1, [50], each=20), "Output")
    try:
        product = blend_plans(report.estimates)
    except InputError as error:
        book.text(sheet, HEADER_ROW, 1, f"The scenarios are not plans of one product: {error}.", "nSubtitle")
        return
    write_header(book, sheet, HEADER_ROW, HEADERS, report.names, ["All plans", "How"])
    sheet.cell(HEADER_ROW, FIRST_SCENARIO_COLUMN + count).style = "nHeaderRight"
    book.section(sheet, HEADER_ROW + 1, "Of a user", len(HEADERS) + count + 2)
    of_a_user = {name: HEADER_ROW + 2 + place for place, name in enumerate(OF_A_USER)}
    for name, row in of_a_user.items():
        write_link(report, sheet, row, name, gap=1)
    row = HEADER_ROW + 2 + len(OF_A_USER)
    book.section(sheet, row, "Of all users, a month", len(HEADERS) + count + 2)
    rows = _write_sums(report, sheet, row + 1, product)
    _write_blended(report, sheet, of_a_user, rows, product)
    last = _write_shares(report, sheet, row + 1 + len(SUMMED), rows, product)
    _write_profit(report, sheet, last + 1, rows, product)
    lines = (HEADER_ROW, rows["contribution_usd_per_month"], last + 4)
    write_label(book, sheet, last + 4, "Zero, for the chart", "USD/month", "")
    for column in range(FIRST_SCENARIO_COLUMN, FIRST_SCENARIO_COLUMN + count):
        book.number(sheet, last + 4, column, 0.0, "nNumber", number_format("USD/month"))
    tiers = PriceTiers(*(_across(sheet, line, count) for line in lines))
    report.put(tiers)
    book.chart(sheet, f"A{last + 6}", tiers.chart())
    _check_sums(report, rows)


def _check_sums(report: Report, rows: dict[str, int]) -> None:
    """What plans give and take is nothing in all, and what is left is revenue less cost."""
    total = get_column_letter(FIRST_SCENARIO_COLUMN + len(report.estimates))
    revenue, cost, left = (f"'{TITLE}'!{total}{rows[name]}" for name in SUMMED[1:4])
    test = f"ABS({revenue}-{cost}-{left})<={TOLERANCE_CELL}*(ABS({revenue})+ABS({cost}))"
    report.check(TITLE, "revenue less cost is what the plans leave", f"IF(ISNUMBER({left}),{test},TRUE)")
    row = rows["given"]
    first, last = scenario_letter(0), scenario_letter(len(report.estimates) - 1)
    given = f"SUM('{TITLE}'!{first}{row}:{last}{row})"
    report.check(
        TITLE,
        "what plans give to others is what others take",
        f"IF(ISNUMBER({left}),ABS({given})<={TOLERANCE_CELL}*(ABS({revenue})+ABS({cost})),TRUE)",
    )


def _across(sheet: Worksheet, row: int, plans: int) -> Reference:
    return Reference(
        sheet, min_row=row, max_row=row, min_col=FIRST_SCENARIO_COLUMN, max_col=FIRST_SCENARIO_COLUMN + plans - 1
    )


def _write_sums(report: Report, sheet: Worksheet, row: int, product: Product) -> dict[str, int]:
    rows = {}
    total = FIRST_SCENARIO_COLUMN + len(report.estimates)
    for name in SUMMED:
        cells = write_link(report, sheet, row, name, gap=1)
        value = getattr(product.total, name)
        report.book.formula(sheet, row, total, f"=SUM({cells})", value, "nFigure", format_of(name, value))
        write_texts(report.book, sheet, row, total + 1, ["sum of the plans"])
        rows[name] = row
        row += 1
    return rows


def _write_blended(
    report: Report, sheet: Worksheet, of_a_user: dict[str, int], rows: dict[str, int], product: Product
) -> None:
    """The mean user of all plans, in the column of the sum."""
    column = FIRST_SCENARIO_COLUMN + len(product.plans)
    letter, users = get_column_letter(column), product.total.users
    for name, summed in BLENDED.items():
        formula = f"=IF({letter}{rows['users']}=0,NA(),{letter}{rows[summed]}/{letter}{rows['users']})"
        value = getattr(product.total, summed) / users if users else NO_ANSWER
        report.book.formula(sheet, of_a_user[name], column, formula, value, "nFigure", format_of(name, value))
        write_texts(report.book, sheet, of_a_user[name], column + 1, ["all plans: the mean user"])


def _write_shares(report: Report, sheet: Worksheet, row: int, rows: dict[str, int], product: Product) -> int:
    """Margin, shares of revenue and cost, and what a plan gives to the others or takes; returns the last row."""
    total = get_column_letter(FIRST_SCENARIO_COLUMN + len(product.plans))
    book, count = report.book, len(product.plans)
    revenue, cost, left = (rows[name] for name in SUMMED[1:4])
    plans = scenario_range(f"${left}", count)
    gains, losses = f'SUMIF({plans},">0")', f'(0-SUMIF({plans},"<0"))'
    _write_margin(report, sheet, row, (revenue, left), product)
    tokens, serving = rows["million_tokens_per_month"], rows["serving_usd_per_month"]
    lines: list[tuple[str, str, str, Callable[[PricePlan], float], str]] = [
        (
            "Serving a million tokens",
            "USD/million tokens",
            f"IF({{c}}{tokens}=0,NA(),{{c}}{serving}/{{c}}{tokens})",
            lambda plan: plan.serving_usd_per_million_tokens,
            "",
        ),
        (
            "Share of revenue",
            "share",
            f"IF(${total}{revenue}=0,NA(),{{c}}{revenue}/${total}{revenue})",
            lambda plan: plan.revenue_share,
            "",
        ),
        (
            "Share of cost",
            "share",
            f"IF(${total}{cost}=0,NA(),{{c}}{cost}/${total}{cost})",
            lambda plan: plan.cost_share,
            "",
        ),
        (
            "Subsidy to other plans",
            "USD/month",
            f"IF(ISNUMBER(${total}{left}),MIN({gains},{losses})*{{c}}{left}"
            f"/IF({{c}}{left}>0,{gains},IF({losses}=0,1,{losses})),NA())",
            lambda plan: plan.given_usd_per_month,
            "losses of plans are borne by the others in proportion to what they leave",
        ),
    ]
    for label, unit, formula, value, note in lines:
        row += 1
        write_label(book, sheet, row, label, unit, "")
        columns = [*product.plans, product.total] if label != "Subsidy to other plans" else product.plans
        for index, plan in enumerate(columns):
            text = "=" + formula.format(c=scenario_letter(index))
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, text, value(plan), "nNumber", number_format(unit))
        write_texts(book, sheet, row, FIRST_SCENARIO_COLUMN + count + 1, [note])
    rows["given"] = row
    return row


def _write_margin(report: Report, sheet: Worksheet, row: int, summed: tuple[int, int], product: Product) -> None:
    """The margin of each plan, and of their sums; `summed` are the rows of revenue and of what is left."""
    write_link(report, sheet, row, "gross_margin_share", gap=1)
    column = FIRST_SCENARIO_COLUMN + len(product.plans)
    revenue, left = (f"{get_column_letter(column)}{line}" for line in summed)
    formula, margin = f"=IF({revenue}=0,NA(),{left}/{revenue})", product.total.gross_margin_share
    report.book.formula(sheet, row, column, formula, margin, "nFigure", number_format("share"))


def _write_profit(report: Report, sheet: Worksheet, row: int, rows: dict[str, int], product: Product) -> None:
    """Fixed cost and profit of the product, in the column of the sum."""
    column = FIRST_SCENARIO_COLUMN + len(product.plans)
    letter = get_column_letter(column)
    fixed = report.get(Workings).cell("fixed_usd_per_month", 0)
    lines = [
        ("Fixed cost of the product", f"={fixed}", product.fixed_usd_per_month),
        ("Profit", f"={letter}{rows['contribution_usd_per_month']}-{letter}{row}", product.profit_usd_per_month),
    ]
    for line, (label, formula, value) in enumerate(lines, start=row):
        write_label(report.book, sheet, line, label, "USD/month", "")
        report.book.formula(sheet, line, column, formula, value, "nFigure", number_format("USD/month"))


PRICE_TIERS = ReportSheet(
    TITLE,
    "Output",
    "the scenarios as plans of one product: what each leaves, and which pays for which",
    write_price_tiers,
    needs=(WORKINGS_SHEET,),
)
