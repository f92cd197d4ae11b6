"""Reports for proofs about every formula: which scenario is shown and what is moved are given; values as files show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from napkinxl import Scenario
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.report import build_report
from support.engines import EngineValue
from support.report_files import CREATED


def write_book(
    path: Path, scenarios: Sequence[Scenario], selected: str | None = None, moved: Sequence[str] = ()
) -> Book:
    """Write a report; the book holds the core's value of every formula."""
    book = build_report(scenarios, created=CREATED, selected=selected, moved=moved)
    write_workbook(book.workbook, path, book.values, created=CREATED)
    return book


def edited(scenario: Scenario, **fields: Any) -> Scenario:
    """The scenario with some fields changed; None takes one back."""
    own = scenario.fields() | fields
    return Scenario(**{name: value for name, value in own.items() if value is not None})


def as_stored(values: Mapping[CellKey, CellValue]) -> dict[CellKey, EngineValue]:
    """The core's values as a file shows them: "no answer" is the error #N/A."""
    return {key: "#N/A" if isinstance(value, float) and value != value else value for key, value in values.items()}
