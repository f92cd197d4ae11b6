"""The command line as a stranger meets it: text out, text on stderr, an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from napkinxl_cli.app import main


@dataclass(frozen=True)
class Outcome:
    """What a command left on the screen."""

    code: int
    out: str
    err: str


Command = Callable[..., Outcome]


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Outcome:
    """Run `napkinxl` in this process."""
    monkeypatch.setattr(sys, "argv", ["napkinxl", *arguments])
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as stopped:
        main()
    captured = capsys.readouterr()
    code = stopped.value.code
    return Outcome(code if isinstance(code, int) else 0, captured.out, captured.err)


def run_process(folder: Path, *arguments: str) -> Outcome:
    """Run `napkinxl` as a process of its own, in a folder."""
    command = [sys.executable, "-m", "napkinxl_cli", *arguments]
    roots = [str(Path(__file__).parents[2] / name) for name in ("core", "addin", "workbook")]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(roots), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
