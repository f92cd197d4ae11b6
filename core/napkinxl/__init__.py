"""LLM inference unit economics: from a GPU, a model and a way of using it to what a user costs a month."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from napkinxl.apis.prices import api_price, api_price_of_day
    from napkinxl.catalog import Catalog, load_catalog
    from napkinxl.errors import CatalogError, FileError, InputError, NapkinError, UnknownNameError
    from napkinxl.estimates.estimation import Estimate, estimate, explain
    from napkinxl.estimates.frames import estimate_frame
    from napkinxl.estimates.price_plans import Product
    from napkinxl.evidence.measured import preset_error
    from napkinxl.formulas import Explanation, excel_formula
    from napkinxl.monthly_plan.plan import Plan
    from napkinxl.public.comparison import Comparison
    from napkinxl.public.files import read_scenarios, read_sections
    from napkinxl.public.money import compare, cost, plan
    from napkinxl.public.studies import grid, monte_carlo, tornado
    from napkinxl.scenarios.scenario import Scenario, default_scenarios
    from napkinxl.studies.grids import Grid
    from napkinxl.studies.monte_carlo import MonteCarlo
    from napkinxl.studies.sensitivity import Bar
    from napkinxl_workbook.export.since import changes_since
    from napkinxl_workbook.recalculation import Recalculation, recalculate
    from napkinxl_workbook.report import write_report
    from napkinxl_workbook.table.build import write_scenario_table
    from napkinxl_workbook.template.build import write_template

__version__ = "0.1.0"
__all__ = [
    "Bar",
    "Catalog",
    "CatalogError",
    "Comparison",
    "Estimate",
    "Explanation",
    "FileError",
    "Grid",
    "InputError",
    "MonteCarlo",
    "NapkinError",
    "Plan",
    "Product",
    "Recalculation",
    "Scenario",
    "UnknownNameError",
    "api_price",
    "api_price_of_day",
    "changes_since",
    "compare",
    "cost",
    "default_scenarios",
    "estimate",
    "estimate_frame",
    "excel_formula",
    "explain",
    "grid",
    "load_catalog",
    "monte_carlo",
    "plan",
    "preset_error",
    "read_scenarios",
    "read_sections",
    "recalculate",
    "tornado",
    "write_report",
    "write_scenario_table",
    "write_template",
]
# The public names, by the module of this package that each is in.
_MODULES = {
    "apis.prices": ("api_price", "api_price_of_day"),
    "catalog": ("Catalog", "load_catalog"),
    "errors": ("CatalogError", "FileError", "InputError", "NapkinError", "UnknownNameError"),
    "estimates.estimation": ("Estimate", "estimate", "explain"),
    "evidence.measured": ("preset_error",),
    "monthly_plan.plan": ("Plan",),
    "estimates.frames": ("estimate_frame",),
    "estimates.price_plans": ("Product",),
    "public.comparison": ("Comparison",),
    "public.files": ("read_scenarios", "read_sections"),
    "public.money": ("compare", "cost", "plan"),
    "public.studies": ("grid", "monte_carlo", "tornado"),
    "scenarios.scenario": ("Scenario", "default_scenarios"),
    "studies.grids": ("Grid",),
    "studies.monte_carlo": ("MonteCarlo",),
    "studies.sensitivity": ("Bar",),
    "formulas": ("Explanation", "excel_formula"),
}
# Those in the package for workbooks, which nothing else in this one names.
_WORKBOOK = "napkinxl_workbook"
_WORKBOOK_MODULES = {
    "export.since": ("changes_since",),
    "recalculation": ("Recalculation", "recalculate"),
    "report": ("write_report",),
    "table.build": ("write_scenario_table",),
    "template.build": ("write_template",),
}


def __getattr__(name: str) -> object:
    """Import a name when it is asked for: the Excel functions run where there is neither numpy nor pandas."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    for module, names in _WORKBOOK_MODULES.items():
        if name in names:
            return workbook_part(module, name, f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def workbook_part(module: str, name: str, what: str) -> Any:
    """A name of the package for workbooks.

    Raises:
        NapkinError: it is not installed; the message says `what` needs it.
    """
    try:
        return getattr(import_module(f"{_WORKBOOK}.{module}"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != _WORKBOOK:
            raise
        from napkinxl.errors import NapkinError

        raise NapkinError(f"{what} needs the package {_WORKBOOK}, which is not installed") from None
