"""LibreOffice compiles and runs the generated Visual Basic, with a stand-in where it calls Python.

Replaced is what LibreOffice lacks: `XLPy.CallUDF` by a function that says what it was given, `.Value2` by `.Value` and
the compiler's constant for the Mac; what tells the function wizard its texts is left out. Ranges are not handed over
here: LibreOffice's are no objects with Excel's properties.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.vba_module import MODULE_NAME, vba_module
from napkinxl_workbook.files.vba_project.macro_workbook import sheet_code_names, with_macros
from napkinxl_workbook.files.vba_project.project import add_modules
from support.libreoffice import needs_libreoffice
from support.libreoffice_macros import recalculate_with_macros
from support.sample_workbook import Values, one_sheet, written

STAND_IN = """
Function StandIn(moduleName, functionName, cells, book, caller)
    Dim text, i
    If functionName = "gpu_list" Then
        StandIn = Array("first", "second")
        Exit Function
    End If
    text = moduleName & ":" & functionName
    For i = LBound(cells) To UBound(cells)
        If IsEmpty(cells(i)) Then
            text = text & "|empty"
        ElseIf IsArray(cells(i)) Then
            text = text & "|" & (UBound(cells(i), 1) - LBound(cells(i), 1) + 1) & " rows"
        Else
            text = text & "|" & TypeName(cells(i)) & " " & cells(i)
        End If
    Next
    StandIn = text
End Function
"""
MODULE = "napkinxl_addin.udfs"
# LibreOffice delivers what a call leaves out as nothing or as 0; Excel says that it is missing.
CALLS = {
    '=KV_CACHE_GB("Article 32B",200000)': f"{MODULE}:kv_cache_gb|String Article 32B|Double 200000" + "|left out" * 2,
    "=KV_CACHE_GB(A1002,A1001)": f"{MODULE}:kv_cache_gb|String B200|Double 20000" + "|left out" * 2,
    "=PUBLISHED()": f"{MODULE}:published",
    "=GPU_LIST()": "first",
}


@pytest.fixture
def text() -> str:
    """The module as LibreOffice can run it."""
    text = vba_module()
    for ours, instead in (
        ("XLPy.CallUDF(", "StandIn("),
        (".Value2", ".Value"),
        ("argument.Areas.Count > 1", "False"),
        ("#If Mac Then", "#If False Then"),
    ):
        assert ours in text
        text = text.replace(ours, instead)
    return text.partition("\nPublic Sub Auto_Open()")[0]


@pytest.mark.slow
def test_wrappers_hand_over_what_the_cells_hold(text: str, tmp_path: Path) -> None:
    needs_libreoffice()
    calls = {**CALLS, **{f"={name}()": None for name in FUNCTIONS}}
    spec = find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    with ZipFile(Path(spec.origin).with_name("quickstart.xlsm")) as archive:
        modules = {MODULE_NAME: text, "StandInModule": STAND_IN}
        project = add_modules(archive.read("xl/vbaProject.bin"), modules, sheet_code_names(1))
    workbook, sheet = one_sheet(*calls)
    sheet["A1001"], sheet["A1002"] = 20_000, "B200"  # below the calls
    path = tmp_path / "book.xlsm"
    values: Values = {("Calc", f"A{row}"): "" for row in range(1, len(calls) + 1)}
    path.write_bytes(with_macros(written(workbook, values), project))
    found = load_workbook(recalculate_with_macros(path, tmp_path / "out"), data_only=True)["Calc"]
    for row, (call, expected) in enumerate(calls.items(), start=1):
        name = call[1:].partition("(")[0]
        left_out = "|left out" * len(FUNCTIONS[name].arguments)
        wanted = expected or ("first" if name == "GPU_LIST" else f"{MODULE}:{name.lower()}{left_out}")
        value = str(found.cell(row, 1).value)
        assert re.sub(r"\|(empty|Double 0)(?=\||$)", "|left out", value) == wanted, call
