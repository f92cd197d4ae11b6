"""The sheet Change log: what this file was made from, what has changed since an earlier one, and room for your own."""

from __future__ import annotations

import napkinxl
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet

TITLE = "Change log"
HEADERS = ["Date", "Version", "By", "Change", "Scenario", "Before", "Now"]
WIDTHS = [14, 14, 20, 70, 28, 24, 24]
HEADER_ROW = 4
OWN_ROWS = 10  # blank rows for the reader's own entries


def write_change_log(report: Report) -> None:
    """Write the sheet."""
    book = report.book
    subtitle = "Newest first. Enter your own changes in the blue rows; edits of inputs show on the sheet As written."
    sheet = book.sheet(TITLE, TITLE, subtitle, WIDTHS, "Control")
    book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + OWN_ROWS):
        book.row(sheet, row, [""] * len(HEADERS), "nInput")
    row = HEADER_ROW + 1 + OWN_ROWS
    stamp = [f"{report.created:%Y-%m-%d}", napkinxl.__version__, "napkinxl"]
    count = len(report.estimates)
    written = f"Written from {count} scenario{'s' if count > 1 else ''}: {', '.join(report.names[:5])}"
    written += f" and {count - 5} more" if count > 5 else ""
    for change in [(written,), *report.changes]:
        book.row(sheet, row, [*stamp, *change, *[""] * (len(HEADERS) - len(stamp) - len(change))], "nWrap")
        row += 1


CHANGE_LOG = ReportSheet(
    TITLE, "Control", "what has changed since an earlier file, and room for your own", write_change_log
)
