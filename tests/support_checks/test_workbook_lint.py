"""A bad workbook for each rule of a whole workbook, and a good one that keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.files.cached_values import write_workbook
from support.formula_blocks import Blocks, block_findings
from support.report_files import CREATED
from support.workbook_lint import LONG_SHEET_ROWS, workbook_findings

Break = Callable[[Worksheet], None]


def toy() -> Workbook:
    """Two sheets with a formula and links to each other."""
    workbook = Workbook()
    first, second = workbook.worksheets[0], workbook.create_sheet("Second")
    first.title = "First"
    first["A1"], first["A2"] = 2.0, "=SUM(A1,A1)"
    first["B1"], second["B1"] = "Second", "First"
    first["B1"].hyperlink, second["B1"].hyperlink = "#'Second'!A1", "#First!A1"
    return workbook


def book_of(sheet: Worksheet) -> Workbook:
    assert sheet.parent is not None
    return sheet.parent


def cell(value: Any) -> Break:
    def put(sheet: Worksheet) -> None:
        sheet["C1"] = value

    return put


def link(target: str) -> Break:
    def put(sheet: Worksheet) -> None:
        sheet["C1"] = "there"
        sheet["C1"].hyperlink = target

    return put


def chart(*texts: str) -> Break:
    def put(sheet: Worksheet) -> None:
        for text in texts:
            drawn = BarChart()
            drawn.add_data(Reference(sheet, 1, 1))
            drawn.alternative_text = text  # type: ignore[attr-defined]
            sheet.add_chart(drawn, "E5")

    return put


def hide(what: Literal["row", "col", "hidden", "veryHidden"]) -> Break:
    def put(sheet: Worksheet) -> None:
        if what == "row":
            sheet.row_dimensions[7].hidden = True
        elif what == "col":
            sheet.column_dimensions["D"].hidden = True
        else:
            book_of(sheet)["Second"].sheet_state = what

    return put


def rule(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("A1", Rule(type="expression", formula=["INDIRECT(A1)=2"]))


def choice(sheet: Worksheet) -> None:
    validation = DataValidation(type="list", formula1="OFFSET(A1,0,0)")
    validation.add("A1")
    sheet.add_data_validation(validation)


def long(*, frozen: bool, titled: bool) -> Break:
    def put(sheet: Worksheet) -> None:
        sheet.cell(LONG_SHEET_ROWS, 1, 1.0)
        sheet.freeze_panes = "A2" if frozen else None
        sheet.print_title_rows = "1:1" if titled else None

    return put


def lonely(sheet: Worksheet) -> None:
    book_of(sheet).create_sheet("Third")


NESTED = "=" + "(" * 65 + "1" + ")" * 65
LONG = "=" + "+".join(["A1"] * 3000)
BAD: list[tuple[Break, str]] = [
    (cell("=OFFSET(A1,0,0)"), "First!C1: OFFSET is not among the known functions"),
    (cell("=NOW()"), "First!C1: NOW is not"),
    (cell("=_xlfn.XLOOKUP(A1,A1,A1)"), "First!C1: _xlfn.XLOOKUP is not"),
    (rule, "First, cfRule: INDIRECT is not"),
    (choice, "First, dataValidation: OFFSET is not"),
    (cell(LONG), "First!C1: a formula of 8999 characters"),
    (cell(NESTED), "First!C1: nested 65 deep"),
    (cell(ArrayFormula("C1:C1", "=SUM(A1:A2*A1:A2)")), "First!C1: an array formula"),
    (cell("=[1]Sheet1!A1"), "First!C1: a link to another workbook, [1]Sheet1!A1"),
    (hide("row"), "First: a hidden row 7"),
    (hide("col"), "First: a hidden col 4"),
    (hide("hidden"), "Second: a hidden sheet"),
    (hide("veryHidden"), "Second: a hidden sheet"),
    (long(frozen=False, titled=True), "First: no frozen panes"),
    (long(frozen=True, titled=False), "First: no row repeats on each page"),
    (link("#'Gone'!A1"), "First!C1: a link to 'Gone', which does not exist"),
    (link("file:///c:/plan.xlsx"), "First!C1: a link to 'file:///c:/plan.xlsx'"),
    (lonely, "Third: no links lead here from First"),
    (chart(""), "xl/drawings/drawing1.xml: a chart whose text says too little: ''"),
    (chart("A chart of users"), "says too little: 'A chart of users'"),
    (chart(*["One bar for each of the GPUs."] * 2), "two charts with one text"),
]


def findings(tmp_path: Path, workbook: Workbook) -> list[str]:
    path = tmp_path / "toy.xlsx"
    cells = [(sheet.title, cell.coordinate) for sheet in workbook for line in sheet for cell in line]
    write_workbook(workbook, path, dict.fromkeys(cells, 0.0), created=CREATED)
    return workbook_findings(path)


def test_a_good_workbook_keeps_every_rule(tmp_path: Path) -> None:
    workbook = toy()
    long(frozen=True, titled=True)(workbook.worksheets[0])
    chart("One bar for each of the GPUs.", "One line for each of the models.")(workbook.worksheets[0])
    assert findings(tmp_path, workbook) == []


@pytest.mark.parametrize(("spoil", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_workbook_breaks_one_rule(tmp_path: Path, spoil: Break, message: str) -> None:
    workbook = toy()
    spoil(workbook.worksheets[0])
    found = findings(tmp_path, workbook)
    assert len(found) == 1
    assert message in found[0]


GRID = {"A1": "=D1", "B1": "=E1", "C1": "=F1", "A2": "=D2", "B2": "=E2", "C2": "=F2", "A4": "=D4"}
COPIED = Blocks(across=("A1:C2",), down=("A1:A4",))


@pytest.mark.parametrize(
    ("changes", "blocks", "messages"),
    [
        ({}, COPIED, []),
        ({"B2": "=E2+1"}, COPIED, ["First!B2: =E2+1, not =E2 as copied from A2"]),
        ({"C1": 7.0}, COPIED, ["First!C1: 7.0, not =F1 as copied from A1"]),
        ({"A4": "=D5"}, COPIED, ["First!A4: =D5, not =D4 as copied from A1"]),
        ({"B4": "=E4"}, COPIED, ["First!B4: a formula in no declared area"]),
        ({"B4": "=A1"}, Blocks(COPIED.across, COPIED.down, ("B4",)), []),
        ({}, Blocks(COPIED.across, COPIED.down, ("B4",)), ["First!B4: declared, but without a formula"]),
    ],
)
def test_formulas_that_are_not_copied_are_found(changes: dict[str, Any], blocks: Blocks, messages: list[str]) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "First"
    for coordinate, value in (GRID | changes).items():
        sheet[coordinate] = value
    assert block_findings(sheet, blocks) == messages
