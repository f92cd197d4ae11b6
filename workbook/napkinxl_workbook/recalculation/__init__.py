"""Recalculating workbooks that call our functions, with no Excel on the machine."""

from napkinxl_workbook.recalculation.recalculate import Change, Recalculation, recalculate

__all__ = ["Change", "Recalculation", "recalculate"]
