"""What was looked at: all right, to be mended, or only worth knowing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "problem", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do about a problem."""

    what: str
    state: State
    found: str
    remedy: str = ""


def ok(what: str, found: str) -> Finding:
    """All right."""
    return Finding(what, "ok", found)


def problem(what: str, found: str, remedy: str) -> Finding:
    """To be mended."""
    return Finding(what, "problem", found, remedy)


def note(what: str, found: str, remedy: str = "") -> Finding:
    """Worth knowing; it may be as it should be."""
    return Finding(what, "note", found, remedy)
