"""The sheet About: version, date, scenarios, method, and what is verified."""

from __future__ import annotations

from napkinxl.engine.number_text import precise_text
from napkinxl.estimates.estimation import Estimate
from napkinxl.version import VERSION
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet

TITLE = "About"
METHOD = (
    "One accelerator, one decode step at a time. Weights and the KV cache of every chat share the memory. A step moves "
    "both once and gives each chat one token; it takes the longer of moving and computing.",
    "Seats in use per GPU are an average: chats at once over the share of time that a seat keeps one busy. They hold "
    "no headroom for random peaks: a pool sized to them turns users away.",
    "Full-load cost per million tokens is for output tokens only and takes prefill to be free.",
    "Every formula on Workings is derived from the Python function of the same name; the value stored beside it is the "
    "Python function's own.",
)
VERIFIED = (
    "Every formula cell is recalculated with LibreOffice and with a second, independent engine in the project's tests, "
    "for 100 random scenarios and after random edits of their inputs, and agrees with the Python core to one part in a "
    "billion.",
    "The file passes the Open XML SDK validator. Desktop Excel itself was not available to the project's tests.",
)


def write_about(report: Report) -> None:
    """Write the sheet."""
    book = report.book
    sheet = book.sheet(TITLE, "About", "What this workbook is and how far it was checked.", [26, 120], "Control")
    facts = [
        ("Made by", f"napkinxl {VERSION}"),
        ("Made on", f"{report.created:%Y-%m-%d %H:%M} UTC"),
        *(("Scenario", _describe(estimate)) for estimate in report.estimates),
        *(("Method", text) for text in METHOD),
        *(("Verified", text) for text in VERIFIED),
    ]
    for row, (title, text) in enumerate(facts, start=4):
        book.text(sheet, row, 1, title, "nText")
        book.text(sheet, row, 2, text, "nWrap")
        sheet.row_dimensions[row].height = 30 if len(text) > 110 else 15


def _describe(estimate: Estimate) -> str:
    scenario = estimate.scenario
    own = ", ".join(f"{name} {precise_text(value)}" for name, value in scenario.given().items())
    text = f"{scenario.name}: {scenario.model} on {scenario.gpu}, {scenario.preset} preset"
    return f"{text}; set: {own}" if own else text


ABOUT = ReportSheet(TITLE, "Control", "version, date, method, what is verified and what is not", write_about)
