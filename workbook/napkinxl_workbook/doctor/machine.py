"""The machine: Python, the packages, the functions themselves, xlwings' library and LibreOffice."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import napkinxl
from napkinxl_addin.calc.profile import Profile, default_profile
from napkinxl_addin.calc.script import script_text
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_workbook.doctor.findings import Finding, note, ok, problem
from napkinxl_workbook.soffice import find_soffice, lacks_python

OLDEST_PYTHON = (3, 11)
# The article's figure: 2 x 64 layers x 8 heads x 128 bytes x 200,000 tokens.
EXPECTED_GB = 26.2144


def machine_findings(profile: Profile | None = None, prefix: Path | None = None) -> Iterator[Finding]:
    """What there is on this machine.

    Parameters
    ----------
    profile : Profile, optional
        The LibreOffice profile to look at; by default the user's own.
    prefix : Path, optional
        The folder of this Python's environment, where pip puts xlwings' library on Windows.
    """
    yield ok("napkinxl", f"version {napkinxl.__version__} in {Path(napkinxl.__path__[0]).parent}")
    yield _python()
    yield _functions()
    yield from _xlwings(prefix or Path(sys.prefix))
    yield from _libreoffice(profile or default_profile())


def _python() -> Finding:
    found = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return problem("Python", found, f"install Python {'.'.join(map(str, OLDEST_PYTHON))} or later")
    return ok("Python", found)


def _functions() -> Finding:
    answer = call("KV_CACHE_GB", "Article 32B", 200_000)
    shown = f"{len(FUNCTIONS)} functions; KV_CACHE_GB answers {answer}"
    if isinstance(answer, float) and abs(answer - EXPECTED_GB) < 1e-9 * EXPECTED_GB:
        return ok("Functions", shown)
    return problem("Functions", shown, f"it must answer {EXPECTED_GB}: install napkinxl again")


def _xlwings(prefix: Path) -> Iterator[Finding]:
    """Excel loads xlwings' library from the folder of the interpreter or the one above."""
    try:
        installed = version("xlwings")
    except PackageNotFoundError:
        yield problem("xlwings", "not installed", "pip install napkinxl brings it")
        return
    yield ok("xlwings", f"version {installed}")
    if sys.platform != "win32":
        yield note("Classic xlwings", "runs functions in Excel for Windows only", "use the template for lite here")
        return
    libraries = [prefix / f"xlwings{bits}-{installed}.dll" for bits in (32, 64)]
    missing = [path.name for path in libraries if not path.exists()]
    if missing:
        yield problem(
            "xlwings' library",
            f"{prefix} lacks {', '.join(missing)}",
            "pip install --force-reinstall xlwings==" + installed,
        )
    else:
        yield ok("xlwings' library", f"{libraries[-1].name} in {prefix}")


def _libreoffice(profile: Profile) -> Iterator[Finding]:
    soffice = find_soffice()
    if soffice is None:
        yield note("LibreOffice", "not found; only LibreOffice Calc needs it")
        return
    yield ok("LibreOffice", str(soffice))
    if lacks_python(soffice):
        yield problem("LibreOffice's Python", "not installed", "apt install libreoffice-script-provider-python")
    if not profile.script.exists():
        yield note("Functions in Calc", f"not installed in {profile.root}", "napkinxl calc-install")
    elif profile.script.read_text(encoding="utf-8", errors="replace") != script_text():
        yield problem("Functions in Calc", f"{profile.script} is of another napkinxl", "napkinxl calc-install")
    else:
        yield ok("Functions in Calc", f"installed in {profile.root}")
