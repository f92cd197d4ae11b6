"""The settings of a plan: months, inputs of the fleet, seasons, and users where they are given by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from napkinxl.errors import InputError, unknown
from napkinxl.inputs import FLEET_INPUTS, INPUTS, SERIES
from napkinxl.inputs.choices import TEXT_FIELDS
from napkinxl.inputs.plan import MONTHS
from napkinxl.monthly_plan.tiers import Tier

NO_SEASONS = (1.0,) * 12
MEAN_TOLERANCE = 0.001  # seasons are often typed with two or three digits
NOT_GIVEN = float("nan")
# The names under which a file gives users by tier, and the series that they become.
BY_TIER = {"users": "given_tier_users", "new_users": "given_tier_new_users"}
ByTier = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class FleetSettings:
    """What a plan sets beside its scenarios; `settings_from` makes one from named fields and checks them."""

    months: int = int(MONTHS.default or 0)
    inputs: Mapping[str, float] = field(
        default_factory=lambda: {name: float(item.default or 0) for name, item in FLEET_INPUTS.items()}
    )
    season_ratios: tuple[float, ...] = NO_SEASONS
    users: ByTier = field(default_factory=dict)
    new_users: ByTier = field(default_factory=dict)

    def given(self, series: str, tier: str) -> tuple[float, ...]:
        """A series of a tier, month by month; NaN where nothing is given."""
        found = (self.users if series == BY_TIER["users"] else self.new_users).get(tier, ())
        return (*found[: self.months], *(NOT_GIVEN,) * (self.months - len(found)))


def settings_from(fields: Mapping[str, Any] | None = None) -> FleetSettings:
    """The settings from named fields: inputs of the fleet, `months`, `season_ratios`, `users` and `new_users`.

    Parameters
    ----------
    fields : mapping, optional
        `users` and `new_users` map the name of a tier to its numbers from month 1 on; a gap (None) or the time after
        the last number follows growth and churn. None means "not given" elsewhere too.

    Raises
    ------
    UnknownNameError
        A field is unknown; the message offers the nearest.
    InputError
        A value is not allowed.

    Examples
    --------
    >>> settings_from({"months": 24, "lead_months": 2}).inputs["lead_months"]
    2.0
    """
    given = {name: value for name, value in (fields or {}).items() if value is not None}
    known = {**FLEET_INPUTS, "months": MONTHS, "season_ratios": None, **dict.fromkeys(BY_TIER)}
    for name in given:
        if name in (*INPUTS, *TEXT_FIELDS) and name not in known:
            raise InputError(f"{name} belongs to the scenarios of the plan, not to its fleet")
        if name not in known:
            raise unknown("fleet setting", name, known)
    months = int(MONTHS.check(given.get("months", MONTHS.default)))
    return FleetSettings(
        months,
        {name: item.check(given.get(name, item.default)) for name, item in FLEET_INPUTS.items()},
        _seasons(given.get("season_ratios", NO_SEASONS)),
        **{name: _by_tier(name, series, given.get(name, {}), months) for name, series in BY_TIER.items()},
    )


def _seasons(value: object) -> tuple[float, ...]:
    ratios = _numbers("season_ratios", "season_ratios", value)
    if len(ratios) != len(NO_SEASONS):
        raise InputError(f"season_ratios must be 12 numbers from January on, got {len(ratios)}")
    mean = sum(ratios) / len(ratios)
    if not abs(mean - 1) <= MEAN_TOLERANCE:
        raise InputError(f"season_ratios must be 12 numbers with mean 1, got the mean {mean:.6g}")
    return ratios


def _by_tier(name: str, series: str, value: object, months: int) -> dict[str, tuple[float, ...]]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name} of a fleet must name tiers with their numbers by month, got {value!r:.60}")
    found = {str(tier): _numbers(f"{name} of {tier}", series, numbers) for tier, numbers in value.items()}
    for tier, numbers in found.items():
        if len(numbers) > months:
            raise InputError(f"{name} of {tier} must be at most {months} numbers, one a month, got {len(numbers)}")
    return found


def _numbers(label: str, series: str, value: object) -> tuple[float, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise InputError(f"{label} must be a list of numbers, got {value!r:.60}")
    check = replace(SERIES[series], name=label).check
    gaps = series in BY_TIER.values()
    return tuple(NOT_GIVEN if gaps and number is None else check(number) for number in value)


def check_settings(settings: FleetSettings, tiers: Sequence[Tier]) -> None:
    """Refuse settings that do not go with the tiers.

    Raises:
        InputError: users are given for a tier that there is not, or a life is not in whole months.
    """
    names = [tier.name for tier in tiers]
    for series in (settings.users, settings.new_users):
        for tier in series:
            if tier not in names:
                raise unknown("tier of the plan", tier, names)
    lifetime = tiers[0]["useful_life_months"]
    if lifetime != lifetime // 1:
        raise InputError(f"a plan by month needs whole useful_life_months, got {lifetime:.10g}")
    left = settings.inputs["opening_servers_months_left"]
    if settings.inputs["opening_servers"] > 0 and left > lifetime:
        raise InputError(
            f"opening_servers_months_left must be at most useful_life_months, which is {lifetime:.10g}, got {left:.10g}"
        )
