"""Scenarios from a workbook: the first sheet's first row names the fields, each row below is a scenario.

A report is read back too: the blue cells of its sheet Inputs. So is a scenario table, without its results.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from napkinxl.errors import FileError, InputError
from napkinxl.scenarios.files import ScenarioFile, is_workbook
from napkinxl_workbook.files.given_workbooks import opened_workbook
from napkinxl_workbook.files.stored_values import ERROR_TEXTS
from napkinxl_workbook.sheets.columns import NAME_ROW
from napkinxl_workbook.sheets.scenario_inputs import AFTER, HEADERS
from napkinxl_workbook.table.columns import without_results


def read_file(path: Path) -> ScenarioFile:
    """What a workbook says.

    Raises:
        FileError: the file cannot be read, is empty or is malformed.
    """
    cells = _read_sheet(path)
    is_report = _is_report(cells)
    rows = _report_rows(path, cells) if is_report else _table_rows(path, without_results(cells))
    if not rows:
        raise FileError(f"{path} holds no scenario: below the row of field names every row is blank")
    return ScenarioFile(path, rows, is_report=is_report)


def report_rows(path: Path) -> list[dict[str, Any]] | None:
    """The scenarios of a report or template; None for any other file."""
    cells = _read_sheet(path) if is_workbook(path) else []
    return _report_rows(path, cells) if _is_report(cells) else None


def _table_rows(path: Path, cells: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    header = [str(cell).strip() if cell is not None else "" for cell in (cells[0] if cells else [])]
    if not any(header):
        raise FileError(f"{path}: the first row of the first sheet must name the fields, one scenario a row below")
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise FileError(f"{path}: the column {twice[0]} is there twice")
    named = [column for column, name in enumerate(header) if name]
    rows = []
    for number, line in enumerate(cells[1:], start=2):
        row = {header[column]: line[column] for column in named if line[column] is not None}
        _refuse_errors(path, number, list(row.values()))
        if row:
            rows.append(row)
    return rows


def _refuse_errors(path: Path, number: int, values: list[Any]) -> None:
    for value in values:
        if isinstance(value, str) and value in ERROR_TEXTS:
            raise InputError(
                f"{path.name} row {number}: a cell holds the Excel error {value}; mend it or leave it blank"
            )


def _read_sheet(path: Path) -> list[tuple[Any, ...]]:
    cells = _cells(path, values=True)
    if any(cell is None for line in cells for cell in line):
        _refuse_uncalculated(path, cells)
    return cells


def _cells(path: Path, *, values: bool) -> list[tuple[Any, ...]]:
    """The cells of the sheet Inputs of a report or template, or of the first sheet: their values, or their formulas."""
    with opened_workbook(path, values=values) as workbook:
        # A report has a sheet Workings, a template that calls functions a sheet Settings.
        ours = "Inputs" in workbook.sheetnames and {"Workings", "Settings"} & set(workbook.sheetnames)
        sheet = workbook["Inputs"] if ours else workbook.worksheets[0]
        return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def _refuse_uncalculated(path: Path, cells: list[tuple[Any, ...]]) -> None:
    """A formula without its value would pass for a blank cell, that is, for the default."""
    for number, (line, formulas) in enumerate(zip(cells, _cells(path, values=False), strict=False), start=1):
        for cell, formula in zip(line, formulas, strict=False):
            if cell is None and isinstance(formula, str) and formula.startswith("="):
                place = f"{path.name} row {number}"
                raise FileError(f"{place}: the formula {formula[:60]} has no value; open and save the file in Excel")


def _is_report(cells: list[tuple[Any, ...]]) -> bool:
    """Whether these are the cells of a report's sheet Inputs."""
    return len(cells) >= NAME_ROW and list(cells[NAME_ROW - 1][: len(HEADERS)]) == HEADERS


def _report_rows(path: Path, cells: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """What each scenario of a report sets: the blue cells, in the columns between the headers Name and Default."""
    header = list(cells[NAME_ROW - 1])
    first, field = len(HEADERS), len(HEADERS) - 1
    # A scenario may be called Default too: the header is the last of that name.
    end = max((column for column, cell in enumerate(header) if cell == AFTER[0]), default=first)
    rows = []
    for column in range(first, end):
        row = {"name": header[column]} if header[column] is not None else {}
        for number, line in enumerate(cells[NAME_ROW:], start=NAME_ROW + 1):
            if line[field] and line[column] is not None:
                _refuse_errors(path, number, [line[column]])
                row[str(line[field])] = line[column]
        if row:
            rows.append(row)
    if not rows:
        raise FileError(
            f"{path}: the sheet Inputs has no scenario between {HEADERS[-1]} and {AFTER[0]} in row {NAME_ROW}"
        )
    return rows
