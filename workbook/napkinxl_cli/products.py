"""Whether the scenarios of a run are the plans of one product, and the plan by month that they share."""

from __future__ import annotations

from collections.abc import Sequence

from napkinxl import Estimate
from napkinxl.errors import InputError
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.public.plan_settings import PLAN_SECTION, plan_settings
from napkinxl_cli.chosen import Chosen


def one_product(chosen: Chosen) -> bool:
    """Whether the scenarios are plans of one product, whose users add up; otherwise they are alternatives.

    A file says so with [[tier]] or [fleet], a report by the tiers of its plan, a table by the users of every row.
    """
    if chosen.file is None:
        return False
    if PLAN_SECTION in chosen.sections or chosen.file.has_tiers:
        return True
    if chosen.file.is_report:
        from napkinxl_workbook.sheets.monthly_plan.reading import read_tier_names

        return len(read_tier_names(chosen.file.path)) >= len(chosen.rows)
    return all("users" in row for row in chosen.rows)


def shared_plan(chosen: Chosen, estimates: Sequence[Estimate]) -> Plan | None:
    """The plan by month in which the scenarios are tiers; none where they are alternatives or cannot share a fleet.

    Raises:
        InputError: the file asks for a plan that its scenarios do not make.
    """
    if not one_product(chosen):
        return None
    settings = plan_settings(chosen.file, {})
    try:
        return plan_fleet(estimates, settings)
    except InputError:
        if PLAN_SECTION in chosen.sections:
            raise
        return None
