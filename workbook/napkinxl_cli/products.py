"""Whether the scenarios of a run are the plans of one product, and the plan by month that they share."""

from __future__ import annotations

from collections.abc import Sequence

from napkinxl import Estimate
from napkinxl.errors import InputError
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.public.plan_settings import PLAN_SECTION, plan_settings
from napkinxl_cli.selection import ScenarioSelection


def one_product(selection: ScenarioSelection) -> bool:
    """Whether the scenarios are plans of one product, whose users add up; otherwise they are alternatives.

    A file says so with [[tier]] or [fleet], a report by the tiers of its plan, a table by the users of every row.
    """
    if selection.file is None:
        return False
    if PLAN_SECTION in selection.sections or selection.file.has_tiers:
        return True
    if selection.file.is_report:
        from napkinxl_workbook.sheets.monthly_plan.reading import read_tier_names

        return len(read_tier_names(selection.file.path)) >= len(selection.rows)
    return all("users" in row for row in selection.rows)


def shared_plan(selection: ScenarioSelection, estimates: Sequence[Estimate]) -> Plan | None:
    """The plan by month in which the scenarios are tiers; none where they are alternatives or cannot share a fleet.

    Raises:
        InputError: the file asks for a plan that its scenarios do not make.
    """
    if not one_product(selection):
        return None
    settings = plan_settings(selection.file, {})
    try:
        return plan_fleet(estimates, settings)
    except InputError:
        if PLAN_SECTION in selection.sections:
            raise
        return None
