"""The sheet Measured figures: how far each preset is from serving that was measured, by GPU and by model."""

from __future__ import annotations

from napkinxl.evidence.errors import ErrorLine, error_lines
from napkinxl.scenarios.presets import PRESETS
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet

TITLE = "Measured figures"
HEADER_ROW = 4
HEADERS = ["", "Preset", "Measured runs", "Predicted over measured, median", "Mean error", "Runs within 25%"]
WIDTHS = [40, 14, 16, 24, 16, 18]
NOTES = (
    "Predicted over measured: time per output token as the formulas give it, over the time that was measured; 100% "
    "would be right, 34% means that a token took three times as long.",
    "Mean error: the mean of the distance from 100%, run by run. The preset calibrated was fitted to runs among these.",
    "Source: InferenceX and NVIDIA runs of vLLM, SGLang and TensorRT-LLM, October 2025 to April 2026, as collected in "
    "the package aiconfigurator-core 0.12.0. Computed in Python when napkinxl was made: values, not formulas.",
)
BLOCKS = {"gpu": "GPU", "model": "Model"}


def write_measured(report: Report) -> None:
    """Write the sheet."""
    book = report.book
    subtitle = "The time per output token of the formulas against measured serving runs."
    sheet = book.sheet(TITLE, TITLE, subtitle, WIDTHS, "Output")
    book.row(sheet, HEADER_ROW, HEADERS[:2], "nHeader")
    for column, header in enumerate(HEADERS[2:], start=3):
        book.text(sheet, HEADER_ROW, column, header, "nHeaderRight")
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    book.section(sheet, HEADER_ROW + 1, "All runs", len(HEADERS))
    row = HEADER_ROW + 2
    for preset in PRESETS.values():
        numbers = (
            preset.median_predicted_over_measured,
            preset.mean_absolute_error_share,
            preset.within_a_quarter_share,
        )
        _write_line(report, row, ErrorLine("", "All", preset.name, preset.measured_runs, *numbers))
        row += 1
    for of, title in BLOCKS.items():
        book.section(sheet, row, f"By {title}", len(HEADERS))
        row += 1
        for line in error_lines():
            if line.column == of:
                _write_line(report, row, line)
                row += 1
    for text in NOTES:
        row += 1
        book.text(sheet, row, 1, text, "nWrap")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADERS))
        sheet.row_dimensions[row].height = 30


def _write_line(report: Report, row: int, line: ErrorLine) -> None:
    book, sheet = report.book, report.book.sheets[TITLE]
    book.row(sheet, row, [line.value, line.preset])
    book.number(sheet, row, 3, float(line.runs), "nNumber", "#,##0")
    shares = (line.median_predicted_over_measured, line.mean_absolute_error_share, line.within_a_quarter_share)
    for column, share in enumerate(shares, start=4):
        book.number(sheet, row, column, share, "nNumber", "0%")


MEASURED = ReportSheet(
    TITLE, "Output", "how far each preset is from measured serving, by GPU and by model", write_measured
)
