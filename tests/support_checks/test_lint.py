"""The file rules find what is wrong: each case breaks one thing in a good workbook."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from support.lint_formulas import Vocabulary, formula_findings
from support.lint_names import is_legal_name
from support.sample_workbook import full_workbook, written
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
TABLE = "xl/tables/table1.xml"
CHART = "xl/charts/chart1.xml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
KNOWN = Vocabulary({"calc", "users & cost's"}, {"rate", "gpu_table"})

# part, its text, what it becomes, what the lint must say
BREAKS = [
    (SHEET, '<row r="2">', '<row r="1">', "row 1 comes after row 1"),
    (SHEET, '<c r="B3" ', '<c r="A3" ', "A3 is out of order"),
    (SHEET, "<v>50</v>", "", "C2: formula without a stored value"),
    (SHEET, "<v>50</v>", "<v></v>", "C2: formula without a stored value"),
    (SHEET, "SUM(B2:B4)=68", "SUM(B2:B4=68", "E2: brackets do not match"),
    (SHEET, "SUM(B2:B4)=68", "SUM(Gone!B2:B4)=68", "E2: no sheet 'Gone'"),
    (SHEET, "SUM(B2:B4)=68", "SUM(#REF!)=68", "E2: #REF!"),
    (SHEET, "rate*2", "ratte*2", "E6: unknown name 'ratte'"),
    (SHEET, '<c r="E1" s="', '<c r="E1" s="9', "E1: no style 9"),
    (SHEET, 't="inlineStr"><is><t>GPU</t></is>', 't="s"><v>7</v>', "A1: no shared text 7"),
    (SHEET, "<t>=1+1</t>", f"<t>{'x' * 32_768}</t>", "G1: text of more than 32767 characters"),
    (SHEET, "SUM(B2:B4*B2:B4)", "_xlfn._xlws.SORT(B2:B4)", "E5: array formula without the mark cm"),
    (SHEET, 'ref="G6:H7"', 'ref="G4:H7"', "merged ranges overlap at row 4"),
    (SHEET, 'ref="G6:H7"', 'ref="A4:B5"', "table gpu_table: a merged range inside"),
    (SHEET, '"yes,no"', f'"{"x" * 256}"', "list of more than 255 characters"),
    (SHEET, 'type="list"', f'type="list" prompt="{"x" * 256}"', "prompt of more than 255 characters"),
    (SHEET, '<formula1>"yes,no"', '<formula1>="yes,no"', "begins with = in the file"),
    (SHEET, "<formula>5</formula>", "<formula>5+</formula>", "conditional format: ends without a value"),
    (
        SHEET,
        "</worksheet>",
        f"<headerFooter><oddHeader>{'x' * 256}</oddHeader></headerFooter></worksheet>",
        "header or",
    ),
    (SHEET, "<t>GPU</t>", "<t>Chip</t>", "A1 holds 'Chip', the heading is 'GPU'"),
    (TABLE, 'name="Users"', 'name="gpu"', "table gpu_table: two columns of one name"),
    (TABLE, 'ref="A1:C4"', 'ref="A1:D4"', "3 headings for 4 columns"),
    (TABLE, 'displayName="gpu_table"', 'displayName="GPU1"', "table name 'GPU1' is not allowed"),
    (TABLE, 'displayName="gpu_table"', 'displayName="rate"', "table name 'rate' is taken"),
    (BOOK, 'name="Users &amp; cost\'s"', f'name="{"x" * 32}"', "is not allowed"),
    (BOOK, 'name="Chart"', 'name="Chart?"', "sheet name 'Chart?' is not allowed"),
    (BOOK, 'name="Chart"', 'name="users &amp; cost\'s"', "occurs 2 times"),
    (BOOK, 'name="rate"', 'name="B200"', "name 'B200' is not allowed or reads as a cell"),
    (BOOK, 'name="rate"', f'name="rate" comment="{"x" * 256}"', "comment of more than 255"),
    (BOOK, "</definedNames>", '<definedName name="RATE">1</definedName></definedNames>', "'RATE' is defined twice"),
    (BOOK, "cost''s'!$B$2", "cost'!$B$2", "name 'rate': no sheet"),
    (STYLES, 'formatCode="', 'formatCode="&quot;', "number format '\"0.000' is not allowed"),
    (STYLES, 'formatCode="', 'formatCode="0;0;0;0;', "is not allowed"),
    (CHART, "cost''s'!$B$2:$B$4", "cost'!$B$2:$B$4", "xl/charts/chart1.xml: no sheet"),
    (RELATIONS, "comment1.xml", "comment7.xml", "part xl/comments/comment7.xml is missing"),
    (RELATIONS, "https://example.org/", f"https://example.org/{'x' * 2079}", "link of more than 2079"),
]


def broken(tmp_path: Path, part: str, old: str, new: str) -> Path:
    """Save the sample workbook with one text replaced in one part."""
    workbook, values = full_workbook()
    workbook.worksheets[0]["C2"].number_format = "0.000"  # a format that is not built in
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(io.BytesIO(written(workbook, values))) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            text = good.read(name).decode()
            if name == part:
                assert old in text, f"the sample workbook has no {old} in {part}"
                text = text.replace(old, new, 1)
            bad.writestr(name, text)
    return path


def test_the_sample_passes(tmp_path: Path) -> None:
    assert lint(broken(tmp_path, SHEET, "", "")) == []


@pytest.mark.parametrize(("part", "old", "new", "finding"), BREAKS)
def test_each_break_is_found(tmp_path: Path, part: str, old: str, new: str, finding: str) -> None:
    findings = lint(broken(tmp_path, part, old, new))
    assert any(finding in found for found in findings), findings


def test_two_tables_on_the_same_cells_are_found(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["a", "b"])
    sheet.add_table(Table(displayName="one", ref="A1:B2"))
    sheet.add_table(Table(displayName="two", ref="B1:B2"))
    (tmp_path / "tables.xlsx").write_bytes(written(workbook, {}))
    assert "Sheet: tables one and two overlap" in lint(tmp_path / "tables.xlsx")


@pytest.mark.parametrize("formula", ["1E3", "1+1"])
def test_a_plain_openpyxl_file_lacks_its_values(tmp_path: Path, formula: str) -> None:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = f"={formula}"
    workbook.save(tmp_path / "plain.xlsx")
    assert lint(tmp_path / "plain.xlsx") == ["Sheet: A1: formula without a stored value"]


@pytest.mark.parametrize(
    "formula",
    [
        "IF(A1,,2)",
        "-A1%",
        "SUM({1,2;3,4})",
        "NA()",
        "INDEX(gpu_table[Cost],MATCH(1,Calc!$A$1:$A$9,0))",
        "'Users & cost''s'!A1+rate",
        '"a;b ("&A1',
        "_xlfn.XLOOKUP(1,A:A,B:B)",
        "_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)",
        "SUM(1:1)",
    ],
)
def test_good_formulas_pass(formula: str) -> None:
    assert list(formula_findings(formula, KNOWN)) == []


@pytest.mark.parametrize(
    ("formula", "finding"),
    [
        ("=1", "begins with ="),
        ("1+*2", "no value before *"),
        ("A1 B1", "no operator before B1"),
        ("1 2", "no operator before 2"),
        ("SUM(1;2)", "semicolon between arguments"),
        ("(1", "brackets do not match"),
        ("1)", "cannot be read"),
        ("()", "no value before )"),
        ("XLOOKUP(1,A:A,B:B)", "XLOOKUP without _xlfn."),
        ("[1]Book!A1", "no sheet"),
        ("Calc!#REF!", "#REF!"),
        ("nothing+1", "unknown name 'nothing'"),
        ("(" * 65 + "1" + ")" * 65, "nested deeper than 64"),
        ("1" + "+1" * 4096, "longer than 8192"),
    ],
)
def test_bad_formulas_are_found(formula: str, finding: str) -> None:
    findings = list(formula_findings(formula, KNOWN))
    assert any(finding in found for found in findings), findings


@pytest.mark.parametrize("name", ["B200", "FP8", "INT4", "H100", "T1", "XFD1", "r", "R1C1", "c", "1st", "a b", ""])
def test_names_that_excel_refuses(name: str) -> None:
    assert not is_legal_name(name)


@pytest.mark.parametrize("name", ["gpu_price", "B200_price", "XFE1", "FP8_share", "_x", "R1C1x", "ABCD1"])
def test_names_that_excel_takes(name: str) -> None:
    assert is_legal_name(name)


@pytest.mark.slow
def test_the_open_xml_sdk_finds_what_the_schema_forbids(tmp_path: Path) -> None:
    needs_validator()
    assert validate(broken(tmp_path, SHEET, "", "")) == []
    findings = validate(broken(tmp_path, SHEET, "<sheetData>", "<sheetdata/><sheetData>"))
    assert findings
    assert "sheetdata" in findings[0]
