"""What a plan takes from its scenarios: each is a tier of customers, all on the same GPUs and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from napkinxl.choices import TEXT_FIELDS
from napkinxl.errors import InputError, look_up
from napkinxl.estimation import Estimate

MOST_TIERS = 20


@dataclass(frozen=True)
class TierValue:
    """A value that a plan takes from a scenario: `source` is its name there."""

    name: str
    label: str
    unit: str
    source: str


def _table(*rows: tuple[str, str, str]) -> dict[str, TierValue]:
    return {name: TierValue(name, label, unit, name) for name, label, unit in rows}


# What may differ from tier to tier.
TIER_VALUES: dict[str, TierValue] = {
    "opening_users": TierValue("opening_users", "Users before month 1", "users", "users"),
    **_table(
        ("growth_share_per_month", "New users a month", "share"),
        ("churn_share_per_month", "Users who leave a month", "share"),
        ("price_usd_per_user_month", "Price a user pays", "USD/month"),
        ("payment_fee_share", "Fee on a payment, share", "share"),
        ("payment_fee_usd", "Fee on a payment, fixed", "USD"),
        ("support_usd_per_user_month", "Support of a user", "USD/month"),
        ("acquisition_usd_per_user", "Cost of winning a user", "USD/user"),
        ("traffic_duty_share", "Busy sequences per user, on average", "share"),
        ("peak_to_mean_ratio", "Busiest hour over the mean hour", "x"),
        ("peak_duty_share", "Share of the busiest hour that a stream is busy", "share"),
        ("concurrent_users", "Sequences of this tier that fit in a replica", "sequences"),
        ("slot_probability", "Probability that a user finds a free sequence", "share"),
        ("burstiness_ratio", "Variance of busy sequences over that of independent users", "x"),
        ("opex_usd_per_gpu_month", "Running cost of an owned GPU", "USD/month"),
        ("api_usd_per_user_month", "Tokens of a user at the API's price", "USD/month"),
    ),
}

# What belongs to the GPUs or to the product as a whole, so that every tier must have the same.
SHARED_VALUES: dict[str, TierValue] = _table(
    ("gpus_per_replica", "GPUs of a replica", "GPUs"),
    ("replicas_per_pool", "Replicas behind one load balancer", "replicas"),
    ("replica_availability_share", "Share of time that all GPUs of a replica work", "share"),
    ("rent_usd_per_gpu_hour", "Rent of a GPU", "USD/h"),
    ("hours_per_month", "Hours in a month", "h"),
    ("purchase_usd_per_gpu", "Purchase price of a GPU with its server", "USD"),
    ("lifetime_months", "Months a GPU is used", "months"),
    ("residual_share", "Resale value at the end of life, of the purchase price", "share"),
    ("owned_gpus_share", "Share of the GPU-hours that are owned", "share"),
    ("monthly_cost_of_capital_share", "Cost of capital a month", "share"),
    ("fixed_usd_per_month", "Cost of the product that does not grow with its users", "USD/month"),
)


# A replica holds one copy of one model: what else must be the same, named before the numbers that follow from it.
HARDWARE = ("gpu", "model", "weight_bits", "total_params_b")


@dataclass(frozen=True)
class Tier:
    """One tier of customers: its name and what its scenario comes to."""

    name: str
    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        table = TIER_VALUES if name in TIER_VALUES else SHARED_VALUES
        return float(self.values[look_up("value of a tier", name, table).source])


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
    sources = [item.source for item in (*TIER_VALUES.values(), *SHARED_VALUES.values())]
    return [Tier(item.scenario.name, {source: item[source] for source in sources}) for item in estimates]


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
