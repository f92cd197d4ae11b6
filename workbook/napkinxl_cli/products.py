"""Whether the scenarios of a run are the plans of one product, and the plan by month that they share."""

from __future__ import annotations

from collections.abc import Sequence

from napkinxl import Estimate
from napkinxl.errors import InputError
from napkinxl.fleet.plan import Plan, plan_fleet
from napkinxl.scenario_files import has_tiers
from napkinxl_cli.chosen import Chosen
from napkinxl_cli.fleet_settings import SECTION, fleet_settings
from napkinxl_workbook.scenario_workbooks import is_report
from napkinxl_workbook.sheets.monthly_plan.reading import read_tier_names


def one_product(chosen: Chosen) -> bool:
    """Whether the scenarios are plans of one product, whose users add up; otherwise they are alternatives.

    A file says so with [[tier]] or [fleet], a report by the tiers of its plan, a table by the users of every row.
    """
    if not chosen.source or chosen.path is None:
        return False
    if SECTION in chosen.sections or has_tiers(chosen.path):
        return True
    if is_report(chosen.path):
        return len(read_tier_names(chosen.path)) >= len(chosen.rows)
    return all("users" in row for row in chosen.rows)


def shared_plan(chosen: Chosen, estimates: Sequence[Estimate]) -> Plan | None:
    """The plan by month in which the scenarios are tiers; none where they are alternatives or cannot share a fleet.

    Raises:
        InputError: the file asks for a plan that its scenarios do not make.
    """
    if not one_product(chosen):
        return None
    settings = fleet_settings(chosen, {})
    try:
        return plan_fleet(estimates, settings)
    except InputError:
        if SECTION in chosen.sections:
            raise
        return None
