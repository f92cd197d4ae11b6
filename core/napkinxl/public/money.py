"""What a product costs and brings: its plans together, the ways to serve them, and its fleet month by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from napkinxl.catalog import Catalog
from napkinxl.estimates.price_plans import Product, blend_plans
from napkinxl.estimates.supply import compare_ways
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.monthly_plan.settings import FleetSettings
from napkinxl.monthly_plan.supply import FleetWay, compare_fleets
from napkinxl.public.cases import Cases, opened
from napkinxl.public.comparison import Comparison
from napkinxl.public.plan_settings import plan_settings


def cost(scenarios: Cases, catalog: Catalog | None = None) -> Product:
    """What the plans of a product cost and bring in a month, each and together, and which pays for which.

    Parameters
    ----------
    scenarios : path, Scenario, Estimate or sequence of these
        The product's price plans.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.

    Raises
    ------
    InputError
        A scenario is wrong, or the plans give different fixed costs.

    Examples
    --------
    >>> from napkinxl import Scenario
    >>> cost(Scenario(context_tokens=8_000, users=1_000, price_usd_per_user_month=20)).total.revenue_usd_per_month
    20000.0
    """
    return blend_plans(opened(scenarios, catalog)[0])


def plan(
    scenarios: Cases, settings: Mapping[str, Any] | FleetSettings | None = None, catalog: Catalog | None = None
) -> Plan:
    """Users, GPUs, cost and cash month by month, the scenarios as tiers of customers on one fleet.

    Parameters
    ----------
    scenarios : path, Scenario, Estimate or sequence of these
        The tiers, all on the same GPU and model. A file's own settings, in [fleet] or on the sheet Plan inputs, hold.
    settings : mapping, optional
        Inputs of the plan by name, such as `months` or `lead_months`: they go before those of the file. Or the
        `settings` of another plan, which take the place of all.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.

    Raises
    ------
    InputError
        A scenario or a setting is wrong, or the scenarios cannot share a fleet.

    Examples
    --------
    >>> from napkinxl import Scenario
    >>> found = plan(Scenario(context_tokens=8_000, users=1_000), {"months": 24})
    >>> len(found["gpus"])
    24
    """
    estimates, file = opened(scenarios, catalog)
    known = settings if isinstance(settings, FleetSettings) else plan_settings(file, settings or {})
    return plan_fleet(estimates, known)


@overload
def compare(scenarios: Plan, catalog: Catalog | None = None) -> list[FleetWay]: ...
@overload
def compare(scenarios: Cases, catalog: Catalog | None = None) -> Comparison: ...
def compare(scenarios: Plan | Cases, catalog: Catalog | None = None) -> list[FleetWay] | Comparison:
    """Own, rent, reserve, spot, or buy tokens from an API: what each way to serve costs.

    Parameters
    ----------
    scenarios : path, Scenario, Estimate, sequence of these, or Plan
        Scenarios are compared in a month; a plan over its months, with all servers owned, as planned, with all
        rented, and with an API.
    catalog : Catalog, optional
        Where GPUs and models are looked up; by default the built-in one.

    Returns
    -------
    Comparison or list of FleetWay
        The ways by scenario; of a plan a list from the most owned to none, then the API.

    Raises
    ------
    InputError
        A scenario is wrong.

    Examples
    --------
    >>> from napkinxl import Scenario
    >>> [way.name for way in compare(Scenario(name="Chat", context_tokens=8_000))["Chat"]]
    ['own', 'rent', 'reserved', 'API', 'spot']
    """
    if isinstance(scenarios, Plan):
        return compare_fleets(scenarios)
    estimates, _ = opened(scenarios, catalog)
    return Comparison(tuple(estimates), tuple(tuple(compare_ways(item.values)) for item in estimates))
