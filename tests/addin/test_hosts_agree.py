"""500 random calls give the same through Python, xlwings Lite's bundle, LibreOffice Calc and headless recalculation.

Classic xlwings makes the same calls in test_classic_conversion.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from napkinxl_addin.problems import EXCEL_ERRORS
from napkinxl_workbook.recalculation import recalculate
from support.calc_host import calc_cells, needs_calc_functions
from support.call_workbooks import Call, call_workbook
from support.engines import stored_values
from support.pyodide_host import ErrorCell, Raised, run_calls
from support.random_calls import CALLS, differs, expected, random_calls

Answers = Sequence[Any]


def wrong(calls: Sequence[Call], answers: Answers) -> list[Any]:
    return [
        (name, arguments, answer, expected(name, arguments))
        for (name, arguments), answer in zip(calls, answers, strict=True)
        if differs(answer, expected(name, arguments))
    ]


def test_the_calls_are_many_and_of_all_kinds() -> None:
    calls = random_calls()
    answers = [expected(name, arguments) for name, arguments in calls]
    assert len(calls) == CALLS == 500
    assert sum(isinstance(answer, list) for answer in answers) > 100
    assert sum(isinstance(answer, float) for answer in answers) > 50
    cells = [cell for answer in answers for row in (answer if isinstance(answer, list) else [[answer]]) for cell in row]
    assert {"#VALUE!", "#N/A", "#DIV/0!"} <= {cell for cell in cells if isinstance(cell, str)}


def lite_cell(cell: Any) -> Any:
    if isinstance(cell, list):
        return [lite_cell(item) for item in cell]
    if isinstance(cell, str) and cell in EXCEL_ERRORS:
        return ErrorCell(cell)
    return cell


def lite_answer(answer: Any) -> Any:
    """What Excel shows: an exception is #VALUE! with its text, an error cell its code."""
    if isinstance(answer, Raised):
        assert answer.text
        assert "Traceback" not in answer.text
        return "#VALUE!"
    return [[cell.code if isinstance(cell, ErrorCell) else cell for cell in row] for row in answer]


@pytest.mark.slow
def test_lite_in_pyodide() -> None:
    calls = random_calls()
    found = run_calls([(name, [lite_cell(item) for item in arguments]) for name, arguments in calls])
    assert wrong(calls, [lite_answer(answer) for answer in found]) == []


def test_recalculation(tmp_path: Path) -> None:
    calls = random_calls()
    path = tmp_path / "calls.xlsx"
    cells = call_workbook(path, calls, "lite")
    recalculate(path)
    found = stored_values(path) | array_values(path)
    answers = [[[found.get(cell, "") for cell in row] for row in answer] for answer in cells]
    assert wrong(calls, answers) == []


def array_values(path: Path) -> dict[tuple[str, str], Any]:
    """The cells that array formulas fill hold values without a formula."""
    from openpyxl import load_workbook

    sheet = load_workbook(path, data_only=True)["Calls"]
    return {
        ("Calls", cell.coordinate): cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def calc_can(call: Call) -> bool:
    """LibreOffice hands over TRUE as 1, and answers for a range that holds an error without asking us."""
    cells = [cell for item in call[1] for row in (item if isinstance(item, list) else [[item]]) for cell in row]
    return not any(cell is True or (isinstance(cell, str) and cell in EXCEL_ERRORS) for cell in cells)


@pytest.mark.slow
def test_libreoffice_calc(tmp_path: Path) -> None:
    needs_calc_functions()
    calls = [call for call in random_calls() if calc_can(call)]
    assert len(calls) > 350
    path = tmp_path / "calls.xlsx"
    cells = call_workbook(path, calls, "calc", blank='""')
    found = calc_cells(path, tmp_path / "calc")
    # LibreOffice saves an empty text without a value.
    answers = [[[found.get(cell, "") for cell in row] for row in answer] for answer in cells]
    assert wrong(calls, answers) == []


@pytest.mark.slow
@pytest.mark.parametrize("code", ["#DIV/0!", "#N/A"])
def test_calc_passes_on_the_error_of_a_cell(code: str, tmp_path: Path) -> None:
    needs_calc_functions()
    path = tmp_path / "calls.xlsx"
    (((cell,),),) = call_workbook(path, [("KV_CACHE_GB", ["Article 32B", code])], "calc")
    assert calc_cells(path, tmp_path / "calc")[cell] == code
