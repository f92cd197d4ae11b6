"""Where a table of the catalog lies, for the formulas that look up in it."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_ROW = 5  # of the tables of the catalog


@dataclass(frozen=True)
class LookUp:
    """Where a table of the catalog lies, for the formulas that look up in it."""

    title: str
    names: tuple[str, ...]
    columns: dict[str, str]

    @property
    def name_range(self) -> str:
        """The cells that hold the rows' names."""
        return self._range("A")

    def column_range(self, name: str) -> str:
        """The cells that hold an input."""
        return self._range(self.columns[name])

    def position(self, name: str) -> int:
        """The row of a name, counted from 1, as MATCH gives it."""
        return self.names.index(name) + 1

    def _range(self, letter: str) -> str:
        return f"{self.title}!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + len(self.names) - 1}"
