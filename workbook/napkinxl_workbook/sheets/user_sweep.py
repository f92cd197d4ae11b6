"""The bill of each way against the number of users, for the first scenario: a live table and its chart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.evaluation import evaluate
from napkinxl.input_table import INPUTS
from napkinxl.tracing import excel_formula
from napkinxl.ways import API, OWN, PER_GPU_MONTH, RENT, WAYS, bill
from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Dash, Series
from napkinxl_workbook.sheets.linked_rows import model_cell
from napkinxl_workbook.sheets.pipeline_block import Pipeline
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE

POINTS = 20
FEWEST = 1000.0
# Reserved and spot lie between these.
DRAWN: dict[str, tuple[str, Dash]] = {OWN: (NAVY, "solid"), RENT: (ORANGE, "dash"), API: (BLUE, "sysDot")}
FROM_USERS = ("users", "full_pools", "last_pool_replicas", "replicas_for_users")  # worked out anew for each number


def write_user_sweep(book: Book, sheet: Worksheet, row: int, base: Estimate, model: Pipeline) -> None:
    """Write the table from `row` on, and the chart beside the headings above it."""
    last_users = _most_users(base.values)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    book.text(sheet, row, 1, "Users against bill, first scenario: type the largest number", "nSection")
    largest = f"$C${row}"
    book.number(sheet, row, 3, last_users, "nInput", "#,##0")
    book.row(sheet, row + 1, ["Users", "Replicas"], "nHeader")
    for offset, way in enumerate(WAYS):
        book.text(sheet, row + 1, 3 + offset, f"{way}, USD a month", "nHeaderRight")
    first = row + 2
    for point in range(1, POINTS + 1):
        _write_point(book, sheet, first + point - 1, (point, last_users, largest), base, model)
    last = first + POINTS - 1
    users = Reference(sheet, min_row=first, max_row=last, min_col=1)
    bills = {way: Reference(sheet, min_row=first, max_row=last, min_col=3 + list(WAYS).index(way)) for way in DRAWN}
    book.chart(sheet, f"A{last + 2}", bill_chart(users, bills))


def bill_chart(users: Reference, bills: Mapping[str, Reference]) -> Chart:
    """The bill a month of each way to serve against the number of users."""
    return Chart(
        "Bill a month against users (first scenario)",
        "Three lines: what owned GPUs, rented GPUs and an API cost a month, against the number of users. "
        "Where lines cross, one way becomes cheaper than another.",
        users,
        tuple(Series(way, cells, *_drawn(way)) for way, cells in bills.items()),
        Axis("Users"),
        Axis("USD a month", "$#,##0"),
    )


def _drawn(way: str) -> tuple[str, bool, Dash]:
    colour, dash = DRAWN[way]
    return colour, True, dash


def _most_users(values: Mapping[str, Any]) -> float:
    """Enough users that the API's bill passes that of two replicas, in a round number."""
    api, replica = values["api_usd_per_user_month"], values["replica_usd_per_month"]
    known = api > 0 and replica == replica
    wanted = max(float(values["users"]), 2 * replica / api if known else FEWEST)
    size = 10 ** math.floor(math.log10(max(wanted, 1.0)))
    return float(math.ceil(wanted / size) * size)


def _write_point(
    book: Book, sheet: Worksheet, row: int, point: tuple[int, float, str], base: Estimate, model: Pipeline
) -> None:
    number, last_users, largest = point
    users = last_users * number / POINTS
    values = evaluate({**_inputs(base), "users": users}, ["replicas_for_users"])
    book.formula(sheet, row, 1, f"={largest}*{number}/{POINTS}", users, "nNumber", "#,##0")
    cells = {name: model_cell(name, 0, model) for name in model.rows}
    anew = {name: cell for name, cell in cells.items() if name not in FROM_USERS} | {"users": f"$A{row}"}
    book.formula(
        sheet, row, 2, excel_formula("replicas_for_users", anew), values["replicas_for_users"], "nNumber", "#,##0"
    )
    for offset, way in enumerate(WAYS):
        formula = _bill_formula(way, row, cells)
        value = bill(
            way, {**base.values, **values, "users": users, "api_usd_per_month": users * base["api_usd_per_user_month"]}
        )
        book.formula(sheet, row, 3 + offset, formula, value, "nNumber", "$#,##0")


def _inputs(base: Estimate) -> dict[str, Any]:
    return {name: base.values[name] for name in INPUTS}


def _bill_formula(way: str, row: int, cells: Mapping[str, str]) -> str:
    if way == API:
        return f"=$A{row}*{cells['api_usd_per_user_month']}"
    gpus = f"=$B{row}*{cells['gpus_per_replica']}*{cells[PER_GPU_MONTH.names[way]]}"
    return gpus if way == OWN else f"{gpus}+$A{row}*{cells['egress_usd_per_user_month']}"
