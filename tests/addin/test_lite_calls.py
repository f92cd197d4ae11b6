"""The functions in Pyodide, called as Excel's browser engine calls them, with a stand-in for xlwings."""

from __future__ import annotations

from typing import Any

import pytest

from napkinxl_addin.functions import FUNCTIONS, LONGEST_HELP
from support.lite_cases import CASES
from support.pyodide_host import ErrorCell, Raised, Session, run_session

NAMES = [*CASES]


@pytest.fixture(scope="module")
def session() -> Session:
    everything: list[tuple[str, list[Any]]] = [(name, []) for name in FUNCTIONS]
    return run_session([*[(name, arguments) for name, arguments, _ in CASES.values()], *everything])


@pytest.mark.slow
@pytest.mark.parametrize("case", NAMES)
def test_a_call_gives_what_excel_shows(session: Session, case: str) -> None:
    assert session.answers[NAMES.index(case)] == CASES[case][2]


@pytest.mark.slow
def test_every_function_answers_without_arguments(session: Session) -> None:
    answers = dict(zip(FUNCTIONS, session.answers[len(CASES) :], strict=True))
    # EXPLAIN is the only one that needs to be told something.
    assert {name for name, answer in answers.items() if isinstance(answer, Raised)} <= {"EXPLAIN"}
    for answer in answers.values():
        assert isinstance(answer, Raised) or all(isinstance(cell, _CELLS) for row in answer for cell in row)
        assert not isinstance(answer, Raised) or answer.kind == "XlwingsError"


_CELLS = (int, float, str, bool, ErrorCell)


@pytest.mark.slow
def test_lists_spill_as_columns(session: Session) -> None:
    column = session.answers[len(CASES) + [*FUNCTIONS].index("GPU_LIST")]
    assert isinstance(column, list)
    assert ["H100 SXM"] in column
    assert {len(row) for row in column} == {1}


@pytest.mark.slow
def test_excel_is_told_every_function(session: Session) -> None:
    told = {item["name"]: item for item in session.functions}
    assert told.keys() == FUNCTIONS.keys()
    for name, function in FUNCTIONS.items():
        assert [item["name"] for item in told[name]["parameters"]] == [item.name for item in function.arguments]
        texts = [told[name]["description"], *(item["description"] for item in told[name]["parameters"])]
        assert all(0 < len(text) <= LONGEST_HELP for text in texts), name
        assert all(item["optional"] for item in told[name]["parameters"]), name


@pytest.mark.slow
def test_nothing_but_the_standard_library_is_loaded(session: Session) -> None:
    assert not {"numpy", "pandas", "pydantic", "openpyxl"} & {name.partition(".")[0] for name in session.modules}
    assert "napkinxl_addin.udfs" in session.modules
