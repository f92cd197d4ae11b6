"""A fleet over time: users, GPUs, money by month, as rows that are formulas of one month and the month before."""

from importlib import import_module

import napkinxl.formulas  # noqa: F401  # registers the quantities of a case, which rows take
from napkinxl.docstrings import compose_docstrings
from napkinxl.quantities import MONTHLY, OVER_PLAN
from napkinxl.topics import SECTIONS
from napkinxl.wiring import check_plan

__all__ = ["MONTHLY", "OVER_PLAN"]

for _section in SECTIONS:
    import_module(f"{__name__}.{_section}")

check_plan()
compose_docstrings([*MONTHLY.values(), *OVER_PLAN.values()])
