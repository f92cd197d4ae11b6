"""The bill of each way against the number of users, for the first scenario: a live table and its chart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from openpyxl.chart import Reference
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.ops import ceil
from napkinxl.ways import API, OWN, PER_GPU_MONTH, RENT, WAYS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.charts import bill_chart
from napkinxl_workbook.sheets.linked_rows import model_cell
from napkinxl_workbook.sheets.pipeline_block import Pipeline

POINTS = 20
FEWEST = 1000.0
DRAWN = (OWN, RENT, API)  # reserved and spot lie between
GUARD = "0.000000001"  # as in every rounding of the pipeline


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
    sheet.add_chart(bill_chart(users, bills), f"A{last + 2}")


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
    book.formula(sheet, row, 1, f"={largest}*{number}/{POINTS}", users, "nNumber", "#,##0")
    names = ("pool_subscribers", "replicas_per_pool", "gpus_per_replica")
    pool, each, gpus = (model_cell(name, 0, model) for name in names)
    values = base.values
    replicas = ceil(users / values["pool_subscribers"]) * values["replicas_per_pool"]
    formula = f"=IF({pool}=0,NA(),-INT({GUARD}-$A{row}/{pool}))*{each}"
    book.formula(sheet, row, 2, formula, replicas, "nNumber", "#,##0")
    for offset, way in enumerate(WAYS):
        if way == API:
            formula = f"=$A{row}*{model_cell('api_usd_per_user_month', 0, model)}"
            value = users * values["api_usd_per_user_month"]
        else:
            name = PER_GPU_MONTH.names[way]
            formula = f"=$B{row}*{gpus}*{model_cell(name, 0, model)}"
            value = replicas * values["gpus_per_replica"] * values[name]
        book.formula(sheet, row, 3 + offset, formula, value, "nNumber", "$#,##0")
