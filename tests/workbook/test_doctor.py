"""What the doctor finds: each thing that can be missing or of another version, and what to do about it."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

import napkinxl_workbook.doctor.machine as machine
import napkinxl_workbook.doctor.workbooks as workbooks
from napkinxl.errors import FileError
from napkinxl_addin.calc.profile import Profile
from napkinxl_addin.calc.script import script_text
from napkinxl_workbook.doctor.findings import Finding
from napkinxl_workbook.doctor.machine import machine_findings
from napkinxl_workbook.doctor.workbooks import workbook_findings
from napkinxl_workbook.template.build import write_template
from support.template_files import template


def found(path: Path) -> dict[str, Finding]:
    return {finding.what: finding for finding in workbook_findings(path)}


def on_machine(profile: Path, prefix: Path | None = None) -> dict[str, Finding]:
    return {finding.what: finding for finding in machine_findings(Profile(profile), prefix)}


def replace_part(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.mark.slow
@pytest.mark.parametrize("host", ["native", "classic", "lite", "server", "calc"])
def test_a_fresh_template_has_nothing_to_mend(host: str, tmp_path: Path) -> None:
    assert [item for item in workbook_findings(template(tmp_path, host)) if item.state == "problem"] == []


def test_classic_is_recognised(tmp_path: Path) -> None:
    findings = found(template(tmp_path, "classic"))
    assert (
        findings["Macros"].state == findings["UDF Modules"].state == findings["xlwings in the workbook"].state == "ok"
    )
    assert "cells call functions by their plain name" in findings["Calls"].found


def test_lost_macros_are_found(tmp_path: Path) -> None:
    path = template(tmp_path, "calc")
    finding = found(path.rename(path.with_suffix(".xlsm")))["Calls"]
    assert finding.state == "problem"
    assert "the workbook has no macros" in finding.found


def test_another_xlwings_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "version", lambda _name: "0.99.0")
    finding = found(template(tmp_path, "classic"))["xlwings in the workbook"]
    assert finding.state == "problem"
    assert finding.found.startswith("made for 0.37.8, installed is 0.99.0")
    assert "pip install xlwings==0.37.8" in finding.remedy


def test_macros_of_another_version_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = template(tmp_path, "classic")
    monkeypatch.setattr(workbooks, "vba_module", lambda: "another text")
    assert found(path)["Macros"].state == "problem"


def test_missing_macros_are_found(tmp_path: Path) -> None:
    shutil.copy(Path(openpyxl.__file__).parents[1] / "xlwings" / "quickstart.xlsm", tmp_path / "plain.xlsm")
    findings = found(tmp_path / "plain.xlsm")
    assert findings["Macros"].state == "problem"
    assert "is missing" in findings["Macros"].found
    assert findings["xlwings in the workbook"].state == "note"  # its add-in must be there
    assert findings["Settings"].state == "note"  # _xlwings.conf is not active


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [(b"napkinxl_addin.udfs", b"my_functions", "UDF Modules"), (b"UDF Modules", b"Something", "UDF Modules")],
)
def test_wrong_settings_are_found(old: bytes, new: bytes, what: str, tmp_path: Path) -> None:
    path = template(tmp_path, "classic")
    with zipfile.ZipFile(path) as archive:
        (part,) = [name for name in archive.namelist() if old in archive.read(name) and name.endswith(".xml")]
    replace_part(path, part, old, new)
    finding = found(path)[what]
    assert finding.state == "problem"
    assert "napkinxl_addin.udfs" in finding.remedy


@pytest.mark.slow
def test_interpreter_is_looked_for_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = template(tmp_path, "classic")
    monkeypatch.setattr(sys, "platform", "win32")
    assert "whatever Windows finds first" in found(path)["Interpreter_Win"].found
    lost = write_template(tmp_path / "lost.xlsm", "classic", interpreter="C:/nowhere/python.exe")
    assert found(lost)["Interpreter_Win"].state == "problem"
    here = write_template(tmp_path / "here.xlsm", "classic", interpreter=sys.executable)
    assert found(here)["Interpreter_Win"].state == "ok"


def test_code_of_another_version_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = template(tmp_path, "lite")
    assert found(path)["Code of xlwings Lite"].state == "ok"
    monkeypatch.setattr(workbooks, "lite_files", lambda: {"main.py": "another"})
    assert found(path)["Code of xlwings Lite"].state == "problem"


def test_code_that_openpyxl_dropped_is_noted(tmp_path: Path) -> None:
    path = template(tmp_path, "lite")
    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    finding = found(tmp_path / "saved.xlsx")["Calls"]
    assert finding.state == "problem"
    assert "openpyxl drops it" in finding.remedy


@pytest.mark.slow
def test_a_workbook_without_our_functions_is_noted(tmp_path: Path) -> None:
    assert found(template(tmp_path, "native"))["Calls"].found == "no cell calls a function of napkinxl"


def test_a_damaged_workbook_with_macros_is_refused_in_one_line(tmp_path: Path) -> None:
    path = template(tmp_path, "classic")
    with zipfile.ZipFile(path) as archive:
        whole = archive.read("xl/workbook.xml")
    replace_part(path, "xl/workbook.xml", whole, b"<workbook><broken")
    with pytest.raises(FileError, match="is no workbook that can be read"):
        found(path)


def test_only_calls_of_ours_are_counted(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row, formula in enumerate(
        ("=MY_KV_CACHE_GB(1)", '="type KV_CACHE_GB( here"', "=FOO.USERS_PER_GPU(1)"), start=1
    ):
        sheet.cell(row, 1, formula)
    workbook.save(tmp_path / "others.xlsx")
    assert found(tmp_path / "others.xlsx")["Calls"].found == "no cell calls a function of napkinxl"
    sheet["A4"] = "=1+_xll.kv_cache_gb(1)"
    workbook.save(tmp_path / "ours.xlsx")
    assert found(tmp_path / "ours.xlsx")["Calls"].found.startswith("1 cells call functions by their plain name")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_rubbish_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rubbish.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"rubbish\.xlsx is no workbook that can be read"):
        found(path)


def test_the_machine_is_described(tmp_path: Path) -> None:
    findings = on_machine(tmp_path)
    assert findings["Functions"].state == "ok"
    assert "26.2144" in findings["Functions"].found
    assert findings["Python"].state == findings["xlwings"].state == "ok"


def test_functions_that_answer_wrong_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "call", lambda *_: 26.2)
    assert on_machine(tmp_path)["Functions"].state == "problem"


def test_missing_library_of_xlwings_is_found_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(machine, "find_soffice", lambda: None)
    finding = on_machine(tmp_path, tmp_path)["xlwings' library"]
    assert finding.state == "problem"
    for bits in (32, 64):
        (tmp_path / f"xlwings{bits}-0.37.8.dll").touch()
    assert on_machine(tmp_path, tmp_path)["xlwings' library"].state == "ok"


def test_functions_in_calc_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "find_soffice", lambda: tmp_path / "soffice")
    monkeypatch.setattr(machine, "lacks_python", lambda _soffice: False)
    profile = Profile(tmp_path)
    assert on_machine(tmp_path)["Functions in Calc"].remedy == "napkinxl calc-install"
    profile.script.parent.mkdir(parents=True)
    profile.script.write_text("old", encoding="utf-8")
    assert on_machine(tmp_path)["Functions in Calc"].state == "problem"
    profile.script.write_text(script_text(), encoding="utf-8")
    assert on_machine(tmp_path)["Functions in Calc"].state == "ok"
    monkeypatch.setattr(machine, "lacks_python", lambda _soffice: True)
    assert on_machine(tmp_path)["LibreOffice's Python"].state == "problem"
