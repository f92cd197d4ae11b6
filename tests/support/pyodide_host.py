"""The functions as xlwings Lite runs them: inside Pyodide, started by node, with a stand-in for xlwings itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from napkinxl_addin.lite.bundle import lite_files
from support import lite_xlwings
from support.checkers import missing, only_in_slow_tests

FOLDER_VARIABLE: Final = "NAPKINXL_PYODIDE"
TIMEOUT_SECONDS: Final = 180
_SCRIPT: Final = Path(__file__).with_suffix(".mjs")
_CODES: Final = {name: code for code, name in lite_xlwings.ERROR_TYPES.items()}


@dataclass(frozen=True)
class ErrorCell:
    """An error value in a cell, such as #N/A."""

    code: str


@dataclass(frozen=True)
class Raised:
    """An exception that left the function; Excel shows #VALUE! and the text beside it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Session:
    """What one run of main.py gave: Excel's view of the functions, the answers, and how long everything took.

    An answer is rows of cells or `Raised`; times are in milliseconds: `pyodide`, `main`, `mainAgain`, and each call.
    """

    functions: list[dict[str, Any]]
    modules: list[str]
    answers: list[list[list[Any]] | Raised]
    milliseconds: dict[str, float]
    call_milliseconds: list[float]


@dataclass(frozen=True)
class XlwingsModules:
    """What stands for xlwings: files by path, and the module of them that registers and calls functions."""

    files: Mapping[str, Path]
    driver: str
    environment: Mapping[str, str] = field(default_factory=dict)


def find_pyodide() -> Path | None:
    """Return the folder of npm's package: the one that the variable names, else from a node_modules folder above."""
    named = os.environ.get(FOLDER_VARIABLE)
    places = (
        [Path(named)]
        if named
        else [folder / "node_modules" / "pyodide" for folder in (Path.cwd(), *Path(__file__).resolve().parents)]
    )
    return next((place for place in places if (place / "pyodide.mjs").is_file()), None)


def needs_pyodide() -> tuple[str, Path]:
    """Return node and the folder of Pyodide; skip the test without them, or fail where checks are required."""
    only_in_slow_tests("node")
    node = shutil.which("node") or missing("node", "install Node.js 20 or later")
    remedy = f"npm install pyodide@314.0.7, or name its folder in {FOLDER_VARIABLE}"
    return node, find_pyodide() or missing("pyodide", remedy)


def run_calls(calls: Sequence[tuple[str, Sequence[Any]]]) -> list[list[list[Any]] | Raised]:
    """Call functions in Pyodide, all in one process.

    Parameters
    ----------
    calls
        Excel's name and the arguments of each call: a value, a list of rows, or None for an argument that is left out.
        An empty cell inside a range is None as well (Excel on the web; elsewhere it arrives as 0), a text without
        signs is "", an error is `ErrorCell`.

    Returns
    -------
    list
        Rows of cells, errors as `ErrorCell`, or what the function raised.
    """
    return run_session(calls).answers


def run_session(
    calls: Sequence[tuple[str, Sequence[Any]]],
    main: str | None = None,
    xlwings: XlwingsModules | None = None,
) -> Session:
    """Run a main.py, by default ours, and call functions of it, by default through the stand-in; see `run_calls`."""
    node, pyodide = needs_pyodide()
    used = xlwings or XlwingsModules({"xlwings.py": Path(lite_xlwings.__file__)}, "xlwings")
    request = {
        "main": lite_files()["main.py"] if main is None else main,
        "modules": {name: path.read_text(encoding="utf-8") for name, path in used.files.items()},
        "driver": used.driver,
        "environment": dict(used.environment),
        "calls": [[name, [delivered(argument) for argument in arguments]] for name, arguments in calls],
    }
    done = subprocess.run(
        [node, str(_SCRIPT), str(pyodide)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"main.py could not be run in Pyodide: {done.stderr.strip()[-2000:]}")
    reply = json.loads(done.stdout)
    return Session(
        functions=reply["functions"],
        modules=reply["modules"],
        answers=[read_answer(item) for item in reply["replies"]],
        milliseconds=reply["ms"],
        call_milliseconds=[item["ms"] for item in reply["replies"]],
    )


def delivered(argument: Any) -> Any:
    """An argument as Office.js delivers it: a matrix, or null where it is left out."""
    if argument is None:
        return None
    rows = argument if isinstance(argument, (list, tuple)) else [[argument]]
    return [[_delivered_cell(cell) for cell in row] for row in rows]


def _delivered_cell(cell: Any) -> Any:
    if isinstance(cell, ErrorCell):
        return {"type": "Error", "errorType": lite_xlwings.ERROR_TYPES[cell.code], "basicValue": cell.code}
    return cell


def read_answer(reply: Mapping[str, Any]) -> list[list[Any]] | Raised:
    """What a call gave, as `run_calls` returns it."""
    if "raised" in reply:
        return Raised(reply["raised"], reply["text"])
    return [[_answer_cell(cell) for cell in row] for row in reply["rows"]]


def _answer_cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    return ErrorCell(_CODES[cell["errorType"]]) if cell.get("type") == "Error" else float(cell["notFinite"])
