"""Files of scenarios, each read once; workbooks by the package for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import napkinxl
from napkinxl.catalog import Catalog
from napkinxl.scenarios import files as scenario_files
from napkinxl.scenarios.files import ScenarioFile
from napkinxl.scenarios.scenario import Scenario


def read_file(path: str | Path) -> ScenarioFile:
    """What a file of scenarios says, a workbook or another.

    Raises:
        FileError: the file cannot be read, is empty or is malformed.
        NapkinError: it is a workbook, and the package for workbooks is not installed.
    """
    file = Path(path)
    if scenario_files.is_workbook(file):
        reader = napkinxl.workbook_part("scenario_workbooks", "read_file", f"reading {file.name}")
        return cast("ScenarioFile", reader(file))
    return scenario_files.read_file(file)


def read_scenarios(path: str | Path, catalog: Catalog | None = None) -> list[Scenario]:
    """The scenarios of a .toml, .json, .csv or .xlsx file; of a report, those of its sheet Inputs.

    Parameters
    ----------
    path : str or Path
        The file.
    catalog : Catalog, optional
        Where the names of GPUs and models are looked up; without it they are only when they are estimated.

    Raises
    ------
    FileError
        The file cannot be read, is empty or is malformed.
    InputError
        A field or value is wrong; the message names the file and the scenario.
    """
    return read_file(path).scenarios(catalog)


def read_sections(path: str | Path) -> dict[str, Any]:
    """What a .toml or .json file says beside its scenarios: `fleet`, the settings of the plan, and `vary`, the ranges.

    Raises
    ------
    FileError
        The file cannot be read, is empty or is malformed.
    """
    return read_file(path).sections
