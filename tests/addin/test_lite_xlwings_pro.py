"""The same calls through xlwings' own conversion for Office.js, in a server's Python and in Pyodide.

That part of xlwings is xlwings PRO and asks for a licence key; its free key excludes commercial use. So these tests run
only where somebody who has a key says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xlwings

import napkinxl
import napkinxl_addin
from support import lite_xlwings
from support.lite_cases import CASES
from support.pyodide_host import XlwingsModules, delivered, read_answer, run_session

LICENCE = "XLWINGS_LICENSE_KEY"
WANTED = os.environ.get("NAPKINXL_TEST_XLWINGS_PRO") == "1" and bool(os.environ.get(LICENCE))
DRIVER = Path(lite_xlwings.__file__).with_name("xlwings_server_calls.py")
CALLS = [(name, arguments) for name, arguments, _ in CASES.values()]
EXPECTED = {case: answer for case, (_, _, answer) in CASES.items()}

pytestmark = pytest.mark.skipif(not WANTED, reason=f"needs NAPKINXL_TEST_XLWINGS_PRO=1 and a key in {LICENCE}")


def test_xlwings_server_gives_the_same() -> None:
    roots = os.pathsep.join(str(Path(package.__path__[0]).parent) for package in (napkinxl, napkinxl_addin))
    environment = {**os.environ, "XLWINGS_ON_SERVER": "true", "PYTHONPATH": roots}
    calls = [[name, [delivered(argument) for argument in arguments]] for name, arguments in CALLS]
    done = subprocess.run(
        [sys.executable, str(DRIVER)],
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert by_case([read_answer(reply) for reply in json.loads(done.stdout)]) == EXPECTED


@pytest.mark.slow
def test_xlwings_in_pyodide_gives_the_same() -> None:
    package = Path(xlwings.__path__[0])
    files = {path.relative_to(package.parent).as_posix(): path for path in package.rglob("*.py")}
    modules = XlwingsModules(
        {**files, DRIVER.name: DRIVER}, DRIVER.stem, {LICENCE: os.environ[LICENCE], "XLWINGS_ON_SERVER": "true"}
    )
    assert by_case(run_session(CALLS, xlwings=modules).answers) == EXPECTED


def by_case(answers: list[Any]) -> dict[str, Any]:
    return dict(zip(CASES, answers, strict=True))
