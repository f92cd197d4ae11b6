"""Replicas, GPUs and servers for the busiest hour, with headroom for chance and spares for failures."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ceil, ratio
from napkinxl.engine.registry import monthly


@monthly("replicas", "Replicas needed", months="last")
def replicas_needed(fleet_full_pools: Number, replicas_per_pool: Number, fleet_last_pool_replicas: Number) -> Number:
    """This many whole replicas must work to keep the service level in the busiest hour.

    Examples
    --------
    >>> replicas_needed(2, 8, 3)
    19

    References
    ----------
    Worked cases NV02, NV03: NVIDIA's sizing method; 20% of a day's requests in its busiest hour is 4.8 times the mean.
    """
    return fleet_full_pools * replicas_per_pool + fleet_last_pool_replicas


@monthly("replicas", "Capacity headroom in replicas")
def headroom_replicas(replicas_needed: Number, peak_replicas: Number) -> Number:
    """This many replicas stand above the mean of the busiest hour, for random peaks and for rounding up.

    Examples
    --------
    >>> headroom_replicas(120, 100)
    20

    References
    ----------
    Headroom is 1 - mean / peak of what is paid for (inferecon).
    """
    return replicas_needed - peak_replicas


@monthly("replicas", "Replicas needed, spares included", months="last")
def replicas_with_spares(replicas_needed: Number, replica_availability_share: Number) -> Number:
    """The fleet must hold this many replicas, so that enough of them work despite failures.

    Notes
    -----
    On average: it promises nothing for the hour of a failure. A replica stands while any of its GPUs is repaired.

    Examples
    --------
    >>> replicas_with_spares(99, 0.99)
    100.0

    References
    ----------
    Fleet availability: replicas that work are replicas there are x availability of one.
    """
    return ceil(ratio(replicas_needed, replica_availability_share))


@monthly("GPUs", "GPUs needed", audience="board", months="last")
def gpus_needed(replicas_with_spares: Number, gpus_per_replica: Number) -> Number:
    """The replicas and their spares need this many GPUs.

    Examples
    --------
    >>> gpus_needed(3, 2)
    6

    References
    ----------
    NVIDIA's sizing method (worked case NV03): instances x GPUs of each.
    """
    return replicas_with_spares * gpus_per_replica


@monthly("servers", "Servers needed", audience="finance", months="last")
def servers_needed(gpus_needed: Number, gpus_per_server: Number) -> Number:
    """The GPUs needed fill this many whole servers.

    Examples
    --------
    >>> servers_needed(17, 8)
    3.0

    References
    ----------
    NVIDIA's sizing method: servers = ceil(GPUs / GPUs in a server).
    """
    return ceil(gpus_needed / gpus_per_server)
