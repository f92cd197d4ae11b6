"""LibreOffice Calc with our functions installed: what its cells show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from openpyxl import Workbook, load_workbook

from napkinxl_addin.calc.profile import Profile
from napkinxl_workbook.calc_install import install
from napkinxl_workbook.soffice import lacks_python
from support.checkers import missing
from support.engines import CellKey, EngineValue
from support.libreoffice import make_profile, needs_libreoffice, recalculate

_SHEET: Final = "Calls"


def needs_calc_functions() -> None:
    """Skip the test where LibreOffice or its Python is missing, or fail it where checks are required."""
    if lacks_python(needs_libreoffice()):
        missing("LibreOffice's Python", "install libreoffice-script-provider-python")


def with_functions(folder: Path) -> Path:
    """Install the functions in the profile of a folder and return the folder.

    Every function of `support.libreoffice` that is given the folder then knows them: `recalculate`, `to_pdf`.
    """
    needs_calc_functions()
    make_profile(folder / "profile")
    install(Profile(folder / "profile"))
    return folder


def calc_values(formulas: Sequence[str], folder: Path) -> list[EngineValue]:
    """What Calc shows for formulas that an .xlsx file stores.

    Parameters
    ----------
    formulas
        As Excel spells them: ``=KV_CACHE_GB("Article 32B",200000)``.
    folder
        Where the profile, the workbook and the results are put, such as pytest's ``tmp_path``.

    Returns
    -------
    list of float, str, bool or None
        In the order of the formulas; errors are their text.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _SHEET
    for row, formula in enumerate(formulas, 1):
        sheet.cell(row, 1, formula)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "calls.xlsx")
    found = calc_cells(folder / "calls.xlsx", folder)
    return [found.get((_SHEET, f"A{row}")) for row in range(1, len(formulas) + 1)]


def calc_cells(path: Path, folder: Path) -> dict[CellKey, EngineValue]:
    """Every cell of a workbook that is not empty, recalculated by Calc with our functions.

    Returns
    -------
    dict
        Values by sheet title and coordinate; errors are their text. Every cell of an array formula is there.
    """
    book = load_workbook(recalculate(path, with_functions(folder)), data_only=True)
    return {
        (sheet.title, cell.coordinate): _value(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _value(found: object) -> EngineValue:
    if type(found) is int:
        return float(found)
    assert isinstance(found, float | str | bool), found
    return found
