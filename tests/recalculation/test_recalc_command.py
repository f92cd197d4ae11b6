"""`napkinxl recalc` as a stranger meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_line import Command, run
from support.engines import stored_values
from support.hand_made_workbook import one_sheet

ROWS = (
    '<row r="1"><c r="A1"><f>_xldudf_XLWINGS_KV_CACHE_GB("Article 32B",200000)</f><v>1</v></c>'
    '<c r="B1"><f>A1*2</f><v>2</v></c><c r="C1"><f>_xldudf_ACME_KV_CACHE_GB("Article 32B",200000)</f><v>3</v></c></row>'
)


@pytest.fixture
def napkinxl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return one_sheet(tmp_path, ROWS)


def test_the_file_itself_is_calculated(napkinxl: Command, book: Path) -> None:
    done = napkinxl("recalc", "book.xlsx")
    assert (done.code, done.err) == (0, "")
    assert done.out == "3 formulas, 1 of them with our functions, 2 values changed: wrote book.xlsx\n"
    assert list(stored_values(book).values()) == [26.2144, 52.4288, 3]


def test_another_file_is_written_and_the_old_one_kept(napkinxl: Command, book: Path) -> None:
    before = book.read_bytes()
    done = napkinxl("recalc", "book.xlsx", "-o", "new.xlsx")
    assert done.out.endswith("wrote new.xlsx\n")
    assert book.read_bytes() == before
    assert stored_values(book.with_name("new.xlsx"))["S", "A1"] == 26.2144


def test_a_namespace_of_ones_own(napkinxl: Command, book: Path) -> None:
    assert "2 of them with our functions" in napkinxl("recalc", "book.xlsx", "--namespace", "Acme").out
    assert stored_values(book)["S", "C1"] == 26.2144


def test_check_writes_nothing_and_says_which_cells_are_stale(napkinxl: Command, book: Path) -> None:
    before = book.read_bytes()
    done = napkinxl("recalc", "book.xlsx", "--check")
    assert done.code == 1
    assert done.out.splitlines() == [
        "S!A1: 1.0 stored, 26.2144 calculated",
        "S!B1: 2.0 stored, 52.4288 calculated",
        "3 formulas, 1 of them with our functions, 2 values changed: book.xlsx is out of date",
    ]
    assert book.read_bytes() == before
    napkinxl("recalc", "book.xlsx")
    done = napkinxl("recalc", "book.xlsx", "--check")
    assert (done.code, done.out.splitlines()[-1].rpartition(": ")[2]) == (0, "book.xlsx is up to date")


def test_check_names_ten_cells(napkinxl: Command, tmp_path: Path) -> None:
    one_sheet(tmp_path, "".join(f'<row r="{n}"><c r="A{n}"><f>{n}</f></c></row>' for n in range(1, 15)))
    lines = napkinxl("recalc", "book.xlsx", "--check").out.splitlines()
    assert lines[0] == "S!A1: no value stored, 1.0 calculated"
    assert lines[10] == "... and 4 more cells"
    assert len(lines) == 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent.xlsx",), "absent.xlsx cannot be read: No such file or directory"),
        (("book.xls",), "a workbook's name must end in .xlsx or .xlsm, got 'book.xls'"),
        (("book.xlsx", "-o", "book.xlsm"), "the result of book.xlsx must end in .xlsx too, got 'book.xlsm'"),
        (("book.xlsx", "--check", "-o", "new.xlsx"), "--check writes nothing: leave out --output"),
        ((), "Missing argument 'WORKBOOK'."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    napkinxl: Command, book: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = napkinxl("recalc", *arguments)
    assert (done.code, done.out, done.err) == (2, "", f"napkinxl: {said}\n")


def test_an_array_without_room_is_a_warning(napkinxl: Command, tmp_path: Path) -> None:
    one_sheet(tmp_path, '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1">GPU_LIST()</f></c></row>')
    done = napkinxl("recalc", "book.xlsx")
    assert done.code == 0
    assert "S!A1 has more values than the file has cells for" in done.err


def test_an_open_workbook_is_not_replaced(napkinxl: Command, book: Path) -> None:
    book.with_name("~$book.xlsx").write_bytes(b"\x02me" + bytes(160))
    before = book.read_bytes()
    done = napkinxl("recalc", "book.xlsx")
    assert done.code == 2
    assert "it is open in Excel" in done.err
    assert book.read_bytes() == before


def test_the_help_shows_examples(napkinxl: Command) -> None:
    assert "napkinxl recalc model.xlsx --check" in napkinxl("recalc", "--help").out
