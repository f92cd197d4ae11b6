"""A sheet that a report may have beside its own: plans, ways to serve, a fleet over time, a sweep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from napkinxl.estimation import Estimate
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.pipeline_block import Pipeline


@dataclass(frozen=True)
class ExtraSheet:
    """Its title, what it holds, and what writes it from the scenarios and the rows of the sheet Model."""

    title: str
    meaning: str
    write: Callable[[Book, Sequence[Estimate], Pipeline], None]
    light: str = ""  # the cell of the sheet's own checks, which says ALL_GOOD
