"""A saved workbook shows its figures without being calculated, is valid, and comes out the same each time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.stored_values import CellValue
from support.engines import differences, ironcalc_values, libreoffice_values, stored_values
from support.libreoffice import needs_libreoffice
from support.sample_workbook import CREATED, TITLE, Values, full_workbook, one_sheet, part, written
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

SHEET: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def stored_cell(value: CellValue) -> tuple[str | None, str | None]:
    """The type and the text with which one value is stored."""
    workbook, _ = one_sheet("=1+1")
    tree = part(written(workbook, {("Calc", "A1"): value}), "xl/worksheets/sheet1.xml")
    cell = next(tree.iter(f"{SHEET}c"))
    assert cell.findtext(f"{SHEET}f") == "1+1"
    return cell.get("t"), cell.findtext(f"{SHEET}v")


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (42, (None, "42")),
        (0.1, (None, "0.1")),
        (1 / 3, (None, "0.3333333333333333")),
        (1e300, (None, "1e+300")),
        (2.0**53, (None, "9007199254740992.0")),
        (-0.0, (None, "0")),
        (True, ("b", "1")),
        (False, ("b", "0")),
        ("memory", ("str", "memory")),
        ("", ("str", None)),
        ("a<b & c", ("str", "a<b & c")),
        ("bell\x07", ("str", "bell")),
        (float("nan"), ("e", "#N/A")),
        (None, ("e", "#N/A")),
        (float("inf"), ("e", "#NUM!")),
        (float("-inf"), ("e", "#NUM!")),
        ("#DIV/0!", ("e", "#DIV/0!")),
        ("#1 choice", ("str", "#1 choice")),
    ],
)
def test_each_kind_of_value(value: CellValue, stored: tuple[str | None, str | None]) -> None:
    kind, text = stored_cell(value)
    assert (kind, text or None) == stored


def test_a_numpy_number_is_a_number() -> None:
    numpy = pytest.importorskip("numpy")
    assert stored_cell(numpy.float64(0.5)) == (None, "0.5")
    assert stored_cell(numpy.int64(7)) == (None, "7")


def test_a_value_of_another_kind_is_refused() -> None:
    wrong: Any = CREATED
    with pytest.raises(InputError, match=r"value of Calc!A1 must be a number, .* got datetime"):
        stored_cell(wrong)


def test_openpyxl_reads_the_values_back() -> None:
    workbook, values = full_workbook()
    sheet = openpyxl.load_workbook(io.BytesIO(written(workbook, values)), data_only=True)[TITLE]
    found = [sheet[coordinate].value for _, coordinate in values]
    assert found == [50, 1000 / 45, "#N/A", "Best: B200", True, "#DIV/0!", 0, 2434, 40]


def test_formulas_keep_their_text_style_and_link() -> None:
    workbook, values = full_workbook()
    sheet = openpyxl.load_workbook(io.BytesIO(written(workbook, values)))[TITLE]
    original = workbook[TITLE]
    for _, coordinate in values.keys() - {(TITLE, "E5")}:
        assert sheet[coordinate].value == original[coordinate].value
        assert repr(sheet[coordinate].font) == repr(original[coordinate].font)
        assert sheet[coordinate].number_format == original[coordinate].number_format
    assert (sheet["E5"].value.ref, sheet["E5"].value.text) == ("E5", "=SUM(B2:B4*B2:B4)")
    assert sheet["E4"].hyperlink.target == "https://example.org/"
    assert sheet["E2"].comment.text == "A check"


@pytest.mark.parametrize(
    ("formulas", "message"),
    [(["=1"], "got none for Calc!A1"), (["=1", "=2", "=3"], "got none for Calc!A1 and 2 more")],
)
def test_a_formula_without_a_value_is_refused(tmp_path: Path, formulas: list[str], message: str) -> None:
    workbook, _ = one_sheet(*formulas)
    with pytest.raises(InputError, match=f"every formula cell must have a value, {message}$"):
        write_workbook(workbook, tmp_path / "report.xlsx", {("Other", "A1"): 1}, created=CREATED)
    assert list(tmp_path.iterdir()) == []


def test_every_cell_that_an_array_formula_fills_must_have_a_value() -> None:
    workbook, sheet = one_sheet()
    sheet["B1"] = ArrayFormula("B1:B3", "=A1:A3*2")
    with pytest.raises(InputError, match="got none for Calc!B2 and 1 more"):
        written(workbook, {("Calc", "B1"): 1})


def test_cells_that_an_array_formula_fills_hold_its_values() -> None:
    workbook, sheet = one_sheet()
    sheet["B1"] = ArrayFormula("B1:B3", "=TEXTS()")
    sheet["B2"], sheet["B3"] = "old", 1
    content = written(workbook, {("Calc", "B1"): "one", ("Calc", "B2"): "two", ("Calc", "B3"): float("nan")})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="B2" t="str"><v>two</v></c>' in xml
    assert '<c r="B3" t="e"><v>#N/A</v></c>' in xml


def test_a_data_table_is_refused() -> None:
    workbook, sheet = one_sheet()
    sheet["B1"] = DataTableFormula("B1:B3", dt2D=True, r1="A1", r2="A2")
    with pytest.raises(InputError, match=r"data table .* got one in Calc!B1"):
        written(workbook, {("Calc", "B1"): 1})


def test_workbooks_that_would_lose_something_are_refused() -> None:
    with pytest.raises(InputError, match="write-only"):
        written(Workbook(write_only=True), {})
    workbook, _ = one_sheet()
    workbook.vba_archive = zipfile.ZipFile(io.BytesIO(), "w")
    with pytest.raises(InputError, match="macros"):
        written(workbook, {})
    workbook.vba_archive.close()


def test_a_path_is_written_safely(tmp_path: Path) -> None:
    workbook, values = full_workbook()
    path = tmp_path / "report.xlsx"
    write_workbook(workbook, str(path), values, created=CREATED)
    assert path.read_bytes() == written(workbook, values)
    (tmp_path / "~$report.xlsx").write_bytes(b"\x05Alice")
    with pytest.raises(FileError, match="open in Excel by Alice"):
        write_workbook(workbook, path, values, created=CREATED)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must end in \.xlsx, got 'report\.xls'"):
        write_workbook(Workbook(), tmp_path / "report.xls", {}, created=CREATED)


def test_the_same_input_gives_the_same_bytes() -> None:
    one, values = full_workbook()
    other, _ = full_workbook()
    assert written(one, values) == written(one, values) == written(other, values)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str) -> None:
    code = "import test_cached_values as t; print(t.digest_of_full_workbook())"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest_of_full_workbook()


def digest_of_full_workbook() -> str:
    return hashlib.sha256(written(*full_workbook())).hexdigest()


@pytest.mark.parametrize(
    ("created", "stored"),
    [
        (CREATED, "2026-01-02T03:04:05Z"),
        (CREATED.replace(tzinfo=UTC, microsecond=9), "2026-01-02T03:04:05Z"),
        (CREATED.replace(tzinfo=timezone(timedelta(hours=2))), "2026-01-02T01:04:05Z"),
    ],
)
def test_the_dates_are_those_given(created: datetime, stored: str) -> None:
    workbook, _ = one_sheet()
    before = workbook.properties.created, workbook.properties.modified
    content = written(workbook, {}, created)
    core = part(content, "docProps/core.xml")
    assert [core.findtext(f"{{http://purl.org/dc/terms/}}{name}") for name in ("created", "modified")] == [stored] * 2
    assert (workbook.properties.created, workbook.properties.modified) == before
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_excel_is_not_told_to_calculate_on_opening() -> None:
    workbook, _ = one_sheet()
    calculation = part(written(workbook, {}), "xl/workbook.xml").find(f"{SHEET}calcPr")
    assert calculation is not None
    assert calculation.attrib == {"calcId": "191029"}


def test_openpyxl_itself_stays_as_it_was() -> None:
    order, properties = Font.__elements__, Workbook().calculation.fullCalcOnLoad
    written(*full_workbook())
    assert (Font.__elements__, Workbook().calculation.fullCalcOnLoad) == (order, properties)
    workbook, _ = one_sheet("=1")
    workbook.save(stream := io.BytesIO())
    assert openpyxl.load_workbook(stream, data_only=True)["Calc"]["A1"].value is None


def test_comments_are_linked_relatively() -> None:
    relations = part(written(*full_workbook()), "xl/worksheets/_rels/sheet1.xml.rels")
    targets = [relation.get("Target") for relation in relations if relation.get("Type", "").endswith("/comments")]
    assert targets == ["../comments/comment1.xml"]


@pytest.fixture
def full_file(tmp_path: Path) -> tuple[Path, Values]:
    workbook, values = full_workbook()
    path = tmp_path / "full.xlsx"
    write_workbook(workbook, path, values, created=CREATED)
    return path, {**values, (TITLE, "C4"): "#N/A"}


def test_the_file_passes_the_lint(full_file: tuple[Path, Values]) -> None:
    assert lint(full_file[0]) == []


@pytest.mark.slow
def test_the_file_is_valid_for_the_open_xml_sdk(full_file: tuple[Path, Values]) -> None:
    needs_validator()
    assert validate(full_file[0]) == []


def test_ironcalc_computes_what_is_stored(full_file: tuple[Path, Values]) -> None:
    path, values = full_file
    assert differences(values, ironcalc_values(path)) == []
    assert stored_values(path).keys() == values.keys()


@pytest.mark.slow
def test_libreoffice_computes_what_is_stored(full_file: tuple[Path, Values], tmp_path: Path) -> None:
    needs_libreoffice()
    path, values = full_file
    assert differences(values, libreoffice_values(path, tmp_path)) == []
