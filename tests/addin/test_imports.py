"""The functions need nothing but the standard library: they run in Pyodide and in LibreOffice's own Python."""

from __future__ import annotations

import subprocess
import sys

import pytest

from docs.pages import ROOT
from napkinxl.formulas import QUANTITIES

ROOTS = [str(ROOT / name) for name in ("core", "addin")]
PACKAGES = ("numpy", "pandas", "pydantic", "xlwings", "openpyxl")
CALLS = """
from napkinxl_addin.functions import call
users = call("USERS_PER_GPU", "B200", [["Article 32B"]] * 99)[98]
print(call("KV_CACHE_GB", "Article 32B", 200000), len(call("NAPKIN")), users)
"""


@pytest.mark.parametrize("blocked", [False, True], ids=["not imported for a scalar", "not there at all"])
def test_functions_run_without_packages(blocked: bool) -> None:
    block = "".join(f"sys.modules[{name!r}] = None\n" for name in PACKAGES) if blocked else ""
    calls = CALLS if blocked else CALLS.replace("* 99)[98]", "* 9)[8]")
    tail = f"print([name for name in {PACKAGES!r} if sys.modules.get(name)])"
    code = f"import sys\nsys.path[:0] = {ROOTS!r}\n{block}{calls}{tail}"
    found = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == f"26.2144 {1 + len(QUANTITIES)} [30.0]\n[]\n"
