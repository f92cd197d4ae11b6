"""The PDF file: printed by LibreOffice where it is there, refused in one line where not, nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from napkinxl import FileError, write_report
from napkinxl_workbook.export import pdf
from support.checkers import missing
from support.libreoffice import needs_libreoffice, needs_pdftoppm
from support.report_files import CREATED

WAIT_SECONDS = 10.0


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the result; beside it one for temporary files and a home, both empty."""
    for name, variable in (("temporary", "TMPDIR"), ("home", "HOME")):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "results").mkdir()
    return tmp_path


def left_behind(place: Path) -> list[Path]:
    return [*(place / "temporary").iterdir(), *(place / "home").iterdir()]


def program(folder: Path, text: str) -> Path:
    """A stand-in for LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.slow
def test_the_report_is_printed(place: Path) -> None:
    needs_libreoffice()
    needs_pdftoppm()  # comes with the two below
    path = write_report(place / "results" / "report.pdf", created=CREATED)
    assert path.read_bytes().startswith(b"%PDF-")
    about = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "LLM inference unit economics" in about.partition("Title:")[2].splitlines()[0]
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for printed in ("ALL CHECKS OK", "305.0", "26.21", "$7.08", "Published figures", "Catalog: prices"):
        assert printed in text
    assert list((place / "temporary").iterdir()) == []
    # The system's settings may leave a cache of their own; the user's LibreOffice is not touched.
    assert [path for path in (place / "home").rglob("*") if "office" in path.name.lower()] == []


def test_without_libreoffice_it_says_what_to_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: None)
    target = place / "results" / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(FileError, match=r"needs LibreOffice.* install it.*\.xlsx.*\.html") as caught:
        write_report(target)
    assert "\n" not in str(caught.value)
    assert target.read_bytes() == b"old"


@pytest.mark.slow
def test_a_libreoffice_that_prints_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_soffice", lambda: program(place, "exit 0"))
    target = place / "results" / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(FileError, match="made no PDF"):
        write_report(target)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]
    assert left_behind(place) == []


@pytest.mark.slow
def test_a_libreoffice_that_hangs_is_ended_with_what_it_started(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name != "posix" or shutil.which("sleep") is None:
        missing("sleep", "needs a Unix")
    numbers = place / "numbers"
    monkeypatch.setattr(pdf, "find_soffice", lambda: program(place, f"sleep 300 & echo $! > {numbers}; wait"))
    monkeypatch.setattr(pdf, "PRINT_SECONDS", 1)
    with pytest.raises(FileError, match="did not print the PDF within 1 s"):
        write_report(place / "results" / "report.pdf")
    child = int(numbers.read_text(encoding="utf-8"))
    until = time.monotonic() + WAIT_SECONDS
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(child)
    assert list((place / "results").iterdir()) == []
    assert left_behind(place) == []


def _runs(number: int) -> bool:
    """Whether a process is there and not merely waiting to be counted out."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
