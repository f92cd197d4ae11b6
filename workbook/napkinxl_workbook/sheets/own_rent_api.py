"""The sheet Own, rent or API: each way to serve the users, live, and the bill against their number as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.ops import NO_ANSWER
from napkinxl.estimates.supply import (
    ALL_USERS,
    BREAK_EVEN,
    PER_GPU_HOUR,
    PER_GPU_MONTH,
    PER_USER_MONTH,
    UNRELIABLE,
    Figure,
    cheapest,
    compare_ways,
    per_million,
)
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.sheets.columns import scenario_letter, widths, write_header
from napkinxl_workbook.sheets.linked_rows import write_formulas, write_link
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.user_sweep import write_user_sweep
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings

TITLE = "Own, rent or API"
HEADER_ROW = 4
NOTE_WIDTH = 56
NOBODY = "no users"


def write_own_rent_api(report: Report) -> None:
    """Write the sheet."""
    subtitle = "What each source of capacity costs. The page follows Inputs. #N/A: no answer."
    columns = widths(WIDTHS, len(report.estimates), [NOTE_WIDTH])
    sheet = report.book.sheet(TITLE, TITLE, subtitle, columns, "Output")
    write_header(report.book, sheet, HEADER_ROW, HEADERS, report.names, ["How"], repeats=False)
    row = HEADER_ROW + 1
    for figure in (PER_GPU_HOUR, PER_GPU_MONTH, PER_USER_MONTH):
        row = _write_figure(report, sheet, row, figure)
    row = _write_per_million(report, sheet, row)
    row = _write_bills(report, sheet, row)
    row = _section(report, sheet, row, "Break-evens")
    for name in (*BREAK_EVEN, "owned_or_rented_verdict"):
        write_link(report, sheet, row, name)
        row += 1
    sheet.row_breaks.append(Break(id=row))
    write_user_sweep(report, sheet, row + 1)


def _section(report: Report, sheet: Worksheet, row: int, title: str) -> int:
    report.book.section(sheet, row, title, len(HEADERS) + len(report.estimates) + 1)
    return row + 1


def _write_figure(report: Report, sheet: Worksheet, row: int, figure: Figure) -> int:
    row = _section(report, sheet, row, figure.label)
    for way, name in figure.names.items():
        write_link(report, sheet, row, name, label=way)
        row += 1
    return row


def _write_per_million(report: Report, sheet: Worksheet, row: int) -> int:
    """The cost of a user over the user's tokens."""
    row, workings = _section(report, sheet, row, "Million tokens"), report.get(Workings)
    for way, name in PER_USER_MONTH.names.items():
        formulas = [
            f"={workings.cell(name, index)}/{workings.cell('million_tokens_per_user_month', index)}"
            for index in range(len(report.estimates))
        ]
        values = [per_million(item[name], item.values) for item in report.estimates]
        heading = (way, "USD/million tokens", "")
        write_formulas(report, sheet, row, heading, formulas, values, "the user's cost over the user's tokens")
        row += 1
    return row


def _write_bills(report: Report, sheet: Worksheet, row: int) -> int:
    """What all users cost a month, with whole replicas or with tokens, and the cheapest of what can be relied on."""
    row = _write_figure(report, sheet, row, ALL_USERS)
    write_link(report, sheet, row, "users")
    write_link(report, sheet, row + 1, "replicas_for_users")
    reliable = row - len(ALL_USERS.names), row - len(UNRELIABLE) - 1
    formulas = [_cheapest_formula(scenario_letter(index), reliable, row) for index in range(len(report.estimates))]
    values = [_cheapest(item.values) for item in report.estimates]
    note = f"the smallest bill; {', '.join(UNRELIABLE)} aside, which may be taken away"
    write_formulas(report, sheet, row + 2, ("Cheapest", "text", ""), formulas, values, note, "nFigure")
    return row + 3


def _cheapest(values: Mapping[str, Any]) -> CellValue:
    best = cheapest(compare_ways(values))
    return (best.name if best else NO_ANSWER) if values["users"] else NOBODY


def _cheapest_formula(column: str, rows: tuple[int, int], users_row: int) -> str:
    """The label beside the smallest bill; bills without an answer are passed over."""
    first, last = rows
    bills = f"{column}{first}:{column}{last}"
    known = ",".join(f'IFERROR({column}{row},SUMIF({bills},">=0"))' for row in range(first, last + 1))
    return f'=IF({column}{users_row}=0,"{NOBODY}",INDEX($A{first}:$A{last},MATCH(MIN({known}),{bills},0)))'


OWN_RENT_API = ReportSheet(
    TITLE,
    "Output",
    "owned, rented, reserved and spot GPUs against tokens from an API, and where each breaks even",
    write_own_rent_api,
    needs=(WORKINGS_SHEET,),
)
