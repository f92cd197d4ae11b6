"""Formulas of a written report broken, one at a time or many at once, as IronCalc recalculates it in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.checks import light_key
from support.engines import EngineValue, differences
from support.live_workbook import LiveWorkbook

RED = "SEE THE SHEET CHECKS"


@contextmanager
def broken(book: LiveWorkbook, keys: Iterable[CellKey]) -> Iterator[None]:
    """While the formulas of some cells are others.

    Raises
    ------
    AssertionError
        A cell shows something else than it would if it alone were broken: one feeds another, or it shows the same.
    """
    shown = {key: book[key] for key in keys}
    with book.typed({key: _other(book.formula(key), before) for key, before in shown.items()}):
        found = {key: book[key] for key in shown}
        alone = {key: _shows(before) for key, before in shown.items()}
        assert differences(alone, found, relative=1e-12) == []
        yield


def unseen(book: LiveWorkbook, keys: Iterable[CellKey]) -> list[str]:
    """The cells whose formula can be broken without the light of the sheet Checks turning red, each on its own."""
    found = []
    for key in keys:
        with broken(book, [key]):
            if book[light_key()] != RED:
                found.append(f"{key[0]}!{key[1]}")
    return found


def _other(formula: str, shown: EngineValue) -> str:
    """A formula that says something else: a little more, another text, or an answer where there is none."""
    if isinstance(shown, bool):
        return f"=NOT({formula[1:]})"
    if isinstance(shown, int | float):
        return f"=({formula[1:]})*1.01+1"
    return "=1" if str(shown).startswith("#") else f'=({formula[1:]})&"x"'


def _shows(before: EngineValue) -> EngineValue:
    """What the other formula shows while all that it reads is as it was."""
    if isinstance(before, bool):
        return not before
    if isinstance(before, int | float):
        return before * 1.01 + 1
    return 1.0 if str(before).startswith("#") else f"{before}x"
