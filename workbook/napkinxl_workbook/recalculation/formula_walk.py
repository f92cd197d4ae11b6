"""One pass over the tokens of a formula: what the engine takes for each, and whether it may be trusted with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, TypeAlias

from openpyxl.formula.tokenizer import Token

from napkinxl_workbook.recalculation.areas import Reference
from napkinxl_workbook.recalculation.formulas import GRID_CALL, OMITTED, VALUE_CALL, Formula, Operand
from napkinxl_workbook.recalculation.trust import (
    CALCULATES_WITH_RANGES,
    COUNTS_DATES,
    HIDES_ITS_CELLS,
    TRUSTED,
    plain_name,
    takes_a_criterion,
    takes_a_range,
)

Tokens: TypeAlias = list[tuple[Token, Reference | None]]
"""Each token with the cells that it means, if it means cells."""

_RANGE_AS_VALUE: Final = "a range where one value belongs"


class _Frame:
    """A function, a bracket or an array that is open."""

    def __init__(self, kind: str, name: str = "") -> None:
        self.kind, self.name, self.argument = kind, name, 0


class FormulaWalk:
    """Reads the tokens of one formula, with those of the names in it already in their place."""

    def __init__(self, tokens: Tokens, names: Collection[str], *, dates_from_1904: bool) -> None:
        self._tokens = tokens
        self._names = names
        self._dates_from_1904 = dates_from_1904
        self._frames: list[_Frame] = []
        self._pieces: list[str | Operand] = []
        self._refusals: dict[str, None] = {}
        self._calls_ours = self._hides = False
        self._closers = self._matching()

    def formula(self, refusals: Iterable[str]) -> Formula:
        """What the tokens amount to; `refusals` are those found before."""
        self._refusals = dict.fromkeys(refusals)
        for at, (token, reference) in enumerate(self._tokens):
            self._take(at, token, reference)
        return Formula(tuple(self._pieces), tuple(self._refusals), self._calls_ours, self._hides)

    def _take(self, at: int, token: Token, reference: Reference | None) -> None:
        if token.type == Token.FUNC:
            self._function(at, token)
        elif token.type in (Token.PAREN, Token.ARRAY):
            self._bracket(at, token)
        elif token.type == Token.SEP:
            if self._frames and token.subtype == Token.ARG:
                self._mark_omitted(at)
                self._frames[-1].argument += 1
            self._pieces.append(token.value)
        elif token.type == Token.WSPACE:
            self._space(at)
        elif reference is not None:
            self._cells(at, reference)
        else:
            self._plain(token)

    def _function(self, at: int, token: Token) -> None:
        if token.subtype == Token.CLOSE:
            if self._before(at) == Token.ARG:
                self._mark_omitted(at)
            self._frames.pop()
            self._pieces.append(")")
            return
        name = plain_name(token.value[:-1])
        if name in self._names:
            self._calls_ours = True
            kind = GRID_CALL if self._may_be_range(self._is_alone(at, self._closers[at]), is_call=True) else VALUE_CALL
            self._pieces.append(f"{kind}{name}(")
        else:
            self._judge(name)
            self._pieces.append(f"{name}(")
        self._frames.append(_Frame(Token.FUNC, name))

    def _judge(self, name: str) -> None:
        if name not in TRUSTED:
            self._refuse(name)
        elif self._dates_from_1904 and name in COUNTS_DATES:
            self._refuse(f"{name} in a workbook that counts its dates from 1904")
        self._hides |= name in HIDES_ITS_CELLS

    def _bracket(self, at: int, token: Token) -> None:
        if token.subtype == Token.OPEN:
            alone = token.type == Token.ARRAY and self._is_alone(at, self._closers[at])
            if token.type == Token.ARRAY and not self._may_be_range(alone):
                self._refuse("an array where one value belongs")
            self._frames.append(_Frame(token.type))
        else:
            self._frames.pop()
        self._pieces.append(token.value)

    def _cells(self, at: int, reference: Reference) -> None:
        is_cell = reference.area().is_cell
        if not is_cell and not self._may_be_range(self._is_alone(at, at)):
            self._refuse(_RANGE_AS_VALUE)
        function = self._function_around()
        self._pieces.append(Operand(reference, function is not None and function.name in self._names))

    def _plain(self, token: Token) -> None:
        function = self._function_around()
        if token.type == Token.OP_IN and token.value in (",", ":"):
            self._refuse("a union of ranges" if token.value == "," else "a range made of two calculated ends")
        elif token.subtype == Token.TEXT and function and takes_a_criterion(function.name) and "#" in token.value[:4]:
            self._refuse(f"{function.name} that looks for an error")
        self._pieces.append(token.value)

    def _space(self, at: int) -> None:
        before, after = self._neighbour(at, -1), self._neighbour(at, 1)
        ends = before is not None and (before.type == Token.OPERAND or before.subtype == Token.CLOSE)
        begins = after is not None and (after.type == Token.OPERAND or after.subtype == Token.OPEN)
        if ends and begins:
            self._refuse("an intersection of ranges")
        self._pieces.append(" ")

    def _mark_omitted(self, at: int) -> None:
        """Say to a function of ours that an argument was left out."""
        frame = self._frames[-1]
        if frame.name in self._names and self._before(at) in (Token.OPEN, Token.ARG):
            self._pieces.append(f'"{OMITTED}"')

    def _before(self, at: int) -> str:
        """What kind of opening stands directly before a place: that of the function, a comma, or none."""
        token = self._neighbour(at, -1)
        if token is None or (token.type, token.subtype) not in ((Token.FUNC, Token.OPEN), (Token.SEP, Token.ARG)):
            return ""
        return str(token.subtype)

    def _is_alone(self, first: int, last: int) -> bool:
        """Whether the tokens are the whole of an argument."""
        after = self._neighbour(last, 1)
        closes = after is not None and (after.type, after.subtype) in (
            (Token.SEP, Token.ARG),
            (Token.FUNC, Token.CLOSE),
        )
        return closes and self._before(first) != ""

    def _may_be_range(self, alone: bool, *, is_call: bool = False) -> bool:
        function = self._function_around()
        if function is None:
            return is_call
        if function.name == CALCULATES_WITH_RANGES:
            return True
        return alone and (function.name in self._names or takes_a_range(function.name, function.argument))

    def _function_around(self) -> _Frame | None:
        return next((frame for frame in reversed(self._frames) if frame.kind == Token.FUNC), None)

    def _neighbour(self, at: int, step: int) -> Token | None:
        at += step
        while 0 <= at < len(self._tokens):
            if self._tokens[at][0].type != Token.WSPACE:
                return self._tokens[at][0]
            at += step
        return None

    def _matching(self) -> dict[int, int]:
        closers: dict[int, int] = {}
        opened: list[int] = []
        for at, (token, _) in enumerate(self._tokens):
            if token.subtype == Token.OPEN:
                opened.append(at)
            elif token.subtype == Token.CLOSE:
                closers[opened.pop()] = at
        return closers

    def _refuse(self, reason: str) -> None:
        self._refusals[reason] = None
