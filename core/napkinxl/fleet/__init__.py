"""A fleet over time: users, GPUs, money by month, as rows that are formulas of one month and the month before."""

from importlib import import_module
from typing import Any

from napkinxl.docstrings import compose_docstring
from napkinxl.fleet.registry import MONTHLY, OVER_PLAN, SECTIONS, check_wiring, known_names, wire
from napkinxl.fleet.rows import Named

for _section in SECTIONS:
    import_module(f"{__name__}.{_section}")

check_wiring()
_known: dict[str, Any] = known_names()


def _described(parameter: str) -> tuple[str, str, str]:
    its = wire(parameter)
    return _known[its.name].label, _known[its.name].unit, its.form


for _item in (*MONTHLY.values(), *OVER_PLAN.values()):
    compose_docstring(_item, _described, Named)
