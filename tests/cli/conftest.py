"""The command line in an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_line import Command, run


@pytest.fixture
def napkinxl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: run(capsys, monkeypatch, *arguments)
