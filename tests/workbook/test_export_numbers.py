"""Numbers in the formats of the workbook, as LibreOffice shows them."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from napkinxl_workbook.export.number_formats import formatted_cell
from support.shown_cells import same_text, shown_cells

FORMATS = (
    *("General", "0", "#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "0.00%", "0.0%", "0%", "0.000%", "0.000", "0.0000"),
    *("$#,##0", "$#,##0.00", "$#,##0.0000", "$0.0000##", "$0.000000", "0E+00", "0.00E+00", "0.0##", "#,##0.###"),
    *('0" checks"', "$#,##0;-$#,##0", '$#,##0;($#,##0);"-"', "+0.0%;-0.0%;0.0%", '0.0"x"', "#,##0_);(#,##0)"),
    *("[Red]0.0", "#.00", "00.0", '"Month "0', '#,##0,"k"', '$#,##0.0,,"M"', '"no; not "0.0', "0\\h", '"none"'),
    "#,##0.##",
)
VALUES = (
    *(0, 1, -1, 0.5, -0.5, 2.5, 1234.5678, -1234.5678, 0.00012345, 123456789.125, 0.005, -0.001, 99.995, 999.5),
    *(9.96e8, 0.0996, 1 / 3, 2 / 3, 123456.789, 12345678901, 0.1 + 0.2, 281.25, 7.0812, 0.0239251),
)


@pytest.mark.slow
def test_numbers_look_as_libreoffice_shows_them(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "Formats"
    for row, value in enumerate(VALUES, start=1):
        for column, number_format in enumerate(FORMATS, start=1):
            sheet.cell(row, column, value).number_format = number_format
    workbook.save(tmp_path / "formats.xlsx")
    rows = shown_cells(tmp_path / "formats.xlsx", tmp_path)["Formats"]
    wrong = [
        (value, number_format, theirs, ours)
        for value, row in zip(VALUES, rows, strict=True)
        for number_format, theirs in zip(FORMATS, row, strict=True)
        if not same_text(theirs.strip(), ours := formatted_cell(value, number_format))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        # Microsoft, "Number format codes": the tables of examples there.
        (1234.59, "####.#", "1234.6"),
        (8.9, "#.000", "8.900"),
        (0.631, "0.#", "0.6"),
        (12000, "#,###", "12,000"),
        (12000, "#,", "12"),
        (12200000, "0.0,,", "12.2"),
        (0.08, "0%", "8%"),
        (12200000, "0.00E+00", "1.22E+07"),
        # Halves go away from zero, as in Excel, though the nearest binary number lies below.
        (1.005, "0.00", "1.01"),
        (-1.005, "0.00", "-1.01"),
        (996, "0.0E+00", "1.0E+03"),
        (float("nan"), "0.00", "#N/A"),
        (None, "0.00", "#N/A"),
        (float("inf"), "0.00", "#NUM!"),
        (True, "0.00", "TRUE"),
        ("a text", "0.00", "a text"),
        (datetime(2026, 11, 22, 13, 45), "yyyy-mm-dd hh:mm", "2026-11-22 13:45"),
        (date(2026, 11, 2), "dd mmm yyyy", "02 Nov 2026"),
        (date(2026, 11, 2), "General", "2026-11-02"),
    ],
)
def test_known_texts(value: Any, number_format: str, text: str) -> None:
    assert formatted_cell(value, number_format) == text


def test_general_never_shows_more_than_ten_digits() -> None:
    for value in (1 / 3, 1234567.891234567, 1e-7 / 3, 1e15 / 7, 99999.999999999):
        assert len(re.sub(r"E.*|\D", "", formatted_cell(value, "General")).lstrip("0")) <= 10
