"""Results of many values: in the range that the file keeps for them, as Excel fills it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from napkinxl.errors import FileError
from napkinxl_addin.problems import Problem
from napkinxl_workbook.recalculation import recalculate, recalculating
from support.engines import EngineValue, stored_values
from support.hand_made_workbook import one_sheet, parts_of, sheet_of

GRID = [[1.0, "two"], [True, None], [Problem("#DIV/0!", "why"), 6.0]]


@pytest.fixture(autouse=True)
def _grid(monkeypatch: pytest.MonkeyPatch) -> None:
    """GPU_LIST answers a grid of every kind of value, EXPLAIN its first argument."""
    answers: dict[str, Any] = {"GPU_LIST": GRID, "MODEL_LIST": [[1.0], [2.0], [3.0]], "PUBLISHED": [[7.0]]}
    monkeypatch.setattr(recalculating, "call", lambda name, *given: given[0] if name == "EXPLAIN" else answers[name])


def array(formula: str, area: str, *, dynamic: bool = False) -> str:
    first = area.partition(":")[0]
    cm = ' cm="1"' if dynamic else ""
    return f'<c r="{first}"{cm} t="str"><f t="array" ref="{area}">{formula}</f><v>old</v></c>'


def sheet(*rows: str) -> str:
    return "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, start=1))


def shown(path: Path, cells: str) -> list[EngineValue]:
    """Values by openpyxl's eyes, which know nothing of array formulas."""
    from openpyxl import load_workbook

    loaded = load_workbook(path, data_only=True).active
    assert loaded is not None
    return [loaded[cell].value for cell in cells.split()]


@pytest.mark.parametrize("dynamic", [True, False])
def test_a_result_fills_the_cells_that_the_file_has(dynamic: bool, tmp_path: Path) -> None:
    rows = sheet(
        array("GPU_LIST()", "A1:B3", dynamic=dynamic) + '<c r="B1" s="0"/>',
        '<c r="A2"><v>5</v></c><c r="B2" t="n"><v>5</v></c>',
        "<c r='A3' t='b'><v>0</v></c>",
    )
    path = one_sheet(tmp_path, rows)
    found = recalculate(path)
    assert shown(path, "A1 B1 A2 B2 A3 B3") == [1, "two", True, None, "#DIV/0!", None]
    assert '<c r="B2" t="str"><v></v></c>' in sheet_of(path)
    assert "<c r='A3' t='e'><v>#DIV/0!</v></c>" in sheet_of(path)
    assert '<c r="B1" s="0" t="str"><v>two</v></c>' in sheet_of(path)
    assert 'r="B3"' not in sheet_of(path), "cells that the file lacks are not made"
    assert found.cut == ("S!A1",), "and that is said"


def test_beyond_the_result_is_not_available(tmp_path: Path) -> None:
    rows = sheet(array("MODEL_LIST()", "A1:B4") + '<c r="B1"/>', "", '<c r="B3"/>', '<c r="A4"/><c r="B4"/>')
    path = one_sheet(tmp_path, rows)
    recalculate(path)
    # A single column repeats itself in an array formula of the old kind.
    assert shown(path, "A1 B1 B3 A4 B4") == [1, 1, 3, "#N/A", "#N/A"]
    rows = sheet(array("MODEL_LIST()", "A1:B4", dynamic=True) + '<c r="B1"/>', "", "", '<c r="A4"/>')
    path = one_sheet(tmp_path, rows)
    recalculate(path)
    assert shown(path, "A1 B1 A4") == [1, "#N/A", "#N/A"]


def test_a_single_value_fills_the_range_of_the_old_kind(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, sheet(array("PUBLISHED()", "A1:B1") + '<c r="B1"/>'))
    recalculate(path)
    assert shown(path, "A1 B1") == [7, 7]


def test_a_plain_formula_shows_the_first_value_and_spills_nowhere(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, sheet('<c r="A1"><f>MODEL_LIST()*2</f></c>', '<c r="A2"><v>5</v></c>'))
    recalculate(path)
    assert shown(path, "A1 A2") == [2, 5]


def test_a_result_larger_than_the_range_is_cut_and_said(tmp_path: Path) -> None:
    for dynamic, cut in ((True, ("S!A1",)), (False, ())):
        path = one_sheet(tmp_path, sheet(array("MODEL_LIST()", "A1:A2", dynamic=dynamic), '<c r="A2"/>'))
        found = recalculate(path)
        assert shown(path, "A1 A2") == [1, 2]
        assert found.cut == cut, "of the old kind it is meant to be cut"


@pytest.mark.parametrize("taken", ["<c r='A3'><v>1</v></c>", "<c r='A3' t='str'><f>1&amp;2</f><v>12</v></c>"])
def test_a_dynamic_array_whose_way_is_barred_shows_spill(taken: str, tmp_path: Path) -> None:
    path = one_sheet(tmp_path, sheet(array("MODEL_LIST()", "A1", dynamic=True), "", taken))
    found = recalculate(path)
    assert stored_values(path)["S", "A1"] == "#SPILL!"
    assert found.cut == ()


