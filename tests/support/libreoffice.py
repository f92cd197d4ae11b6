"""LibreOffice without a window: it recalculates workbooks and turns them into pictures."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from napkinxl_workbook.soffice import find_soffice
from support.checkers import missing, only_in_slow_tests

TIMEOUT_SECONDS: Final = 180
STARTUP_OPTIONS: Final = (
    "--headless",
    "--norestore",
    "--nolockcheck",
    "--nodefault",
    "--nologo",
    "--nofirststartwizard",
)

# Mode 0 is "always": by default LibreOffice trusts the values stored in an xlsx file and recalculates nearly none.
_ALWAYS_RECALCULATE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


class LibreOfficeError(Exception):
    """LibreOffice did not deliver the file that was asked for."""


def needs_libreoffice() -> Path:
    """Return the program; skip the test without it, or fail where checks are required."""
    only_in_slow_tests("LibreOffice")
    return find_soffice() or missing("LibreOffice", "install libreoffice-calc")


def needs_pdftoppm() -> Path:
    """Return the program that turns PDF pages into pictures; skip or fail without it."""
    found = shutil.which("pdftoppm")
    return Path(found) if found is not None else missing("pdftoppm", "install poppler-utils")


def recalculate(path: Path, folder: Path) -> Path:
    """Recalculate one workbook from its formulas; see `recalculate_many`."""
    return recalculate_many([path], folder)[0]


def recalculate_many(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Recalculate workbooks from their formulas in one start of LibreOffice.

    Parameters
    ----------
    paths
        Workbooks; they are only read.
    folder
        Where the profile, copies and results are put, such as pytest's ``tmp_path``.

    Returns
    -------
    list of Path
        One new workbook for each given one, in their order.

    Raises
    ------
    LibreOfficeError
        It failed, took too long or left out a file.
    """
    return _convert(paths, folder, "xlsx")


def to_pdf(path: Path, folder: Path) -> Path:
    """Print a workbook to a PDF file in `folder`."""
    return _convert([path], folder, "pdf")[0]


def to_png(pdf: Path, folder: Path, *, dots_per_inch: int = 80) -> list[Path]:
    """Draw every page of a PDF file as a picture in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [str(needs_pdftoppm()), "-png", "-r", str(dots_per_inch), str(pdf), str(folder / pdf.stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _convert(paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    profile, copies, results = folder / "profile", folder / "copies", folder / f"to-{kind}"
    make_profile(profile)
    copies.mkdir(parents=True, exist_ok=True)
    # Numbered copies: two workbooks of one name would overwrite each other.
    inputs = [copies / f"{number:04}-{path.name}" for number, path in enumerate(paths)]
    for path, copy in zip(paths, inputs, strict=True):
        shutil.copyfile(path, copy)
    outputs = [results / f"{copy.stem}.{kind}" for copy in inputs]
    for stale in outputs:
        stale.unlink(missing_ok=True)
    options = [f"-env:UserInstallation={profile.resolve().as_uri()}", *STARTUP_OPTIONS]
    program = str(needs_libreoffice())
    said = run_program([program, *options, "--convert-to", kind, "--outdir", str(results), *map(str, inputs)])
    # Its exit code is 0 even when it could not read a file.
    absent = [output.name for output in outputs if not output.exists()]
    if absent:
        raise LibreOfficeError(f"LibreOffice made no {', '.join(absent)}; it said: {said.strip() or 'nothing'}")
    return outputs


def make_profile(profile: Path) -> None:
    """Write the settings of a profile that does not trust stored values, before its first start."""
    settings = profile / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")


def run_program(command: list[str]) -> str:
    """Run LibreOffice to its end, or stop it with all its processes; what it said."""
    # A session of its own: soffice is a script that starts further processes, and all of them must end.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True, env=_environment()
    ) as process:
        try:
            said, _ = process.communicate(timeout=TIMEOUT_SECONDS)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise LibreOfficeError(f"LibreOffice took more than {TIMEOUT_SECONDS} s") from error
            raise
    return said


def _environment() -> dict[str, str]:
    """Without an environment of Python that is active: LibreOffice would take it for its own."""
    own = str(Path(sys.executable).parent)
    folders = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder != own]
    return {**os.environ, "PATH": os.pathsep.join(folders)}


def _end(process: subprocess.Popen[str]) -> None:
    # Not waited for yet, so its number cannot belong to another process by now.
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
