"""A workbook open in IronCalc: cells are typed into, the rest follows, and it is put back as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ironcalc

from napkinxl_workbook.files.sheet_writer import CellKey
from support.engines import EngineValue
from support.xlsx_package import position


class LiveWorkbook:
    """One load for many edits, which costs a twentieth of a file for each."""

    def __init__(self, path: Path) -> None:
        self._model = ironcalc.load_from_xlsx(str(path))
        self._model.evaluate()
        self._titles = [properties["name"] for properties in self._model.get_worksheets_properties()]

    def __getitem__(self, key: CellKey) -> EngineValue:
        """What a cell shows."""
        found: EngineValue = self._model.get_cell_value(*self._place(key))
        return found

    def formula(self, key: CellKey) -> str:
        """The formula of a cell, with its "="."""
        content = self._content(key)
        assert content.startswith("="), f"{key} holds no formula"
        return content

    @contextmanager
    def typed(self, cells: Mapping[CellKey, float | str | None]) -> Iterator[None]:
        """While cells hold what a user types: a number, a text, a formula with its "=", or nothing."""
        before = {key: self._content(key) for key in cells}
        try:
            self._type(cells)
            yield
        finally:
            self._type(before)

    def _type(self, cells: Mapping[CellKey, float | str | None]) -> None:
        for key, value in cells.items():
            if value is None or value == "":
                self._model.clear_cell_contents(*self._place(key))
            else:
                self._model.set_user_input(*self._place(key), value if isinstance(value, str) else repr(value))
        self._model.evaluate()

    def _content(self, key: CellKey) -> str:
        found: Any = self._model.get_cell_content(*self._place(key))
        return str(found)

    def _place(self, key: CellKey) -> tuple[int, int, int]:
        column, row = position(key[1])
        return self._titles.index(key[0]), row, column
