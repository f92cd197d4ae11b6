"""Installing touches nothing of the user's and can be undone to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from napkinxl.errors import FileError
from napkinxl_addin.calc.profile import Profile, default_profile, profile_at
from napkinxl_workbook import soffice
from napkinxl_workbook.calc_install import install, uninstall
from support.libreoffice import needs_libreoffice

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">\n'
    b'<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    b' library:readonly="false" library:passwordprotected="false"'
)
# As LibreOffice 7.4 writes them: with modules, and without.
LISTED = (
    HEAD + b'>\n <library:element library:name="Module1"/>\n <library:element library:name="Mine"/>\n</library:library>'
)
EMPTY = HEAD + b"/>"


def make_profile(root: Path, library: bytes = LISTED) -> Profile:
    profile = Profile(root)
    profile.library.parent.mkdir(parents=True)
    profile.library.write_bytes(library)
    (profile.library.parent / "Mine.xba").write_text("the user's own")
    return profile


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("library", [LISTED, EMPTY, LISTED.replace(b"\n", b"\r\n")], ids=["modules", "none", "crlf"])
def test_installing_can_be_undone_to_the_byte(tmp_path: Path, library: bytes) -> None:
    profile = make_profile(tmp_path, library)
    before, folders = contents(tmp_path), sorted(tmp_path.rglob("*/"))
    assert install(profile) is True
    after = contents(tmp_path)
    assert {path for path in after if after[path] != before.get(path)} == {
        "user/basic/Standard/script.xlb",
        "user/basic/Standard/NapkinXL.xba",
        "user/Scripts/python/napkinxl_calc.py",
    }
    ours = b' <library:element library:name="NapkinXL"/>'
    assert profile.library.read_bytes().count(ours) == 1
    assert library is EMPTY or profile.library.read_bytes().replace(ours, b"").split() == library.split()
    assert uninstall(profile) is True
    assert contents(tmp_path) == before
    assert sorted(tmp_path.rglob("*/")) == folders
    assert uninstall(profile) is False


def test_installing_again_changes_nothing_or_updates(tmp_path: Path) -> None:
    profile = make_profile(tmp_path)
    install(profile)
    first = contents(tmp_path)
    assert install(profile) is False
    profile.script.write_text(profile.script.read_text().replace("def status", "def old"))
    assert install(profile) is True
    assert contents(tmp_path) == first


def test_other_scripts_of_the_user_stay(tmp_path: Path) -> None:
    profile = make_profile(tmp_path)
    profile.script.parent.mkdir(parents=True)
    other = profile.script.with_name("other.py")
    other.write_text("pass")
    install(profile)
    uninstall(profile)
    assert other.exists()


def test_a_running_libreoffice_is_refused(tmp_path: Path) -> None:
    profile = make_profile(tmp_path)
    profile.lock.write_text("")
    before = contents(tmp_path)
    for change in (install, uninstall):
        with pytest.raises(FileError, match="LibreOffice is running; close it"):
            change(profile)
    assert contents(tmp_path) == before


def test_a_users_module_of_our_name_is_refused(tmp_path: Path) -> None:
    profile = make_profile(tmp_path)
    profile.module.write_text("the user's own")
    before = contents(tmp_path)
    for change in (install, uninstall):
        with pytest.raises(FileError, match="is not ours"):
            change(profile)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("library", "reason"),
    [(LISTED.replace(b'protected="false"', b'protected="true"'), "locked by a password"), (b"", "not a list")],
)
def test_a_library_that_takes_no_module_is_refused(tmp_path: Path, library: bytes, reason: str) -> None:
    profile = make_profile(tmp_path, library)
    before = contents(tmp_path)
    with pytest.raises(FileError, match=reason):
        install(profile)
    assert contents(tmp_path) == before


def test_no_libreoffice_and_no_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    with pytest.raises(FileError, match="no LibreOffice was found"):
        install(Profile(tmp_path / "none"))
    assert uninstall(Profile(tmp_path / "none")) is False
    assert list(tmp_path.iterdir()) == []


def test_a_libreoffice_that_makes_no_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "find_soffice", lambda: program)
    with pytest.raises(FileError, match="made no profile"):
        install(Profile(tmp_path / "none"))
    program.write_text("#!/bin/sh\nsleep 60 & wait\n")
    monkeypatch.setattr(soffice, "START_SECONDS", 0.2)
    with pytest.raises(FileError, match="did not end its first start"):
        install(Profile(tmp_path / "none"))


@pytest.mark.slow
def test_a_profile_that_is_missing_is_made(tmp_path: Path) -> None:
    needs_libreoffice()
    profile = Profile(tmp_path / "new profile")
    assert install(profile) is True
    assert b'"Module1"' in profile.library.read_bytes()
    uninstall(profile)
    assert b"NapkinXL" not in profile.library.read_bytes()


def test_where_profiles_are(tmp_path: Path) -> None:
    """LibreOffice's wiki, "UserProfile": the default locations."""
    home = Path("/home/ann")
    assert default_profile("linux", {}, home).library.is_relative_to("/home/ann/.config/libreoffice/4/user")
    assert default_profile("linux", {"XDG_CONFIG_HOME": "/x"}, home).root == Path("/x/libreoffice/4")
    assert default_profile("darwin", {}, home).root == home / "Library/Application Support/LibreOffice/4"
    assert default_profile("win32", {"APPDATA": "/roaming"}, home).root == Path("/roaming/LibreOffice/4")
    (tmp_path / "4" / "user").mkdir(parents=True)
    assert profile_at(tmp_path / "4" / "user") == profile_at(tmp_path / "4") == Profile(tmp_path / "4")


def test_python_is_missed_only_where_it_can_be_told(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.touch()
    assert not soffice.lacks_python(program)
    (tmp_path / "soffice.bin").touch()
    assert soffice.lacks_python(program)
    (tmp_path / "pythonscript.py").touch()
    assert not soffice.lacks_python(program)
