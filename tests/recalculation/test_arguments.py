"""What a function of ours is given: blanks stay blank, errors are texts, names and tables become their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation import recalculate, recalculating
from support.hand_made_workbook import MAIN, calculated, one_sheet, parts_of, sheet_of, sheet_xml, workbook

# Column A of every kind: a number, a text, TRUE, an error, a date, nothing, a text of digits, a currency, a share.
ROWS = [
    '<c r="A1"><v>1.5</v></c>',
    '<c r="A2" t="s"><v>0</v></c>',
    '<c r="A3" t="b"><v>1</v></c>',
    '<c r="A4" t="e"><v>#DIV/0!</v></c>',
    '<c r="A5" s="1"><v>45293</v></c>',
    '<c r="A6" s="1"/>',
    '<c r="A7" t="inlineStr"><is> <t>0</t><rPh sb="0" eb="1"><t>no</t></rPh> </is></c>',
    '<c r="A8" t="d"><v>2024-01-02T00:00:00</v></c>',
    '<c r="A9" t="str"><f>""</f><v></v></c>',
    '<c r="A10" t="e"><v>#SPILL!</v></c>',
    '<c r="A11" t="s"><v>1</v></c>',
    '<c r="A12"><f>A6</f></c>',
]
STRINGS = f"""<sst xmlns="{MAIN}"><si><t>one &amp; two</t></si>
<si><r><t>rich</t></r><r><t xml:space="preserve"> text_x000D_</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>"""
NAMES = """<definedNames><definedName name="one">S!$A$1</definedName><definedName name="share">0.2</definedName>
<definedName name="rate">S!$A$1*2+1</definedName><definedName name="ends">S!$A$1:$A$3</definedName>
<definedName name="local" localSheetId="0">S!$A$2</definedName><definedName name="local">S!$A$1</definedName>
<definedName name="moving">S!A1</definedName><definedName name="here" >there</definedName>
<definedName name="there">here</definedName>
<definedName name="MODEL_LIST">_xlfn.LAMBDA(1)</definedName></definedNames>"""
TABLE = f"""<table xmlns="{MAIN}" id="1" name="T" displayName="Costs" ref="C1:D5" totalsRowCount="1">
<tableColumns count="2"><tableColumn id="1" name="Item"/><tableColumn id="2" name="Price [USD]"/></tableColumns>
</table>"""
TABLE_CELLS = [
    '<c r="C1" t="str"><v>Item</v></c><c r="D1" t="str"><v>Price [USD]</v></c>',
    '<c r="C2" t="str"><v>a</v></c><c r="D2"><v>2</v></c>',
    '<c r="C3" t="str"><v>b</v></c><c r="D3"><v>3</v></c>',
    '<c r="C4" t="str"><v>c</v></c>',
    '<c r="D5"><v>5</v></c>',
]
ITEM, PRICE = "Costs[Item]", "Costs[[#This Row],[Price '[USD']]]"

GIVEN: dict[str, tuple[Any, ...]] = {
    "A1": (1.5,),
    "A2": ("one & two",),
    "A3": (True,),
    "A4": ("#DIV/0!",),
    "A5": (45293.0,),
    "A6": (None,),
    "A7": ("0",),
    "A8": (45293.0,),
    "A9": ("",),
    "A10": ("#SPILL!",),
    "A11": ("rich text\r",),
    "A12": (0.0,),
    "Z99": (None,),
    "A1,,3": (1.5, None, 3.0),
    "": (),
    ",": (None, None),
    "A1,": (1.5, None),
    "$A$1": (1.5,),
    "a1:A3": ([[1.5], ["one & two"], [True]],),
    "A3:A1": ([[1.5], ["one & two"], [True]],),
    "A6:B6": ([[None, None]],),
    "'Other one'!B2": ("far",),
    "Other!A1": (7.0,),
    "Other!A:A": ([[7.0], [8.0]],),
    "Other!1:1": ([[7.0, None, 9.0]],),
    "Other!A1:A1048576": ([[7.0], [8.0]],),
    "one": (1.5,),
    "ONE": (1.5,),
    "share": (0.2,),
    "rate*2": (8.0,),
    "ends": ([[1.5], ["one & two"], [True]],),
    "local": ("one & two",),
    "Other!local": (1.5,),
    "Costs": ([["a", 2.0], ["b", 3.0], ["c", None]],),
    "Costs[]": ([["a", 2.0], ["b", 3.0], ["c", None]],),
    "costs[item]": ([["a"], ["b"], ["c"]],),
    "Costs[[Item]:[Price '[USD']]]": ([["a", 2.0], ["b", 3.0], ["c", None]],),
    "Costs[[#Headers],[Item]]": ("Item",),
    "Costs[[#Totals],[Price '[USD']]]": (5.0,),
    "Costs[#Headers]": ([["Item", "Price [USD]"]],),
    "Costs[[#All],[Price '[USD']]]": ([["Price [USD]"], [2.0], [3.0], [None], [5.0]],),
    "{1,2;3,-4}": ([[1.0, 2.0], [3.0, -4.0]],),
    "A1*2": (3.0,),
    '"x"&A1': ("x1.5",),
    "1/0": ("#DIV/0!",),
    "TRUE": (True,),
    "-A1%": (-0.015,),
    "IF(A1>1,A6,3)": (None,),
    "INDEX(A1:A12,6)": (None,),
    "SUM(A1,2)": (3.5,),
    "IFERROR(A4,5)": (5.0,),
    "KV_CACHE_GB(A1)": ("answer",),
}


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Every call of a function of ours; each answers the same text."""
    found: list[tuple[Any, ...]] = []

    def call(name: str, *arguments: Any) -> str:
        found.append((name, *arguments))
        return "answer"

    monkeypatch.setattr(recalculating, "call", call)
    return found


