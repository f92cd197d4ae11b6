"""The settings of a plan by month: what the scenarios' file says of the fleet, changed by options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from napkinxl.errors import InputError
from napkinxl.fleet.settings import FleetSettings, settings_from
from napkinxl.scenario_files import errors_placed
from napkinxl_cli.chosen import Chosen
from napkinxl_workbook.sheets.monthly_plan.layout import SETTINGS_SHEET
from napkinxl_workbook.sheets.monthly_plan.reading import read_fleet

SECTION = "fleet"


def fleet_settings(chosen: Chosen, fleet: Mapping[str, Any]) -> FleetSettings:
    """What the file's section or sheet says, changed by the options.

    Raises:
        InputError: a field is unknown or wrong; the message says where it stands.
    """
    settings_from(fleet)  # what is wrong with an option is not the file's fault
    section, place = chosen.sections.get(SECTION, {}), f"[{SECTION}]"
    if chosen.path and (read := read_fleet(chosen.path)):
        section, place = read, SETTINGS_SHEET
    if not isinstance(section, Mapping):
        raise InputError(f"{chosen.source}: [{SECTION}] must hold named fields, got {section!r:.60}")
    with errors_placed(f"{chosen.source}, {place}: " if chosen.source else ""):
        return settings_from({**section, **fleet})
