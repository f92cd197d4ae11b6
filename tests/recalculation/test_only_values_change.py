"""Of a user's file only values change: every other part is the same, and every other byte of a sheet."""

from __future__ import annotations

import math
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.worksheet.datavalidation import DataValidation

from napkinxl.errors import InputError
from napkinxl_workbook.recalculation import recalculate
from support.hand_made_workbook import (
    calculated,
    one_sheet,
    parts_of,
    recalculated_sheet,
    sheet_xml,
    without_values,
    workbook,
)

# The article prints 26.2 GB for 200,000 tokens of its 32B model.
KV = '_xldudf_KV_CACHE_GB("Article 32B",200000)'
KV_GB = 26.2144


def rich_workbook(folder: Path) -> Path:
    book = Workbook()
    sheet: Any = book.active
    scale: Any = ColorScaleRule
    sheet.title = "Model & more"
    sheet["A1"], sheet["A2"], sheet["A3"] = f"={KV}", "=A1*2", '=IF(A2>50,"<big> & bold","small")'
    sheet["A4"] = " spaces  stay "
    sheet["A1"].comment = Comment("why", "me")
    sheet["A2"].number_format = "0.00"
    sheet.conditional_formatting.add("A1:A2", scale("min", None, "FF0000", "max", None, "00FF00"))
    validation = DataValidation("list", formula1='"a,b"')
    sheet.add_data_validation(validation)
    validation.add("B1")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "D2")
    book.create_sheet("Untouched")["A1"] = 1
    path = folder / "rich.xlsm"
    book.save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/vbaProject.bin", bytes(range(256)) * 20)
        archive.writestr("xl/calcChain.xml", "<calcChain>stale</calcChain>")
        archive.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + bytes(500), zipfile.ZIP_STORED)
        archive.writestr("custom/unknown.dat", b"\0\xff not xml")
        archive.comment = b"kept"
    return path


