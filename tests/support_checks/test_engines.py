"""The engines calculate from formulas and never repeat the values that they find in the file."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from support import libreoffice, validator
from support.engines import EngineValue, differences, ironcalc_values, libreoffice_values, stored_values
from support.libreoffice import LibreOfficeError, needs_libreoffice, recalculate_many, to_pdf, to_png
from support.sample_workbook import one_sheet, written

STALE = 12_345
# What Excel's documentation says of each function.
FORMULAS: dict[str, EngineValue] = {
    "=2^10": 1024.0,
    '="a"&"b"': "ab",
    "=1=1": True,
    "=NA()": "#N/A",
    "=1/0": "#DIV/0!",
    '=IF(1,"","x")': "",
    "=DATE(2026,1,2)": 46024.0,
    "=FLOOR(7.9,1)": 7.0,
}
EXPECTED = {("Calc", f"A{row}"): value for row, value in enumerate(FORMULAS.values(), 1)}


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A workbook in which every stored value is wrong."""
    workbook, _ = one_sheet(*FORMULAS)
    path = tmp_path / "stale.xlsx"
    path.write_bytes(written(workbook, dict.fromkeys(EXPECTED, STALE)))
    assert set(stored_values(path).values()) == {STALE}
    return path


def test_ironcalc_does_not_trust_stored_values(stale: Path) -> None:
    assert differences(EXPECTED, ironcalc_values(stale)) == []


@pytest.mark.slow
def test_libreoffice_does_not_trust_stored_values(stale: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    assert differences(EXPECTED, libreoffice_values(stale, tmp_path / "office")) == []


@pytest.mark.slow
def test_many_files_of_one_name_are_recalculated_apart(stale: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    other = tmp_path / "other" / stale.name
    other.parent.mkdir()
    other.write_bytes(written(one_sheet("=3*3")[0], {("Calc", "A1"): STALE}))
    first, second = recalculate_many([stale, other], tmp_path / "office")
    assert stored_values(first)["Calc", "A1"] == 1024
    assert stored_values(second) == {("Calc", "A1"): 9}


@pytest.mark.slow
def test_a_workbook_becomes_pictures(stale: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    libreoffice.needs_pdftoppm()
    (page,) = to_png(to_pdf(stale, tmp_path / "office"), tmp_path / "pages")
    assert page.read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    needs_libreoffice()
    (tmp_path / "report.xlsx").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(LibreOfficeError, match=r"made no 0000-report\.pdf"):
        to_pdf(tmp_path / "report.xlsx", tmp_path / "office")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for LibreOffice")
def test_a_program_that_hangs_is_ended(stale: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It starts a further process, as soffice does, which would write its file much later.
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: program)
    monkeypatch.setattr(libreoffice, "TIMEOUT_SECONDS", 1)
    with pytest.raises(LibreOfficeError, match="took more than 1 s"):
        libreoffice.recalculate(stale, tmp_path / "office")
    child = int((tmp_path / "child").read_text())
    # Killed, but on a busy machine it is still listed until the system comes round to it; unkilled it lives 60 s.
    ends = time.monotonic() + 20
    while is_running(child) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1 + 5e-10, True),
        (1.0, 1 + 5e-9, False),
        (0.0, -0.0, True),
        (0.0, 1e-300, False),
        (True, 1.0, False),
        ("#N/A", "#N/A", True),
        ("#N/A", None, False),
    ],
)
def test_differences(one: float | str | bool, other: float | str | bool | None, same: bool) -> None:
    assert (differences({("Calc", "A1"): one}, {("Calc", "A1"): other}) == []) is same
    assert differences({("Calc", "A1"): one}, {}) == ["Calc!A1: no value"]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "finder"), [(libreoffice, "find_soffice"), (validator, "find_validator")])
@pytest.mark.parametrize(("required", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_program_skips_or_fails(
    monkeypatch: pytest.MonkeyPatch, module: object, finder: str, required: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("NAPKINXL_REQUIRE_CHECKERS", required)
    monkeypatch.setattr(module, finder, lambda: None)
    needs = libreoffice.needs_libreoffice if module is libreoffice else validator.needs_validator
    with pytest.raises(outcome, match="install"):
        needs()
