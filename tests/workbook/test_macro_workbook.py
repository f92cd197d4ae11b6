"""A finished workbook gains a VBA project, and nothing else in it changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from napkinxl import default_scenarios
from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.macro_workbook import sheet_code_names, with_macros
from napkinxl_workbook.files.vba_project.project import add_modules
from napkinxl_workbook.files.vba_project.source import standalone_project
from napkinxl_workbook.files.xml_edits import read_tags
from support.libreoffice import needs_libreoffice, recalculate
from support.report_files import write
from support.sample_workbook import full_workbook, one_sheet, part, written
from support.validator import needs_validator, validate
from support.vba_reader import macros
from support.xlsx_lint import lint
from support.xlsx_package import MAIN, RELATION_ID

PROJECT = add_modules(
    standalone_project(), {"Notes": "Function TWICE_OF(x)\nTWICE_OF = 2 * x\nEnd Function"}, ["Sheet3"]
)
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
PROJECT_PART = "xl/vbaProject.bin"
CHANGED = {TYPES, RELATIONS, "xl/workbook.xml", *(f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))}


def plain_workbook() -> bytes:
    """Three sheets, the second in another place than its number says, the third with a coloured tab."""
    workbook, sheet = one_sheet("=1+1")
    sheet["B1"] = "<sheetPr codeName='no'/> & more"
    workbook.create_sheet("Costs & users").sheet_properties.tabColor = "FF1F4E79"
    workbook.create_sheet("Landscape").page_setup.fitToHeight = False
    workbook.move_sheet("Landscape", -1)
    return written(workbook, {("Calc", "A1"): 2.0})


PLAIN = plain_workbook()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(old: str, new: str, name: str) -> bytes:
    """The plain workbook with one text replaced in one part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part_name, content in parts(PLAIN).items():
            text = content.decode().replace(" />", "/>")  # with and without lxml openpyxl writes the one or the other
            assert part_name != name or old in text
            archive.writestr(part_name, text.replace(old, new) if part_name == name else text)
    return stream.getvalue()


def test_the_package_declares_and_links_the_project() -> None:
    book = with_macros(PLAIN, PROJECT)
    assert parts(book)[PROJECT_PART] == PROJECT
    types = {element.get("PartName"): element.get("ContentType") for element in part(book, TYPES)}
    assert types["/xl/workbook.xml"] == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert types[f"/{PROJECT_PART}"] == "application/vnd.ms-office.vbaProject"
    links = list(part(book, RELATIONS))
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    assert [link.get("Target") for link in links if link.get("Type") == kind] == ["vbaProject.bin"]
    assert len({link.get("Id") for link in links}) == len(links) == len(part(PLAIN, RELATIONS)) + 1


def test_sheets_get_code_names_in_the_order_of_the_tabs() -> None:
    book = with_macros(PLAIN, PROJECT)
    workbook = part(book, "xl/workbook.xml")
    properties = workbook.find(f"{MAIN}workbookPr")
    assert properties is not None
    assert properties.get("codeName") == "ThisWorkbook"
    targets = {link.get("Id"): link.get("Target", "") for link in part(book, RELATIONS)}
    found = {}
    for sheet in workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        first = part(book, targets[sheet.get(RELATION_ID)].lstrip("/"))[0]
        assert first.tag == f"{MAIN}sheetPr"
        found[sheet.get("name")] = first.get("codeName")
    assert found == {"Calc": "Sheet1", "Landscape": "Sheet2", "Costs & users": "Sheet3"}


def test_the_parts_gain_a_few_attributes_and_lines_and_nothing_else_changes() -> None:
    old, new = parts(PLAIN), parts(with_macros(PLAIN, PROJECT))
    assert list(new) == [*old, PROJECT_PART]
    assert {name for name in old if new[name] != old[name]} == CHANGED
    for name in CHANGED - {TYPES}:
        assert without_additions(new[name]) == old[name].decode()
    assert new[TYPES].count(b"<Override") == old[TYPES].count(b"<Override") + 1


def without_additions(content: bytes) -> str:
    text = content.decode()
    for name in ("ThisWorkbook", *sheet_code_names(3)):
        text = text.replace(f' codeName="{name}"', "")
    head, found, tail = text.partition('<Relationship Id="rId')
    return head + tail.partition("/>")[2] if found and 'Target="vbaProject.bin"/>' in tail else text


def test_the_archive_is_reproducible() -> None:
    book = with_macros(PLAIN, PROJECT)
    assert book == with_macros(PLAIN, PROJECT)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sheetPr>", "<sheetPr codeName = 'Old &quot;' filterMode=\"0\">"),
        ('<sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr/></sheetPr>', ""),
        (
            '<sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr/></sheetPr>',
            "\n<!-- <sheetPr> --><sheetPr/>",
        ),
        ("<worksheet ", "\ufeff<worksheet "),
        ("<worksheet ", '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet a:b="1>2" xmlns:a="urn:a" '),
    ],
    ids=["another code name", "no properties", "empty properties", "byte order mark", "declaration"],
)
def test_other_ways_to_write_a_sheet(old: str, new: str) -> None:
    book = with_macros(changed(old, new, "xl/worksheets/sheet1.xml"), PROJECT)
    first = part(book, "xl/worksheets/sheet1.xml")[0]
    assert (first.tag, first.get("codeName")) == (f"{MAIN}sheetPr", "Sheet1")


