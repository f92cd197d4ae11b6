"""LLM inference unit economics: from a GPU, a model and a way of using it to what a user costs a month."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from napkinxl.errors import CatalogError, FileError, InputError, NapkinError, UnknownNameError
    from napkinxl.estimation import Estimate, estimate, explain
    from napkinxl.frames import estimate_frame
    from napkinxl.scenario import Scenario, default_scenarios
    from napkinxl.tracing import Explanation, excel_formula

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
_MODULES = {
    "errors": ("CatalogError", "FileError", "InputError", "NapkinError", "UnknownNameError"),
    "estimation": ("Estimate", "estimate", "explain"),
    "frames": ("estimate_frame",),
    "scenario": ("Scenario", "default_scenarios"),
    "tracing": ("Explanation", "excel_formula"),
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: the Excel functions run where there is neither pydantic nor pandas."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"napkinxl.{module}"), name)
    raise AttributeError(f"module 'napkinxl' has no attribute {name!r}")
