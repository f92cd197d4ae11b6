"""Workbooks without Excel on the machine: reports and templates written, scenarios read, functions recalculated."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from napkinxl_workbook.recalculation import Recalculation, recalculate
    from napkinxl_workbook.report import write_report
    from napkinxl_workbook.scenario_workbooks import read_scenarios
    from napkinxl_workbook.table.build import write_scenario_table
    from napkinxl_workbook.template.build import write_template

__all__ = [
    "Recalculation",
    "read_scenarios",
    "recalculate",
    "write_report",
    "write_scenario_table",
    "write_template",
]
_MODULES = {
    "Recalculation": "recalculation",
    "read_scenarios": "scenario_workbooks",
    "recalculate": "recalculation",
    "write_report": "report",
    "write_scenario_table": "table.build",
    "write_template": "template.build",
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: each needs libraries of its own."""
    if name in _MODULES:
        return getattr(import_module(f"napkinxl_workbook.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'napkinxl_workbook' has no attribute {name!r}")
