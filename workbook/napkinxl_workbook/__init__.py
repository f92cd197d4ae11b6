"""Workbooks: reports written and scenarios read with openpyxl, with no Excel on the machine."""

from napkinxl_workbook.report import write_report
from napkinxl_workbook.scenario_workbooks import read_scenarios

__all__ = ["read_scenarios", "write_report"]
