"""What a cell shows instead of a value: an error of Excel, and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

BAD_INPUT, NOT_AVAILABLE = "#VALUE!", "#N/A"
# The errors that every version of every host knows; one in an input cell is passed on as it is.
EXCEL_ERRORS = frozenset({BAD_INPUT, NOT_AVAILABLE, "#NUM!", "#DIV/0!", "#NAME?", "#NULL!", "#REF!"})


@dataclass(frozen=True)
class Problem:
    """An error value, and why: `BAD_INPUT` for what can be mended, `NOT_AVAILABLE` where there is no answer."""

    code: str
    reason: str


Cell: TypeAlias = float | str | bool | Problem | None
Grid: TypeAlias = list[list[Cell]]


def bad_input(reason: object) -> Problem:
    """The problem of an argument that is not allowed."""
    return Problem(BAD_INPUT, str(reason))
