"""Replicas, GPUs and servers for the busiest hour, with headroom for chance and spares for failures."""

from __future__ import annotations

from napkinxl.fleet.registry import monthly
from napkinxl.fleet.rows import Numbers, highest, total
from napkinxl.ops import Number, above, ceil, maximum, ratio, square_root, where


@monthly("replicas", "Standard deviation of busy replicas")
def deviation_replicas(every_tier_variance_replicas2: Numbers) -> Number:
    """Standard deviation of the replicas in use in the busiest hour.

    deviation_replicas = square_root(total(every_tier_variance_replicas2))

    Parameters
    ----------
    every_tier_variance_replicas2 : sequence of float or array
        Variance of the replicas that each tier fills [replicas²].

    Returns
    -------
    float or array
        Standard deviation of the replicas that all tiers fill [replicas].

    Notes
    -----
    Tiers are busy independently of each other within the hour.

    Examples
    --------
    >>> deviation_replicas([9.0, 16.0])
    5.0

    References
    ----------
    Variances of independent tiers add up.
    """
    return square_root(total(every_tier_variance_replicas2))


@monthly("replicas", "Headroom for chance")
def headroom_replicas(
    peak_replicas: Number, deviation_replicas: Number, slot_quantile: Number, every_tier_burst_replicas: Numbers
) -> Number:
    """Replicas above the mean of the busiest hour, so that users find a free sequence.

    skewness = (slot_quantile * slot_quantile - 1) / 6 * highest(every_tier_burst_replicas)
    headroom_replicas = where(above(peak_replicas, 0), maximum(slot_quantile * deviation_replicas + skewness, 0), 0)

    Parameters
    ----------
    peak_replicas : float or array
        Replicas busy in the busiest hour [replicas].
    deviation_replicas : float or array
        Standard deviation of busy replicas [replicas].
    slot_quantile : float or array
        Standard deviations of headroom [x].
    every_tier_burst_replicas : sequence of float or array
        Part of a replica that one burst of each tier takes [replicas].

    Returns
    -------
    float or array
        Replicas above the mean of the busiest hour [replicas].

    Notes
    -----
    Tiers share one pool: deviations are pooled, not added. With one tier and a busy sequences on average, these are
    z sqrt(b a) + b (z^2 - 1) / 6 sequences. No correction for whole sequences is made, and with several tiers the
    largest burst stands for all: both err on the safe side, by less than one burst.

    Examples
    --------
    >>> round(headroom_replicas(100, 10, 2.326348, [1.0]), 2)
    24.0

    References
    ----------
    Cornish and Fisher (1938), expansion of a quantile in cumulants; sequences in use are Poisson, the limit of many
    users who are rarely busy.
    """
    skewness = (slot_quantile * slot_quantile - 1) / 6 * highest(every_tier_burst_replicas)
    needed = maximum(slot_quantile * deviation_replicas + skewness, 0)
    return where(above(peak_replicas, 0), needed, 0)


@monthly("replicas", "Replicas needed")
def replicas_needed(peak_replicas: Number, headroom_replicas: Number) -> Number:
    """Whole replicas that must work.

    replicas_needed = ceil(peak_replicas + headroom_replicas)

    Parameters
    ----------
    peak_replicas : float or array
        Replicas busy in the busiest hour [replicas].
    headroom_replicas : float or array
        Headroom for chance [replicas].

    Returns
    -------
    float or array
        Whole replicas that must work [replicas].

    Examples
    --------
    >>> replicas_needed(6.6667 / 2.5, 0)
    3.0

    References
    ----------
    Worked cases NV02, NV03: NVIDIA's sizing method; 20% of a day's requests in its busiest hour is 4.8 times the mean.
    """
    return ceil(peak_replicas + headroom_replicas)


@monthly("replicas", "Replicas with spares")
def replicas_with_spares(replicas_needed: Number, replica_availability_share: Number) -> Number:
    """Whole replicas to have, so that enough of them work.

    replicas_with_spares = ceil(ratio(replicas_needed, replica_availability_share))

    Parameters
    ----------
    replicas_needed : float or array
        Whole replicas that must work [replicas].
    replica_availability_share : float or array
        Share of time that all GPUs of a replica work [share].

    Returns
    -------
    float or array
        Whole replicas to have [replicas].

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


@monthly("GPUs", "GPUs needed")
def gpus_needed(replicas_with_spares: Number, gpus_per_replica: Number) -> Number:
    """GPUs of all replicas.

    gpus_needed = replicas_with_spares * gpus_per_replica

    Parameters
    ----------
    replicas_with_spares : float or array
        Whole replicas to have [replicas].
    gpus_per_replica : float or array
        GPUs of a replica [GPUs].

    Returns
    -------
    float or array
        GPUs of all replicas [GPUs].

    Examples
    --------
    >>> gpus_needed(3, 2)
    6

    References
    ----------
    NVIDIA's sizing method (worked case NV03): instances x GPUs of each.
    """
    return replicas_with_spares * gpus_per_replica


@monthly("servers", "Servers needed")
def servers_needed(gpus_needed: Number, gpus_per_server: Number) -> Number:
    """Whole servers that hold them.

    servers_needed = ceil(gpus_needed / gpus_per_server)

    Parameters
    ----------
    gpus_needed : float or array
        GPUs of all replicas [GPUs].
    gpus_per_server : float or array
        GPUs in a server [GPUs].

    Returns
    -------
    float or array
        Whole servers that hold them [servers].

    Examples
    --------
    >>> servers_needed(17, 8)
    3.0

    References
    ----------
    NVIDIA's sizing method: servers = ceil(GPUs / GPUs in a server).
    """
    return ceil(gpus_needed / gpus_per_server)