def test_a_sheet_whose_elements_have_a_prefix() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN[1:-1]}"><x:sheetData/></x:worksheet>',
        f'<x:worksheet xmlns:x="{MAIN[1:-1]}"><x:sheetPr codeName="Sheet1"/><x:sheetData/></x:worksheet>',
    )
    plain = parts(PLAIN)["xl/worksheets/sheet1.xml"].decode().replace(" />", "/>")
    book = with_macros(changed(plain, sheet[0], "xl/worksheets/sheet1.xml"), PROJECT)
    assert parts(book)["xl/worksheets/sheet1.xml"].decode() == sheet[1]


def test_the_file_passes_the_lint_and_openpyxl_keeps_its_macros(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsm"
    path.write_bytes(with_macros(PLAIN, PROJECT))
    assert lint(path) == []
    book: Any = load_workbook(path, keep_vba=True)
    assert [sheet.sheet_properties.codeName for sheet in book] == sheet_code_names(3)
    assert book.code_name == "ThisWorkbook"
    assert list(macros(path.read_bytes()).items())[-1] == (
        "Notes",
        'Attribute VB_Name = "Notes"\r\nFunction TWICE_OF(x)\r\nTWICE_OF = 2 * x\r\nEnd Function\r\n',
    )
    book.vba_archive.close()  # openpyxl leaves it open


@pytest.mark.slow
def test_the_file_passes_the_validator(tmp_path: Path) -> None:
    needs_validator()
    path = tmp_path / "book.xlsm"
    path.write_bytes(with_macros(PLAIN, PROJECT))
    assert validate(path) == []


@pytest.mark.slow
def test_a_report_with_macros_passes_the_lint_and_the_validator(tmp_path: Path) -> None:
    needs_validator()
    plain, path = tmp_path / "report.xlsx", tmp_path / "report.xlsm"
    write(plain, default_scenarios())
    count = len(load_workbook(plain).sheetnames)
    path.write_bytes(with_macros(plain.read_bytes(), add_modules(standalone_project(), {}, sheet_code_names(count))))
    assert lint(path) == []
    assert validate(path) == []


@pytest.mark.slow
def test_libreoffice_loads_it(tmp_path: Path) -> None:
    needs_libreoffice()
    path = tmp_path / "book.xlsm"
    path.write_bytes(with_macros(PLAIN, PROJECT))
    book = load_workbook(recalculate(path, tmp_path / "out"), data_only=True)
    assert book.sheetnames == ["Calc", "Landscape", "Costs & users"]
    assert book["Calc"]["A1"].value == 2


def refusal(workbook: bytes, project: bytes = PROJECT) -> str:
    with pytest.raises((InputError, FileError)) as caught:
        with_macros(workbook, project)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_workbook_with_macros_is_refused() -> None:
    assert "must have none yet" in refusal(with_macros(PLAIN, PROJECT))


def test_a_chart_sheet_is_refused() -> None:
    assert "sheets of cells only, got 'Chart'" in refusal(written(*full_workbook()))


def test_a_project_without_a_module_for_a_sheet_is_refused() -> None:
    assert "got none for Sheet3" in refusal(PLAIN, standalone_project())


def test_a_damaged_project_is_refused() -> None:
    assert "compound file" in refusal(PLAIN, b"")


def test_other_files_are_refused() -> None:
    assert "must be an .xlsx file" in refusal(b"")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(TYPES, "<Types/>")
    assert "must have a part xl/workbook.xml" in refusal(stream.getvalue())


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (TYPES, "sheet.main+xml", "template.main+xml", "must be an .xlsx, got"),
        (TYPES, 'PartName="/xl/workbook.xml"', 'PartName="/xl/book.xml"', "must name xl/workbook.xml once, got 0"),
        ("xl/workbook.xml", "<workbookPr/>", "", "must name workbookPr once, got 0"),
        ("xl/workbook.xml", "<workbookPr/>", "<workbookPr/><workbookPr/>", "must name workbookPr once, got 2"),
        ("xl/workbook.xml", "</workbook>", "", "xl/workbook.xml must be XML in UTF-8"),
        ("xl/worksheets/sheet1.xml", "worksheet", "dialogsheet", "xl/worksheets/sheet1.xml must be a worksheet"),
    ],
)
def test_unknown_xml_is_refused(name: str, old: str, new: str, message: str) -> None:
    assert message in refusal(changed(old, new, name))


def test_text_in_another_encoding_is_refused() -> None:
    with pytest.raises(FileError, match="must be XML in UTF-8"):
        read_tags("<a/>".encode("utf-16"), "a.xml", 0)


def test_a_single_sheet_may_leave_modules_over() -> None:
    workbook = Workbook()
    stream = io.BytesIO()
    workbook.save(stream)
    assert part(with_macros(stream.getvalue(), PROJECT), "xl/worksheets/sheet1.xml")[0].get("codeName") == "Sheet1"
