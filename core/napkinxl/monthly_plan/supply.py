"""Own, rent or buy tokens for a product that grows: one plan with other shares of owned servers, and with an API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from napkinxl.engine.ops import NO_ANSWER
from napkinxl.monthly_plan.plan import Plan, plan_tiers

OWNED = "owned_gpus_share"
ALL_OWNED, ALL_RENTED, API = "all owned", "all rented", "API"


@dataclass(frozen=True)
class FleetWay:
    """What a plan comes to one way; NaN where there is no answer, or where a figure does not apply."""

    name: str
    owned_gpus_share: float
    fleet_cost_usd: float
    peak_funding_usd: float
    npv_usd: float

    def to_dict(self) -> dict[str, Any]:
        """Plain data, NaN as it is."""
        return asdict(self)


def compare_fleets(plan: Plan) -> list[FleetWay]:
    """A plan with all servers owned, with its own share, with all rented, and with tokens from an API.

    Parameters
    ----------
    plan : Plan
        The plan; all else in it stays as it is.

    Returns
    -------
    list of FleetWay
        From the most owned to none, then the API. Net present values have the fleet at its book value. Servers ordered
        in the plan come after `lead_months`, and those of its start are used to their end: until then and beside them
        the rest is rented. With the API there are none.

    Examples
    --------
    >>> from napkinxl import Scenario, estimate
    >>> from napkinxl.monthly_plan.plan import plan_fleet
    >>> [way.name for way in compare_fleets(plan_fleet([estimate(Scenario(context_tokens=8_000))]))]
    ['all owned', 'all rented', 'API']
    """
    return [*_fleets(plan), _api(plan)]


def _fleets(plan: Plan) -> Iterator[FleetWay]:
    planned = plan.tiers[0][OWNED]
    for share in sorted({0.0, planned, 1.0}, reverse=True):
        tiers = [replace(tier, values={**tier.values, OWNED: share}) for tier in plan.tiers]
        found = plan if share == planned else plan_tiers(tiers, plan.settings)
        name = {0.0: ALL_RENTED, 1.0: ALL_OWNED}.get(share, f"{share:.0%} owned")
        figures = found.figures
        yield FleetWay(
            name,
            share,
            figures["total_fleet_cost_usd"],
            figures["peak_funding_usd"],
            figures["npv_with_book_value_usd"],
        )


def _api(plan: Plan) -> FleetWay:
    figures = plan.figures
    return FleetWay(API, NO_ANSWER, figures["total_api_usd"], figures["api_peak_funding_usd"], figures["api_npv_usd"])
