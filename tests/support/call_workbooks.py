"""A workbook that makes many calls, their arguments in cells, to hold what a spreadsheet computes against Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_addin.problems import EXCEL_ERRORS
from napkinxl_addin.spelling import Host, spell
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.sheet_writer import CellKey
from support.random_calls import expected

Call = tuple[str, list[Any]]
ERRORS = {"#DIV/0!": "=1/0", "#N/A": "=NA()"}
WRONG = 12345.0  # what is stored with every formula: it must be computed anew


def call_workbook(path: Path, calls: Sequence[Call], host: Host, blank: str = "") -> list[list[list[CellKey]]]:
    """Write the workbook; returns the cells of each call's answer, row by row.

    `blank` is what stands for an argument that is left out between others.
    """
    workbook = Workbook()
    made, data = workbook.worksheets[0], workbook.create_sheet("Data")
    made.title = "Calls"
    values: dict[CellKey, Any] = {}
    answers = []
    row, free_row = 1, 1
    for name, arguments in calls:
        texts = []
        for argument in arguments:
            text, free_row = _argument(data, argument, free_row, values)
            texts.append(text or blank)
        while texts and texts[-1] in ("", blank):
            texts.pop()
        wanted = expected(name, arguments)
        grid = wanted if isinstance(wanted, list) else [[wanted]]
        formula = f"={spell(name, host)}({','.join(texts)})"
        cells = [
            [f"{get_column_letter(column)}{row + down}" for column in range(1, len(line) + 1)]
            for down, line in enumerate(grid)
        ]
        single = len(grid) == len(grid[0]) == 1
        reference = f"{cells[0][0]}:{cells[-1][-1]}"
        made[cells[0][0]].value = formula if single else ArrayFormula(reference, formula)
        for cell in (cell for line in cells for cell in line):
            made[cell].number_format = "General"  # the cells that an array formula fills must be there
        values.update({("Calls", cell): WRONG for line in cells for cell in line})
        answers.append([[("Calls", cell) for cell in line] for line in cells])
        row += len(grid)
    write_workbook(workbook, path, values, created=datetime(2026, 11, 22, tzinfo=UTC))
    return answers


def _argument(data: Worksheet, argument: Any, row: int, values: dict[CellKey, Any]) -> tuple[str, int]:
    """How a formula says an argument: as a reference to cells that hold it; and the next free row."""
    if argument is None:
        return "", row
    rows = argument if isinstance(argument, list) else [[argument]]
    for down, line in enumerate(rows):
        for column, cell in enumerate(line, start=1):
            place = data.cell(row + down, column)
            if isinstance(cell, str) and cell in EXCEL_ERRORS:
                place.value = ERRORS[cell]
                values["Data", place.coordinate] = cell
            elif isinstance(cell, str):
                place.value = cell
                place.data_type = "s"
            else:
                place.value = cell
    last = f"{get_column_letter(len(rows[0]))}{row + len(rows) - 1}"
    reference = f"Data!A{row}" if last == f"A{row}" else f"Data!A{row}:{last}"
    return reference, row + len(rows)