def book(folder: Path, formula: str, cell: str = "F2") -> Path:
    rows = dict(enumerate(ROWS, start=1))
    for number, cells in enumerate(TABLE_CELLS, start=1):
        rows[number] += cells
    number = int(cell[1:])
    rows[number] += f'<c r="{cell}"><f>{formula.replace("&", "&amp;").replace(">", "&gt;")}</f></c>'
    sheet = "".join(f'<row r="{row}">{cells}</row>' for row, cells in rows.items())
    other = '<row r="1"><c r="A1"><v>7</v></c><c r="C1"><v>9</v></c></row><row r="2"><c r="A2"><v>8</v></c></row>'
    far = '<row r="2"><c r="B2" t="str"><v>far</v></c></row>'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"
    rels = f'<Relationships><Relationship Id="r" Type="{link}" Target="/xl/tables/table1.xml"/></Relationships>'
    sheets = {"S": sheet_xml(sheet), "Other": sheet_xml(other), "Other one": sheet_xml(far)}
    parts = {
        "xl/sharedStrings.xml": STRINGS,
        "xl/tables/table1.xml": TABLE,
        "xl/worksheets/_rels/sheet1.xml.rels": rels,
    }
    return workbook(folder / "book.xlsx", sheets, parts, names=NAMES)