def test_other_parts_are_the_same_and_sheets_but_for_values(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    before = parts_of(path)
    found = recalculate(path, tmp_path / "out.xlsm")
    after = parts_of(tmp_path / "out.xlsm")
    assert path.read_bytes() != (tmp_path / "out.xlsm").read_bytes()
    assert list(after) == list(before)
    assert len(after) > 12
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["xl/worksheets/sheet1.xml"]
    old, new = before[changed[0]].decode(), after[changed[0]].decode()
    assert without_values(new) == without_values(old)
    assert without_values(new) != new
    assert (found.formulas, found.function_cells, found.calculated, len(found.changes)) == (3, 1, 3, 3)
    values = load_workbook(tmp_path / "out.xlsm", data_only=True)["Model & more"]
    assert [values[f"A{row}"].value for row in range(1, 5)] == [KV_GB, 2 * KV_GB, "<big> & bold", " spaces  stay "]


def test_the_zip_keeps_its_order_dates_and_comment(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    recalculate(path, tmp_path / "out.xlsm")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "out.xlsm") as new:
        assert new.comment == b"kept"
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            assert (one.filename, one.date_time, one.compress_type) == (
                other.filename,
                other.date_time,
                other.compress_type,
            )


def test_a_second_run_changes_nothing_and_leaves_the_file_alone(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    assert len(recalculate(path).changes) == 3
    content, moment = path.read_bytes(), path.stat().st_mtime_ns
    assert recalculate(path).changes == ()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, moment)


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    content = path.read_bytes()
    found = recalculate(path, tmp_path / "out.xlsm", write=False)
    assert (found.changes[0].cell, found.changes[0].before) == ("Model & more!A1", None)
    assert path.read_bytes() == content
    assert not (tmp_path / "out.xlsm").exists()


# How a cell stands in the file, and how it must stand afterwards; the formula is =26.2144 spelled with our function.
CELLS = {
    "no value": ("<c r='A1' s='2'>{f}</c>", "<c r='A1' s='2'>{f}<v>{v}</v></c>"),
    "openpyxl": ('<c r="A1">{f}<v/></c>', '<c r="A1">{f}<v>{v}</v></c>'),
    "spaced": ('<c r="A1" >{f}<v /></c >', '<c r="A1" >{f}<v>{v}</v></c >'),
    "text": ('<c r="A1" t="str" cm="1">{f}<v>old</v></c>', '<c r="A1" cm="1">{f}<v>{v}</v></c>'),
    "error": ("<c\n t = 'e'\n r='A1'>{f}<v>#NAME?</v></c>", "<c\n r='A1'>{f}<v>{v}</v></c>"),
    "number": ('<c r="A1" t="n">{f} <v>1</v> </c>', '<c r="A1" t="n">{f} <v>{v}</v> </c>'),
    "space kept": (
        '<c r="A1">{f}<v xml:space="preserve">1</v></c>',
        '<c r="A1">{f}<v xml:space="preserve">{v}</v></c>',
    ),
    "cdata": ('<c r="A1">{f}<v><![CDATA[1]]></v></c>', '<c r="A1">{f}<v>{v}</v></c>'),
    "comment": ('<c r="A1">{f}<!-- <v>9</v> --><v>1<!--0--></v></c>', '<c r="A1">{f}<!-- <v>9</v> --><v>{v}</v></c>'),
    "inline": ('<c r="A1" t="inlineStr">{f}<is><t>old</t></is></c>', '<c r="A1">{f}<v>{v}</v></c>'),
    "shared text": ('<c r="A1" t="s">{f}<v>0</v></c>', '<c r="A1">{f}<v>{v}</v></c>'),
    "no place": ("<c>{f}</c>", "<c>{f}<v>{v}</v></c>"),
    "extension": ('<c r="A1">{f}<extLst/></c>', '<c r="A1">{f}<v>{v}</v><extLst/></c>'),
}
SPELLINGS = ["<f>{}</f>", "<f ca='1'>{}</f>", "<f><![CDATA[{}]]></f>"]


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_way_to_store_a_cell(kind: str, spelling: str, tmp_path: Path) -> None:
    old, new = CELLS[kind]
    formula = spelling.format('KV_CACHE_GB("Article 32B",200000)')
    rest = '<c r="B1" t="inlineStr" x:y="a > b" xmlns:x="urn:x"><is><t xml:space="preserve"> &lt;v&gt; </t></is></c>'
    row = "<row r='1'  spans='1:2'>{}" + rest + "</row><!-- end -->"
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{KV_GB}</t></si></sst>'
    path = workbook(
        tmp_path / "book.xlsx", {"S": sheet_xml(row.format(old.format(f=formula)))}, {"xl/sharedStrings.xml": strings}
    )
    sheet, found = recalculated_sheet(path)
    assert sheet == sheet_xml(row.format(new.format(f=formula, v=KV_GB)))
    assert len(found.changes) == 1


def test_a_prefixed_sheet(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = (
        (
            f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>{KV}</x:f>{{}}</x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        )
        .replace('"Art', "&quot;Art")
        .replace('32B"', "32B&quot;")
    )
    path = workbook(tmp_path / "book.xlsx", {"S": sheet.format("")})
    assert recalculated_sheet(path)[0] == sheet.format(f"<x:v>{KV_GB}</x:v>")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_stay(encoding: str, tmp_path: Path) -> None:
    row = f'<row r="1"><c r="A1"><f>{KV}</f>{{}}</c><c r="B1" t="str"><f>"€"&amp;"😀"</f>{{}}</c></row>'
    sheet = sheet_xml(row).replace("UTF-8", "UTF-16" if "16" in encoding else "UTF-8").replace("\n", "\r\n")
    path = workbook(tmp_path / "book.xlsx", {"S": sheet.replace("{}", "").encode(encoding)})
    recalculate(path)
    expected = sheet.replace("{}", f"<v>{KV_GB}</v>", 1).replace("{}", "<v>€😀</v>")
    assert parts_of(path)["xl/worksheets/sheet1.xml"] == expected.encode(encoding)


def test_values_of_every_kind(tmp_path: Path) -> None:
    formulas = {
        "A1": 'KV_CACHE_GB("Article 32B",200000)>26',
        "A2": 'KV_CACHE_GB("none")',
        "A3": 'BOTTLENECK("B200","Article 32B",20000)&amp;" &lt;&amp;&gt;"',
        "A4": "A1+0",
        "A5": 'IF(A1,"","x")',
        "A6": "1/(A4-1)",
    }
    rows = "".join(f'<row r="{c[1]}"><c r="{c}" t="str"><f>{f}</f><v>old</v></c></row>' for c, f in formulas.items())
    sheet, _ = recalculated_sheet(one_sheet(tmp_path, rows))
    cells = re.findall(r'<c r="A(\d)"([^>]*)>.*?<v>([^<]*)</v>', sheet)
    assert cells == [
        ("1", ' t="b"', "1"),
        ("2", ' t="e"', "#VALUE!"),
        ("3", ' t="str"', "bandwidth &lt;&amp;&gt;"),
        ("4", "", "1"),
        ("5", ' t="str"', ""),
        ("6", ' t="e"', "#DIV/0!"),
    ]


def test_a_number_that_agrees_to_fourteen_digits_stays(tmp_path: Path) -> None:
    near, far = math.nextafter(KV_GB * 3, math.inf), KV_GB * 3 * (1 + 1e-13)
    assert near != KV_GB * 3
    row = f'<row r="1"><c r="A1"><f>{KV}</f><v>26.21440000000000</v></c><c r="B1"><f>A1*3</f><v>{{}}</v></c></row>'
    assert recalculated_sheet(one_sheet(tmp_path, row.format(repr(near))))[0] == sheet_xml(row.format(repr(near)))
    assert recalculated_sheet(one_sheet(tmp_path, row.format(repr(far))))[0] == sheet_xml(row.format(repr(KV_GB * 3)))


def test_a_text_that_reads_as_an_error_is_stored_as_text(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, f'<row r="1"><c r="A1"><f>IF({KV}>1,"#N/A","")</f></c></row>'.replace(">1", "&gt;1"))
    assert '<c r="A1" t="str"><f>' in recalculated_sheet(path)[0]
    assert calculated(path) == {"A1": "#N/A"}


@pytest.mark.parametrize(("source", "target"), [("a.xlsm", "b.xlsx"), ("a.xlsx", "b.xlsm"), ("a.csv", "a.csv")])
def test_a_name_that_would_lie_about_the_file(source: str, target: str, tmp_path: Path) -> None:
    shutil.copy(rich_workbook(tmp_path), tmp_path / source)
    with pytest.raises(InputError, match="must end in"):
        recalculate(tmp_path / source, tmp_path / target)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    path = rich_workbook(tmp_path)
    recalculate(path, tmp_path / "one.xlsm")
    recalculate(path, tmp_path / "two.xlsm")
    assert (tmp_path / "one.xlsm").read_bytes() == (tmp_path / "two.xlsm").read_bytes()
