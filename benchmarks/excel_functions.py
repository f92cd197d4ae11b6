"""The Excel functions' speed, each host beside an identity function in the same host. Prints a table.

    python benchmarks/excel_functions.py

Needs LibreOffice with Python for Calc, and Node with Pyodide (NAPKINXL_PYODIDE) for Lite; see CONTRIBUTING.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from run import ROOTS, Measurement, best, show

from recalculation import CELLS, function_cells

ROWS = 100_000
# With the same arguments as USERS_PER_GPU, so that the conversion has the same to do.
IDENTITY_IN_LITE = """
import xlwings
from napkinxl_addin.functions import FUNCTIONS

NAMES = [argument.name for argument in FUNCTIONS["USERS_PER_GPU"].arguments]
exec("def identity(" + ", ".join(name + "=None" for name in NAMES) + "): return context_tokens")
identity = xlwings.func(identity)
for name in NAMES:
    identity = xlwings.arg(name, ndim=2, err_to_str=True)(identity)
"""


def classic() -> Iterator[Measurement]:
    """Through xlwings' own conversion, with stand-ins for Windows' libraries."""
    from support.classic_host import run_in_classic

    found = run_in_classic("benchmark", {"rows": ROWS})
    scalar, least = found["scalar"], found["scalar identity"]
    yield Measurement(
        "classic: a scalar call",
        f"{scalar * 1e6:.0f} us",
        f"{least * 1e6:.0f} us identity",
        scalar / least,
        "under 2 x",
    )
    column, least = found["range"], found["range identity"]
    yield Measurement(
        f"classic: one call, {ROWS:,} rows",
        f"{column * 1e3:.0f} ms",
        f"{least * 1e3:.0f} ms identity",
        column / least,
        "under 3 x",
    )


def lite() -> Iterator[Measurement]:
    """In Pyodide under Node, through a stand-in for the conversion."""
    from napkinxl_addin.lite.bundle import lite_files
    from support.pyodide_host import run_session

    arguments = ["B200", "Qwen3-32B", 20_000.0, 0.2, None, None, None, None]
    calls = [(name, arguments) for _ in range(300) for name in ("USERS_PER_GPU", "IDENTITY")]
    session = run_session(calls, main=lite_files()["main.py"] + IDENTITY_IN_LITE)
    ours, identity = (min(session.call_milliseconds[100 + first :: 2]) for first in (0, 1))
    yield Measurement(
        "Lite: a scalar call", f"{ours * 1e3:.0f} us", f"{identity * 1e3:.0f} us identity", ours / identity, "under 2 x"
    )
    start, least = session.milliseconds["main"], session.milliseconds["pyodide"]
    yield Measurement("Lite: start of the bundle", f"{start:.0f} ms", f"{least:.0f} ms Pyodide", start / least, "-")


def recalculation() -> Measurement:
    """A workbook of function cells, beside LibreOffice with the same functions."""
    from napkinxl_workbook.recalculation import recalculate
    from support.calc_host import with_functions
    from support.libreoffice import recalculate as in_calc

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "cells.xlsx"
        function_cells(path)
        spent = best(lambda: recalculate(path, folder / "out.xlsx"), 3)
        with_functions(folder / "calc")
        in_calc(path, folder / "calc")
        start = time.perf_counter()
        in_calc(path, folder / "calc")
        least = time.perf_counter() - start
    return Measurement(
        f"recalc: {CELLS:,} function cells",
        f"{spent:.2f} s",
        f"{least:.2f} s LibreOffice Calc",
        spent / least,
        "under 1.5 s",
    )


def main() -> None:
    """Run all and print the table."""
    sys.path[:0] = [*ROOTS, str(Path(__file__).resolve().parents[1] / "tests")]
    show([*classic(), *lite(), recalculation()])


if __name__ == "__main__":
    main()
