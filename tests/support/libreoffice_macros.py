"""LibreOffice with macros: it runs the VBA functions that the cells of a workbook call."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from support.libreoffice import STARTUP_OPTIONS, LibreOfficeError, needs_libreoffice, recalculate, run_program

# Converting from the command line never runs macros; a macro of LibreOffice's own may load a file so that it does (4).
_RUNNER: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Runner" script:language="StarBasic">
Sub Recalculate(source As String, target As String)
    Dim reading(1) As New com.sun.star.beans.PropertyValue
    Dim writing(0) As New com.sun.star.beans.PropertyValue
    reading(0).Name = "Hidden"
    reading(0).Value = True
    reading(1).Name = "MacroExecutionMode"
    reading(1).Value = 4
    writing(0).Name = "FilterName"
    writing(0).Value = "Calc MS Excel 2007 XML"
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, reading())
    document.calculateAll()
    document.storeToURL(target, writing())
    document.close(True)
End Sub
</script:module>
"""
_LAST_ENTRY: Final = "</library:library>"
_ENTRY: Final = '<library:element library:name="Runner"/>'


def recalculate_with_macros(path: Path, folder: Path) -> Path:
    """Recalculate a workbook whose cells call VBA functions, and return the new one, an xlsx.

    Raises
    ------
    LibreOfficeError
        It failed, took too long or made no file.
    """
    program = needs_libreoffice()
    recalculate(path, folder)  # LibreOffice fills in the profile at its first start
    _add_runner(folder / "profile" / "user" / "basic" / "Standard")
    target = folder.resolve() / f"{path.stem}-with-macros.xlsx"
    target.unlink(missing_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    macro = f'macro:///Standard.Runner.Recalculate("{path.resolve().as_uri()}","{target.as_uri()}")'
    said = run_program([str(program), profile, *STARTUP_OPTIONS, macro])
    if not target.exists():
        raise LibreOfficeError(f"LibreOffice made no {target.name}; it said: {said.strip() or 'nothing'}")
    return target


def _add_runner(library: Path) -> None:
    (library / "Runner.xba").write_text(_RUNNER, encoding="utf-8")
    contents = library / "script.xlb"
    listed = contents.read_text(encoding="utf-8")
    if _ENTRY not in listed:
        assert _LAST_ENTRY in listed, "LibreOffice's list of macros has another form"
        contents.write_text(listed.replace(_LAST_ENTRY, _ENTRY + _LAST_ENTRY), encoding="utf-8")
