"""The Basic module with one function for each of ours; each hands its arguments to the Python script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from napkinxl_addin.functions import FUNCTIONS, Function

MODULE: Final = "NapkinXL"
SCRIPT: Final = "napkinxl_calc.py"  # in the profile's folder Scripts/python
SCRIPT_FUNCTION: Final = "answer"
STATUS: Final = "NAPKINXL_STATUS"  # a function of the host alone: whether it can reach the package, and which
MARK: Final = "Written by `napkinxl calc-install`"

# Option Compatible allows ParamArray: any number of arguments, so that none can be a word of Basic.
# An error that nothing catches opens a dialog, for which LibreOffice without a window waits for ever.
_HEAD: Final = f"""' {MARK}, which replaces it and takes it away again.
Option Compatible

Global NapkinXLScript As Object

Function NapkinXLAsk(asked, given)
  On Error GoTo Unreachable
  If IsNull(NapkinXLScript) Then
    factory = CreateUnoService("com.sun.star.script.provider.MasterScriptProviderFactory")
    address = "vnd.sun.star.script:{SCRIPT}${SCRIPT_FUNCTION}?language=Python&location=user"
    NapkinXLScript = factory.createScriptProvider("user").getScript(address)
  End If
  found = NapkinXLScript.invoke(Array(asked, given), Array(), Array())
  If IsArray(found) Then
    NapkinXLAsk = NapkinXLRange(found)
  Else
    NapkinXLAsk = found
  End If
  Exit Function
Unreachable:
  If asked = "{STATUS}" Then
    NapkinXLAsk = "LibreOffice cannot run the Python script {SCRIPT}: is its Python support installed? " & Error$
  Else
    NapkinXLAsk = Val("1.#NAN") ' the error #NUM!
  End If
End Function

Function NapkinXLRange(found)
  Dim cells
  ReDim cells(1 To found(0), 1 To found(1))
  position = 2
  For row = 1 To found(0)
    For column = 1 To found(1)
      cells(row, column) = found(position)
      position = position + 1
    Next column
  Next row
  NapkinXLRange = cells
End Function
"""
_FUNCTION: Final = """
' {signature}
Function {name}(ParamArray given())
  {name} = NapkinXLAsk("{name}", given)
End Function
"""
_XBA: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="{name}" script:language="StarBasic">\
{code}</script:module>
"""


def basic_code(functions: Iterable[Function] = tuple(FUNCTIONS.values())) -> str:
    """The module's Basic: one function for each of ours, and one that says whether they can be reached."""
    bodies = [_FUNCTION.format(signature=item.signature, name=item.excel_name) for item in functions]
    status = _FUNCTION.format(signature=f"{STATUS}(): where the functions come from, or why not", name=STATUS)
    return "".join((_HEAD, status, *bodies))


def module_text() -> str:
    """The module as LibreOffice keeps it, an .xba file."""
    return _XBA.format(name=MODULE, code=escape(basic_code(), {'"': "&quot;"}))
