"""Stand-ins for what xlwings needs of Windows: pywin32 and a few libraries.

Everything that is xlwings' own code (udfs, com_server, the Windows engine, conversion) is the real thing. Install them
before xlwings is imported, in a process of its own: the platform's name is changed while xlwings is imported.
"""

from __future__ import annotations

import ctypes
import datetime
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572  # what VBA passes for an optional argument that is left out
ERROR_CODES = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}


class ComError(Exception):
    """What pywin32 raises."""

    hresult = 0


class _TypeInfo:
    def GetTypeInfo(self) -> _TypeInfo:  # noqa: N802  # COM's own names
        return self

    def GetTypeAttr(self) -> types.SimpleNamespace:  # noqa: N802
        return types.SimpleNamespace(iid=RANGE_IID)


class FakeRange:
    """What Excel hands over for a reference: only what xlwings asks of it."""

    CLSID = RANGE_IID

    def __init__(self, rows: Any) -> None:
        self._oleobj_ = _TypeInfo()
        self._rows = tuple(tuple(row) for row in rows)
        self.Row = self.Column = 1
        self.Rows = types.SimpleNamespace(Count=len(self._rows))
        self.Columns = types.SimpleNamespace(Count=len(self._rows[0]))
        self.Count = len(self._rows) * len(self._rows[0])
        self.Application = types.SimpleNamespace(Hwnd=1, Version="16.0")
        book = types.SimpleNamespace(Name="Book1.xlsm", Application=self.Application)
        self.Worksheet = types.SimpleNamespace(Name="Sheet1", Parent=book, Application=self.Application)
        self.Address = "$A$1"

    @property
    def Value(self) -> Any:  # noqa: N802
        """A scalar for one cell, else rows of cells."""
        return self._rows[0][0] if self.Count == 1 else self._rows

    def GetAddress(self, *_: Any) -> str:  # noqa: N802
        """The address, always the same."""
        return self.Address


def _module(name: str, **contents: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(contents)
    module.__getattr__ = lambda attribute: mock.MagicMock(name=f"{name}.{attribute}")  # type: ignore[method-assign]
    sys.modules[name] = module
    return module


def _no_wrapped_object(_value: object) -> None:
    raise ValueError("not a wrapped Python object")


def install() -> None:
    """Put the stand-ins where xlwings looks for the real modules."""
    dispatch = type("PyIDispatch", (), {})
    _module(
        "pythoncom",
        CoInitialize=lambda: None,
        IID_IDispatch="IID_IDispatch",
        com_error=ComError,
        ole_error=ComError,
        TypeIIDs={"IID_IDispatch": dispatch},
        __file__="pythoncom-stand-in",
    )
    _module("pywintypes", com_error=ComError, error=ComError, TimeType=datetime.datetime, IID=str)
    for name in ("win32api", "win32con", "win32gui", "win32process", "win32event"):
        _module(name)
    _module("win32timezone", TimeZoneInfo=types.SimpleNamespace(utc=lambda: datetime.UTC))
    classes = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    client = _module("win32com.client", Dispatch=lambda value, **_: value, DispatchEx=mock.MagicMock(), **classes)
    util = _module("win32com.server.util", unwrap=_no_wrapped_object, wrap=lambda value, *_, **__: value)
    policy = _module("win32com.server.policy", DefaultPolicy=object)
    dispatcher = _module("win32com.server.dispatcher")
    server = _module("win32com.server", util=util, policy=policy, dispatcher=dispatcher)
    package = _module("win32com", client=client, server=server)
    package.__path__, server.__path__ = [], []
    for library in ("windll", "oledll"):
        setattr(ctypes, library, mock.MagicMock(name=library))
    real: Any = ctypes.PyDLL
    ctypes.PyDLL = lambda path=None, *rest, **more: (  # type: ignore[misc,assignment]
        mock.MagicMock() if path == "pythoncom-stand-in" else real(path, *rest, **more)
    )


@contextmanager
def windows() -> Iterator[None]:
    """The platform's name as xlwings asks for it when it is imported."""
    real, sys.platform = sys.platform, "win32"
    try:
        yield
    finally:
        sys.platform = real
