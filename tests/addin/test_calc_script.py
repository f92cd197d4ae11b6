"""The Python script that LibreOffice runs: another Python finds our packages through it, and no others."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from napkinxl_addin.calc.basic_module import basic_code, module_text
from napkinxl_addin.calc.script import package_folders, script_text
from napkinxl_addin.functions import FUNCTIONS

# As LibreOffice does: the script's functions are called by their names; -I and -S hide every installed package.
_HOST = """
import sys
space = {}
exec(compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec"), space)
(answer,) = space["g_exportedScripts"]
print(answer("KV_CACHE_GB", ("Article 32B", 200000)), answer("NAPKINXL_STATUS", ()), sep="|")
try:
    import stranger
    print("a stranger was found")
except ImportError:
    pass
print(sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "openpyxl", "pandas", "pydantic", "xlwings"}))
"""


def run_in_bare_python(folder: Path, script: str) -> list[str]:
    (folder / "script.py").write_text(script, encoding="utf-8")
    (folder / "host.py").write_text(_HOST, encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(folder / "host.py"), str(folder / "script.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.splitlines()


def test_the_packages_work_in_a_python_without_any(tmp_path: Path) -> None:
    """Published: 26.2 GB for a chat of 200,000 tokens."""
    first, heavy = run_in_bare_python(tmp_path, script_text())
    value, status = first.split("|")
    assert float(value) == pytest.approx(26.2144, rel=1e-12)
    assert status.startswith("napkinxl ")
    assert str(package_folders()["napkinxl"]) in status
    assert heavy == "[]"


def test_only_our_packages_are_found_where_they_lie(tmp_path: Path) -> None:
    folder = tmp_path / "Käte's site-packages"
    folder.mkdir()
    for name, parent in package_folders().items():
        (folder / name).symlink_to(parent / name, target_is_directory=True)
    (folder / "stranger.py").write_text("")
    script = script_text(dict.fromkeys(package_folders(), folder))
    first, *rest = run_in_bare_python(tmp_path, script)
    assert float(first.split("|")[0]) == pytest.approx(26.2144, rel=1e-12)
    assert rest == ["[]"]


def test_a_package_that_is_gone_is_an_error_with_its_reason(tmp_path: Path) -> None:
    first, _ = run_in_bare_python(tmp_path, script_text(dict.fromkeys(package_folders(), tmp_path / "gone")))
    value, status = first.split("|")
    assert value == "nan"
    assert "cannot be loaded" in status
    assert "No module named 'napkinxl'" in status


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(script_text(), feature_version=(3, 7))
    assert script_text().isascii()


def test_the_basic_module_has_one_function_for_each_of_ours() -> None:
    module = ElementTree.fromstring(module_text())
    assert module.text == basic_code()
    lines = basic_code().splitlines()
    assert [name for name in FUNCTIONS if lines.count(f"Function {name}(ParamArray given())") != 1] == []
    assert lines.count("End Function") == sum(line.startswith("Function ") for line in lines) == len(FUNCTIONS) + 3
    assert max(map(len, lines)) < 255
