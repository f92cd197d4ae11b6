"""The page that follows one number into its cell: its files exist, and the number takes that way in a report."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.pages import ROOT, pages
from napkinxl import default_scenarios, excel_formula
from napkinxl_workbook.report import build_report
from support.report_files import write

PAGE = "docs/number_to_cell.md"
DRAWINGS = sorted((ROOT / "docs" / "drawings").iterdir())
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("page", [PAGE, "docs/decisions.md", "docs/extending.md", "CONTRIBUTING.md"])
def test_files_that_a_page_names_are_there(page: str) -> None:
    named = re.findall(r"`((?:core|addin|workbook|tests|docs|benchmarks|examples)/[\w./-]+)`", pages()[page])
    assert named
    made_by_the_reader = {"workbook/napkinxl_workbook/sheets/leaves.py"}
    assert [name for name in named if not (ROOT / name).exists() and name not in made_by_the_reader] == []


def test_the_formula_shown_is_the_one_that_is_made() -> None:
    formula = excel_formula("weights_gb", {"total_params_b": "F12", "weight_bits": "F9"})
    assert formula == "=F12*F9/8"
    assert formula[1:] in pages()[PAGE]


def test_the_row_of_a_report_has_what_the_page_says() -> None:
    book = build_report(default_scenarios())
    sheet = book.workbook["Workings"]
    rows = {str(row[2].value): row for row in sheet.iter_rows(max_col=20)}
    reads = [rows[name][3].coordinate for name in ("total_params_b", "weight_bits")]
    cell = rows["weights_gb"][3]
    assert cell.value == f"={reads[0]}*{reads[1]}/8"
    assert book.values["Workings", cell.coordinate] == 32
    assert "total_params_b × weight_bits / 8" in [item.value for item in rows["weights_gb"]]


@pytest.mark.slow
def test_the_cell_of_a_file_holds_formula_and_value(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write(path, default_scenarios())
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/worksheets/sheet" in name]
    assert re.search(r"<f>D\d+\*D\d+/8</f><v>32</v>", "".join(sheets))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_a_drawing_is_shown_and_says_what_it_shows(path: Path) -> None:
    assert f"](drawings/{path.name})" in "".join(pages().values())
    drawing = ElementTree.parse(path).getroot()
    labels = (drawing.get("aria-labelledby") or "").split()
    assert drawing.get("role") == "img"
    assert [drawing.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == labels  # type: ignore[union-attr]
    assert all((drawing.findtext(f"{SVG}{tag}") or "").strip() for tag in ("title", "desc"))
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|<script|<image", text)  # nothing is loaded from elsewhere
