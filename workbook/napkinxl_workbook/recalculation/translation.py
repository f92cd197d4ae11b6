"""Turning the formulas of a workbook into what the engine takes."""

from __future__ import annotations

import re
from typing import Final

import formualizer

from napkinxl_workbook.recalculation.areas import Position, column_number
from napkinxl_workbook.recalculation.engine_text import UNREADABLE, Context, EngineText
from napkinxl_workbook.recalculation.formulas import Formula

_TOKENS: Final = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*'
    | (?P<columns>\$?)(?P<column>[A-Za-z]{1,3})(?P<rows>\$?)(?P<row>[1-9][0-9]{0,6})(?![\w(!.$\\?])
    | (?P<whole>\$?(?:[A-Za-z]{1,3}|[0-9]{1,7}):\$?(?:[A-Za-z]{1,3}|[0-9]{1,7})(?![\w$]))
    | [\w.$\\?]+
    """,
    re.VERBOSE,
)


class Translator:
    """Turns the formulas of one workbook into what the engine takes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[int, str | None], tuple[Position, Formula]] = {}

    def translate_copy(self, text: str, cell: Position) -> tuple[Position, Formula]:
        """Read the formula of a cell, or find the one that it is a copy of, and the cell of that one.

        A model repeats few formulas in many rows: reading each only once is several times faster.
        """
        key = (cell.sheet, _relative(text, cell))
        if key[1] is None:
            return cell, self.translate(text, cell)
        if key not in self._known:
            self._known[key] = cell, self.translate(text, cell)
        return self._known[key]

    def translate(self, text: str, cell: Position) -> Formula:
        """Read the formula of a cell; what cannot be read or trusted is in its refusals."""
        try:
            formula = EngineText(self._context, cell).formula(text)
            if not formula.refusals:
                formualizer.parse(f"={formula.engine_text(formula.areas(0, 0), {})}")
            return formula
        except (formualizer.ParserError, ValueError, RecursionError):
            return self._unreadable(text, cell)

    def _unreadable(self, text: str, cell: Position) -> Formula:
        try:
            return EngineText(self._context, cell).unreadable(text)
        except (formualizer.TokenizerError, ValueError, RecursionError):
            return Formula((), (UNREADABLE,), hides_its_cells=True)


def _relative(text: str, cell: Position) -> str | None:
    """The formula with its references counted from its cell: the same for all copies; None where that is not sure."""
    if "[" in text:  # rows and columns of tables mean other cells in other places
        return None
    pieces: list[str] = []
    done = 0
    for token in _TOKENS.finditer(text):
        if token.lastgroup == "whole":
            return None
        if token.lastgroup == "row":
            row, column = int(token["row"]), column_number(token["column"])
            rows = f"{row}" if token["rows"] else f"({row - cell.row})"
            columns = f"{column}" if token["columns"] else f"({column - cell.column})"
            pieces += [text[done : token.start()], f"\0{rows},{columns}"]
            done = token.end()
    return "".join([*pieces, text[done:]])
