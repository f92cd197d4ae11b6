"""`template`, `recalc`, `doctor` and `calc-install`, as a stranger meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_workbook.files.web_extension import read_web_extension
from napkinxl_workbook.template.hosts import HOSTS
from support.calc_host import needs_calc_functions
from support.command_line import Command
from support.report_files import edit, input_cell
from support.sample_workbook import one_sheet, written
from support.validator import validate


@pytest.mark.slow
@pytest.mark.parametrize("host", HOSTS)
def test_template_writes_the_file_and_says_what_comes_next(host: str, napkinxl: Command, tmp_path: Path) -> None:
    outcome = napkinxl("template", "--host", host)
    assert outcome.code == 0
    path = tmp_path / f"napkinxl-{host}{HOSTS[host].suffix}"
    assert path.stat().st_size > 20_000
    assert f"Wrote {path.name}: {HOSTS[host].title}" in outcome.out
    assert outcome.out.count("\n- ") == len(HOSTS[host].steps)


def test_template_takes_scenarios_and_options(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('name = "Ours"\nmodel = "Qwen3-8B"\n', encoding="utf-8")
    assert napkinxl("template", "ours.toml", "--host", "lite", "--gpu", "H100", "-o", "ours.xlsx").code == 0
    found = napkinxl("recalc", "ours.xlsx", "--check")
    assert "2 values changed" in found.out  # the light, on two sheets: nobody has called the functions yet


def test_template_writes_the_macros_as_text(napkinxl: Command, tmp_path: Path) -> None:
    assert napkinxl("template", "--host", "classic", "--vba", "macros.bas").code == 0
    text = (tmp_path / "macros.bas").read_bytes().decode("cp1252")  # as the VBA editor reads it
    assert text.startswith('Attribute VB_Name = "napkinxl_functions"\r\n')
    assert "Public Function KV_CACHE_GB(" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "excel"), "'excel' is not one of"),
        (("--host", "lite", "--vba", "a.bas"), "--vba is for --host classic, the host is lite"),
        (("--host", "lite", "--namespace", "ACME"), "--namespace is for --host server, the host is lite"),
        (
            ("--host", "server", "--namespace", "a b"),
            "a namespace must be letters, digits, _ and ., a letter first, got 'a b'",
        ),
        (("--host", "calc", "--interpreter", "python"), "--interpreter is for --host classic, the host is calc"),
        (("--host", "classic", "-o", "a.xlsx"), "must end in .xlsm, got 'a.xlsx'"),
        (("--gpu", "H1000"), "no gpu in the catalog called 'H1000'"),
        (("-o", "nowhere/a.xlsx"), "the folder"),
    ],
)
def test_what_template_cannot_do_is_one_line(
    arguments: tuple[str, ...], words: str, napkinxl: Command, tmp_path: Path
) -> None:
    outcome = napkinxl("template", *arguments)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_recalc_follows_an_edit_and_check_says_so(napkinxl: Command, tmp_path: Path) -> None:
    assert napkinxl("template", "--host", "lite", "-o", "model.xlsx").code == 0
    assert napkinxl("recalc", "model.xlsx").code == 0
    assert napkinxl("recalc", "model.xlsx", "--check").code == 0
    edit(tmp_path / "model.xlsx", tmp_path / "edited.xlsx", {input_cell("context_tokens"): 100_000.0})
    stale = napkinxl("recalc", "edited.xlsx", "--check")
    assert stale.code == 1
    assert "Scenarios!D" in stale.out
    assert napkinxl("recalc", "edited.xlsx").code == 0
    assert napkinxl("recalc", "edited.xlsx", "--check").code == 0


def test_recalc_does_not_call_a_file_up_to_date_that_it_did_not_look_at(napkinxl: Command, tmp_path: Path) -> None:
    assert napkinxl("template", "--host", "server", "--namespace", "ACME", "-o", "ours.xlsx").code == 0
    found = napkinxl("recalc", "ours.xlsx", "--check")
    assert "was not checked" in found.out
    assert "no cell of ours.xlsx calls a function of napkinxl" in found.err
    assert napkinxl("recalc", "ours.xlsx", "--namespace", "ACME").code == 0
    assert "is up to date" in napkinxl("recalc", "ours.xlsx", "--namespace", "ACME", "--check").out
    (calls,) = (item for item in json.loads(napkinxl("doctor", "ours.xlsx", "--json").out) if item["what"] == "Calls")
    assert "functions of an xlwings Server" in calls["found"]


@pytest.mark.slow
def test_lite_code_is_put_into_a_workbook_of_ones_own(napkinxl: Command, tmp_path: Path) -> None:
    workbook, _ = one_sheet('=_xldudf_KV_CACHE_GB("Article 32B",200000)')
    (tmp_path / "own.xlsx").write_bytes(written(workbook, {("Calc", "A1"): 26.2144}))
    assert napkinxl("lite-code", "own.xlsx").code == 0
    assert read_web_extension(tmp_path / "own.xlsx")["main.py"] == lite_files()["main.py"]
    assert validate(tmp_path / "own.xlsx") == []
    again = napkinxl("lite-code", "own.xlsx")
    assert again.code == 2
    assert "has code of an add-in already" in again.err
    assert napkinxl("lite-code", "nowhere.xlsx").code == 2
    assert "must end in .xlsx" in napkinxl("lite-code", "own.xlsx", "-o", "own.xlsm").err


def test_doctor_finds_what_is_to_mend(napkinxl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setattr("napkinxl_workbook.doctor.machine.lacks_python", lambda _soffice: False)
    assert napkinxl("template", "--host", "classic").code == 0
    good = napkinxl("doctor", "napkinxl-classic.xlsm", "--json")
    assert good.code == 0
    assert {finding["state"] for finding in json.loads(good.out)} <= {"ok", "note"}
    monkeypatch.setattr("napkinxl_workbook.doctor.workbooks.vba_module", lambda: "another")
    bad = napkinxl("doctor", "napkinxl-classic.xlsm")
    assert bad.code == 1
    assert "PROBLEM" in bad.out
    assert "1 to mend" in bad.out
    assert napkinxl("doctor", "nowhere.xlsx").code == 2


@pytest.mark.slow
def test_calc_install_and_uninstall(napkinxl: Command, tmp_path: Path) -> None:
    needs_calc_functions()
    profile = tmp_path / "profile"
    assert f"{len(FUNCTIONS)} functions" in napkinxl("calc-install", "--profile", str(profile)).out
    assert "Already up to date" in napkinxl("calc-install", "--profile", str(profile)).out
    assert "Removed" in napkinxl("calc-install", "--profile", str(profile), "--uninstall").out
    assert "nothing of napkinxl" in napkinxl("calc-install", "--profile", str(profile), "--uninstall").out
