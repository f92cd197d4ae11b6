"""Where a report cannot be written, the error is one line, the old file stays, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from napkinxl import FileError, InputError, Scenario, UnknownNameError, write_report
from napkinxl_workbook import report
from support.export_books import chart_book


@pytest.fixture
def _built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a report may be put does not depend on what is in it: a small book stands for it."""
    monkeypatch.setattr(report, "build_report", lambda *_: chart_book())


def assert_refused(folder: Path, target: Path, match: str, error: type[Exception] = FileError) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(error, match=match) as caught:
        write_report(target)
    assert "\n" not in str(caught.value)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("_built")
def test_a_folder_as_output(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    assert_refused(tmp_path, tmp_path / "report.xlsx", "folder|directory")


@pytest.mark.usefixtures("_built")
def test_a_missing_folder(tmp_path: Path) -> None:
    assert_refused(tmp_path, tmp_path / "nowhere" / "report.xlsx", "folder")


def test_another_ending(tmp_path: Path) -> None:
    assert_refused(tmp_path, tmp_path / "report.doc", r"\.xlsx, \.pdf, \.html or \.md", InputError)


@pytest.mark.usefixtures("_built")
def test_an_old_report_that_forbids_writing(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    assert_refused(tmp_path, target, "read-only|writ")


@pytest.mark.usefixtures("_built")
def test_a_folder_that_forbids_writing(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    assert_refused(tmp_path, folder / "report.xlsx", "writ")
    folder.chmod(0o755)


@pytest.mark.usefixtures("_built")
@pytest.mark.parametrize("lock", ["~$report.xlsx", ".~lock.report.xlsx#"])
def test_a_report_that_is_open(tmp_path: Path, lock: str) -> None:
    (tmp_path / "report.xlsx").write_bytes(b"old")
    (tmp_path / lock).write_bytes(b"\x05Alice" + b" " * 49)
    assert_refused(tmp_path, tmp_path / "report.xlsx", "open")


def test_an_unknown_gpu_leaves_the_old_report(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(UnknownNameError, match="H100"):
        write_report(target, [Scenario(gpu="H10")])
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_is_replaced_by_a_whole_new_one(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    target.write_bytes(b"old")
    write_report(target)
    assert target.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [target]
