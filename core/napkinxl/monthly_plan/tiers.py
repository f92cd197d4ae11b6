"""What a plan takes from its scenarios: each is a tier of customers, all on the same GPUs and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from napkinxl.engine.inputs import Input
from napkinxl.engine.registry import wire
from napkinxl.errors import InputError, look_up
from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas import QUANTITIES, Quantity
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import TEXT_FIELDS

MOST_TIERS = 20


def _values_of_scenarios() -> tuple[dict[str, Input | Quantity], dict[str, Input | Quantity]]:
    """What rows and figures take from scenarios: what may differ from tier to tier, and what all must share.

    What the product as a whole takes as one value belongs to the GPUs or to the product: every tier must have the same.
    """
    of_scenarios: dict[str, Input | Quantity] = {**INPUTS, **QUANTITIES}
    taken, shared = set(), set()
    for item in (*MONTHLY.values(), *OVER_PLAN.values()):
        wires = [wire(parameter) for parameter in item.parameters]
        taken |= {its.name for its in wires} | {str(item.opening)}
        if not item.per_tier:
            shared |= {its.name for its in wires if its.form == "value"}
    return (
        {name: item for name, item in of_scenarios.items() if name in taken - shared},
        {name: item for name, item in of_scenarios.items() if name in shared},
    )


TIER_VALUES, SHARED_VALUES = _values_of_scenarios()


# A replica holds one copy of one model: what else must be the same, named before the numbers that follow from it.
HARDWARE = ("gpu", "model", "weight_bits", "total_params_b")


@dataclass(frozen=True)
class Tier:
    """One tier of customers: its name and what its scenario comes to."""

    name: str
    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return float(look_up("value of a tier", name, self.values))


def tiers_of(estimates: Sequence[Estimate]) -> list[Tier]:
    """The tiers of some scenarios.

    Raises:
        InputError: they run on different GPUs or serve different models, and so share no replica.
    """
    for item in estimates[1:]:
        for name in HARDWARE:
            ours, theirs = (_named(other, name) for other in (estimates[0], item))
            if ours != theirs:
                raise InputError(_not_shared(name, estimates[0].scenario.name, ours, item.scenario.name, theirs))
    names = (*TIER_VALUES, *SHARED_VALUES)
    return [Tier(item.scenario.name, {name: item[name] for name in names}) for item in estimates]


def _named(estimate: Estimate, name: str) -> str:
    found = getattr(estimate.scenario, name) if name in TEXT_FIELDS else estimate[name]
    return found if isinstance(found, str) else f"{found:.10g}"


def _not_shared(name: str, first: str, ours: str, other: str, theirs: str) -> str:
    return (
        f"the tiers of a plan share one fleet and one product, so {name} must be the same for all: "
        f"{first} has {ours}, {other} has {theirs}"
    )


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Refuse tiers that cannot share one fleet.

    Raises:
        InputError: there are none or too many, two bear one name, or they differ in what they share.
    """
    if not 0 < len(tiers) <= MOST_TIERS:
        raise InputError(f"a plan takes 1 to {MOST_TIERS} scenarios as its tiers, got {len(tiers)}")
    names = [tier.name for tier in tiers]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"each tier of a plan needs a name of its own, got {name!r} {names.count(name)} times")
    first = tiers[0]
    for tier in tiers[1:]:
        for name in SHARED_VALUES:
            ours, theirs = first[name], tier[name]
            if ours != theirs and not (ours != ours and theirs != theirs):
                raise InputError(_not_shared(name, first.name, f"{ours:.10g}", tier.name, f"{theirs:.10g}"))
