"""The scenarios of a run: which of a file's are looked at, and what is multiplied in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from napkinxl import Estimate, Scenario, estimate
from napkinxl.catalog import Catalog
from napkinxl.errors import InputError, look_up
from napkinxl.evaluation import evaluate
from napkinxl.input_table import get_input
from napkinxl.resolution import resolve
from napkinxl.scenario_files import Row, errors_placed, scenario_place, scenarios_from_rows


@dataclass(frozen=True)
class Chosen:
    """The scenarios of a run as rows of fields, not yet checked; the file they come from, if they do; the catalog."""

    rows: list[Row]
    catalog: Catalog
    source: str = ""
    sections: dict[str, Any] = field(default_factory=dict)  # what the file says beside its scenarios
    path: Path | None = None

    def scenarios(self) -> list[Scenario]:
        """The scenarios, with the catalog's spelling of GPUs and models.

        Raises:
            InputError: a field or value is wrong; the message says in which scenario, and in which file.
        """
        return scenarios_from_rows(self.rows, self.source, self.catalog)

    def estimates(self) -> Iterator[Estimate]:
        """What each scenario comes to; all are checked before the first.

        Raises:
            InputError: as `scenarios`, and where a scenario's values contradict each other.
        """
        for number, scenario in enumerate(self.scenarios(), start=1):
            with errors_placed(self.place(number)):
                found = estimate(scenario, self.catalog)
            yield found

    def place(self, number: int) -> str:
        """What to put before an error of the scenario with that number."""
        return scenario_place(number, len(self.rows), self.source)


def selected(chosen: Chosen, names: Sequence[str]) -> Chosen:
    """Only the scenarios of these names; all of them where none is named.

    Raises:
        UnknownNameError: there is none of that name; the message offers the nearest.
    """
    if not names:
        return chosen
    by_name = {str(row.get("name", f"Scenario {number}")): row for number, row in enumerate(chosen.rows, start=1)}
    return replace(chosen, rows=[look_up("scenario", name, by_name) for name in dict.fromkeys(names)])


def multiplied(chosen: Chosen, texts: Sequence[str]) -> Chosen:
    """The scenarios with inputs multiplied, each from the value in use: its own, the catalog's or the default.

    Raises:
        InputError: a text is not INPUT=FACTOR, or an input has no value to multiply.
    """
    if not texts:
        return chosen
    factors: dict[str, float] = {}
    for name, factor in map(_factor, texts):
        factors[name] = factors.get(name, 1.0) * factor
    rows = []
    for row, scenario in zip(chosen.rows, chosen.scenarios(), strict=True):
        in_use = evaluate(resolve(scenario, chosen.catalog).values)
        for name in factors:
            if in_use[name] != in_use[name]:
                raise InputError(f"--times {name}: the scenario {scenario.name!r} has no value of it to multiply")
        rows.append({**row, **{name: in_use[name] * factor for name, factor in factors.items()}})
    return replace(chosen, rows=rows)


def _factor(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        factor = float(number)
    except ValueError:
        factor = math.nan
    if not math.isfinite(factor):
        raise InputError(f"--times must be written INPUT=FACTOR, as requests_per_user_month=2, got {text!r}")
    return get_input(name.strip().replace("-", "_")).name, factor
