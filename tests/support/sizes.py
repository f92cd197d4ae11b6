"""How much the tests try: in the fast tier, in CI and in the proof. docs/testing.md shows the table."""

from __future__ import annotations

from typing import Final, NamedTuple

from hypothesis import settings


class Size(NamedTuple):
    """How many are tried under each profile."""

    what: str
    dev: int
    ci: int
    proof: int


SIZES: Final = {
    "laws": Size("Random inputs to each law", 20, 100, 1_000),
    "hostile calls": Size("Mixes of arguments that no function may fail on", 200, 2_000, 10_000),
    "column calls": Size("Random calls over columns, against one call a cell", 20, 150, 1_000),
    "expressions": Size("Random formulas, as text and as numbers", 50, 400, 4_000),
    "validated scenarios": Size("Scenarios in the report that the Open XML SDK validates", 4, 8, 20),
    "scenarios side by side": Size("Scenarios in the largest report", 20, 50, 200),
    "random reports": Size("Reports of 10 random scenarios that two engines recalculate", 1, 2, 10),
    "random edits": Size("Kinds of random edits of a report that IronCalc follows", 4, 9, 25),
}


def size(name: str) -> int:
    """How many of a thing to try under the profile that pytest runs with."""
    found: int = getattr(SIZES[name], settings.get_current_profile_name())
    return found
