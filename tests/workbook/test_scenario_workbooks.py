"""Scenarios read from workbooks: one a row, checked like any other, and rubbish refused in one line."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from napkinxl import FileError, InputError, NapkinError, Scenario, read_scenarios, write_report
from napkinxl_workbook.sheets.columns import NAME_ROW
from napkinxl_workbook.sheets.scenario_inputs import AFTER, HEADERS


def book(path: Path, rows: list[list[Any]]) -> Path:
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    workbook.save(path)
    return path


def test_one_scenario_a_row(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["name", "gpu", "context_tokens", "duty_cycle"],
        ["One", "H100", 20000, 0.5],
        [],
        ["Two", None, 4000, None],
    ]
    one, two = read_scenarios(book(tmp_path / "s.xlsx", rows))
    assert (one.name, one.gpu, one.given()) == ("One", "H100", {"context_tokens": 20000, "duty_cycle": 0.5})
    assert (two.name, two.gpu, two.given()) == ("Two", "B200 announced", {"context_tokens": 4000})


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "first row"),
        ([["context_tokens"]], "no scenario"),
        ([["contxt_tokens"], [5]], "did you mean context_tokens"),
        ([["duty_cycle"], [1.2]], r"scenario 1: duty_cycle must be in \(0, 1\], got 1.2"),
        ([["duty_cycle"], ["often"]], "must be a number"),
        ([["duty_cycle"], ["#DIV/0!"]], r"s\.xlsx row 2: a cell holds the Excel error #DIV/0!"),
        ([["name"], ["One"], ["#N/A"]], "row 3: a cell holds the Excel error #N/A"),
        ([["duty_cycle", "name", " duty_cycle "], [0.5, "One", 0.7]], r"s\.xlsx: the column duty_cycle is there twice"),
    ],
)
def test_bad_sheets_are_refused(tmp_path: Path, rows: list[list[Any]], message: str) -> None:
    with pytest.raises(NapkinError, match=message) as caught:
        read_scenarios(book(tmp_path / "s.xlsx", rows))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not a zip file", b"PK\x03\x04 broken"])
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.xlsx").write_bytes(content)
    with pytest.raises(FileError, match=r"s\.xlsx") as caught:
        read_scenarios(tmp_path / "s.xlsx")
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 * 1024**2))
    with pytest.raises(FileError, match="unfolds to 300 MiB"):
        read_scenarios(tmp_path / "s.xlsx")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_scenarios(tmp_path / "none.xlsx")
    with pytest.raises(FileError, match="folder"):
        read_scenarios(tmp_path)


def test_a_formula_shaped_name_is_only_a_name(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["name"])
    sheet["A2"].value = "=1+1"
    sheet["A2"].data_type = "s"
    workbook.save(tmp_path / "s.xlsx")
    assert read_scenarios(tmp_path / "s.xlsx")[0].name == "=1+1"


@pytest.mark.parametrize("name", ["#1 plan A", "#Why?", "#Sold out!", "#N/A plan"])
def test_a_name_that_looks_like_an_error_is_a_name(tmp_path: Path, name: str) -> None:
    assert read_scenarios(book(tmp_path / "s.xlsx", [["name"], [name]]))[0].name == name


def test_blank_headers_may_be_there_twice(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[None, "name", "", None], [None, "One", None, "a remark beside the table"]]
    assert read_scenarios(book(tmp_path / "s.xlsx", rows)) == [Scenario(name="One")]


def test_a_bad_row_names_its_number(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["context_tokens"], [5], [-5]]
    with pytest.raises(InputError, match="scenario 2: context_tokens"):
        read_scenarios(book(tmp_path / "s.xlsx", rows))


@pytest.mark.slow
def test_a_report_is_read_back(tmp_path: Path) -> None:
    """What people change in the blue cells can be given to the command line again."""
    scenarios = [Scenario(name="One", gpu="H100 SXM", duty_cycle=0.5), Scenario(name="Two", preset="calibrated")]
    write_report(tmp_path / "report.xlsx", scenarios)
    found = read_scenarios(tmp_path / "report.xlsx")
    assert [(item.name, item.gpu, item.model, item.preset, item.given()) for item in found] == [
        ("One", "H100 SXM", "Article 32B", "napkin", {"duty_cycle": 0.5}),
        ("Two", "B200 announced", "Article 32B", "calibrated", {}),
    ]


def report_like(path: Path, header: list[Any], *rows: list[Any]) -> Path:
    """A workbook with the sheets and the header of a report, its columns as given."""
    workbook = Workbook()
    workbook.worksheets[0].title = "Workings"
    sheet = workbook.create_sheet("Inputs")
    for column, cell in enumerate(header, start=1):
        sheet.cell(NAME_ROW, column).value = cell
    for line, row in enumerate(rows, start=NAME_ROW + 2):
        for column, cell in enumerate(row, start=1):
            sheet.cell(line, column).value = cell
    workbook.save(path)
    return path


def test_the_scenarios_of_a_report_stand_between_name_and_default(tmp_path: Path) -> None:
    """Whatever stands to the right of them, and whatever they are called."""
    header = [*HEADERS, "One", "Default", None, *AFTER, "a remark"]
    gpu = ["GPU", "", "gpu", "H100 SXM", "L4", None, "", "a name on the sheet GPUs", "", "why not"]
    duty = ["Duty", "share", "duty_cycle", 0.5, None, None, 0.2, "in (0, 1]", "article", 7]
    one, two = read_scenarios(report_like(tmp_path / "s.xlsx", header, gpu, [], duty))
    assert (one.name, one.gpu, one.given()) == ("One", "H100 SXM", {"duty_cycle": 0.5})
    assert (two.name, two.gpu, two.given()) == ("Default", "L4", {})


@pytest.mark.parametrize("header", [[*HEADERS, "One"], [*HEADERS, *AFTER]])
def test_a_report_without_scenarios_or_default_is_refused(tmp_path: Path, header: list[Any]) -> None:
    with pytest.raises(FileError, match=r"s\.xlsx: .*between Name and Default"):
        read_scenarios(report_like(tmp_path / "s.xlsx", header))


def test_an_excel_error_in_a_report_is_refused(tmp_path: Path) -> None:
    path = report_like(tmp_path / "s.xlsx", [*HEADERS, "One", *AFTER], ["", "", "duty_cycle", "#REF!"])
    with pytest.raises(InputError, match="the Excel error #REF!"):
        read_scenarios(path)


def test_a_formula_without_a_value_is_no_blank(tmp_path: Path) -> None:
    """openpyxl stores none: the default of 200,000 tokens would be taken in silence."""
    path = book(tmp_path / "s.xlsx", [["name", "context_tokens"], ["One", "=10000*2"]])
    with pytest.raises(FileError, match=r"s\.xlsx row 2: the formula =10000\*2 has no value"):
        read_scenarios(path)
