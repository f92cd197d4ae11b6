"""Files that are broken or meant to harm are refused in one line, fast, and left as they are."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation import recalculate
from napkinxl_workbook.recalculation.archive import MOST_PARTS
from support.engines import stored_values
from support.hand_made_workbook import MAIN, one_sheet, sheet_xml, workbook

CELL = '<row r="1"><c r="A1"><f>GPU_LIST()</f></c></row>'


def refusal(path: Path) -> str:
    before = path.read_bytes()
    began = time.perf_counter()
    with pytest.raises(FileError) as caught:
        recalculate(path)
    assert time.perf_counter() - began < 5
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def added(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def truncated(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


def damaged(path: Path) -> Path:
    content = bytearray(path.read_bytes())
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[at : at + 30] = bytes(30)
    path.write_bytes(content)
    return path


def replaced(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def with_sheet(path: Path, sheet: str | bytes) -> Path:
    return workbook(path, {"S": sheet})


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: replaced(path, b""), "no whole zip file"),
        (lambda path: replaced(path, b"plain text"), "no whole zip file"),
        (lambda path: replaced(path, b"PK\x03\x04" + bytes(100)), "no whole zip file"),
        (lambda path: replaced(path, bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)), "encrypted or an old .xls"),
        (truncated, "no whole zip file"),
        (damaged, "no whole zip file"),
        (lambda path: added(path, "bomb.bin", bytes(64 * 1024**2)), "unfolds .*-fold, allowed is 200"),
        (lambda path: added(path, "xl/worksheets/sheet1.xml", b"<a/>"), "is there twice"),
        (lambda path: added(path, "XL/workbook.XML", b"<a/>"), "is there twice"),
        (lambda path: added(path, "../outside", b""), "a name within the file"),
        (lambda path: added(path, "/etc/passwd", b""), "a name within the file"),
        (lambda path: added(path, "a/../../b", b""), "a name within the file"),
    ],
)
def test_a_zip_that_is_no_workbook(spoil: Callable[[Path], Path], reason: str, tmp_path: Path) -> None:
    said = refusal(spoil(one_sheet(tmp_path, CELL)))
    assert re.search(reason, said), said


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(str(number), b"")
    assert "at most 10,000 parts, got 10,001" in refusal(path)


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (f'<!DOCTYPE a [<!ENTITY b "c">]>{sheet_xml(CELL).partition("?>")[2]}', "has a document type"),
        ('<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "has a document type"),
        (sheet_xml(CELL)[:-9], "not well-formed"),
        (sheet_xml(CELL).replace("</c>", "</d>"), "not well-formed"),
        (sheet_xml('<row r="1"><c r="A1"/><c r="A1"/></row>'), "the cell A1 is there twice"),
        (sheet_xml('<row r="1"><c r="A2"/></row>'), "must have a place such as B1, got 'A2'"),
        (sheet_xml('<row r="1"><c r="A1:B1"/></row>'), "must have a place"),
        (sheet_xml('<row r="0"><c r="A0"/></row>'), "a row must have a number, got '0'"),
        (sheet_xml('<row r="1e3"/>'), "a row must have a number"),
        (sheet_xml('<row r="1048577"/>'), "a row must have a number"),
        (sheet_xml(f'{CELL}<row r="2"><c r="B2"><v>many</v></c></row>'), "S!B2 holds 'many'"),
        (sheet_xml(f'{CELL}<row r="2"><c r="B2" t="s"><v>0</v></c></row>'), "S!B2 holds '0' as type 's'"),
        (sheet_xml(f'{CELL}<row r="2"><c r="B2" t="d"><v>soon</v></c></row>'), "S!B2 holds 'soon'"),
        (sheet_xml(CELL).encode("utf-16-le")[:-1], "must be in UTF-8 or UTF-16"),
        (sheet_xml(CELL).encode() + b"<!-- \xff -->", "must be in UTF-8 or UTF-16"),
        (sheet_xml(CELL).replace("UTF-8", "ISO-8859-1"), "must be in UTF-8 or UTF-16, got 'ISO-8859-1'"),
    ],
)
def test_a_sheet_that_cannot_be_read(sheet: str | bytes, reason: str, tmp_path: Path) -> None:
    assert reason in refusal(with_sheet(tmp_path / "book.xlsx", sheet))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "_rels/.rels"]
)
def test_a_document_type_in_any_part_that_is_read(part: str, tmp_path: Path) -> None:
    entity = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]><lolz>&b;</lolz>'
    path = workbook(tmp_path / "book.xlsx", {"S": sheet_xml(CELL)}, {part: entity})
    assert f"the part {part} has a document type" in refusal(path)


@pytest.mark.parametrize("gone", ["xl/workbook.xml", "_rels/.rels", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_missing(gone: str, tmp_path: Path) -> None:
    whole = one_sheet(tmp_path, CELL)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != gone}
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "missing" in (said := refusal(whole)) or "has no workbook part" in said


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: No such file"):
        recalculate(tmp_path / "absent.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(FileError, match="cannot be read: Is a directory"):
        recalculate(tmp_path / "folder.xlsx")


def test_many_shared_texts_are_no_trouble(tmp_path: Path) -> None:
    texts = "".join(f"<si><t>text {number} {number * 7919}</t></si>" for number in range(200_000))
    row = '<row r="1"><c r="A1" t="s"><v>199999</v></c><c r="B1"><f>A1&amp;"!"</f></c></row>'
    path = workbook(
        tmp_path / "book.xlsx", {"S": sheet_xml(row)}, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>'}
    )
    began = time.perf_counter()
    recalculate(path)
    assert time.perf_counter() - began < 10
    assert stored_values(path)["S", "B1"] == f"text 199999 {199999 * 7919}!"


def test_formulas_that_would_fill_the_memory(tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{column}1"><f t="array" ref="{column}1:{column}1048576">1</f></c>' for column in ("A", "B", "C")
    )
    assert "must fill at most 2,097,152 cells" in refusal(one_sheet(tmp_path, f'<row r="1">{cells}</row>'))


def test_names_that_unfold_without_end(tmp_path: Path) -> None:
    names = "".join(f'<definedName name="n{n}">n{n + 1}+n{n + 1}</definedName>' for n in range(40))
    rows = '<row r="1"><c r="A1"><f>n0</f></c></row>'
    assert "S!A1 uses" in refusal(one_sheet(tmp_path, rows, names=f"<definedNames>{names}</definedNames>"))
