"""What the engine is trusted with has the values of LibreOffice, of IronCalc or of Excel's documentation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from napkinxl_workbook.recalculation import recalculate
from napkinxl_workbook.recalculation.trust import TRUSTED
from support.engines import CellKey, EngineValue, differences, ironcalc_values, libreoffice_values, stored_values
from support.trusted_formulas import COMPARED, DOCUMENTED, XLOOKUPS, write_formulas


def compare(formulas: list[str], folder: Path, engine: Callable[[Path], dict[CellKey, EngineValue]]) -> list[str]:
    path = write_formulas(folder / "formulas.xlsx", formulas)
    recalculate(path, folder / "calculated.xlsx")
    theirs, ours = engine(path), stored_values(folder / "calculated.xlsx")
    expected = {("S", formula): theirs["S", f"H{row}"] for row, formula in enumerate(formulas, start=1)}
    return differences(
        expected, {("S", formula): ours["S", f"H{row}"] for row, formula in enumerate(formulas, start=1)}
    )


@pytest.mark.slow
def test_the_formulas_have_libreoffices_values(tmp_path: Path) -> None:
    formulas = COMPARED.split()
    assert len(formulas) > 300
    assert compare(formulas, tmp_path, lambda path: libreoffice_values(path, tmp_path / "libreoffice")) == []


def test_xlookup_has_ironcalcs_values(tmp_path: Path) -> None:
    assert compare(XLOOKUPS.split(), tmp_path, ironcalc_values) == []


def test_where_engines_differ_excels_documentation_decides(tmp_path: Path) -> None:
    path = write_formulas(tmp_path / "formulas.xlsx", list(DOCUMENTED))
    recalculate(path)
    found = stored_values(path)
    assert {formula: found["S", f"H{row}"] for row, formula in enumerate(DOCUMENTED, 1)} == DOCUMENTED


@pytest.mark.parametrize("name", sorted(TRUSTED))
def test_every_trusted_function_is_compared(name: str) -> None:
    assert f"{name}(" in COMPARED + XLOOKUPS
