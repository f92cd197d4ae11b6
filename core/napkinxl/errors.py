"""What can go wrong, said in one line: what was wrong, what is allowed, what was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

Item = TypeVar("Item")


class NapkinError(Exception):
    """Any problem that a user can mend; its text is one clear line.

    Not a ``ValueError``: pydantic would wrap one in a report of many lines.
    """


class InputError(NapkinError):
    """A value or a name that was given is not allowed."""


class UnknownNameError(InputError):
    """A name that nothing bears; the message offers the nearest ones."""


class CatalogError(NapkinError):
    """A catalog file cannot be used: it says which file, row and field."""


class FileError(NapkinError):
    """A file cannot be read or written; whatever was there before is untouched."""


def unreadable(path: object, error: OSError) -> FileError:
    """The error for a file that the system does not let us read."""
    return FileError(f"{path} cannot be read: {error.strerror or error}")


def unknown(what: str, given: object, known: Iterable[str]) -> UnknownNameError:
    """The error for a name that is not among `known`, with the nearest that are.

    >>> print(unknown("input", "duty_cyle", ["duty_cycle", "layers"]))
    there is no input 'duty_cyle'; did you mean duty_cycle?
    """
    import difflib  # only where something went wrong

    names = list(known)
    text = str(given)
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(text.casefold(), folded, n=3, cutoff=0.6)
    near = near or [name for name in folded if text.strip() and text.casefold().strip() in name][:3]
    near = near or _sharing_words(text, folded)
    if near:
        hint = f"; did you mean {' or '.join(folded[name] for name in near)}?"
    elif len(names) <= 12:
        hint = f"; there are {', '.join(names)}"
    else:
        hint = f"; the {len(names)} known ones begin {', '.join(names[:3])}"
    return UnknownNameError(f"there is no {what} {text!r}{hint}")


def _sharing_words(text: str, names: Iterable[str]) -> list[str]:
    """The names that hold most of the words, of equal ones those with an earlier word first; three at most.

    >>> _sharing_words("serving_cost", ["cost_of_capital_share", "serving_usd_per_user_month", "users"])
    ['serving_usd_per_user_month', 'cost_of_capital_share']
    """
    words = [word for word in text.casefold().replace("-", "_").replace("_", " ").split() if len(word) > 2]
    held = {name: [place for place, word in enumerate(words) if word in name] for name in names}
    return sorted((name for name in held if held[name]), key=lambda name: (-len(held[name]), held[name][0]))[:3]


def look_up(what: str, name: str, known: Mapping[str, Item]) -> Item:
    """What bears the name.

    Raises:
        UnknownNameError: nothing does; the message offers the nearest.
    """
    if name not in known:
        raise unknown(what, name, known)
    return known[name]
