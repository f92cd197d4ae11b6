"""What a report says, as plain figures by scenario: of a file, or of estimates that are about to become one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import napkinxl
from napkinxl.engine.inputs import Input
from napkinxl.errors import FileError
from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas import QUANTITIES, Quantity
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import API_SOURCE, DEFAULT_CHOICES
from napkinxl_workbook.files.given_workbooks import opened_workbook
from napkinxl_workbook.files.stored_values import ERROR_TEXTS
from napkinxl_workbook.scenario_workbooks import report_rows
from napkinxl_workbook.sheets.pipeline_block import HEADERS
from napkinxl_workbook.sheets.workings import OF_THE_ROW, WORKINGS_SHEET

Value = float | str | None
"""None: no answer, or a blank input."""

ABOUT_SHEET, MADE_BY = "About", "Made by"
_MOST_ROWS: Final = 20_000


@dataclass(frozen=True)
class Line:
    """A row of the workings: its label, its unit, and its value by scenario."""

    label: str
    unit: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """The version that made a report, what each scenario sets, and every row of the workings by name."""

    version: str
    given: dict[str, dict[str, Value]]
    lines: dict[str, Line]

    @property
    def scenarios(self) -> list[str]:
        """The names of the scenarios; one that is there again has a number behind it."""
        return list(self.given)


def figures_of(estimates: Sequence[Estimate]) -> Figures:
    """What the report of these estimates will say."""
    names = _distinct(item.scenario.name for item in estimates)
    given: dict[str, dict[str, Value]] = {}
    for name, item in zip(names, estimates, strict=True):
        texts: dict[str, Value] = {text: getattr(item.scenario, text) for text in DEFAULT_CHOICES}
        texts |= {API_SOURCE: item.scenario.api_source} if item.scenario.api_source else {}
        given[name] = {**texts, **{key: _value(value) for key, value in item.scenario.given().items()}}
    lines = {}
    known: dict[str, Input | Quantity] = {**INPUTS, **QUANTITIES}
    for key, about in known.items():
        values = {name: _value(item.values[key]) for name, item in zip(names, estimates, strict=True)}
        lines[key] = Line(about.label, about.unit, values)
    return Figures(f"napkinxl {napkinxl.__version__}", given, lines)


def read_figures(path: Path) -> Figures:
    """What a report says that was written before, perhaps by an older version, perhaps with its inputs changed since.

    Raises:
        FileError: the file cannot be read, or is no report.
    """
    rows = report_rows(path)
    if rows is None:
        raise FileError(f"{path} is no report to compare with: give an .xlsx file that napkinxl report wrote")
    names = _distinct(str(row.get("name", "")) for row in rows)
    given = {
        name: {**DEFAULT_CHOICES, **{key: _value(value) for key, value in row.items() if key != "name"}}
        for name, row in zip(names, rows, strict=True)
    }
    version, cells = _read_sheets(path)
    return Figures(version, given, _lines(path, cells, names))


def _read_sheets(path: Path) -> tuple[str, list[tuple[Any, ...]]]:
    """The version on the sheet About, and the cells of the workings."""
    with opened_workbook(path, values=True) as workbook:
        if WORKINGS_SHEET not in workbook.sheetnames:
            raise FileError(f"{path} has no sheet {WORKINGS_SHEET}: it is no report to compare with")
        cells = [tuple(row) for row in workbook[WORKINGS_SHEET].iter_rows(max_row=_MOST_ROWS, values_only=True)]
        about = workbook[ABOUT_SHEET].iter_rows(values_only=True) if ABOUT_SHEET in workbook.sheetnames else ()
        version = next((str(row[1]) for row in about if len(row) > 1 and row[0] == MADE_BY and row[1]), "")
        return version, cells


def _lines(path: Path, cells: list[tuple[Any, ...]], names: Sequence[str]) -> dict[str, Line]:
    """The rows that have a name in column C; the scenarios stand between the headers Name and Selected scenario."""
    place = len(HEADERS) - 1
    header = next((list(row) for row in cells if HEADERS[place] in row and OF_THE_ROW[0] in row), [])
    # A scenario may be called so too: the header is the last of that name.
    end = max((column for column, cell in enumerate(header) if cell == OF_THE_ROW[0]), default=0)
    if end - place - 1 != len(names):
        raise FileError(f"{path}: its workings must have a column for each of the {len(names)} scenarios on Inputs")
    lines = {}
    for row in cells:
        if len(row) > end and isinstance(row[place], str) and row[place] != HEADERS[place]:
            values = dict(zip(names, map(_value, row[place + 1 : end]), strict=True))
            lines[row[place]] = Line(str(row[0] or ""), str(row[1] or ""), values)
    if lines and all(value is None for line in lines.values() for value in line.values.values()):
        raise FileError(f"{path} holds formulas without values: open and save it in Excel or LibreOffice first")
    return lines


def _value(value: object) -> Value:
    if isinstance(value, str):
        return None if value in ERROR_TEXTS else value
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    return None


def _distinct(names: Iterable[str]) -> list[str]:
    """The names, with a number behind one that was there before."""
    found: dict[str, None] = {}
    for name in names:
        number, distinct = 1, name
        while distinct in found:
            number += 1
            distinct = f"{name} ({number})"
        found[distinct] = None
    return list(found)
