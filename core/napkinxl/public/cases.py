"""What a script hands over: scenarios, what they come to, or a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from napkinxl.catalog import Catalog
from napkinxl.errors import InputError
from napkinxl.estimates.estimation import Estimate, estimate
from napkinxl.public.files import read_file
from napkinxl.scenarios.files import ScenarioFile, errors_placed, scenario_place
from napkinxl.scenarios.scenario import Scenario

Case = Scenario | Estimate
Cases = Case | str | Path | Sequence[Case]


def opened(cases: Cases, catalog: Catalog | None = None) -> tuple[list[Estimate], ScenarioFile | None]:
    """What the cases come to, and the file they are from, if they are.

    Raises:
        InputError: a scenario is wrong, or there is none.
    """
    file = None
    if isinstance(cases, str | Path):
        file = read_file(cases)
        listed: Sequence[Case] = file.scenarios(catalog)
    else:
        listed = [cases] if isinstance(cases, Case) else list(cases)
    if not listed:
        raise InputError("give at least one scenario, got none")
    found = []
    for number, case in enumerate(listed, start=1):
        with errors_placed(scenario_place(number, len(listed), file.path.name if file else "")):
            found.append(case if isinstance(case, Estimate) else estimate(case, catalog))
    return found, file


def only_scenario(cases: Cases, catalog: Catalog | None = None) -> Scenario:
    """The one scenario that a study of a scenario is about.

    Raises:
        InputError: there are several; the message names them.
    """
    if isinstance(cases, Scenario):
        return cases
    found, _ = opened(cases, catalog)
    if len(found) > 1:
        names = ", ".join(item.scenario.name for item in found)
        raise InputError(f"this takes one scenario, got {len(found)} ({names}): choose one of read_scenarios(path)")
    return found[0].scenario
