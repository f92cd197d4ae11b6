"""The settings of a plan by month: what the scenarios' file says of it, and fields that go before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import napkinxl
from napkinxl.errors import InputError
from napkinxl.monthly_plan.settings import FleetSettings, settings_from
from napkinxl.scenarios.files import ScenarioFile, errors_placed, is_workbook

PLAN_SECTION = "fleet"
SHEETS = "sheets.monthly_plan"  # of the package for workbooks


def plan_settings(file: ScenarioFile | None, fields: Mapping[str, Any]) -> FleetSettings:
    """The settings of a plan: what the scenarios' file says in [fleet] or on the sheet Plan inputs, then these fields.

    Raises:
        InputError: a field is unknown or wrong; the message says where it stands.
    """
    own = settings_from(fields)  # what is wrong with these is not the file's fault
    if file is None:
        return own
    section, place = file.sections.get(PLAN_SECTION, {}), f"[{PLAN_SECTION}]"
    if is_workbook(file.path):
        what = f"reading {file.path.name}"
        section = napkinxl.workbook_part(f"{SHEETS}.reading", "read_fleet", what)(file.path)
        place = napkinxl.workbook_part(f"{SHEETS}.layout", "SETTINGS_SHEET", what)
    if not isinstance(section, Mapping):
        raise InputError(f"{file.path.name}: [{PLAN_SECTION}] must hold named fields, got {section!r:.60}")
    with errors_placed(f"{file.path.name}, {place}: "):
        return settings_from({**section, **fields})
