"""Formulas of a written report broken one at a time, as IronCalc recalculates it in memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ironcalc

from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.checks import light_key
from support.xlsx_package import position

RED = "SEE THE SHEET CHECKS"


class BreakableBook:
    """A report whose formulas are broken, looked at, and mended."""

    def __init__(self, path: Path) -> None:
        self._model, self._whole = (_evaluated(path) for _ in range(2))
        self._titles = [properties["name"] for properties in self._model.get_worksheets_properties()]

    def broken(self, key: CellKey, watched: Iterable[CellKey]) -> list[Any]:
        """What the watched cells show while the formula of a cell is another.

        Raises:
            AssertionError: the other formula shows the same.
        """
        place = self._place(key)
        before, formula = self._whole.get_cell_value(*place), str(self._whole.get_cell_content(*place))
        assert formula.startswith("="), f"{key} holds no formula"
        self._model.set_user_input(*place, _other(formula, before))
        self._model.evaluate()
        assert self._model.get_cell_value(*place) != before, f"{key} shows the same when it is broken: {before}"
        found = [self._model.get_cell_value(*self._place(cell)) for cell in watched]
        self._model.set_user_input(*place, formula)
        return found

    def unseen(self, keys: Iterable[CellKey]) -> list[str]:
        """The cells whose formula can be broken without the light of the sheet Checks turning red."""
        return [f"{title}!{cell}" for title, cell in keys if self.broken((title, cell), [light_key()]) != [RED]]

    def mended(self) -> object:
        """The light when nothing is broken."""
        self._model.evaluate()
        return self._model.get_cell_value(*self._place(light_key()))

    def _place(self, key: CellKey) -> tuple[int, int, int]:
        column, row = position(key[1])
        return self._titles.index(key[0]), row, column


def _evaluated(path: Path) -> Any:
    model = ironcalc.load_from_xlsx(str(path))
    model.evaluate()
    return model


def _other(formula: str, shown: object) -> str:
    """A formula that says something else: a little more, another text, or an answer where there is none."""
    if isinstance(shown, bool):
        return f"=NOT({formula[1:]})"
    if isinstance(shown, int | float):
        return f"=({formula[1:]})*1.01+1"
    return "=1" if str(shown).startswith("#") else f'=({formula[1:]})&"x"'
