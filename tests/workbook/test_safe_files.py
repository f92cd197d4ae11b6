"""A file is replaced whole or not at all, and refusals say why in one line.

The tests hold as root too: they set mode bits, which the code reads, and don't rely on the system to refuse.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.safe_files import replace_file

posix_only = pytest.mark.skipif(os.name != "posix", reason="permission bits and links as POSIX has them")


def writing(content: bytes) -> Callable[[BinaryIO], None]:
    def write(stream: BinaryIO) -> None:
        stream.write(content)

    return write


def never(_: BinaryIO) -> None:
    pytest.fail("the refusal must come before anything is written")


def refusal(path: Path, write: Callable[[BinaryIO], None] = never) -> str:
    """The text of the refusal, after checking what holds for each: one line, names the path, leaves no draft."""
    with pytest.raises(FileError) as caught:
        replace_file(path, write)
    text = str(caught.value)
    assert text.startswith(f"cannot write {path}: ")
    assert "\n" not in text
    assert text.count(";") == 1, "what was wrong; what to do"
    if path.parent.is_dir():
        assert [found.name for found in path.parent.iterdir() if found.suffix == ".tmp"] == []
    return text


@pytest.fixture
def report(tmp_path: Path) -> Iterator[Path]:
    """An existing file that a failed write must leave as it is."""
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    yield path
    assert path.read_bytes() == b"old"


def excel_owner_file(name: str) -> bytes:
    """The 165 bytes that Excel writes: a length and the name in the code page, then in UTF-16."""
    narrow = bytes([len(name)]) + name.encode("latin-1", errors="replace").ljust(54)
    wide = bytes([len(name), 0]) + name.ljust(54).encode("utf-16-le")
    return narrow + wide


def test_a_new_file_is_written(tmp_path: Path) -> None:
    replace_file(tmp_path / "new.xlsx", writing(b"content"))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("new.xlsx", b"content")]


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old and longer")
    replace_file(path, writing(b"new"))
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("report.xlsx", b"new")]


def test_the_old_content_stays_readable_until_the_new_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")

    def write(stream: BinaryIO) -> None:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"

    replace_file(path, write)
    assert path.read_bytes() == b"new"


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_the_mode_of_the_old_file_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"old")
    path.chmod(mode)

    def write(_: BinaryIO) -> None:
        draft = next(found for found in tmp_path.iterdir() if found.suffix == ".tmp")
        assert stat.S_IMODE(draft.stat().st_mode) == mode, "a private file's draft must be private too"

    replace_file(path, write)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix_only
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_honours_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        replace_file(tmp_path / "new.xlsx", writing(b""))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.xlsx").stat().st_mode) == mode


@posix_only
def test_a_symbolic_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "report.xlsx"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.xlsx"
    link.symlink_to(target)
    replace_file(link, writing(b"new"))
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_an_error_while_writing_passes_through(report: Path) -> None:
    def write(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise InputError("no value for Calc!B3")

    with pytest.raises(InputError, match="Calc!B3"):
        replace_file(report, write)
    assert [path.name for path in report.parent.iterdir()] == ["report.xlsx"]


def test_an_interrupt_leaves_nothing_behind(report: Path) -> None:
    def write(_: BinaryIO) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(report, write)
    assert [path.name for path in report.parent.iterdir()] == ["report.xlsx"]


def test_a_full_disk(report: Path) -> None:
    def write(_: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    assert "No space left on device" in refusal(report, write)


def test_a_program_that_holds_the_file_open(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(*_: Path) -> None:
        raise PermissionError(13, "Access is denied")  # what Windows says

    monkeypatch.setattr(os, "replace", replace)
    assert "open in another program; close it there" in refusal(report, writing(b"new"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "it is a folder" in refusal(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert f"the folder {folder} does not exist" in refusal(folder / "report.xlsx")
    assert not folder.exists()


def test_a_file_in_place_of_the_folder_is_refused(report: Path) -> None:
    assert "is a file, not a folder" in refusal(report / "report.xlsx")


@posix_only
def test_a_read_only_folder_is_refused(report: Path) -> None:
    report.parent.chmod(0o555)
    try:
        assert "is read-only; allow writing to it" in refusal(report)
    finally:
        report.parent.chmod(0o755)


def test_a_read_only_file_is_refused(report: Path) -> None:
    report.chmod(0o444)
    assert "the file is read-only" in refusal(report)
    assert not report.stat().st_mode & 0o222


@posix_only
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    assert "not an ordinary file" in refusal(pipe)


def test_a_name_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path / ("x" * 300 + ".xlsx"), writing(b""))


@pytest.mark.parametrize(
    ("content", "owner"),
    [
        (excel_owner_file("Alice Brown"), "Alice Brown"),
        (excel_owner_file("Łucja"), "Łucja"),
        (b"\x05Alice" + b" " * 49, "Alice"),
        (b"", "another user"),
        (b"\x03\n\r\x07", "another user"),
    ],
)
def test_a_file_open_in_excel_is_refused(report: Path, content: bytes, owner: str) -> None:
    report.with_name("~$report.xlsx").write_bytes(content)
    text = refusal(report)
    assert f"open in Excel by {owner}; close it there" in text
    assert "~$report.xlsx" in text


@pytest.mark.parametrize(
    ("content", "owner"),
    [
        ("Alice Brown,alice,desk,21.11.2025 21:29,file:///profile;", "Alice Brown"),
        (",alice,desk,21.11.2025 21:29,file:///profile;", "alice"),
        ("", "another user"),
    ],
)
def test_a_file_open_in_libreoffice_is_refused(report: Path, content: str, owner: str) -> None:
    report.with_name(".~lock.report.xlsx#").write_text(content, encoding="utf-8")
    assert f"open in LibreOffice by {owner}; close it there" in refusal(report)


def test_another_files_lock_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "~$other.xlsx").write_bytes(excel_owner_file("Alice"))
    replace_file(tmp_path / "report.xlsx", writing(b"new"))
    assert (tmp_path / "report.xlsx").read_bytes() == b"new"
