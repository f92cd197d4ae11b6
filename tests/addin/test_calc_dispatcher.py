"""What LibreOffice delivers and is given back, without LibreOffice: the forms were seen in LibreOffice 7.4."""

from __future__ import annotations

import struct

import pytest

from napkinxl_addin.calc import dispatcher
from napkinxl_addin.calc.dispatcher import answer
from napkinxl_addin.calc.errors import ERROR_CODES, error_number, error_text
from napkinxl_addin.problems import Problem

# LibreOffice's help, "Error Codes in LibreOffice Calc"; #N/A is the largest 16-bit number there.
CODES = {"#NUM!": 503, "#VALUE!": 519, "#NULL!": 521, "#REF!": 524, "#NAME?": 525, "#DIV/0!": 532, "#N/A": 0x7FFF}


def shown(value: object) -> object:
    """A number as the cell shows it: an error where it is one."""
    return error_text(value) or value if isinstance(value, float) else value


def test_errors_are_numbers_with_calcs_codes() -> None:
    assert ERROR_CODES == CODES
    for text, code in CODES.items():
        assert struct.pack(">d", error_number(text)) == bytes([0x7F, 0xF8, 0, 0]) + struct.pack(">I", code)
        assert error_text(error_number(text)) == text
    assert error_text(float("nan")) == error_text(struct.unpack("<d", struct.pack("<Q", 0x7FF8 << 48 | 502))[0])
    assert error_text(float("inf")) is None


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("Article 32B", 200000), 26.2144),  # published: 26.2 GB
        ((0.0, 200000.0), 26.2144),  # =KV_CACHE_GB(;200000): what is left out between others arrives as 0
        ((((0.0,),), 200000), 26.2144),
        ((None, ((200000,),)), 26.2144),
        (("", ""), 26.2144),
        ((None, 0.0), "#VALUE!"),
        ((None, error_number("#DIV/0!")), "#DIV/0!"),
        (("no such model",), "#VALUE!"),
        ((1,) * 9, "#VALUE!"),
        ((object(),), "#VALUE!"),
    ],
)
def test_scalars(arguments: tuple[object, ...], expected: object) -> None:
    assert shown(answer("KV_CACHE_GB", arguments)) == expected


def test_a_range_is_its_size_and_its_cells() -> None:
    contexts = ((200000, error_number("#N/A")), (None, 20000.0))
    found = answer("KV_CACHE_GB", (None, contexts))
    assert isinstance(found, tuple)
    assert found[:2] == (2, 2)
    assert [shown(cell) for cell in found[2:]] == [26.2144, "#N/A", 26.2144, 2.62144]


def test_a_whole_column_ends_at_its_last_used_row() -> None:
    column = ((200000,), (20000,), *(((None,),) * 1_048_574))
    assert answer("KV_CACHE_GB", (None, column)) == (2, 1, 26.2144, 2.62144)
    names = (("Article 32B",), *(((None,),) * 1_048_575))
    assert answer("KV_CACHE_GB", (names, column)) == (2, 1, 26.2144, 2.62144)
    assert shown(answer("KV_CACHE_GB", (((None,),) * 1_048_576, 200000))) == 26.2144


def test_an_empty_cell_of_an_answer_is_an_empty_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the other hosts show it: nothing, not the number 0."""
    monkeypatch.setattr(dispatcher, "call", lambda *_: [[1.0, None], [Problem("#N/A", ""), float("nan")]])
    found = answer("NAPKIN", ())
    assert isinstance(found, tuple)
    assert [shown(cell) for cell in found] == [2, 2, 1.0, "", "#N/A", "#N/A"]


def test_an_unexpected_error_is_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> float:
        raise RuntimeError("never seen")

    monkeypatch.setattr(dispatcher, "call", broken)
    assert shown(answer("KV_CACHE_GB", ())) == "#VALUE!"
    assert shown(answer("NO_SUCH_FUNCTION", ())) == "#VALUE!"
