"""The owned fleet at what was paid for it: each server keeps the price of the month it was ordered in."""

from __future__ import annotations

from napkinxl.ops import Number, above, where
from napkinxl.quantities import monthly
from napkinxl.row_ops import Numbers, month_value


@monthly("USD", "Purchases", months="sum")
def purchases_usd(
    ordered_servers: Number, gpus_per_server: Number, purchase_usd_per_gpu: Number, purchase_ratio: Number
) -> Number:
    """Price of the servers ordered in the month, paid at once.

    price = gpus_per_server * purchase_usd_per_gpu * purchase_ratio
    purchases_usd = where(above(ordered_servers, 0), ordered_servers * price, 0)

    Parameters
    ----------
    ordered_servers : float or array
        Servers ordered [servers].
    gpus_per_server : float or array
        GPUs in a server [GPUs].
    purchase_usd_per_gpu : float or array
        Purchase price of a GPU with its server [USD].
    purchase_ratio : float or array
        Price of a new GPU over that of month 1 [x].

    Returns
    -------
    float or array
        Price of the servers ordered [USD].

    Examples
    --------
    >>> purchases_usd(2, 8, 40_000, 0.5)
    320000.0

    References
    ----------
    Paid at the order; depreciated from the arrival on.
    """
    price = gpus_per_server * purchase_usd_per_gpu * purchase_ratio
    return where(above(ordered_servers, 0), ordered_servers * price, 0)


@monthly("USD", "Arrived servers, at cost", months="sum")
def arrived_at_cost_usd(month: Number, lead_months: Number, purchases_usd_by_month: Numbers) -> Number:
    """What was paid for the servers that arrive in the month.

    arrived_at_cost_usd = month_value(purchases_usd_by_month, month - lead_months)

    Parameters
    ----------
    month : float or array
        Number of the month [months].
    lead_months : float or array
        Months between order and first use [months].
    purchases_usd_by_month : sequence of float or array
        Price of the servers ordered in each month [USD].

    Returns
    -------
    float or array
        Price of the servers that arrive, as paid [USD].

    Examples
    --------
    >>> arrived_at_cost_usd(3, 2, [640.0, 0.0, 0.0])
    640.0

    References
    ----------
    Assets are carried at cost from the day they can be used (IAS 16, 16 and 55).
    """
    return month_value(purchases_usd_by_month, month - lead_months)


@monthly("USD", "Retired servers, at cost", months="sum")
def retired_at_cost_usd(
    month: Number,
    lifetime_months: Number,
    arrived_at_cost_usd_so_far: Numbers,
    previous_inherited_servers: Number,
    inherited_servers: Number,
    opening_fleet_at_cost_usd: Number,
) -> Number:
    """What was paid for the servers that reach the end of their life.

    inherited = where(above(previous_inherited_servers, inherited_servers), opening_fleet_at_cost_usd, 0)
    retired_at_cost_usd = month_value(arrived_at_cost_usd_so_far, month - lifetime_months) + inherited

    Parameters
    ----------
    month : float or array
        Number of the month [months].
    lifetime_months : float or array
        Months a GPU is used [months].
    arrived_at_cost_usd_so_far : sequence of float or array
        Price of the servers that arrived, up to the month before [USD].
    previous_inherited_servers : float or array
        Servers from before the plan, a month earlier [servers].
    inherited_servers : float or array
        Servers from before the plan [servers].
    opening_fleet_at_cost_usd : float or array
        Price of the servers owned at the start [USD].

    Returns
    -------
    float or array
        Price of the servers that are used no more, as paid [USD].

    Examples
    --------
    >>> retired_at_cost_usd(4, 3, [640.0, 0.0, 0.0], 0, 0, 0)
    640.0

    References
    ----------
    Own bookkeeping of the plan: as the servers retire, so does their cost.
    """
    inherited = where(above(previous_inherited_servers, inherited_servers), opening_fleet_at_cost_usd, 0)
    return month_value(arrived_at_cost_usd_so_far, month - lifetime_months) + inherited


@monthly("USD", "Owned fleet, at cost", opening="opening_fleet_at_cost_usd", months="last")
def fleet_at_cost_usd(
    previous_fleet_at_cost_usd: Number, arrived_at_cost_usd: Number, retired_at_cost_usd: Number
) -> Number:
    """What was paid for the servers that are owned and in use.

    fleet_at_cost_usd = previous_fleet_at_cost_usd + arrived_at_cost_usd - retired_at_cost_usd

    Parameters
    ----------
    previous_fleet_at_cost_usd : float or array
        Owned fleet at cost, a month earlier [USD].
    arrived_at_cost_usd : float or array
        Arrived servers at cost [USD].
    retired_at_cost_usd : float or array
        Retired servers at cost [USD].

    Returns
    -------
    float or array
        Price of the servers in use, as paid [USD].

    Examples
    --------
    >>> fleet_at_cost_usd(640, 320, 100)
    860

    References
    ----------
    Gross carrying amount: cost before depreciation (IAS 16, 73).
    """
    return previous_fleet_at_cost_usd + arrived_at_cost_usd - retired_at_cost_usd
