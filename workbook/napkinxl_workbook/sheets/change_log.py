"""The sheet Change log: what this file was made from, what has changed since an earlier one, and room for your own."""

from __future__ import annotations

from napkinxl.version import VERSION
from napkinxl_workbook.sheets.report_parts import ChangeValue, Report, ReportSheet

TITLE = "Change log"
HEADERS = ["Date", "Version", "By", "Change", "Scenario", "Before", "Now"]
WIDTHS = [14, 14, 20, 70, 28, 24, 24]
HEADER_ROW = 4
OWN_ROWS = 10  # blank rows for the reader's own entries
MOST_NAMES, MOST_CHANGES = 5, 1000


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
    count = len(report.estimates)
    written = f"Written from {count} scenario{'s' if count > 1 else ''}: {', '.join(report.names[:MOST_NAMES])}"
    written += f" and {count - MOST_NAMES} more" if count > MOST_NAMES else ""
    _write_entry(report, row, written)
    for number, (what, scenario, name, before, now) in enumerate(report.changes[:MOST_CHANGES], start=row + 1):
        _write_entry(report, number, f"{what}: {name}" if name else what, scenario, before, now)
    if len(report.changes) > MOST_CHANGES:
        more = f"and {len(report.changes) - MOST_CHANGES:,} more changes: napkinxl report --diff --json lists all"
        _write_entry(report, row + 1 + MOST_CHANGES, more)


def _write_entry(
    report: Report, row: int, change: str, scenario: str = "", before: ChangeValue = None, now: ChangeValue = None
) -> None:
    book, sheet = report.book, report.book.sheets[TITLE]
    stamp = (f"{report.created:%Y-%m-%d}", VERSION, "napkinxl")
    book.row(sheet, row, [*stamp, change, scenario, "", ""], "nWrap")
    for column, value in ((6, before), (7, now)):
        if isinstance(value, str):
            book.text(sheet, row, column, value, "nWrap")
        elif value is not None:
            book.number(sheet, row, column, value, "nNumber", "#,##0.######")


CHANGE_LOG = ReportSheet(
    TITLE, "Control", "what has changed since an earlier file, and room for your own", write_change_log
)
