"""Small workbooks are written as they were when somebody last looked at them: part by part, element by element."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docs.pages import ROOT
from golden.renew import main
from support.golden_books import GOLDEN
from support.part_comparison import part_differences
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

FOLDER = ROOT / "tests/golden"
LARGEST_BYTES = 30_000
REMEDY = "if this is meant, look at the file and run: python tests/golden/renew.py"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_workbook_is_as_it_was(tmp_path: Path, name: str) -> None:
    GOLDEN[name](tmp_path / name)
    found = part_differences(FOLDER / name, tmp_path / name)
    assert not found, "\n".join([REMEDY, *found])


@pytest.mark.slow
@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_file_is_small_and_sound(name: str) -> None:
    assert (FOLDER / name).stat().st_size < LARGEST_BYTES
    assert lint(FOLDER / name) == []
    needs_validator()
    assert validate(FOLDER / name) == []


def test_there_are_no_others() -> None:
    assert {path.name for path in FOLDER.glob("*.xlsx")} == set(GOLDEN)


def test_the_script_renews_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path)
    assert [part_differences(FOLDER / name, tmp_path / name) for name in GOLDEN] == [[]] * len(GOLDEN)
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == list(GOLDEN)


SHEET, CHART = "xl/worksheets/sheet1.xml", "xl/charts/chart1.xml"
CHANGES = [
    (SHEET, '<c r="B6"', '<c r="B7"', "/worksheet/sheetData/row[6]/c[B6] has r='B7', golden 'B6'"),
    (SHEET, "Point 1", "Point 9", "/row[6]/c[A6]/is/t says 'Point 9', golden 'Point 1'"),
    (SHEET, "ROW()*3", "ROW()*4", "/c[C6]/f says 'ROW()*4', golden 'ROW()*3'"),
    (SHEET, "<sheetFormatPr", "<sheetProtection/><sheetFormatPr", "/worksheet/sheetFormatPr is now sheetProtection"),
    (SHEET, "</worksheet>", "<legacyDrawing/></worksheet>", "/worksheet has a new legacyDrawing"),
    (CHART, "1F3864", "1F3865", "/srgbClr[1F3864] has val='1F3865', golden '1F3864'"),
    ("docProps/core.xml", "Toy", "Joy", "/coreProperties/description says 'Scenarios: Joy'"),
    ("docProps/app.xml", "3.1.5", "3.1.6", ""),  # the library's version
]


@pytest.mark.parametrize(("part", "old", "new", "message"), CHANGES)
def test_a_change_is_named(tmp_path: Path, part: str, old: str, new: str, message: str) -> None:
    path = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(FOLDER / "charts.xlsx") as golden, zipfile.ZipFile(path, "w") as changed:
        for name in golden.namelist():
            text = golden.read(name).decode()
            if name == part:
                assert old in text
                text = text.replace(old, new, 1)
            changed.writestr(name, text)
    found = part_differences(FOLDER / "charts.xlsx", path)
    assert [line.startswith(f"{part}: ") and message in line for line in found] == [True] * bool(message)


def test_a_part_that_is_new_or_gone_is_named(tmp_path: Path) -> None:
    path = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(FOLDER / "charts.xlsx") as golden, zipfile.ZipFile(path, "w") as changed:
        for name in golden.namelist():
            if name != CHART:
                changed.writestr(name, golden.read(name))
        changed.writestr("xl/new.bin", b"new")
    assert part_differences(FOLDER / "charts.xlsx", path) == [
        "xl/new.bin: not in the golden file",
        f"{CHART}: only in the golden file",
    ]