@pytest.mark.parametrize("arguments", GIVEN)
def test_what_a_function_is_given(arguments: str, calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    recalculate(book(tmp_path, f"GPU_SPEC({arguments})"))
    assert calls[-1] == ("GPU_SPEC", *GIVEN[arguments])


def test_the_tables_own_row(calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    recalculate(book(tmp_path, f"GPU_SPEC({PRICE})", "F3"))
    assert calls == [("GPU_SPEC", 3.0)]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (f"GPU_SPEC({PRICE})", "Costs[#This Row] outside the table's rows"),
        ("GPU_SPEC(Costs[Nothing])", "Costs[Nothing], which is no column of the table"),
        ("GPU_SPEC(Nobody[Item])", "the table Nobody, which is not there"),
        ("GPU_SPEC(moving)", "the name moving, whose cells depend on where it stands"),
        ("GPU_SPEC(here)", "names that refer to each other without end"),
        ("MODEL_LIST()", "MODEL_LIST"),  # a LAMBDA of the workbook goes before our function
    ],
)
def test_what_has_no_cells_is_refused(formula: str, reason: str, calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nothing was written") as caught:
        recalculate(book(tmp_path, formula, "F9"))
    assert f"S!F9 uses {reason};" in str(caught.value)
    assert calls == []


def test_copies_of_a_shared_formula_move(calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{{{n}}}</row>' for n in range(1, 5))
    cells = [
        '<c r="B1"><f t="shared" ref="B1:C4" si="7">GPU_SPEC(A1,$A1,A$1,$A$2,A1:A2,B:B)</f></c>',
        *[f'<c r="B{n}"><f t="shared" si="7"/></c>' for n in (2, 3)],
        '<c r="C4"><f t="shared" si="7"></f></c>',
    ]
    recalculate(one_sheet(tmp_path, rows.format(None, *cells).replace("B:B", "E:E")))
    nothing = [[None]] * 4
    assert sorted(calls, key=str) == sorted(
        [
            ("GPU_SPEC", 1.0, 1.0, 1.0, 2.0, [[1.0], [2.0]], nothing),
            ("GPU_SPEC", 2.0, 2.0, 1.0, 2.0, [[2.0], [3.0]], nothing),
            ("GPU_SPEC", 3.0, 3.0, 1.0, 2.0, [[3.0], [4.0]], nothing),
            ("GPU_SPEC", None, 4.0, "answer", 2.0, [[None], [None]], nothing),
        ],
        key=str,
    )


def test_copies_that_are_spelled_out_move_alike(calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    formulas = {"B1": 'GPU_SPEC(A1,"A1")', "B2": 'GPU_SPEC(A2,"A1")', "C1": "GPU_SPEC(A:A)", "D1": "GPU_SPEC(B:B)"}
    rows = '<row r="1"><c r="A1"><v>1</v></c>{B1}{C1}{D1}</row><row r="2"><c r="A2"><v>2</v></c>{B2}</row>'
    cells = {cell: f'<c r="{cell}"><f>{formula}</f></c>' for cell, formula in formulas.items()}
    recalculate(one_sheet(tmp_path, rows.format(**cells)))
    assert ("GPU_SPEC", 1.0, "A1") in calls
    assert ("GPU_SPEC", 2.0, "A1") in calls
    assert ("GPU_SPEC", [[1.0], [2.0]]) in calls
    assert ("GPU_SPEC", [["answer"], ["answer"]]) in calls


def test_the_same_text_in_two_cells_is_not_always_a_copy(calls: list[tuple[Any, ...]], tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="E1"><f>GPU_SPEC(A:A)</f></c><c r="F1"><f>GPU_SPEC(A:A)</f></c>'
    recalculate(one_sheet(tmp_path, f'<row r="1">{cells}</row>'))
    assert calls == [("GPU_SPEC", 1.0)] * 2
    twice = book(tmp_path, f"GPU_SPEC({PRICE})", "F3")
    recalculate(twice)
    also_outside = sheet_of(twice).replace('<c r="A9"', f'<c r="F9"><f>GPU_SPEC({PRICE})</f></c><c r="A9"')
    parts = {name: content for name, content in parts_of(twice).items() if "sheet1.xml" not in name or "rels" in name}
    path = workbook(tmp_path / "both.xlsx", {"S": also_outside}, parts)
    with pytest.raises(FileError, match="S!F9 uses Costs"):
        recalculate(path)


def test_a_blank_cell_means_the_default(tmp_path: Path) -> None:
    # Published: 26.2 GB for 200,000 tokens at 8 bits, the default; a blank cell for the bits changes nothing.
    rows = '<row r="1"><c r="A1"><f>KV_CACHE_GB("Article 32B",200000,B1)</f></c><c r="B1" s="3"/></row>'
    assert calculated(one_sheet(tmp_path, rows)) == {"A1": pytest.approx(26.2, abs=0.05)}


@pytest.mark.parametrize("published", [("B200", 30000, 1, 40), ("B200", 4000, 1, 305)])
def test_published_users(published: tuple[str, int, float, float], tmp_path: Path) -> None:
    # The article's 40 users at typical contexts are those of 30,000 tokens; 4,000 give 305.
    gpu, context, duty, users = published
    rows = f'<row r="1"><c r="A1"><f>USERS_PER_GPU("{gpu}","Article 32B",{context},{duty})</f></c></row>'
    assert calculated(one_sheet(tmp_path, rows)) == {"A1": users}
