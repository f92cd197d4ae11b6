"""How a call of our functions is spelled in a workbook's file: one model, to write it and to read it.

What a person types differs from what a host stores: a classic or Calc function is stored as typed, an Office custom
function with the prefix `_xldudf_` and its add-in's namespace. A link to an add-in's file, or the marker of a
function that the program did not know, may stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final, Literal, TypeAlias, get_args

from napkinxl.errors import InputError

Host: TypeAlias = Literal["classic", "calc", "lite", "server"]
DEFAULT_NAMESPACE: Final = "XLWINGS"
# xlwings Server appends _DEV to its namespace outside production.
KNOWN_NAMESPACES: Final = (DEFAULT_NAMESPACE, f"{DEFAULT_NAMESPACE}_DEV")

_CUSTOM_FUNCTION: Final = "_xldudf_"
_NAMESPACE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")
_MARKERS: Final = ("_XLL.", "_XLUDF.")

# Whole texts, quoted sheet names, columns of tables and names are one token each, so that a call is never found within
# one of them.
_TOKENS: Final = re.compile(
    r"""
    "(?:[^"]|"")*"
    | (?:'(?:[^']|'')*\.xl\w{1,2}'!|\[\d+\]!|[\w.\-]+\.xl\w{1,2}!)? (?P<call>[^\W\d][\w.]*) (?=\()
    | '(?:[^']|'')*'
    | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]
    | [\w.\\?]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def spell(excel_name: str, host: Host, namespace: str = DEFAULT_NAMESPACE) -> str:
    """The name of a function as a file for a host holds it.

    Parameters
    ----------
    excel_name : str
        The name as people type it, such as KV_CACHE_GB.
    host : {"classic", "calc", "lite", "server"}
        xlwings in desktop Excel, LibreOffice Calc, xlwings Lite or xlwings Server.
    namespace : str
        The server's namespace; empty where it has none. The other hosts have none.

    Examples
    --------
    >>> spell("KV_CACHE_GB", "classic"), spell("KV_CACHE_GB", "lite")
    ('KV_CACHE_GB', '_xldudf_KV_CACHE_GB')
    >>> spell("KV_CACHE_GB", "server"), spell("KV_CACHE_GB", "server", "ACME.FINANCE")
    ('_xldudf_XLWINGS_KV_CACHE_GB', '_xldudf_ACME_FINANCE_KV_CACHE_GB')
    """
    if host not in get_args(Host):
        raise InputError(f"the host must be one of {', '.join(get_args(Host))}, got {host!r}")
    if host in ("classic", "calc"):
        return excel_name
    if host == "server" and namespace and not _NAMESPACE.fullmatch(namespace):
        raise InputError(f"a namespace must be letters, digits, _ and ., a letter first, got {namespace!r}")
    if host == "lite" or not namespace:
        return f"{_CUSTOM_FUNCTION}{excel_name}"
    return f"{_CUSTOM_FUNCTION}{_stored(namespace)}_{excel_name}"


def _stored(namespace: str) -> str:
    return namespace.replace(".", "_").upper()


class SpellingReader:
    """Finds the calls of given functions in formulas, however a host has spelled them.

    Parameters
    ----------
    names : collection of str
        The functions, in capitals.
    namespaces : collection of str
        The namespaces whose functions are ours. Any other is somebody else's: `_xldudf_ACME_TOTAL_WEIGHTS_GB` may be
        WEIGHTS_GB of ACME_TOTAL or TOTAL_WEIGHTS_GB of ACME, and nothing in the file says which.
    """

    def __init__(self, names: Collection[str], namespaces: Collection[str] = KNOWN_NAMESPACES) -> None:
        self._names = frozenset(names)
        self._namespaces = tuple(namespace.upper() for namespace in namespaces if namespace)
        self._own = lru_cache(maxsize=4096)(self._find)

    def as_typed(self, formula: str) -> str:
        """The formula with every call of the functions spelled as people type it, in capitals.

        >>> SpellingReader(["KV_CACHE_GB"]).as_typed("_xldudf_XLWINGS_KV_CACHE_GB(A1)+my_kv_cache_gb(A1)")
        'KV_CACHE_GB(A1)+my_kv_cache_gb(A1)'
        """
        return _TOKENS.sub(self._rewrite, formula)

    def _rewrite(self, token: re.Match[str]) -> str:
        call = token["call"]
        return (self._own(call) if call else None) or token[0]

    def _find(self, call: str) -> str | None:
        """Our function that a call names, if it names one."""
        name = call.upper()
        for marker in _MARKERS:
            name = name.removeprefix(marker)
        custom = name.startswith(_CUSTOM_FUNCTION.upper())
        name = name.removeprefix(_CUSTOM_FUNCTION.upper())
        if name in self._names:
            return name
        for namespace in self._namespaces:
            before = f"{_stored(namespace)}_" if custom else f"{namespace}."
            if name.startswith(before) and name.removeprefix(before) in self._names:
                return name.removeprefix(before)
        return None
