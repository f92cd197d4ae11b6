"""LLM inference unit economics: from a GPU, a model and a way of using it to what a user costs a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from napkinxl.errors import CatalogError, FileError, InputError, NapkinError, UnknownNameError
from napkinxl.estimation import Estimate, estimate, explain
from napkinxl.scenario import Scenario, default_scenarios
from napkinxl.tracing import Explanation, excel_formula

if TYPE_CHECKING:
    from napkinxl.frames import estimate_frame

__version__ = "0.1.0"
__all__ = [
    "CatalogError",
    "Estimate",
    "Explanation",
    "FileError",
    "InputError",
    "NapkinError",
    "Scenario",
    "UnknownNameError",
    "default_scenarios",
    "estimate",
    "estimate_frame",
    "excel_formula",
    "explain",
]


def __getattr__(name: str) -> object:
    """`estimate_frame` needs pandas, which is imported only when it is asked for."""
    if name == "estimate_frame":
        from napkinxl.frames import estimate_frame

        return estimate_frame
    raise AttributeError(f"module 'napkinxl' has no attribute {name!r}")
