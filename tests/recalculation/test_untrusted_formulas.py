"""What the engine gets wrong is refused by name and nothing is written; where it is quick, its error is shown."""

from __future__ import annotations

from pathlib import Path

import formualizer
import pytest

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation import recalculate
from support.engines import stored_values
from support.trusted_formulas import DATA, write_formulas

# A formula, Excel's value by its documentation, and what the refusal says of it.
WRONG: dict[str, tuple[object, str]] = {
    "SUM(ABS(A1:A5))": (25.75, "a range where one value belongs"),
    "SUMPRODUCT(LEN(B1:B4))": (15.0, "a range where one value belongs"),
    "SUMPRODUCT(--ISNUMBER(A1:A8))": (5.0, "a range where one value belongs"),
    'SUM(SUMIF(B1:B5,{"red","blue"},C1:C5))': (6.0, "an array where one value belongs"),
    "SUM(LARGE(A1:A5,{1,2}))": (17.25, "an array where one value belongs"),
    'UPPER("ä")': ("Ä", "UPPER"),
    'LOWER("Ä")': ("ä", "LOWER"),
    "CEILING(A2,-1)": (-2.0, "CEILING to other than a whole number"),
    "FLOOR(0.3,0.1)": (0.3, "FLOOR to other than a whole number"),
    'VALUE("$5")': (5.0, "VALUE"),
    'SUMIFS(C1:C5,B1:B4,"red")': ("#VALUE!", "SUMIFS with ranges of different sizes"),
    "INDEX(A1:C5,2)": ("#VALUE!", "INDEX without a column"),
    "MATCH(7.25,A1:A8)": (3.0, "MATCH with the nearest match"),
}
# These it gets wrong too; here they are calculated by operators of ours.
MENDED: dict[str, float | str | bool] = {
    "0.1+0.2=0.3": True,
    '"ä"="Ä"': True,
    '1/3&""': "0.333333333333333",
    "LEN(1/3)": 17.0,
    "SUMPRODUCT(A1:A8,C1:C8)": 87.75,
    'SUMPRODUCT(B1:B8="red")': 0.0,
}

REFUSED = {
    "TODAY()": "TODAY",
    "RAND()": "RAND",
    "OFFSET(A1,1,0)": "OFFSET",
    'INDIRECT("A1")': "INDIRECT",
    "_xlfn._xlws.FILTER(A1:A5,A1:A5>1)": "FILTER",
    "_xlfn.LET(_xlpm.x,1,_xlpm.x)": "LET",
    "_xlfn.ANCHORARRAY(A1)": "ANCHORARRAY",
    "_xlfn.SINGLE(A1:A5)": "SINGLE",
    "SOMEBODYS_FUNCTION(1)": "SOMEBODYS_FUNCTION",
    "_xldudf_ACME_KV_CACHE_GB(1)": "_XLDUDF_ACME_KV_CACHE_GB",
    "A1:A5": "a range where one value belongs",
    "A1:A5*2": "a range where one value belongs",
    "SUM(A1:A5*2)": "a range where one value belongs",
    "SUM({1,2}*2)": "an array where one value belongs",
    "SUM((A1,A3))": "a union of ranges",
    "A1 A3": "an intersection of ranges",
    "SUM(A1:A5 A3:C3)": "an intersection of ranges",
    "SUM(A1:INDEX(A1:A5,3))": "a range with a calculated end",
    "MATCH(4,C1:C5)": "MATCH with the nearest match",
    "VLOOKUP(4,A1:C5,2,TRUE)": "VLOOKUP with the nearest match",
    'COUNTIF(A1:A5,"#N/A")': "COUNTIF that looks for an error",
    'TEXT(A1,"# ?/?")': "TEXT with a format that was not compared",
    "TEXT(A1,B1)": "TEXT with a format that was not compared",
    "XLOOKUP(1,A1:A5,A1:A5,0,1)": "XLOOKUP with the nearest match",
    "SUMPRODUCT((A:A=3)*1)": "SUMPRODUCT over more than 100,000 cells",
    "[1]Sheet1!A1": "a link to another workbook",
    "Nowhere!A1": "the sheet 'Nowhere', which is not there",
    "S:S!A1": "the sheet 'S:S', which is not there",
    "no_such_name": "the name no_such_name, which is not defined",
    'ROUND(GPU_SPEC("B200"),1)': None,
    "1+": None,
}


def refusal(path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(FileError) as caught:
        recalculate(path)
    assert path.read_bytes() == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def engine_says(formula: str) -> object:
    """The engine's own answer to a formula on the data."""
    workbook = formualizer.Workbook()
    workbook.add_sheet("S")
    for cell, value in DATA.items():
        if isinstance(value, (float, str, bool)):
            workbook.set_value("S", int(cell[1:]), "ABCD".index(cell[0]) + 1, value)
    workbook.set_formula("S", 1, 8, f"={formula}")
    workbook.evaluate_all()
    found = workbook.evaluate_cell("S", 1, 8)
    return "#VALUE!" if isinstance(found, dict) and found["kind"] == "Value" else found


@pytest.mark.parametrize("formula", WRONG)
def test_what_the_engine_gets_wrong_is_refused(formula: str, tmp_path: Path) -> None:
    right, reason = WRONG[formula]
    assert engine_says(formula) != right
    assert f"S!H1 uses {reason}; nothing was written" in refusal(write_formulas(tmp_path / "book.xlsx", [formula]))


@pytest.mark.parametrize("formula", MENDED)
def test_what_the_engine_gets_wrong_is_calculated_here(formula: str, tmp_path: Path) -> None:
    assert engine_says(formula) != MENDED[formula]
    path = write_formulas(tmp_path / "book.xlsx", [formula])
    recalculate(path)
    assert stored_values(path)["S", "H1"] == MENDED[formula]


@pytest.mark.parametrize("formula", REFUSED)
def test_what_was_not_compared_is_refused(formula: str, tmp_path: Path) -> None:
    path = write_formulas(tmp_path / "book.xlsx", [formula])
    reason = REFUSED[formula]
    assert reason is None or f"S!H1 uses {reason}; nothing was written" in refusal(path)
    refusal(path)


def test_the_refusal_names_a_few_cells_and_counts_the_others(tmp_path: Path) -> None:
    said = refusal(write_formulas(tmp_path / "book.xlsx", ["NOW()"] * 8 + ["1+1"]))
    assert "S!H1 uses NOW, S!H2 uses NOW, S!H3 uses NOW, S!H4 uses NOW, S!H5 uses NOW and 3 more cells" in said


@pytest.mark.parametrize("formula", ['1E-9&" USD"', "LEN(1E16)", "CONCAT(1/100000)"])
def test_a_number_that_excel_may_write_with_an_exponent_is_put_into_no_text(formula: str, tmp_path: Path) -> None:
    said = refusal(write_formulas(tmp_path / "book.xlsx", [formula]))
    assert "a text with a number that Excel may write with an exponent" in said


@pytest.mark.parametrize("formula", ["SUMPRODUCT(A1:A3,C1:C3)=1+", '"', "'", "{", "SUM(", ")", "A1:", "=", "((((", "#"])
def test_what_is_no_formula_is_refused_in_one_line(formula: str, tmp_path: Path) -> None:
    refusal(write_formulas(tmp_path / "book.xlsx", [formula]))
