"""Only what hangs together with our functions is calculated; everything else stays, trusted or not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from napkinxl.errors import FileError
from napkinxl_workbook.recalculation import recalculate
from napkinxl_workbook.recalculation.areas import Area, Position
from napkinxl_workbook.recalculation.dependencies import Dependencies
from support.engines import stored_values
from support.hand_made_workbook import one_sheet, sheet_xml, workbook

KV = 'KV_CACHE_GB("Article 32B",A9)'


def cells(**formulas: str) -> str:
    """Rows of formulas with the stored value 999, a value that none of them has."""
    rows: dict[int, str] = {9: '<c r="A9"><v>200000</v></c>'}
    for cell, formula in sorted(formulas.items()):
        text = formula.replace("<", "&lt;")
        rows[int(cell[1:])] = rows.get(int(cell[1:]), "") + f'<c r="{cell}"><f>{text}</f><v>999</v></c>'
    return "".join(f'<row r="{row}">{found}</row>' for row, found in sorted(rows.items()))


def test_what_depends_and_what_is_needed_and_nothing_else(tmp_path: Path) -> None:
    formulas = {
        "A1": "100000*2",  # needed
        "B1": 'KV_CACHE_GB("Article 32B",A1)',
        "C1": "B1+D1",  # depends
        "D1": "1+1",  # needed by what depends
        "E1": "SUM(A1:C1)",  # depends through a range
        "F1": "1+2",  # neither
        "G1": "TODAY()",  # neither, and not to be trusted
        "H1": "G1+1",
    }
    path = one_sheet(tmp_path, cells(**formulas))
    found = recalculate(path)
    values = {cell: value for (_, cell), value in stored_values(path).items()}
    assert values == {
        "A1": 200000,
        "B1": 26.2144,
        "C1": 28.2144,
        "D1": 2,
        "E1": pytest.approx(200054.4288),
        "F1": 999,
        "G1": 999,
        "H1": 999,
    }
    assert (found.formulas, found.function_cells, found.calculated, len(found.changes)) == (8, 1, 5, 5)


def test_a_cell_that_is_left_gives_its_stored_value_to_nobody_who_is_calculated(tmp_path: Path) -> None:
    path = one_sheet(tmp_path, cells(A1=KV, B1="A1+C1", C1="TODAY()"))
    with pytest.raises(FileError, match="S!C1 uses TODAY; nothing was written"):
        recalculate(path)


@pytest.mark.parametrize("formula", ['INDIRECT("A"&amp;1)', "OFFSET(A9,0,0)", "IF(TRUE,OFFSET(A9,0,0),1)"])
def test_what_hides_its_cells_is_always_refused(formula: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"S!B1 uses (INDIRECT|OFFSET)"):
        recalculate(one_sheet(tmp_path, cells(A1=KV, B1=formula)))


def test_a_formula_without_a_value_is_calculated(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>A1*3</f><v>999</v></c><c r="C1"><f>5</f><v>7</v></c></row>'
    path = one_sheet(tmp_path, rows)
    assert recalculate(path).calculated == 2
    assert stored_values(path) == {("S", "A1"): 2, ("S", "B1"): 6, ("S", "C1"): 7}


def test_a_formula_that_names_something_unknown_still_depends_on_us(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="S!B1 uses the name nobody, which is not defined"):
        recalculate(one_sheet(tmp_path, cells(A1=KV, B1="nobody+A1")))


def test_a_data_table_that_a_function_of_ours_feeds_is_refused(tmp_path: Path) -> None:
    table = '<row r="2"><c r="B2"><f t="dataTable" ref="B2:C3" dt2D="1" dtr="1" r1="A9" r2="A8"/><v>1</v></c></row>'
    path = one_sheet(tmp_path, f'<row r="1"><c r="A1"><f>{KV}</f></c></row>' + table)
    with pytest.raises(FileError, match="S!B2 uses a what-if data table"):
        recalculate(path)
    path = one_sheet(tmp_path, f'<row r="1"><c r="D1"><f>{KV}</f></c></row>' + table)
    recalculate(path)  # it takes nothing from D1
    assert stored_values(path)["S", "B2"] == 1


@pytest.mark.parametrize(
    "formulas",
    [
        {"A1": KV, "B1": "C1+A1", "C1": "B1"},
        {"A1": "KV_CACHE_GB(A1)"},
        {"A1": KV, "A2": "SUM(A1:A2)"},
        {"A1": KV, "B1": "IF(A1<0,B1,A1)"},
    ],
)
def test_a_circle_is_said_in_one_line(formulas: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"S!\w\d comes to a circle of references") as caught:
        recalculate(one_sheet(tmp_path, cells(**formulas)))
    assert "\n" not in str(caught.value)


def test_sheets_depend_on_each_other(tmp_path: Path) -> None:
    one = '<row r="1"><c r="A1"><f>KV_CACHE_GB("Article 32B",\'It&apos;&apos;s (2)\'!A1)</f></c></row>'
    two = '<row r="1"><c r="A1"><f>One!B1*2</f><v>9</v></c><c r="B1"><f>One!A1*2</f><v>9</v></c></row>'
    one += '<row r="1"><c r="B1"><v>100000</v></c></row>'
    path = workbook(tmp_path / "book.xlsx", {"One": sheet_xml(one), "It's (2)": sheet_xml(two)})
    recalculate(path)
    assert list(stored_values(path).values()) == [26.2144, 200000, 52.4288]


@pytest.mark.parametrize("setting", ['<calcPr fullPrecision="0"/>', '<calcPr fullPrecision="false"/>'])
def test_rounding_as_displayed_is_refused(setting: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="rounded as displayed"):
        recalculate(one_sheet(tmp_path, cells(A1=KV), names=setting))


def test_dates_from_1904(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="S!B1 uses YEAR in a workbook that counts its dates from 1904"):
        recalculate(one_sheet(tmp_path, cells(A1=KV, B1="YEAR(A1)"), names='<workbookPr date1904="1"/>'))


@pytest.mark.slow
def test_overlapping_ranges_do_not_cost_their_product() -> None:
    # Running totals over 10,000 rows: 50 million pairs of a formula and a cell that it needs.
    rows = range(1, 10_001)
    needs = {Position(0, row, 2): [Area(0, 1, 1, row, 1)] for row in rows}
    needs |= {Position(0, row, 1): [Area(0, row, 3, row, 3)] for row in rows}
    graph = Dependencies(needs, {cell: cell for cell in needs})
    began = time.process_time()
    assert len(graph.precedents([Position(0, 10_000, 2)])) == 10_001
    assert len(graph.dependents([Position(0, 1, 1)])) == 10_001
    assert len(graph.dependents([Position(0, 10_000, 1)])) == 2
    assert time.process_time() - began < 5


def test_a_long_chain_is_no_deep_recursion(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>A{n + 1}+1</f></c></row>' for n in range(1, 3000))
    path = one_sheet(tmp_path, rows + '<row r="3000"><c r="A3000"><v>0</v></c></row>')
    recalculate(path)
    assert stored_values(path)["S", "A1"] == 2999


LONG = "+".join(["Z1"] * 300)


@pytest.mark.parametrize("unreadable", ["#REF!B1+1", LONG, "Broken*2"])
def test_a_formula_that_cannot_be_read_is_left_where_nothing_in_it_is_ours(unreadable: str, tmp_path: Path) -> None:
    names = '<definedNames><definedName name="Broken">#REF!$Y$1+Z1</definedName></definedNames>'
    row = f'<row r="1"><c r="A1"><f>{KV}</f></c><c r="B1"><f>{unreadable}</f><v>5</v></c></row>'
    path = one_sheet(tmp_path, row, names=names)
    recalculate(path)
    assert stored_values(path)["S", "B1"] == 5
    with pytest.raises(FileError, match=r"S!B1 uses (a formula that|the name Broken, which) cannot be read"):
        recalculate(one_sheet(tmp_path, row.replace("<v>5</v>", ""), names=names))


def test_a_formula_that_cannot_be_read_still_depends_on_us(tmp_path: Path) -> None:
    row = (
        f'<row r="1"><c r="A1"><f>{KV}</f></c><c r="B1"><f>{LONG}</f><v>5</v></c><c r="Z1"><f>A1</f><v>1</v></c></row>'
    )
    with pytest.raises(FileError, match="S!B1 uses a formula that cannot be read"):
        recalculate(one_sheet(tmp_path, row))


def test_a_formula_of_many_terms(tmp_path: Path) -> None:
    row = f'<row r="1"><c r="A1"><f>{KV}</f></c><c r="B1"><f>{"+".join(["A1"] * 240)}</f></c></row>'
    path = one_sheet(tmp_path, row)
    recalculate(path)
    assert stored_values(path)["S", "B1"] == pytest.approx(240 * 26.2144)
