"""The ways to serve some scenarios side by side, by scenario and for all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from napkinxl.errors import look_up
from napkinxl.estimates.estimation import Estimate
from napkinxl.estimates.supply import PER_USER_MONTH, Way, cheapest

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Comparison:
    """What each way to serve costs, scenario by scenario; NaN where there is no answer."""

    estimates: tuple[Estimate, ...]
    ways: tuple[tuple[Way, ...], ...]  # of each estimate

    def __getitem__(self, scenario: str) -> tuple[Way, ...]:
        """The ways to serve a scenario, by its name."""
        names = (item.scenario.name for item in self.estimates)
        return look_up("scenario", scenario, dict(zip(names, self.ways, strict=True)))

    def cheapest(self, scenario: str) -> Way | None:
        """The way with the smallest bill, of those that a product can rely on; None where none has an answer."""
        return cheapest(list(self[scenario]))

    @property
    def together(self) -> dict[str, float]:
        """All scenarios as plans on one fleet: users times what serving one costs, by way [USD/month]."""
        names = PER_USER_MONTH.names
        return {way: sum(float(item["users"] * item[name]) for item in self.estimates) for way, name in names.items()}

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row for each scenario and way."""
        for item, ways in zip(self.estimates, self.ways, strict=True):
            for way in ways:
                yield {"scenario": item.scenario.name, **way.to_dict()}

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame."""
        import pandas

        return pandas.DataFrame(list(self.rows()))
