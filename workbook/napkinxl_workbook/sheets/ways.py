"""The sheet Own, rent or API: each way to serve the users, live, and the bill against their number as a chart."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.ways import API, OWN, PER_GPU_HOUR, PER_GPU_MONTH, PER_USER_MONTH, WAYS, Figure, bill, per_million
from napkinxl_workbook.sheets.columns import widths, write_header
from napkinxl_workbook.sheets.linked_rows import write_formulas, write_link
from napkinxl_workbook.sheets.pipeline_block import HEADERS, WIDTHS
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.user_sweep import write_user_sweep
from napkinxl_workbook.sheets.workings import WORKINGS_SHEET, Workings

TITLE = "Own, rent or API"
HEADER_ROW = 4
NOTE_WIDTH = 56
_BILLS = {API: "users times the bill of each", OWN: "replicas x GPUs x a GPU's month"}
BREAK_EVEN = (
    "own_break_even_months",
    "own_break_even_utilization_share",
    "rent_npv_usd_per_gpu",
    "own_npv_usd_per_gpu",
    "own_saving_npv_usd_per_gpu",
    "reserved_break_even_hours_per_day",
    "reserve_demand_quantile_share",
    "self_host_break_even_million_tokens_per_month",
    "self_host_break_even_utilization_share",
    "own_or_rent_verdict",
    "self_host_or_api_verdict",
)


def write_ways(report: Report) -> None:
    """Write the sheet."""
    subtitle = "What each way to serve costs; everything follows the sheet Inputs. #N/A: no answer."
    columns = widths(WIDTHS, len(report.estimates), [NOTE_WIDTH])
    sheet = report.book.sheet(TITLE, TITLE, subtitle, columns, "Output")
    write_header(report.book, sheet, HEADER_ROW, HEADERS, report.names, ["How"], repeats=False)
    row = HEADER_ROW + 1
    for figure in (PER_GPU_HOUR, PER_GPU_MONTH, PER_USER_MONTH):
        row = _write_figure(report, sheet, row, figure)
    row = _write_per_million(report, sheet, row)
    row = _write_bills(report, sheet, row)
    row = _section(report, sheet, row, "From when which pays")
    for name in BREAK_EVEN:
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
    """What all users cost a month: whole replicas, or tokens."""
    row = _section(report, sheet, row, "All users a month")
    write_link(report, sheet, row, "users")
    write_link(report, sheet, row + 1, "replicas_for_users")
    row += 2
    for way in WAYS:
        formulas = list(_bill_formulas(way, report.get(Workings)))
        values = [bill(way, item.values) for item in report.estimates]
        note = _BILLS.get(way, "replicas x GPUs x a GPU's month, and traffic out of the cloud")
        write_formulas(report, sheet, row, (way, "USD/month", ""), formulas, values, note, "nFigure")
        row += 1
    return row


def _bill_formulas(way: str, workings: Workings) -> Iterator[str]:
    names = (
        ["api_usd_per_month"] if way == API else ["replicas_for_users", "gpus_per_replica", PER_GPU_MONTH.names[way]]
    )
    traffic = ["users", "egress_usd_per_user_month"] if way not in (OWN, API) else []
    for index in range(workings.scenarios):
        parts = ["*".join(workings.cell(name, index) for name in part) for part in (names, traffic) if part]
        yield "=" + "+".join(parts)


WAYS_SHEET = ReportSheet(
    TITLE, "Output", "owned, rented, reserved and spot GPUs against tokens from an API, and from when which pays",
    write_ways, needs=(WORKINGS_SHEET,),
)  # fmt: skip
