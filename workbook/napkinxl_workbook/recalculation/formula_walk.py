"""One pass over the tokens of a formula: what the engine takes for each, and whether it may be trusted with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, TypeAlias

from openpyxl.formula.tokenizer import Token

from napkinxl_workbook.recalculation.areas import Reference
from napkinxl_workbook.recalculation.formulas import GRID_CALL, OMITTED, VALUE_CALL, Formula, Operand
from napkinxl_workbook.recalculation.segments import Segment
from napkinxl_workbook.recalculation.trust import (
    CALCULATES_WITH_RANGES,
    COUNTS_DATES,
    HIDES_ITS_CELLS,
    MOST_CELLS_OF_OURS,
    OURS,
    TRUSTED,
    Argument,
    plain_name,
    reads_text,
    refusal_of_arguments,
    takes_a_range,
)

Tokens: TypeAlias = list[tuple[Token, Reference | None]]
"""Each token with the cells that it means, if it means cells."""

_OPENS: Final = ((Token.FUNC, Token.OPEN), (Token.SEP, Token.ARG))
_CLOSES: Final = ((Token.FUNC, Token.CLOSE), (Token.SEP, Token.ARG))


class _Frame:
    """The formula itself, or a function, bracket or array that is open in it."""

    def __init__(self, kind: str = "", name: str = "", opening: str = "") -> None:
        self.kind, self.name = kind, name
        self.done: list[str | Operand] = [opening]
        self.segment = Segment()
        self.arguments: list[Argument] = [Argument()]


class FormulaWalk:
    """Reads the tokens of one formula, with those of the names in it already in their place."""

    def __init__(self, tokens: Tokens, names: Collection[str], *, dates_from_1904: bool) -> None:
        self._tokens = [pair for pair in tokens if pair[0].type != Token.WSPACE]
        self._names = names
        self._dates_from_1904 = dates_from_1904
        self._frames = [_Frame()]
        self._refusals: dict[str, None] = {}
        self._calls_ours = self._hides = False
        self._closers = self._matching()

    def formula(self, refusals: Iterable[str]) -> Formula:
        """What the tokens amount to; `refusals` are those found before."""
        for at, (token, reference) in enumerate(self._tokens):
            self._take(at, token, reference)
        pieces = self._frames[0].segment.pieces()
        return Formula(tuple(pieces), tuple(dict.fromkeys([*self._refusals, *refusals])), self._calls_ours, self._hides)

    def _take(self, at: int, token: Token, reference: Reference | None) -> None:
        follows = self._kind(at - 1) in ((Token.FUNC, Token.CLOSE), (Token.PAREN, Token.CLOSE))
        follows = follows or (at > 0 and self._tokens[at - 1][0].type == Token.OPERAND)
        if follows and (token.type == Token.OPERAND or token.subtype == Token.OPEN):
            self._refuse("an intersection of ranges")  # only a space between the two
        if token.subtype == Token.OPEN:
            self._open(at, token)
        elif token.subtype == Token.CLOSE:
            self._close(token)
        elif token.type == Token.SEP:
            self._separate(token)
        elif reference is not None:
            self._cells(at, reference)
        elif token.type == Token.OP_IN:
            if token.value in (",", ":"):
                self._refuse("a union of ranges" if token.value == "," else "a range with a calculated end")
            self._frames[-1].segment.add_sign(token.value)
            self._frames[-1].arguments[-1] = Argument()
        else:
            self._frames[-1].segment.add(token.value)
            is_all = self._kind(at - 1) in _OPENS and self._kind(at + 1) in _CLOSES
            self._frames[-1].arguments[-1] = Argument(literal=token.value if is_all else None)

    def _open(self, at: int, token: Token) -> None:
        alone = self._is_alone(at, self._closers[at])
        if token.type == Token.ARRAY and not self._may_be_range(alone):
            self._refuse("an array where one value belongs")
        if token.type != Token.FUNC:
            self._frames.append(_Frame(token.type, opening=token.value))
            return
        name = plain_name(token.value[:-1])
        if name in self._names:
            self._calls_ours = True
            call = GRID_CALL if self._may_be_range(alone, is_call=True) else VALUE_CALL
            self._frames.append(_Frame(Token.FUNC, name, f"{call}{name}("))
            return
        if name not in TRUSTED:
            self._refuse(name)
        elif self._dates_from_1904 and name in COUNTS_DATES:
            self._refuse(f"{name} in a workbook that counts its dates from 1904")
        self._hides |= name in HIDES_ITS_CELLS
        self._frames.append(_Frame(Token.FUNC, name, f"{OURS.get(name, name)}("))

    def _close(self, token: Token) -> None:
        frame = self._frames[-1]
        if len(frame.arguments) > 1 or not frame.segment.is_empty:
            self._end_argument()
        refusal = refusal_of_arguments(frame.name, frame.arguments) if frame.kind == Token.FUNC else None
        if refusal:
            self._refuse(refusal)
        self._frames.pop()
        self._frames[-1].segment.add(*frame.done, token.value)
        self._frames[-1].arguments[-1] = Argument()

    def _separate(self, token: Token) -> None:
        self._end_argument()
        frame = self._frames[-1]
        frame.done.append(token.value)
        frame.arguments.append(Argument())

    def _end_argument(self) -> None:
        frame = self._frames[-1]
        if frame.segment.is_empty and frame.name in self._names:
            frame.segment.add(f'"{OMITTED}"')
        frame.done += frame.segment.pieces(as_text=reads_text(frame.name, len(frame.arguments) - 1))
        frame.segment = Segment()

    def _cells(self, at: int, reference: Reference) -> None:
        area = reference.area()
        alone = self._is_alone(at, at)
        if not area.is_cell and not self._may_be_range(alone):
            self._refuse("a range where one value belongs")
        function = self._function_around()
        name = function.name if function is not None else ""
        if name in OURS and area.rows * area.columns > MOST_CELLS_OF_OURS:
            self._refuse(f"{name} over more than {MOST_CELLS_OF_OURS:,} cells")
        self._frames[-1].segment.add(Operand(reference, ends_with_sheet=name in self._names))
        self._frames[-1].arguments[-1] = Argument(area=area if alone else None)

    def _kind(self, at: int) -> tuple[str, str] | None:
        """Type and subtype of a token, None beyond the ends."""
        return (self._tokens[at][0].type, self._tokens[at][0].subtype) if 0 <= at < len(self._tokens) else None

    def _is_alone(self, first: int, last: int) -> bool:
        """Whether the tokens are the whole of an argument."""
        return self._kind(first - 1) in _OPENS and self._kind(last + 1) in _CLOSES

    def _may_be_range(self, alone: bool, *, is_call: bool = False) -> bool:
        function = self._function_around()
        if function is None:
            return is_call
        if function.name == CALCULATES_WITH_RANGES:
            return True
        argument = len(function.arguments) - 1
        return alone and (function.name in self._names or takes_a_range(function.name, argument))

    def _function_around(self) -> _Frame | None:
        return next((frame for frame in reversed(self._frames) if frame.kind == Token.FUNC), None)

    def _matching(self) -> dict[int, int]:
        closers: dict[int, int] = {}
        opened: list[int] = []
        for at, (token, _) in enumerate(self._tokens):
            if token.subtype == Token.OPEN:
                opened.append(at)
            elif token.subtype == Token.CLOSE:
                closers[opened.pop()] = at
        if opened:
            raise ValueError("a bracket is not closed")
        return closers

    def _refuse(self, reason: str) -> None:
        self._refusals[reason] = None
