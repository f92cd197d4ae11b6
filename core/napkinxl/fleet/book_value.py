"""What the owned fleet is worth in the books."""

from __future__ import annotations

from napkinxl.fleet.registry import monthly, over_plan
from napkinxl.ops import Number, above, where


@over_plan("USD", "Value of the fleet at the start")
def opening_fleet_value_usd(
    opening_servers: Number,
    gpus_per_server: Number,
    opening_servers_months_left: Number,
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    lifetime_months: Number,
) -> Number:
    """Book value of the servers owned at the start.

    fallen = (purchase_usd_per_gpu - resale_usd_per_gpu) * opening_servers_months_left / lifetime_months
    value = opening_servers * gpus_per_server * (resale_usd_per_gpu + fallen)
    opening_fleet_value_usd = where(above(opening_servers, 0), value, 0)

    Parameters
    ----------
    opening_servers : float or array
        Servers owned at the start [servers].
    gpus_per_server : float or array
        GPUs in a server [GPUs].
    opening_servers_months_left : float or array
        Months that they are still used [months].
    purchase_usd_per_gpu : float or array
        Purchase price of a GPU with its server [USD].
    resale_usd_per_gpu : float or array
        Resale value at the end of life [USD].
    lifetime_months : float or array
        Months a GPU is used [months].

    Returns
    -------
    float or array
        Book value of the servers owned at the start [USD].

    Notes
    -----
    They are valued as if bought at today's price.

    Examples
    --------
    >>> opening_fleet_value_usd(1, 8, 18, 40_000, 4_000, 36)
    176000.0

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    fallen = (purchase_usd_per_gpu - resale_usd_per_gpu) * opening_servers_months_left / lifetime_months
    value = opening_servers * gpus_per_server * (resale_usd_per_gpu + fallen)
    return where(above(opening_servers, 0), value, 0)


@monthly("USD", "Value of the owned fleet", opening="opening_fleet_value_usd")
def fleet_value_usd(
    previous_fleet_value_usd: Number, purchases_usd: Number, depreciation_usd: Number, resale_usd: Number
) -> Number:
    """Book value of the owned fleet, servers ordered and paid included.

    fleet_value_usd = previous_fleet_value_usd + purchases_usd - depreciation_usd - resale_usd

    Parameters
    ----------
    previous_fleet_value_usd : float or array
        Value a month earlier [USD].
    purchases_usd : float or array
        Purchases [USD].
    depreciation_usd : float or array
        Depreciation [USD].
    resale_usd : float or array
        Resale [USD].

    Returns
    -------
    float or array
        Book value, servers ordered and paid included [USD].

    Notes
    -----
    At retirement the book value is the resale value, so that no gain or loss arises.

    Examples
    --------
    >>> fleet_value_usd(176_000, 640, 0, 0)
    176640

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    return previous_fleet_value_usd + purchases_usd - depreciation_usd - resale_usd
