"""Cells in which only a name of a list may be chosen."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet


def add_drop_down(sheet: Worksheet, cells: str, names: str, title: str, error: str, blank: bool = False) -> None:
    """Let the cells hold one of the names in a range; `error` is what Excel says to anything else."""
    validation = DataValidation(
        type="list", formula1=names, allow_blank=blank, showErrorMessage=True, errorTitle=title, error=error
    )
    sheet.add_data_validation(validation)
    validation.add(cells)
