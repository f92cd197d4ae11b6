"""The text of one argument as the engine takes it, its comparisons and joins turned into calls of ours.

Both bind weakest of all operators, a comparison weaker still, so that what stands between two of them is a whole
operand: no grammar is needed to find where it begins and ends.
"""

from __future__ import annotations

from typing import Final

from napkinxl_workbook.recalculation.formulas import Operand

Pieces = list[str | Operand]

COMPARE: Final = "NAPKINXL.COMPARE"
JOIN: Final = "NAPKINXL.JOIN"
TEXT: Final = "NAPKINXL.TEXT"

_JOINS: Final = "&"
_COMPARES: Final = frozenset({"=", "<>", "<", "<=", ">", ">="})


class Segment:
    """The tokens of one argument, or of all between two brackets."""

    def __init__(self) -> None:
        self._operands: list[Pieces] = [[]]
        self._signs: list[str] = []

    def add(self, *pieces: str | Operand) -> None:
        """Go on with the operand."""
        self._operands[-1] += pieces

    def add_sign(self, sign: str) -> None:
        """Go on with an operator between two values."""
        if sign == _JOINS or sign in _COMPARES:
            self._signs.append(sign)
            self._operands.append([])
        else:
            self.add(sign)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it: an argument that was left out."""
        return self._operands == [[]]

    def pieces(self, *, as_text: bool = False) -> Pieces:
        """What the engine takes for it.

        Raises:
            ValueError: an operator lacks a value.
        """
        if self._signs and [] in self._operands:
            raise ValueError("an operator must stand between two values")
        found = self._compared()
        return [f"{TEXT}(", *found, ")"] if as_text and not self.is_empty else found

    def _compared(self) -> Pieces:
        joined: list[Pieces] = [self._operands[0]]
        left: Pieces | None = None
        before = ""
        for sign, operand in zip(self._signs, self._operands[1:], strict=True):
            if sign == _JOINS:
                joined.append(operand)
                continue
            left = _comparison(left, before, _joined(joined))
            before, joined = sign, [operand]
        return _comparison(left, before, _joined(joined))


def _comparison(left: Pieces | None, sign: str, right: Pieces) -> Pieces:
    return right if left is None else [f"{COMPARE}(", *left, f',"{sign}",', *right, ")"]


def _joined(operands: list[Pieces]) -> Pieces:
    if len(operands) == 1:
        return operands[0]
    pieces: Pieces = [f"{JOIN}("]
    for operand in operands:
        pieces += [*operand, ","]
    return [*pieces[:-1], ")"]
