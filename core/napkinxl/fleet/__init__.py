"""A fleet over time: users, GPUs, money by month, as rows that are formulas of one month and the month before."""

from importlib import import_module

from napkinxl.fleet.registry import SECTIONS, check_wiring

for _section in SECTIONS:
    import_module(f"{__name__}.{_section}")

check_wiring()
