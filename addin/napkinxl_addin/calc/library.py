"""The list of the modules in a Basic library: our line is put in and taken out, every other byte stays."""

from __future__ import annotations

import re
from typing import Final

from napkinxl_addin.calc.basic_module import MODULE

_ENTRY: Final = b'<library:element library:name="%s"/>' % MODULE.encode()
_LINE: Final = b" " + _ENTRY
_END: Final = b"</library:library>"
# LibreOffice writes a library without modules as one tag that ends itself.
_EMPTY: Final = re.compile(rb"(<library:library\b[^>]*)/>")
_LOCKED: Final = b'library:passwordprotected="true"'


class LibraryError(ValueError):
    """The list is not one that a module can be added to; the text says why."""


def lists_module(library: bytes) -> bool:
    """Whether our module is in the list."""
    return _ENTRY in library


def with_module(library: bytes) -> bytes:
    r"""The list with our module in it.

    >>> with_module(b"<library:library>\n</library:library>")
    b'<library:library>\n <library:element library:name="NapkinXL"/>\n</library:library>'

    Raises
    ------
    LibraryError
        It is no list of LibreOffice's, or its modules are locked by a password.
    """
    if _LOCKED in library:
        raise LibraryError("its modules are locked by a password")
    if lists_module(library):
        return library
    newline = _newline(library)
    opened = _EMPTY.sub(lambda tag: tag[1] + b">" + newline + _END, library)
    before, end, after = opened.rpartition(_END)
    if not end:
        raise LibraryError("it is not a list of modules as LibreOffice writes it")
    return before + _LINE + newline + end + after


def without_module(library: bytes) -> bytes:
    """The list without our module, as it was before."""
    newline = _newline(library)
    left = library.replace(_LINE + newline, b"").replace(_ENTRY, b"")
    return left.replace(b">" + newline + _END, b"/>") if b"<library:element" not in left else left


def _newline(library: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in library else b"\n"
