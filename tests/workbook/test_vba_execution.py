"""LibreOffice runs a function that was added to a project which Excel saved: its text is found and compiled."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from napkinxl_workbook.files.vba_project.macro_workbook import sheet_code_names, with_macros
from napkinxl_workbook.files.vba_project.project import add_modules
from support.libreoffice import needs_libreoffice, recalculate
from support.libreoffice_macros import recalculate_with_macros
from support.sample_workbook import one_sheet, written

MODULES = {
    "Twice": "Option Explicit\nPublic Function TWICE_OF(x)\n    TWICE_OF = 2 * x\nEnd Function\n",
    "Sums": 'Public Function SUM_TEXT(a, b)\n    SUM_TEXT = "€ " & (TWICE_OF(a) + b)\nEnd Function\n',
}


@pytest.fixture
def macro_book(tmp_path: Path) -> Path:
    """Cells that call the functions of two added modules, with other values stored than they yield."""
    # The project without the xlwings client: LibreOffice cannot compile that, nor anything beside it.
    spec = find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    with ZipFile(Path(spec.origin).with_name("quickstart.xlsm")) as archive:
        project = add_modules(archive.read("xl/vbaProject.bin"), MODULES, sheet_code_names(3))
    workbook, _ = one_sheet("=TWICE_OF(21)", "=SUM_TEXT(A1,16)")
    workbook.create_sheet("Second")
    workbook.create_sheet("Third")
    path = tmp_path / "book.xlsm"
    path.write_bytes(with_macros(written(workbook, {("Calc", "A1"): 0.0, ("Calc", "A2"): ""}), project))
    return path


@pytest.mark.slow
def test_cells_call_the_functions_that_were_added(macro_book: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    sheet = load_workbook(recalculate_with_macros(macro_book, tmp_path / "out"), data_only=True)["Calc"]
    assert (sheet["A1"].value, sheet["A2"].value) == (42, "€ 100")


@pytest.mark.slow
def test_without_macros_they_are_errors(macro_book: Path, tmp_path: Path) -> None:
    """So the values above come from the VBA."""
    needs_libreoffice()
    sheet = load_workbook(recalculate(macro_book, tmp_path / "out"), data_only=True)["Calc"]
    assert str(sheet["A1"].value).startswith("#")
