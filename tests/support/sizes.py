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
}


def size(name: str) -> int:
    """How many of a thing to try under the profile that pytest runs with."""
    found: int = getattr(SIZES[name], settings.get_current_profile_name())
    return found
