"""Classic xlwings without Windows: its real conversion code, in a process of its own, with stand-ins for pywin32."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MODULE = "napkinxl_addin.udfs"
# The child is this file, run as a script.
ROOTS = [str(ROOT / name) for name in ("core", "addin", "workbook", "tests")]


def run_in_classic(task: str, data: Any) -> Any:
    """Run a task of this module in a process where xlwings believes that it is on Windows."""
    code = f"import sys; sys.path[:0] = {ROOTS!r}; from support.classic_host import main; main()"
    command = [sys.executable, "-c", code, task]
    found = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True, timeout=300)
    if found.returncode:
        raise AssertionError(f"{task}: {found.stderr[-2000:]}")
    return json.loads(found.stdout)


def main() -> None:
    """Answer the task that the command line names."""
    from support import windows_stand_ins

    windows_stand_ins.install()
    with windows_stand_ins.windows():
        import xlwings
    assert xlwings.func.__module__ == "xlwings.udfs"
    tasks: dict[str, Callable[[Any], Any]] = {"calls": _calls, "vba": _vba, "benchmark": _benchmark}
    json.dump(tasks[sys.argv[1]](json.load(sys.stdin)), sys.stdout)


def _calls(calls: list[tuple[str, list[Any], str]]) -> list[Any]:
    """Each call as VBA makes it. The last word says how arguments are handed over: as values (Value2) or as ranges."""
    from xlwings.com_server import XLPython

    from support import windows_stand_ins as windows

    server: Any = XLPython()
    caller = windows.FakeRange([[None]])
    answers = [
        server.CallUDF(MODULE, name.lower(), [_handed_over(item, how) for item in arguments], None, caller)
        for name, arguments, how in calls
    ]
    # A single row goes back flat, which VBA takes as a row.
    return [[item] if isinstance(item, list) and not isinstance(item[0], list) else item for item in answers]


def _handed_over(argument: Any, how: str) -> Any:
    """An argument as pywin32 delivers it."""
    from support import windows_stand_ins as windows

    if argument == "(missing)":
        return windows.MISSING
    rows = argument if isinstance(argument, list) else [[argument]]
    cells = tuple(tuple(_cell(cell) for cell in row) for row in rows)
    if how == "ranges":
        return windows.FakeRange(cells)
    return cells if isinstance(argument, list) else cells[0][0]


def _cell(cell: Any) -> Any:
    """A cell as COM does: errors as their codes; a currency or a date cell only where a range is read by Value."""
    import datetime
    from decimal import Decimal

    from support.windows_stand_ins import ERROR_CODES

    if isinstance(cell, dict):
        return Decimal(cell["currency"]) if "currency" in cell else datetime.datetime.fromisoformat(cell["date"])
    return ERROR_CODES.get(cell, cell) if isinstance(cell, str) else cell


def _vba(_data: Any) -> str:
    """The wrappers that xlwings itself writes when somebody presses Import Functions."""
    import io
    import types
    from importlib import import_module

    from xlwings import udfs

    text = io.StringIO()
    write: Any = udfs.generate_vba_wrapper
    write(MODULE, import_module(MODULE), text, types.SimpleNamespace(Name="napkinxl.xlsm"))
    return text.getvalue()


def _benchmark(data: dict[str, int]) -> dict[str, float]:
    """Seconds of a scalar call and of a range call, each beside an identity function with the same arguments."""
    import importlib.util
    import time

    import xlwings
    from xlwings.com_server import XLPython

    from napkinxl_addin.functions import FUNCTIONS
    from support import windows_stand_ins as windows

    spec = importlib.util.spec_from_file_location("identity_udfs", __file__)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    names = [argument.name for argument in FUNCTIONS["USERS_PER_GPU"].arguments]
    scope: dict[str, Any] = {}
    exec(f"def identity({', '.join(f'{name}=None' for name in names)}):\n    return context_tokens", scope)
    function = xlwings.func(scope["identity"])
    for name in names:
        function = xlwings.arg(name, ndim=2, err_to_str=True)(function)
    module.identity = function  # type: ignore[attr-defined]
    sys.modules["identity_udfs"] = module
    server: Any = XLPython()
    caller = windows.FakeRange([[None]])

    def best(runs: int, repeats: int, *call: Any) -> float:
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            for _ in range(repeats):
                server.CallUDF(call[0], call[1], call[2], None, caller)
            times.append((time.perf_counter() - start) / repeats)
        return min(times)

    rows = data["rows"]
    contexts = tuple((float(1000 + row),) for row in range(rows))
    models = tuple((name,) for name in ("Qwen3-32B", "Qwen3-8B") * (rows // 2))
    rest = [windows.MISSING] * 4
    scalar, column = ["B200", "Qwen3-32B", 20_000.0, 0.2, *rest], ["B200", models, contexts, 0.2, *rest]
    ours, identity = (MODULE, "users_per_gpu"), ("identity_udfs", "identity")
    return {
        "scalar": best(9, 500, *ours, scalar),
        "scalar identity": best(9, 500, *identity, scalar),
        "range": best(5, 1, *ours, column),
        "range identity": best(5, 1, *identity, column),
    }
