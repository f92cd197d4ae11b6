"""The Visual Basic module that classic xlwings calls go through: one wrapper per function, made from the registry.

xlwings writes wrappers of its own (Import Functions), but they round currency cells to four decimals, put error
messages into cells as text, and need access to the VBA project. These hand over `Value2` and give back true errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from napkinxl_addin.functions import FUNCTIONS, LONGEST_HELP, UDF_MODULE, Function
from napkinxl_addin.problems import BAD_INPUT

MODULE_NAME = "napkinxl_functions"
# What CVErr takes for the errors that a function can answer with.
ERROR_NUMBERS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    BAD_INPUT: 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}

# A whole column holds a million rows: only those down to the last used one are handed over.
_HELPERS = f"""
Private Function NxlCall(functionName, cells)
    #If Mac Then
        NxlCall = CVErr({ERROR_NUMBERS["#NAME?"]}) ' classic xlwings runs functions on Windows only
    #Else
        NxlCall = NxlAnswer(XLPy.CallUDF("{UDF_MODULE}", functionName, cells, ThisWorkbook, Application.Caller))
    #End If
End Function

Private Function NxlValue(Optional argument)
    If IsMissing(argument) Then Exit Function ' left out and empty are the same: the default
    If TypeName(argument) <> "Range" Then
        NxlValue = argument
    ElseIf argument.Areas.Count > 1 Then
        NxlValue = CVErr({ERROR_NUMBERS[BAD_INPUT]}) ' of several areas Excel would hand over the first
    Else
        NxlValue = NxlUsed(argument).Value2
    End If
End Function

Private Function NxlUsed(cells)
    Dim lastRow
    Set NxlUsed = cells
    If cells.Rows.Count < cells.Worksheet.Rows.Count Then Exit Function
    lastRow = cells.Worksheet.UsedRange.Row + cells.Worksheet.UsedRange.Rows.Count - 1
    Set NxlUsed = cells.Resize(lastRow)
End Function

Private Function NxlAnswer(answer)
    Dim i, j
    If Not IsArray(answer) Then
        NxlAnswer = NxlCell(answer)
    ElseIf NxlIsTable(answer) Then
        For i = LBound(answer, 1) To UBound(answer, 1)
            For j = LBound(answer, 2) To UBound(answer, 2)
                answer(i, j) = NxlCell(answer(i, j))
            Next
        Next
        NxlAnswer = answer
    Else
        For i = LBound(answer) To UBound(answer)
            answer(i) = NxlCell(answer(i))
        Next
        NxlAnswer = answer
    End If
End Function

Private Function NxlIsTable(answer) As Boolean
    Dim columns
    On Error Resume Next
    columns = UBound(answer, 2)
    NxlIsTable = (Err.Number = 0)
    On Error GoTo 0
End Function

Private Function NxlCell(cell)
    NxlCell = cell
    If VarType(cell) <> vbString Then Exit Function
    Select Case cell
@CASES@
    End Select
End Function
"""


def vba_module(functions: Iterable[Function] = FUNCTIONS.values()) -> str:
    """The module's text, as VBA stores it and as the editor imports it.

    Returns
    -------
    str
        Lines end in a line feed; none is longer than the 1,023 characters that VBA takes.
    """
    functions = list(functions)
    cases = "\n".join(f'        Case "{code}": NxlCell = CVErr({number})' for code, number in ERROR_NUMBERS.items())
    parts = [
        f'Attribute VB_Name = "{MODULE_NAME}"',
        "' Made by napkinxl from its registry of functions: run napkinxl template again instead of changing it.",
        _HELPERS.replace("@CASES@", cases).rstrip(),
        *map(_wrapper, functions),
        *_descriptions(functions),
    ]
    return "\n".join(parts) + "\n"


def _wrapper(function: Function) -> str:
    parameters = ", ".join(f"Optional {item.name}" for item in function.arguments)
    values = ", ".join(f"NxlValue({item.name})" for item in function.arguments)
    return f"""
Public Function {function.excel_name}({parameters})
    {function.excel_name} = NxlCall("{function.name}", Array({values}))
End Function"""


def _descriptions(functions: list[Function]) -> Iterator[str]:
    """What the function wizard shows, told to Excel when the workbook opens: one procedure a category."""
    categories: dict[str, list[Function]] = {}
    for function in functions:
        categories.setdefault(function.category, []).append(function)
    calls = "\n".join(f"    NxlDescribe{number}" for number in range(1, len(categories) + 1))
    yield f"""
Public Sub Auto_Open()
{calls}
End Sub"""
    for number, (category, members) in enumerate(categories.items(), start=1):
        lines = "\n".join(_describe(function, category) for function in members)
        # Without a description a function works all the same.
        yield f"\nPrivate Sub NxlDescribe{number}()\n    On Error Resume Next\n{lines}\nEnd Sub"


def _describe(function: Function, category: str) -> str:
    """One call of MacroOptions, broken after each argument's help."""
    text = f'    Application.MacroOptions Macro:="{function.excel_name}", Category:={_quoted(category)}, _\n'
    text += f"        Description:={_quoted(function.summary)}"
    if not function.arguments:
        return text
    helps = ", _\n            ".join(_quoted(item.help) for item in function.arguments)
    return f"{text}, _\n        ArgumentDescriptions:=Array( _\n            {helps})"


def _quoted(text: str) -> str:
    """A text as VBA writes it, as long as the wizard takes."""
    short = text if len(text) <= LONGEST_HELP else text[: LONGEST_HELP - 3] + "..."
    return '"' + short.replace('"', '""') + '"'
