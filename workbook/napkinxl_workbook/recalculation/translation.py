"""Turning the formulas of a workbook into what the engine takes."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import formualizer
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import column_index_from_string

from napkinxl_addin.spelling import SpellingReader
from napkinxl_workbook.recalculation.areas import Position
from napkinxl_workbook.recalculation.formula_walk import FormulaWalk, Tokens
from napkinxl_workbook.recalculation.formulas import Formula
from napkinxl_workbook.recalculation.operands import NotResolvedError, Operands

_DEEPEST_NAMES: Final = 20
_BITES: Final = re.compile(
    r"""
    "(?:[^"]|"")*" | '(?:[^']|'')*'
    | (?P<columns>\$?)(?P<column>[A-Za-z]{1,3})(?P<rows>\$?)(?P<row>[1-9][0-9]{0,6})(?![\w(!.$\\?])
    | (?P<whole>\$?(?:[A-Za-z]{1,3}|[0-9]{1,7}):\$?(?:[A-Za-z]{1,3}|[0-9]{1,7})(?![\w$]))
    | [\w.$\\?]+
    """,
    re.VERBOSE,
)


class Translator:
    """Turns formulas of one workbook into what the engine takes.

    Parameters
    ----------
    operands
        What names and references mean.
    reader
        Which calls are ours.
    names
        Our functions, in capitals.
    dates_from_1904
        The workbook counts dates from 1904, which the engine does not.
    """

    def __init__(
        self, operands: Operands, reader: SpellingReader, names: Collection[str], *, dates_from_1904: bool
    ) -> None:
        self._operands = operands
        self._reader = reader
        self._names = frozenset(names)
        self._dates_from_1904 = dates_from_1904
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
        refusals: list[str] = []
        try:
            tokens = self._tokens(text, cell, 0, refusals)
            walk = FormulaWalk(tokens, self._names, dates_from_1904=self._dates_from_1904)
            formula = walk.formula(refusals)
            if not formula.refusals:
                formualizer.parse(f"={formula.engine_text(0, 0, {})}")
            return formula
        except (TokenizerError, formualizer.ParserError, IndexError, ValueError, AttributeError):
            return Formula((), ("a formula that cannot be read",), calls_ours=False, hides_its_cells=True)

    def _tokens(self, text: str, cell: Position, depth: int, refusals: list[str]) -> Tokens:
        """The tokens of a formula with the defined names in it replaced by what they stand for."""
        found: Tokens = []
        for token in Tokenizer(f"={self._reader.as_typed(text)}").items:
            if token.type != Token.OPERAND or token.subtype != Token.RANGE or token.value.endswith("#REF!"):
                found.append((token, None))
                continue
            try:
                meant = self._operands.resolve(token.value, cell)
                if not isinstance(meant, str):
                    found.append((token, meant))
                elif depth == _DEEPEST_NAMES:
                    raise NotResolvedError("names that refer to each other without end")
                else:
                    found += _named(token.value, self._tokens(meant.lstrip("="), cell, depth + 1, refusals))
            except NotResolvedError as error:
                # The other operands are read on: the formula may still depend on a function of ours.
                refusals.append(str(error))
                found.append((token, None))
        return found


def _named(name: str, tokens: Tokens) -> Tokens:
    """The tokens that stand for a name: in brackets where they are more than one operand."""
    if any(reference is not None and reference.moves for _, reference in tokens):
        raise NotResolvedError(f"the name {name}, whose cells depend on where it stands")
    if any(token.type in (Token.OP_IN, Token.OP_PRE, Token.OP_POST) for token, _ in tokens):
        return [(Token("(", Token.PAREN, Token.OPEN), None), *tokens, (Token(")", Token.PAREN, Token.CLOSE), None)]
    return tokens


def _relative(text: str, cell: Position) -> str | None:
    """The formula with its references counted from its cell: the same for all copies; None where that is not sure."""
    if "[" in text:  # rows and columns of tables mean other cells in other places
        return None
    pieces: list[str] = []
    done = 0
    for bite in _BITES.finditer(text):
        if bite["whole"]:
            return None
        if bite["row"]:
            row, column = int(bite["row"]), column_index_from_string(bite["column"])
            rows = f"{row}" if bite["rows"] else f"({row - cell.row})"
            columns = f"{column}" if bite["columns"] else f"({column - cell.column})"
            pieces += [text[done : bite.start()], f"\0{rows},{columns}"]
            done = bite.end()
    return "".join([*pieces, text[done:]])
