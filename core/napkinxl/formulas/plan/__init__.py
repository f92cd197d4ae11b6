"""The plan by month: users, GPUs and money as rows that are formulas of one month and the month before."""

from importlib import import_module

import napkinxl.formulas  # noqa: F401  # registers the quantities of a case, which rows take
from napkinxl.engine.docstrings import compose_docstrings
from napkinxl.engine.registry import MONTHLY, OVER_PLAN, TITLES
from napkinxl.engine.wiring import check_plan

# The sections of rows in reading order: each a module of this package, with its title.
SECTIONS = {
    "customers": "Customers",
    "trends": "Trends",
    "demand": "Demand",
    "pools": "Pools",
    "capacity": "Capacity",
    "servers": "Owned servers",
    "gpus": "GPUs",
    "at_cost": "Owned servers at cost",
    "running": "Opex",
    "income": "Income",
    "cost": "Cost",
    "profit": "Profit",
    "cash": "Cash",
    "book_value": "Book value of owned servers",
    "api": "Tokens from an API instead",
    "totals": "Fleet, whole period",
    "money_totals": "Money, whole period",
    "api_totals": "Fleet or API",
    "results": "Results",
}
__all__ = ["MONTHLY", "OVER_PLAN", "SECTIONS"]

TITLES.update({f"{__name__}.{section}": title for section, title in SECTIONS.items()})
for _section in SECTIONS:
    import_module(f"{__name__}.{_section}")

check_plan()
compose_docstrings([*MONTHLY.values(), *OVER_PLAN.values()])
