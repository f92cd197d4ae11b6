"""A plan: some scenarios as tiers of customers, on one fleet that grows with them, month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from napkinxl.errors import InputError, look_up
from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas.plan import MONTHLY
from napkinxl.inputs import INPUTS
from napkinxl.monthly_plan.evaluation import Evaluation
from napkinxl.monthly_plan.settings import FleetSettings, check_settings
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES, Tier, check_tiers, tiers_of

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Plan:
    """Every row of a plan by month, and what it comes to; NaN where there is no answer."""

    tiers: tuple[Tier, ...]
    settings: FleetSettings
    rows: Mapping[str, tuple[float, ...]] = field(repr=False)
    tier_rows: Mapping[str, tuple[tuple[float, ...], ...]] = field(repr=False)
    openings: Mapping[str, tuple[float, ...]] = field(repr=False)
    figures: Mapping[str, float]

    def __getitem__(self, name: str) -> Any:
        """A row of the fleet by month, the rows of a tier's value (one a tier), or a figure over the plan."""
        return look_up("row of the plan", name, {**self.rows, **self.tier_rows, **self.figures})

    @property
    def columns(self) -> dict[str, tuple[float, ...]]:
        """Every row under a name of its own: those of a tier with its name in brackets."""
        found: dict[str, tuple[float, ...]] = {}
        for name, item in MONTHLY.items():
            if item.per_tier:
                each = zip(self.tiers, self.tier_rows[name], strict=True)
                found.update({f"{name} [{tier.name}]": values for tier, values in each})
            else:
                found[name] = self.rows[name]
        return found

    def to_frame(self) -> pandas.DataFrame:
        """One line a month, one column a row; those of a tier bear its name in brackets."""
        import pandas

        return pandas.DataFrame(self.columns)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: NaN becomes None."""
        return {
            "months": self.settings.months,
            "inputs": dict(self.settings.inputs),
            "season_ratios": list(self.settings.season_ratios),
            "tiers": [
                {
                    "name": tier.name,
                    "values": {name: _plain(tier[name]) for name in (*TIER_VALUES, *SHARED_VALUES)},
                    "rows": {name: list(map(_plain, rows[number])) for name, rows in self.tier_rows.items()},
                }
                for number, tier in enumerate(self.tiers)
            ],
            "rows": {name: list(map(_plain, values)) for name, values in self.rows.items()},
            "figures": {name: _plain(value) for name, value in self.figures.items()},
        }


def _plain(value: float) -> float | None:
    return value if isfinite(value) else None


def plan_fleet(estimates: Sequence[Estimate], settings: FleetSettings | None = None) -> Plan:
    """The plan of some scenarios, each a tier of customers on the same GPUs and model.

    Parameters
    ----------
    estimates : sequence of Estimate
        The tiers.
    settings : FleetSettings, optional
        Months, servers, seasons, users where they are given; see `settings_from`.

    Returns
    -------
    Plan
        Every row by month.

    Raises
    ------
    InputError
        The scenarios cannot share a fleet, the settings do not go with them, or there come to be too many users.
    """
    return plan_tiers(tiers_of(estimates), settings)


def plan_tiers(tiers: Sequence[Tier], settings: FleetSettings | None = None) -> Plan:
    """The plan of tiers whose values are known.

    Raises:
        InputError: as `plan_fleet`.
    """
    settings = settings or FleetSettings()
    check_tiers(tiers)
    check_settings(settings, tiers)
    values = Evaluation(tiers, settings)
    numbers = range(len(tiers))
    _check_users(values)
    rows = {name: values.row(name) for name, item in MONTHLY.items() if not item.per_tier}
    tier_rows = {
        name: tuple(values.row(name, number) for number in numbers) for name, item in MONTHLY.items() if item.per_tier
    }
    openings = {
        name: tuple(float(values.opening(name, number)) for number in (numbers if item.per_tier else (0,)))
        for name, item in MONTHLY.items()
    }
    return Plan(tuple(tiers), settings, rows, tier_rows, openings, values.figures)


def _check_users(values: Evaluation) -> None:
    """Growth that nobody means soon passes what numbers hold; users are looked at before what depends on them."""
    most = INPUTS["users"].bounds.high
    for number, tier in enumerate(values.tiers):
        for month, users in enumerate(values.row("tier_users", number), start=1):
            if users > most:
                raise InputError(
                    f"a plan takes at most {most:,.0f} users: {tier.name} has {users:.3g} in month {month}; "
                    f"lower growth_share_per_month or months"
                )
