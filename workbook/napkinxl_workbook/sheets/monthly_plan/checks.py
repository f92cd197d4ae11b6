"""Relations of a plan that must hold in every month, each worked out another way than the rows it checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.balances import BAD, GOOD, TOLERANCE
from napkinxl_workbook.sheets.checks import ALL_GOOD, colour_light
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.monthly_plan.layout import PLAN_SHEET, VALUE_COLUMN, FleetLayout, month_letter

LIGHT_ROW = 3
LIGHT_CELL = f"'{PLAN_SHEET}'!$D${LIGHT_ROW}"


@dataclass(frozen=True)
class MonthlyBalance:
    """A relation; `test` is Excel with {name} for this month, {name_so_far} for months up to it, {name_opening}."""

    title: str
    name: str
    test: str


MONTHLY_BALANCES = (
    MonthlyBalance(
        "Users: those of the start, plus new, less churned",
        "users_balance",
        "ABS({total_users_opening}+SUM({new_users_so_far})-SUM({churned_users_so_far})-{total_users})<={tolerance}*(1+{total_users})",
    ),
    MonthlyBalance(
        "Servers: those of the start, plus arrived, less retired",
        "servers_balance",
        "ABS({owned_servers_opening}+SUM({arrived_servers_so_far})-SUM({retired_servers_so_far})-{owned_servers})"
        "<={tolerance}*(1+{owned_servers})",
    ),
    MonthlyBalance(
        "GPUs: owned and rented are at least those needed",
        "gpus_balance",
        "{owned_gpus}+{rented_gpus}>={gpus_needed}*(1-{tolerance})",
    ),
    MonthlyBalance(
        "GPU-hours: used ones are among those paid",
        "hours_balance",
        "AND({used_gpu_hours}<={paid_gpu_hours}*(1+{tolerance}),"
        "ABS({used_gpu_hours}+{idle_gpu_hours}-{paid_gpu_hours})<={tolerance}*(1+{paid_gpu_hours}))",
    ),
    MonthlyBalance(
        "Cash: profits so far less what the fleet has gained in value",
        "cash_balance",
        "ABS({cumulative_cash_usd}-SUM({operating_profit_usd_so_far})+{book_value_usd}-{book_value_usd_opening})"
        "<={tolerance}*(1+SUM({revenue_usd_so_far})+SUM({cost_usd_so_far})+SUM({purchases_usd_so_far})"
        "+{book_value_usd_opening})",
    ),
    MonthlyBalance(
        "Cash with the API: revenue so far less all that is paid",
        "api_cash_balance",
        "ABS({cumulative_api_cash_usd}-SUM({revenue_usd_so_far})+SUM({payment_fees_usd_so_far})"
        "+SUM({support_usd_so_far})+SUM({acquisition_usd_so_far})+SUM({fixed_usd_so_far})+SUM({api_usd_so_far}))"
        "<={tolerance}*(1+SUM({revenue_usd_so_far})+SUM({cost_usd_so_far})+SUM({api_usd_so_far}))",
    ),
    MonthlyBalance(
        "Value of the owned fleet: not negative",
        "value_balance",
        "{book_value_usd}>=-{tolerance}*(1+SUM({purchases_usd_so_far})+{book_value_usd_opening})",
    ),
)


def write_fleet_checks(book: Book, sheet: Worksheet, layout: FleetLayout, others: Sequence[str]) -> str:
    """Write the balances below the rows and one light for them and the `others`; returns the light's address."""
    row = layout.last_row + 2
    book.section(sheet, row, "Checks", VALUE_COLUMN + 1 + layout.months)
    book.row(sheet, row + 1, ["Rounding", "", ""])
    book.number(sheet, row + 1, VALUE_COLUMN, TOLERANCE, "nNumber", "0E+00")
    first = row + 2
    no_answer = layout.figure("closing_cash_usd")  # a plan without an answer contradicts nothing
    for line, balance in enumerate(MONTHLY_BALANCES, start=first):
        write_label(book, sheet, line, balance.title, "", balance.name)
        for month in range(1, layout.months + 1):
            test = balance.test.format(**_names(layout, month, f"$D${row + 1}"))
            formula = f'=IFERROR(IF({test},"{GOOD}","{BAD}"),IF(ISNA({no_answer}),"{GOOD}","{BAD}"))'
            book.formula(sheet, line, VALUE_COLUMN + 1 + month, formula, GOOD)
        area = f"F{line}:{month_letter(layout.months)}{line}"
        book.formula(sheet, line, VALUE_COLUMN, f'=IF(COUNTIF({area},"{GOOD}")=COLUMNS({area}),"{GOOD}","{BAD}")', GOOD)
    return _write_light(book, sheet, first, others)


def _write_light(book: Book, sheet: Worksheet, first: int, others: Sequence[str]) -> str:
    summaries = f"D{first}:D{first + len(MONTHLY_BALANCES) - 1}"
    tests = ",".join(f'{cell}="{GOOD}"' for cell in others)
    formula = f'=IF(AND(COUNTIF({summaries},"{GOOD}")=ROWS({summaries}),{tests}),"{ALL_GOOD}","{BAD}")'
    book.text(sheet, LIGHT_ROW, VALUE_COLUMN - 1, "Checks of the plan", "nSection")
    book.formula(sheet, LIGHT_ROW, VALUE_COLUMN, formula, ALL_GOOD, "nSection")
    colour_light(sheet, f"D{LIGHT_ROW}")
    return LIGHT_CELL


def _names(layout: FleetLayout, month: int, tolerance: str) -> dict[str, str]:
    here, names = month_letter(month), {"tolerance": tolerance}
    for name, row in layout.rows.items():
        names[name] = f"{here}{row}"
        names[f"{name}_so_far"] = f"$F{row}:{here}{row}"
        names[f"{name}_opening"] = f"$E{row}"
    return names
