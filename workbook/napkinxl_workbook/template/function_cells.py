"""Cells that call a function: the formula as the host's file spells it, and the value that the function has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_addin.functions import call
from napkinxl_addin.problems import Problem
from napkinxl_addin.spelling import DEFAULT_NAMESPACE
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.template.hosts import TemplateHost


@dataclass(frozen=True)
class Given:
    """An argument: what the formula says, and what stands there."""

    text: str
    value: Any


BLANK = Given("", None)


@dataclass(frozen=True)
class FunctionCells:
    """Writes calls of the functions for one host."""

    book: Book
    host: TemplateHost
    namespace: str = DEFAULT_NAMESPACE

    def write(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        excel_name: str,
        arguments: Sequence[Given],
        style: str = "nNumber",
        number_format: str = "General",
    ) -> list[list[CellValue]]:
        """One call; returns the values of the cells that it fills, one or more."""
        answer = call(excel_name, *(argument.value for argument in arguments))
        grid = [[_plain(cell) for cell in line] for line in (answer if isinstance(answer, list) else [[answer]])]
        name = self.host.function(excel_name, self.namespace)
        formula = f"={name}({self._listed(arguments)})"
        if self.host.spills or len(grid) * len(grid[0]) > 1:
            self.book.spill(sheet, row, column, formula, grid, style, number_format, dynamic=self.host.spills)
        else:
            self.book.formula(sheet, row, column, formula, grid[0][0], style, number_format)
        return grid

    def typed(self, excel_name: str, arguments: Sequence[Given]) -> str:
        """The call as people type it."""
        return f"={self.host.typed(excel_name, self.namespace)}({self._listed(arguments)})"

    def _listed(self, arguments: Sequence[Given]) -> str:
        """The arguments up to the last that is not blank."""
        last = max((number for number, item in enumerate(arguments, start=1) if item.text), default=0)
        return ",".join(argument.text or self.host.blank for argument in arguments[:last])


def _plain(cell: Any) -> CellValue:
    value: CellValue = cell.code if isinstance(cell, Problem) else cell
    return value
