"""The speed of `napkinxl recalc`, beside floors that are measured in the same run. Prints a table.

python benchmarks/recalculation.py
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

from run import ROOTS, Measurement, best, python, show

CELLS = 10_000
RUNS = 7
IMPORTS = "import rich_click, rich.console, rich.progress, formualizer, zipfile, xml.parsers.expat"


def function_cells(path: Path) -> None:
    """Write a workbook of cells that call a function."""
    from openpyxl import Workbook

    from napkinxl_workbook.files.cached_values import write_workbook

    workbook = Workbook()
    sheet: Any = workbook.worksheets[0]
    for row in range(1, CELLS + 1):
        sheet.cell(row, 1, float(1000 + row))
        sheet.cell(row, 2, f'=USERS_PER_GPU("B200","Qwen3-32B",A{row},0.2)')
    values = {(sheet.title, f"B{row}"): 0.0 for row in range(1, CELLS + 1)}
    write_workbook(workbook, path, values, created=datetime(2026, 11, 22, tzinfo=UTC))


def command(path: Path) -> Measurement:
    """The whole process beside the bare imports that it needs."""
    code = f"import sys; sys.argv = ['napkinxl', 'recalc', {str(path)!r}, '-o', {str(path.with_stem('out'))!r}]\n"
    spent = best(python(f"{code}from napkinxl_cli.app import main; main()"), RUNS)
    least = best(python(IMPORTS), RUNS)
    return Measurement(
        f"napkinxl recalc, {CELLS:,} function cells",
        f"{spent * 1000:.0f} ms",
        f"{least * 1000:.0f} ms bare imports",
        spent / least,
        "under 10 x",
    )


def work(path: Path) -> Measurement:
    """Recalculation alone, beside the bare calls and one walk through the sheet's XML."""
    from napkinxl_addin.functions import call
    from napkinxl_workbook.recalculation import recalculate

    def floor() -> None:
        """The answers, and every element of the sheet seen once."""
        with zipfile.ZipFile(path) as archive:
            content = archive.read("xl/worksheets/sheet1.xml")
        parser: Any = expat.ParserCreate()
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = lambda *_: None
        parser.Parse(content, True)
        for row in range(1, CELLS + 1):
            call("USERS_PER_GPU", "B200", "Qwen3-32B", float(1000 + row), 0.2)

    spent, least = best(lambda: recalculate(path, path.with_stem("out")), RUNS), best(floor, RUNS)
    return Measurement(
        "  the same without imports",
        f"{spent * 1000:.0f} ms",
        f"{least * 1000:.0f} ms bare calls and XML",
        spent / least,
        "under 5 x",
    )


def main() -> None:
    """Run both and print the table."""
    sys.path[:0] = ROOTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cells.xlsx"
        function_cells(path)
        show([command(path), work(path)])


if __name__ == "__main__":
    main()
