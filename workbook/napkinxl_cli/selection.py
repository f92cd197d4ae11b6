"""The scenarios of a run: which of a file's are looked at, and what is multiplied in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from napkinxl import Estimate, Scenario, estimate
from napkinxl.apis.choice import PRICES, named_price, price_remarks, with_prices
from napkinxl.catalog import Catalog
from napkinxl.errors import InputError, look_up
from napkinxl.formulas import evaluate
from napkinxl.inputs import get_input
from napkinxl.scenarios.files import Row, ScenarioFile, errors_placed, scenario_place, scenarios_from_rows
from napkinxl.scenarios.resolution import resolve

if TYPE_CHECKING:
    from napkinxl.apis.prices import ApiPrice


@dataclass(frozen=True)
class ScenarioSelection:
    """The scenarios of a run as rows of fields, not yet checked; the file they come from, if they do; the catalog."""

    rows: list[Row]
    catalog: Catalog
    file: ScenarioFile | None = None
    api_prices: tuple[ApiPrice | None, ...] = ()  # of the APIs that the scenarios named, once they are priced

    @property
    def source(self) -> str:
        """The name of the file, or ""."""
        return self.file.path.name if self.file else ""

    @property
    def sections(self) -> dict[str, Any]:
        """What the file says beside its scenarios."""
        return self.file.sections if self.file else {}

    @cached_property
    def estimated(self) -> list[Estimate]:
        """What each scenario comes to, worked out once; see `estimates`, which keeps none."""
        return list(self.estimates())

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


def selected(selection: ScenarioSelection, names: Sequence[str]) -> ScenarioSelection:
    """Only the scenarios of these names; all of them where none is named.

    Raises:
        UnknownNameError: there is none of that name; the message offers the nearest.
    """
    if not names:
        return selection
    by_name = {str(row.get("name", f"Scenario {number}")): row for number, row in enumerate(selection.rows, start=1)}
    return replace(selection, rows=[look_up("scenario", name, by_name) for name in dict.fromkeys(names)])


def multiplied(selection: ScenarioSelection, texts: Sequence[str]) -> ScenarioSelection:
    """The scenarios with inputs multiplied, each from the value in use: its own, the catalog's or the default.

    Raises:
        InputError: a text is not INPUT=FACTOR, or an input has no value to multiply.
    """
    factors: dict[str, float] = {}
    for name, factor in map(_factor, texts):
        factors[name] = factors.get(name, 1.0) * factor
    prices = {name: factor for name, factor in factors.items() if name in PRICES}
    # Prices last: those of an API by name are those of the prompt as multiplied.
    others = {name: factor for name, factor in factors.items() if name not in prices}
    return _multiplied(_multiplied(selection, others), prices)


def _multiplied(selection: ScenarioSelection, factors: Mapping[str, float]) -> ScenarioSelection:
    if not factors:
        return selection
    rows = []
    for row, scenario in zip(selection.rows, selection.scenarios(), strict=True):
        in_use = evaluate(resolve(scenario, selection.catalog).values)
        for name in factors:
            if in_use[name] != in_use[name]:
                raise InputError(f"--times {name}: the scenario {scenario.name!r} has no value of it to multiply")
        rows.append({**row, **{name: in_use[name] * factor for name, factor in factors.items()}})
    return replace(selection, rows=rows)


def priced(selection: ScenarioSelection, tell: Callable[[str], object]) -> ScenarioSelection:
    """The scenarios with the prices of the APIs that they name, for the prompts that they have by now.

    Raises:
        InputError: an API cannot be used; the message says in which scenario, and in which file.
    """
    rows, prices = [], []
    remarks: dict[str, None] = {}  # plans of one product name the same API
    for number, row in enumerate(selection.rows, start=1):
        with errors_placed(selection.place(number)):
            price = named_price(row)
            rows.append(with_prices(row, price))
            prices.append(price)
            remarks |= dict.fromkeys(price_remarks(row, price) if price else ())
    for remark in remarks:
        tell(remark)
    return replace(selection, rows=rows, api_prices=tuple(prices))


def _factor(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        factor = float(number)
    except ValueError:
        factor = math.nan
    if not math.isfinite(factor):
        raise InputError(f"--times must be written INPUT=FACTOR, as requests_per_user_month=2, got {text!r}")
    return get_input(name.strip().replace("-", "_")).name, factor
