"""The modelling rules find what is wrong in a small model."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support.model_lint import constant_findings, function_findings, row_findings

FIRST, LAST = 4, 6


@pytest.fixture
def sheet() -> Worksheet:
    """Two rows over three scenario columns, D to F."""
    sheet: Worksheet = Workbook().create_sheet("Calc")
    for column in "DEF":
        sheet[f"{column}2"] = f"=Inputs!{column}$5*$B2/8"
        sheet[f"{column}3"] = f"=-{column}2"
    return sheet


def test_a_good_model_passes(sheet: Worksheet) -> None:
    assert row_findings(sheet, range(1, 4), FIRST, LAST) == []
    assert constant_findings(sheet, {8}) == []
    assert function_findings(sheet) == []


@pytest.mark.parametrize("content", ["=Inputs!F$5*$C2/8", "=Inputs!F$5*$B2/9", "=Inputs!E$5*$B2/8", 7, None])
def test_a_cell_that_breaks_its_row_is_found(sheet: Worksheet, content: str | int | None) -> None:
    sheet["F2"] = content
    (finding,) = row_findings(sheet, range(1, 4), FIRST, LAST)
    assert finding.startswith("Calc!F2: ")
    assert finding.endswith("the row's is =Inputs!F$5*$B2/8")


def test_a_formula_beside_a_value_is_found(sheet: Worksheet) -> None:
    sheet["D3"] = 5
    assert [finding[:8] for finding in row_findings(sheet, [3], FIRST, LAST)] == ["Calc!E3:", "Calc!F3:"]


@pytest.mark.parametrize(("formula", "constant"), [("=D2*1.07", "1.07"), ("=IF(D2>-80,1,0)", "80"), ("=D2*8E0", "8E0")])
def test_a_constant_is_found(sheet: Worksheet, formula: str, constant: str) -> None:
    sheet["D4"] = formula
    assert constant_findings(sheet, {0, 1, 8}) == [f"Calc!D4: constant {constant} in {formula}"]


@pytest.mark.parametrize("formula", ["=OFFSET(D2,1,0)", "=now()", '=SUM(INDIRECT("D2"))'])
def test_a_volatile_function_is_found(sheet: Worksheet, formula: str) -> None:
    sheet["D4"] = formula
    (finding,) = function_findings(sheet)
    assert finding.endswith(f"in {formula}")


def test_functions_may_be_banned_by_the_caller(sheet: Worksheet) -> None:
    sheet["D4"] = "=VLOOKUP(1,A:B,2)"
    assert function_findings(sheet, {"VLOOKUP"}) == ["Calc!D4: VLOOKUP in =VLOOKUP(1,A:B,2)"]
