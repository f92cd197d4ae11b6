"""Recalculating workbooks that call our functions, with no Excel on the machine."""

from napkinxl_workbook.recalculation.recalculating import STEPS, Change, Recalculation, recalculate

__all__ = ["STEPS", "Change", "Recalculation", "recalculate"]
