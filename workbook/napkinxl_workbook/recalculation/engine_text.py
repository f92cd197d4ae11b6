"""One pass over a parsed formula: what the engine takes for each part, and whether it may be trusted with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple, TypeAlias

import formualizer
from formualizer import ASTNode, TokenSubType, TokenType

from napkinxl_addin.spelling import SpellingReader
from napkinxl_workbook.recalculation.areas import Position, Reference
from napkinxl_workbook.recalculation.formulas import GRID_CALL, OMITTED, VALUE_CALL, DirectCall, Formula, Operand
from napkinxl_workbook.recalculation.operands import NotResolvedError, Operands
from napkinxl_workbook.recalculation.trust import (
    CALCULATES_WITH_RANGES,
    HIDES_ITS_CELLS,
    MOST_CELLS_OF_OURS,
    OURS,
    Argument,
    plain_name,
    reads_text,
    refusal_of_arguments,
    refusal_of_name,
    takes_a_range,
)

Pieces: TypeAlias = list[str | Operand]

COMPARE: Final = "NAPKINXL.COMPARE"
JOIN: Final = "NAPKINXL.JOIN"
TEXT: Final = "NAPKINXL.TEXT"

UNREADABLE: Final = "a formula that cannot be read"
_DEEPEST_NAMES: Final = 20
_MOST_NAMES: Final = 1000
_COMPARISONS: Final = frozenset({"=", "<>", "<", "<=", ">", ">="})
_JOINS: Final = "&"
_BINDS: Final = {"^": 3, "*": 2, "/": 2, "+": 1, "-": 1}
_STRONGEST: Final = 4
_SIGNS: Final = ("+", "-", "%")
_REFUSED: Final = {
    " ": "an intersection of ranges",
    ",": "a union of ranges",
    ":": "a range with a calculated end",
}


class Context(NamedTuple):
    """What a workbook says of its formulas."""

    reader: SpellingReader
    operands: Operands
    functions: Collection[str]
    """Our functions, in capitals."""
    dates_from_1904: bool


class _Place(NamedTuple):
    """Where a part of a formula stands: in which function, as which argument, and whether it is all of it."""

    function: str = ""
    argument: int = 0
    alone: bool = False


class EngineText:
    """Writes the formula of one cell for the engine."""

    def __init__(self, context: Context, cell: Position) -> None:
        self._context = context
        self._cell = cell
        self._open_names: list[str] = []
        """The defined names that are unfolded at the moment, the outermost first."""
        self._unfolded = 0
        self._refusals: list[str] = []
        self._unresolved: list[str] = []
        self._calls_ours = self._hides = False

    def formula(self, text: str) -> Formula:
        """What the text of a formula amounts to.

        Raises:
            ValueError, formualizer.ParserError: it is none that can be read.
        """
        node = self._parsed(text)
        pieces = self._pieces(node, _Place())
        refusals = dict.fromkeys([*self._refusals, *self._unresolved])
        call = None if refusals else self._direct_call(node)
        return Formula(tuple(pieces), tuple(refusals), self._calls_ours, self._hides, call)

    def _direct_call(self, node: ASTNode) -> DirectCall | None:
        name = plain_name(node.get_function_name() or "")
        if name not in self._context.functions:
            return None
        arguments: list[float | str | bool | None] = []
        for part in node.children():
            kind, cells = part.node_type(), part.get_reference_string()
            meant = self._context.operands.resolve(cells, self._cell) if cells else None
            if kind not in ("Literal", "Omitted") and not (isinstance(meant, Reference) and meant.area().is_cell):
                return None
            arguments.append(OMITTED if kind == "Omitted" else part.get_literal_value())
        return DirectCall(name, tuple(arguments))

    def unreadable(self, text: str) -> Formula:
        """A formula that cannot be parsed: it is not calculated, but what it needs is known.

        Raises:
            ValueError, formualizer.TokenizerError: not even that.
        """
        return Formula(tuple(self._scanned(text)), (UNREADABLE,), self._calls_ours, self._hides)

    def _scanned(self, text: str) -> Pieces:
        """The operands among the tokens of a formula."""
        pieces: Pieces = []
        for token in formualizer.tokenize(self._typed(text)).tokens():
            if token.token_type == TokenType.Operand and token.subtype == TokenSubType.Range:
                pieces += self._operand(token.value, _Place())
            elif token.token_type == TokenType.Func and token.subtype == TokenSubType.Open:
                self._note(plain_name(token.value[:-1]))
        return pieces

    def _typed(self, text: str) -> str:
        return f"={self._context.reader.as_typed(text)}"

    def _parsed(self, text: str) -> ASTNode:
        return formualizer.parse(self._typed(text))

    def _pieces(self, node: ASTNode, place: _Place) -> Pieces:
        kind = node.node_type()
        if kind == "Function":
            return self._call(node, place)
        if kind == "Reference":
            return self._operand(node.get_reference_string() or "", place)
        if kind == "Literal":
            return [_literal(node)]
        if kind == "BinaryOp":
            return self._binary(node, place._replace(alone=False))
        if kind == "UnaryOp":
            return self._unary(node, place._replace(alone=False))
        if kind == "Array":
            if not self._may_be_range(place):
                self._refuse("an array where one value belongs")
            return [node.to_formula().removeprefix("=")]
        raise ValueError(f"nothing is known of the part {kind} of a formula")

    def _operand(self, text: str, place: _Place) -> Pieces:
        try:
            meant = self._context.operands.resolve(text, self._cell)
            if isinstance(meant, str):
                return self._name(text, meant, place)
            if meant.moves and self._open_names:
                raise NotResolvedError(f"the name {self._open_names[-1]}, whose cells depend on where it stands")
        except NotResolvedError as error:
            # The other operands are read on: the formula may still depend on a function of ours.
            self._unresolved.append(str(error))
            return ["#REF!"]
        return [self._cells(meant, place)]

    def _name(self, name: str, formula: str, place: _Place) -> Pieces:
        """What a defined name stands for, in brackets where it is more than one operand."""
        if self._unfolded == _MOST_NAMES or len(self._open_names) == _DEEPEST_NAMES:
            raise NotResolvedError("names that refer to each other without end")
        self._unfolded += 1
        self._open_names.append(name)
        try:
            node = self._parsed(formula.lstrip("="))
            pieces = ["(", *self._pieces(node, place), ")"] if node.get_operator() else self._pieces(node, place)
        except formualizer.ParserError:
            self._refuse(f"the name {name}, which cannot be read")
            pieces = self._scanned(formula.lstrip("="))
        self._open_names.pop()
        return pieces

    def _cells(self, reference: Reference, place: _Place) -> Operand:
        area = reference.area()
        if not area.is_cell and not self._may_be_range(place):
            self._refuse("a range where one value belongs")
        if place.function in OURS and area.rows * area.columns > MOST_CELLS_OF_OURS:
            self._refuse(f"{place.function} over more than {MOST_CELLS_OF_OURS:,} cells")
        return Operand(reference, ends_with_sheet=place.function in self._context.functions)

    def _call(self, node: ASTNode, place: _Place) -> Pieces:
        name = plain_name(node.get_function_name() or "")
        self._note(name)
        given = [self._given(part, _Place(name, number, True)) for number, part in enumerate(node.children())]
        if name in self._context.functions:
            may_be_range = not place.function or self._may_be_range(place)
            called = f"{GRID_CALL if may_be_range else VALUE_CALL}{name}"
        else:
            called = OURS.get(name, name)
            self._refuse(refusal_of_arguments(name, [*map(_argument, node.children(), given)]))
        separated = [piece for pieces in given for piece in (",", *pieces)]
        return [f"{called}(", *separated[1:], ")"]

    def _note(self, name: str) -> None:
        """What a function's name says of the formula that calls it."""
        if name in self._context.functions:
            self._calls_ours = True
        else:
            self._hides |= name in HIDES_ITS_CELLS
            self._refuse(refusal_of_name(name, dates_from_1904=self._context.dates_from_1904))

    def _given(self, node: ASTNode, place: _Place) -> Pieces:
        """An argument of a function."""
        if node.node_type() == "Omitted":
            return [f'"{OMITTED}"'] if place.function in self._context.functions else []
        pieces = self._pieces(node, place)
        return [f"{TEXT}(", *pieces, ")"] if reads_text(place.function, place.argument) else pieces

    def _may_be_range(self, place: _Place) -> bool:
        if place.function == CALCULATES_WITH_RANGES:
            return True
        return place.alone and (
            place.function in self._context.functions or takes_a_range(place.function, place.argument)
        )

    def _binary(self, node: ASTNode, place: _Place) -> Pieces:
        sign, (left, right) = node.get_operator() or "", node.children()
        if sign in _COMPARISONS:
            return [f"{COMPARE}(", *self._pieces(left, place), f',"{sign}",', *self._pieces(right, place), ")"]
        if sign == _JOINS:
            return [f"{JOIN}(", *self._joined(left, place), ",", *self._pieces(right, place), ")"]
        self._refuse(_REFUSED.get(sign))
        binds = _BINDS.get(sign, _STRONGEST)
        return [*self._bracketed(left, place, binds - 1), sign, *self._bracketed(right, place, binds)]

    def _joined(self, node: ASTNode, place: _Place) -> Pieces:
        """What stands left of a joining sign: a long chain of them becomes one call, for calls nest no further."""
        if node.node_type() != "BinaryOp" or node.get_operator() != _JOINS:
            return self._pieces(node, place)
        left, right = node.children()
        return [*self._joined(left, place), ",", *self._pieces(right, place)]

    def _unary(self, node: ASTNode, place: _Place) -> Pieces:
        sign, (operand,) = node.get_operator() or "", node.children()
        self._refuse(None if sign in _SIGNS else f"the operator {sign}")
        pieces = self._bracketed(operand, place, _STRONGEST)
        return [*pieces, sign] if sign == "%" else [sign, *pieces]

    def _bracketed(self, node: ASTNode, place: _Place, binds: int) -> Pieces:
        """An operand, in brackets where its own operator binds no stronger than `binds`."""
        pieces = self._pieces(node, place)
        return ["(", *pieces, ")"] if _BINDS.get(node.get_operator() or "", _STRONGEST + 1) <= binds else pieces

    def _refuse(self, reason: str | None) -> None:
        self._refusals += [reason] if reason else []


def _argument(node: ASTNode, given: Pieces) -> Argument:
    """What is known of an argument before it is calculated."""
    if node.node_type() == "Literal":
        return Argument(literal=_literal(node))
    cells = given[0] if len(given) == 1 else ""
    return Argument() if isinstance(cells, str) else Argument(area=cells.reference.area())


def _literal(node: ASTNode) -> str:
    """A literal as it is written."""
    token = node.get_source_token()
    if token is None:
        raise ValueError("a literal must stand in the text of its formula")
    return token.value
