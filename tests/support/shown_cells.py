"""What a program of its own shows in the cells of a workbook: LibreOffice's text export."""

from __future__ import annotations

import csv
import math
import shutil
from pathlib import Path
from typing import Final

from support.libreoffice import STARTUP_OPTIONS, make_profile, needs_libreoffice, run_program

# Commas, double quotes, UTF-8, cells as they are shown, every sheet.
_FILTER: Final = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
LEAST_DIGITS: Final = 9  # General shows as many as there is room for, and programs differ in the room


def shown_cells(path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The texts of all cells of a workbook by sheet and row, after a recalculation."""
    needs_libreoffice()
    profile, copy = folder / "profile", folder / "shown.xlsx"
    make_profile(profile)
    shutil.copyfile(path, copy)
    address = f"-env:UserInstallation={profile.resolve().as_uri()}"
    command = [str(needs_libreoffice()), address, *STARTUP_OPTIONS, "--convert-to", _FILTER, "--outdir", str(folder)]
    run_program([*command, str(copy)])
    found = {}
    for file in folder.glob("shown-*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            found[file.stem.removeprefix("shown-")] = list(csv.reader(stream))
    return found


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, but for how many digits of a number there was room for."""
    if one == other:
        return True
    try:
        numbers = float(one), float(other)
    except ValueError:
        return False
    digits = min(sum(sign.isdigit() for sign in text) for text in (one, other))
    return digits >= LEAST_DIGITS and math.isclose(*numbers, rel_tol=10.0 ** (1 - LEAST_DIGITS))