def test_a_formula_that_reads_where_a_grown_array_spills_is_refused(tmp_path: Path) -> None:
    reader = '<c r="C1"><f>SUM(A1:A3)</f><v>1</v></c>'
    path = one_sheet(tmp_path, sheet(array("MODEL_LIST()", "A1:A2", dynamic=True) + reader))
    before = parts_of(path)
    with pytest.raises(FileError, match="S!C1 reads cells into which S!A1 now spills 3 x 1 values: open and save"):
        recalculate(path)
    assert parts_of(path) == before


def test_formulas_read_the_cells_of_an_array_even_those_the_file_lacks(tmp_path: Path) -> None:
    reader = '<c r="C1"><f>SUM(A1:A3)</f></c><c r="D1"><f>A3+1</f></c><c r="E1"><f>EXPLAIN(A2:A3)</f></c>'
    path = one_sheet(tmp_path, sheet(array("MODEL_LIST()", "A1:A3") + reader))
    recalculate(path)
    assert shown(path, "C1 D1 E1") == [6, 4, 2]


def test_a_grid_goes_through_operators_aggregates_and_functions_of_ours(tmp_path: Path) -> None:
    formulas = {
        "A1": "SUM(MODEL_LIST())",
        "B1": "SUMPRODUCT(MODEL_LIST()*2)",
        "C1": "INDEX(MODEL_LIST(),2)",
        "D1": "SUM(EXPLAIN(MODEL_LIST()))",
        "E1": "MAX(MODEL_LIST(),1)",
    }
    cells = "".join(f'<c r="{cell}"><f>{formula}</f></c>' for cell, formula in formulas.items())
    path = one_sheet(tmp_path, sheet(cells, array("MODEL_LIST()*10+EXPLAIN(1)", "A2:A4"), '<c r="A3"/>', '<c r="A4"/>'))
    recalculate(path)
    assert shown(path, "A1 B1 C1 D1 E1") == [6, 12, 2, 6, 3]
    assert shown(path, "A2 A3 A4") == [11, 21, 31]


@pytest.mark.parametrize("formula", ["ROUND(MODEL_LIST(),1)", "IF(TRUE,MODEL_LIST())", "SUM(MODEL_LIST()*2)"])
def test_a_grid_where_one_value_belongs_is_refused(formula: str, tmp_path: Path) -> None:
    path = one_sheet(tmp_path, sheet(f'<c r="A1"><f>{formula}</f></c>'))
    with pytest.raises(FileError, match="MODEL_LIST gives a range where a formula has room for one value"):
        recalculate(path)


def test_a_row_where_one_value_belongs_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculating, "call", lambda name, *given: [[1.0, 2.0, 3.0]])
    test_a_grid_where_one_value_belongs_is_refused("ROUND(MODEL_LIST(),1)", tmp_path)


def test_a_grid_of_one_cell_is_one_value(tmp_path: Path) -> None:
    """Excel takes the one value of an array of 1 x 1 wherever it takes a number."""
    path = one_sheet(tmp_path, sheet('<c r="A1"><f>ROUND(PUBLISHED(),1)</f></c>'))
    recalculate(path)
    assert shown(path, "A1") == [7]


# By Microsoft's page of INDEX, a row of 0 is the whole column, a column of 0 the whole row.
@pytest.mark.parametrize("formula", ["INDEX(B1:C2,0,B3)", "INDEX(B1:C2,B3,0)"])
def test_a_native_formula_that_gives_a_range_is_refused(formula: str, tmp_path: Path) -> None:
    path = one_sheet(
        tmp_path, sheet(f'<c r="A1"><f>{formula}</f></c><c r="B1"><v>1</v></c>', "", '<c r="B3"><v>1</v></c>')
    )
    with pytest.raises(FileError, match="S!A1 gives a range where it has room for one value"):
        recalculate(path)


def test_a_range_of_one_cell_is_its_value(tmp_path: Path) -> None:
    cells = '<c r="A1"><f>INDEX(B1:B1,0,B3)</f></c><c r="B1"><v>5</v></c>'
    path = one_sheet(tmp_path, sheet(cells, "", '<c r="B3"><v>1</v></c>'))
    recalculate(path)
    assert shown(path, "A1") == [5]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ('<c r="B1"><f t="array" ref="A1:B1">GPU_LIST()</f></c>', "must be the first cell"),
        ('<c r="A1"><f t="array" ref="A1:XFD1048576">GPU_LIST()</f></c>', "must fill a range"),
        ('<c r="A1"><f t="array">GPU_LIST()</f></c>', "must fill a range"),
        ('<c r="A1"><f t="array" ref="A1:B1">GPU_LIST()</f></c><c r="B1"><f>1</f></c>', "two formulas fill S!B1"),
        ('<c r="A1"><f t="shared" si="3"/></c>', "shares a formula that is not there"),
    ],
)
def test_arrays_that_make_no_sense_are_refused(cells: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=reason):
        recalculate(one_sheet(tmp_path, sheet(cells)))


def test_an_error_that_ends_a_formula_early_fills_its_range(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, sheet(array("EXPLAIN(YEAR(-1))", "A1:A2"), '<c r="A2"/>'))
    recalculate(path)
    assert shown(path, "A1 A2") == ["#NUM!", "#NUM!"]
