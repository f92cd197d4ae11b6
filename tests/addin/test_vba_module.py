"""The text of the Visual Basic module: every function, its arguments, and lines that VBA takes."""

from __future__ import annotations

import re

import pytest

from napkinxl_addin.functions import FUNCTIONS, Function
from napkinxl_addin.problems import EXCEL_ERRORS
from napkinxl_addin.vba_module import ERROR_NUMBERS, MODULE_NAME, vba_module

TEXT = vba_module()


def test_every_function_has_its_wrapper() -> None:
    found = re.findall(
        r'^Public Function (\w+)\((.*)\)\n    (\w+) = NxlCall\("(\w+)", Array\((.*)\)\)\nEnd Function$',
        TEXT,
        re.MULTILINE,
    )
    assert [item[0] for item in found] == list(FUNCTIONS)
    for name, parameters, assigned, called, values in found:
        names = [argument.name for argument in FUNCTIONS[name].arguments]
        assert assigned == name
        assert called == FUNCTIONS[name].name
        assert parameters == ", ".join(f"Optional {item}" for item in names)
        assert values == ", ".join(f"NxlValue({item})" for item in names)


def test_every_error_is_turned_into_a_true_one() -> None:
    """CVErr's numbers as Microsoft lists them (XlCVError)."""
    listed = {
        "#NULL!": 2000,
        "#DIV/0!": 2007,
        "#VALUE!": 2015,
        "#REF!": 2023,
        "#NAME?": 2029,
        "#NUM!": 2036,
        "#N/A": 2042,
    }
    assert listed == ERROR_NUMBERS
    assert set(ERROR_NUMBERS) == EXCEL_ERRORS
    assert all(f'Case "{code}": NxlCell = CVErr({number})' in TEXT for code, number in listed.items())


def test_cells_are_handed_over_in_full_and_only_error_texts_are_turned() -> None:
    """Value rounds currency cells; what is left out is nothing, not an error; other texts stay texts."""
    assert "NxlValue = NxlUsed(argument).Value2\n" in TEXT
    assert re.search(r"\.Value\b(?!2)", TEXT) is None
    assert "If IsMissing(argument) Then Exit Function '" in TEXT
    assert "If VarType(cell) <> vbString Then Exit Function\n" in TEXT


def test_vba_can_take_it() -> None:
    lines = TEXT.splitlines()
    assert lines[0] == f'Attribute VB_Name = "{MODULE_NAME}"'
    assert max(map(len, lines)) < 1024
    assert TEXT.encode("cp1252")
    runs = re.findall(r"(?:^.* _\n)+", TEXT, re.MULTILINE)
    assert max(run.count("\n") for run in runs) <= 24  # line continuations in a row
    procedures = re.split(r"^(?:Public|Private) (?:Function|Sub) ", TEXT, flags=re.MULTILINE)
    assert max(map(len, procedures)) < 64_000
    assert TEXT.count('"') % 2 == 0


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_the_function_wizard_gets_its_help(function: Function) -> None:
    start = TEXT.index(f'Application.MacroOptions Macro:="{function.excel_name}",')
    text = TEXT[start:].split("Application.MacroOptions", 2)[1]
    for words in (function.summary, function.category, *(argument.help for argument in function.arguments)):
        assert words.replace('"', '""') in text
