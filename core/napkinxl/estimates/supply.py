"""The ways to get a model served, side by side: own GPUs, rent, reserve, spot, or tokens from an API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import napkinxl.formulas  # noqa: F401  # registers the quantities
from napkinxl.engine.ops import NO_ANSWER
from napkinxl.formulas import get_quantity


@dataclass(frozen=True)
class Figure:
    """One line of the comparison: what is compared, its unit, and the value that holds it for each way."""

    label: str
    unit: str
    names: dict[str, str]


OWN, RENT, RESERVED, SPOT, API = "own", "rent", "reserved", "spot", "API"
WAYS = {
    OWN: "GPUs that are bought, at their levelised cost",
    RENT: "GPUs that are rented by the hour, around the clock",
    RESERVED: "GPUs that are reserved for months",
    API: "tokens from an API",
    SPOT: "spot GPUs, which may be taken away",
}
# A product that must answer cannot stand on these alone: they are shown, and are never "cheapest".
UNRELIABLE = (SPOT,)
# Which input or quantity holds a figure; the sheet links to the same.
PER_GPU_HOUR = Figure(
    "GPU-hour",
    "USD/h",
    {
        OWN: "owned_usd_per_gpu_hour",
        RENT: "rent_usd_per_gpu_hour",
        RESERVED: "reserved_usd_per_gpu_hour",
        SPOT: "spot_usd_per_gpu_hour",
    },
)
PER_GPU_MONTH = Figure(
    "GPU a month",
    "USD/month",
    {
        OWN: "owned_usd_per_gpu_month",
        RENT: "rent_usd_per_gpu_month",
        RESERVED: "reserved_usd_per_gpu_month",
        SPOT: "spot_usd_per_gpu_month",
    },
)
ALL_USERS = Figure(
    "All users a month",
    "USD/month",
    {
        OWN: "owned_bill_usd_per_month",
        RENT: "rent_bill_usd_per_month",
        RESERVED: "reserved_bill_usd_per_month",
        API: "api_usd_per_month",
        SPOT: "spot_bill_usd_per_month",
    },
)
PER_USER_MONTH = Figure(
    "User a month",
    "USD/month",
    {
        OWN: "owned_serving_usd_per_user_month",
        RENT: "rent_serving_usd_per_user_month",
        RESERVED: "reserved_serving_usd_per_user_month",
        API: "api_usd_per_user_month",
        SPOT: "spot_serving_usd_per_user_month",
    },
)

# From when which way pays, and what binds. A GPU's own unless they say otherwise.
BREAK_EVEN = (
    "owned_break_even_months",
    "owned_break_even_utilization_share",
    "rent_npv_usd_per_gpu",
    "owned_npv_usd_per_gpu",
    "owned_saving_npv_usd_per_gpu",
    "part_time_usd_per_gpu_month",
    "reservation_usd_per_gpu",
    "reserved_break_even_hours_per_day",
    "reserve_demand_quantile_share",
    "gpu_break_even_million_tokens_per_month",
    "gpu_break_even_utilization_share",
)


@dataclass(frozen=True)
class Way:
    """What one way costs; NaN where there is no answer, or where a figure does not apply."""

    name: str
    usd_per_gpu_hour: float
    usd_per_user_month: float
    usd_per_million_tokens: float
    usd_per_month: float
    serving_margin_share: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data, NaN as it is."""
        return dict(self.__dict__)


def compare_ways(values: Mapping[str, Any]) -> list[Way]:
    """Each way to serve a scenario's users.

    Parameters
    ----------
    values : mapping of name to float
        All inputs and quantities of a scenario (`Estimate.values`).

    Returns
    -------
    list of Way
        In the order of `WAYS`. `usd_per_user_month` and `usd_per_million_tokens` charge the GPU time that is used at
        the scenario's utilisation; `usd_per_month` is the bill for all users of the scenario, with whole replicas
        where GPUs serve, and spares for failures where they are owned. `serving_margin_share` is (price - cost of
        serving) / price.
    """
    return [_way(name, values) for name in WAYS]


def _way(name: str, values: Mapping[str, Any]) -> Way:
    user_month = values[PER_USER_MONTH.names[name]]
    return Way(
        name,
        values[PER_GPU_HOUR.names[name]] if name in PER_GPU_HOUR.names else NO_ANSWER,
        user_month,
        per_million(user_month, values),
        float(values[ALL_USERS.names[name]]),
        serving_margin(user_month, values["price_usd_per_user_month"]),
    )


def serving_margin(usd_per_user_month: float, price_usd_per_user_month: float) -> float:
    """Share of the price that serving leaves; no answer for a free plan."""
    return 1 - usd_per_user_month / price_usd_per_user_month if price_usd_per_user_month else NO_ANSWER


def per_million(usd_per_user_month: float, values: Mapping[str, Any]) -> float:
    """A user's cost over the user's tokens [USD/million tokens]."""
    return float(usd_per_user_month / values["million_tokens_per_user_month"])


def reliable(bills: Mapping[str, float]) -> dict[str, float]:
    """The bills that have an answer, of the ways that a product can rely on."""
    return {way: usd for way, usd in bills.items() if usd == usd and way not in UNRELIABLE}


def cheapest(ways: list[Way]) -> Way | None:
    """The way with the smallest bill, of those that a product can rely on; None where none has an answer."""
    bills = reliable({way.name: way.usd_per_month for way in ways})
    best = min(bills, key=bills.__getitem__, default=None)
    return next((way for way in ways if way.name == best), None)


for _names in (*(figure.names.values() for figure in (PER_GPU_MONTH, PER_USER_MONTH, ALL_USERS)), BREAK_EVEN):
    for _name in _names:
        get_quantity(_name)  # a name that is no quantity fails at import
