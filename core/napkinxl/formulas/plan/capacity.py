"""Replicas, GPUs and servers for the busiest hour, with headroom for chance and spares for failures."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ceil, ratio
from napkinxl.engine.registry import monthly


@monthly("replicas", "Replicas needed")
def replicas_needed(filled_pools: Number, replicas_per_pool: Number, rest_replicas: Number) -> Number:
    """Whole replicas that must work.

    Examples
    --------
    >>> replicas_needed(2, 8, 3)
    19

    References
    ----------
    Worked cases NV02, NV03: NVIDIA's sizing method; 20% of a day's requests in its busiest hour is 4.8 times the mean.
    """
    return filled_pools * replicas_per_pool + rest_replicas


@monthly("replicas", "Headroom")
def headroom_replicas(replicas_needed: Number, peak_replicas: Number) -> Number:
    """Replicas above the mean of the busiest hour: for chance, and the rest of the last one.

    Examples
    --------
    >>> headroom_replicas(120, 100)
    20

    References
    ----------
    Headroom is 1 - mean / peak of what is paid for (inferecon).
    """
    return replicas_needed - peak_replicas


@monthly("replicas", "Replicas with spares")
def replicas_with_spares(replicas_needed: Number, replica_availability_share: Number) -> Number:
    """Whole replicas to have, so that enough of them work.

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


@monthly("GPUs", "GPUs needed", months="last")
def gpus_needed(replicas_with_spares: Number, gpus_per_replica: Number) -> Number:
    """GPUs of all replicas.

    Examples
    --------
    >>> gpus_needed(3, 2)
    6

    References
    ----------
    NVIDIA's sizing method (worked case NV03): instances x GPUs of each.
    """
    return replicas_with_spares * gpus_per_replica


@monthly("servers", "Servers needed", months="last")
def servers_needed(gpus_needed: Number, gpus_per_server: Number) -> Number:
    """Whole servers that hold them.

    Examples
    --------
    >>> servers_needed(17, 8)
    3.0

    References
    ----------
    NVIDIA's sizing method: servers = ceil(GPUs / GPUs in a server).
    """
    return ceil(gpus_needed / gpus_per_server)
