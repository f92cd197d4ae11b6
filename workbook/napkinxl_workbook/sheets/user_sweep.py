"""The bill of each way against the number of users, for the selected scenario: a live table and its chart."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimates.supply import ALL_USERS, API, OWN, RENT, WAYS
from napkinxl.formulas import excel_formula
from napkinxl_workbook.charts.spec import Axis, Chart, Dash, Series
from napkinxl_workbook.sheets.report_parts import Report
from napkinxl_workbook.sheets.variants import variant_values
from napkinxl_workbook.sheets.workings import Workings
from napkinxl_workbook.theme import BLUE, NAVY, ORANGE

POINTS = 20
FEWEST = 1000.0
# Reserved and spot lie between these.
DRAWN: dict[str, tuple[str, Dash]] = {OWN: (NAVY, "solid"), RENT: (ORANGE, "dash"), API: (BLUE, "sysDot")}
SHARE_COLUMN = 3 + len(WAYS)
SHARE_LETTER = get_column_letter(SHARE_COLUMN)
FROM_USERS = ("users", "full_pools", "last_pool_replicas", "replicas_for_users")  # worked out anew for each number


@dataclass(frozen=True)
class UserSweep:
    """Where the table lies, for the charts."""

    users: Reference
    bills: dict[str, Reference]

    def chart(self) -> Chart:
        """The bill a month of each way to serve against the number of users."""
        return Chart(
            "Bill a month against users: own, rent or API",
            "Three lines: what owned GPUs, rented GPUs and an API cost a month, against the number of users. "
            "Where lines cross, one way becomes cheaper than another.",
            self.users,
            tuple(Series(way, cells, DRAWN[way][0], True, DRAWN[way][1]) for way, cells in self.bills.items()),
            Axis("Users"),
            Axis("USD a month", "$#,##0"),
            label_every=2,
        )


def write_user_sweep(report: Report, sheet: Worksheet, row: int) -> None:
    """Write the table from `row` on, and the chart below it."""
    book, last_users = report.book, _most_users(report.base.values)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    book.text(sheet, row, 1, "Users against bill, selected scenario: type the largest number", "nSection")
    book.number(sheet, row, 3, last_users, "nInput", "#,##0")
    book.row(sheet, row + 1, ["Users", "Replicas"], "nHeader")
    for offset, way in enumerate(WAYS):
        book.text(sheet, row + 1, 3 + offset, f"{way}, USD a month", "nHeaderRight")
    book.text(sheet, row + 1, SHARE_COLUMN, "share of the largest", "nHeaderRight")
    first, last = row + 2, row + 1 + POINTS
    for point in range(1, POINTS + 1):
        here = first + point - 1
        book.number(sheet, here, SHARE_COLUMN, point / POINTS, "nInput", "0%")
        _write_point(report, sheet, here, f"=$C${row}*{SHARE_LETTER}{here}", last_users * (point / POINTS))
    users = Reference(sheet, min_row=first, max_row=last, min_col=1)
    bills = {way: Reference(sheet, min_row=first, max_row=last, min_col=3 + list(WAYS).index(way)) for way in DRAWN}
    report.put(UserSweep(users, bills))
    book.chart(sheet, f"A{last + 2}", UserSweep(users, bills).chart())


def _most_users(values: Mapping[str, Any]) -> float:
    """Enough users that the API's bill passes that of two replicas, in a round number."""
    api, replica = values["api_usd_per_user_month"], values["replica_usd_per_month"]
    known = api > 0 and replica == replica
    wanted = max(float(values["users"]), 2 * replica / api if known else FEWEST)
    size = 10 ** math.floor(math.log10(max(wanted, 1.0)))
    return float(math.ceil(wanted / size) * size)


def _write_point(report: Report, sheet: Worksheet, row: int, formula: str, users: float) -> None:
    book, workings = report.book, report.get(Workings)
    values = variant_values(report.base, {"users": users})
    book.formula(sheet, row, 1, formula, users, "nNumber", "#,##0")
    cells = {name: workings.selected(name) for name in workings.pipeline.rows}
    anew = {name: cell for name, cell in cells.items() if name not in FROM_USERS} | {"users": f"$A{row}"}
    replicas = values["replicas_for_users"]
    book.formula(sheet, row, 2, excel_formula("replicas_for_users", anew), replicas, "nNumber", "#,##0")
    of_users = cells | {"users": f"$A{row}", "replicas_for_users": f"$B{row}"}
    for offset, name in enumerate(ALL_USERS.names[way] for way in WAYS):
        anew = {other: cell for other, cell in of_users.items() if other != name}
        book.formula(sheet, row, 3 + offset, excel_formula(name, anew), values[name], "nNumber", "$#,##0")
