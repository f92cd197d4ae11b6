"""`napkinxl calc-install`, as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from napkinxl.errors import FileError
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_cli.commands.calc import calc_install
from napkinxl_workbook import soffice
from support.libreoffice import needs_libreoffice


def run(*arguments: str) -> Result:
    return CliRunner().invoke(calc_install, arguments, env={"COLUMNS": "80"})


@pytest.mark.slow
def test_install_and_uninstall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_libreoffice()
    profile = str(tmp_path / "profile")
    installed = run("--profile", profile)
    assert installed.exit_code == 0, installed.output
    assert f"Installed {len(FUNCTIONS)} functions in {profile}" in installed.output
    assert '=KV_CACHE_GB("Article 32B";200000)' in installed.output
    assert "Already up to date" in run("--profile", f"{profile}/user").output
    assert f"Removed the functions from {profile}" in run("--profile", profile, "--uninstall").output
    assert "nothing of napkinxl" in run("--profile", profile, "--uninstall").output


def test_a_libreoffice_without_python_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "user" / "basic" / "Standard" / "script.xlb"
    library.parent.mkdir(parents=True)
    library.write_text("<library:library>\n</library:library>")
    (tmp_path / "soffice.bin").touch()
    monkeypatch.setattr("napkinxl_cli.commands.calc.find_soffice", lambda: tmp_path / "soffice")
    assert "apt install libreoffice-script-provider-python" in run("--profile", str(tmp_path)).output


def test_your_own_profile_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    for name in ("XDG_CONFIG_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    outcome = run()
    assert isinstance(outcome.exception, FileError)
    assert str(tmp_path) in str(outcome.exception)
    assert "--profile" in str(outcome.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_help_fits_a_terminal() -> None:
    text = run("--help").output
    assert "napkinxl calc-install --uninstall" in text
    assert max(map(len, text.splitlines())) <= 80
