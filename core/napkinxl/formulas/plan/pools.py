"""The fleet in pools: replicas behind one load balancer share their room for chance."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ceil, floor, maximum, minimum, ratio, square_root, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, highest, lowest, total


@monthly("replicas", "Replicas taken by one burst, all plans", helper=True)
def burst_replicas(every_tier_variance_replicas2: Numbers, peak_replicas: Number) -> Number:
    """A burst fills this part of a replica on average in the mix of all plans (variance over mean).

    burst_replicas = where(above(peak_replicas, 0), ratio(total(every_tier_variance_replicas2), peak_replicas), 0)

    Notes
    -----
    Tiers are busy independently of each other within the hour.

    Examples
    --------
    >>> burst_replicas([9.0, 16.0], 50)
    0.5

    References
    ----------
    Variances of independent tiers add up; index of dispersion.
    """
    mixed = ratio(total(every_tier_variance_replicas2), peak_replicas)
    return where(above(peak_replicas, 0), mixed, 0)


@monthly("replicas", "Extra headroom for large bursts", helper=True)
def skewness_replicas(plan_service_level_deviations: Number, every_tier_burst_replicas: Numbers) -> Number:
    """Bursts need this many replicas beyond the headroom of a symmetric spread.

    Notes
    -----
    With several tiers the largest burst stands for all: it errs on the safe side, by less than one burst. Below zero
    where the promised probability is low.

    Examples
    --------
    >>> skewness_replicas(2.0, [1.0, 2.0])
    1.0

    References
    ----------
    Cornish and Fisher (1938), expansion of a quantile in cumulants; sequences in use are Poisson, the limit of many
    users who are rarely busy.
    """
    return (plan_service_level_deviations * plan_service_level_deviations - 1) / 6 * highest(every_tier_burst_replicas)


@monthly("replicas", "Load a pool carries at the service level")
def pool_load_replicas(
    burst_replicas: Number,
    skewness_replicas: Number,
    plan_service_level_deviations: Number,
    replicas_per_pool: Number,
    every_peak_duty_share: Numbers,
) -> Number:
    """A pool can fill this many of its replicas on average and still keep the service level.

    spread = plan_service_level_deviations * square_root(burst_replicas) / 2
    room = maximum(replicas_per_pool - skewness_replicas, 0)
    width = square_root(spread * spread + room) - spread
    most = minimum(width * width, replicas_per_pool)
    pool_load_replicas = maximum(most, replicas_per_pool * lowest(every_peak_duty_share))

    Notes
    -----
    The load m with m + z sqrt(b m) + skewness = replicas of the pool. No correction for whole sequences is made, which
    errs on the safe side. A pool with a sequence for each stream serves them all, whatever the bursts.

    Examples
    --------
    >>> round(pool_load_replicas(1.0, 0.0, 2.0, 120.0, [0.01]), 6)
    100.0

    References
    ----------
    Square-root staffing, c = a + z sqrt(a), solved for the load (worked cases SQ01 to SQ06).
    """
    spread = plan_service_level_deviations * square_root(burst_replicas) / 2
    room = maximum(replicas_per_pool - skewness_replicas, 0)
    width = square_root(spread * spread + room) - spread
    return maximum(minimum(width * width, replicas_per_pool), replicas_per_pool * lowest(every_peak_duty_share))


@monthly("pools", "Full pools, all plans")
def fleet_full_pools(peak_replicas: Number, pool_load_replicas: Number) -> Number:
    """The load of the busiest hour fills this many pools.

    Examples
    --------
    >>> fleet_full_pools(250, 100)
    2.0

    References
    ----------
    Whole pools, as replicas for the users of a plan.
    """
    return floor(ratio(peak_replicas, pool_load_replicas))


@monthly("replicas", "Replicas in the last pool, all plans")
def fleet_last_pool_replicas(
    peak_replicas: Number,
    fleet_full_pools: Number,
    pool_load_replicas: Number,
    burst_replicas: Number,
    skewness_replicas: Number,
    plan_service_level_deviations: Number,
    replicas_per_pool: Number,
) -> Number:
    """The load that does not fill a whole pool needs this many replicas, headroom included.

    left = maximum(peak_replicas - fleet_full_pools * pool_load_replicas, 0)
    room = maximum(plan_service_level_deviations * square_root(burst_replicas * left) + skewness_replicas, 0)
    fleet_last_pool_replicas = where(above(left, 0), minimum(ceil(left + room), replicas_per_pool), 0)

    Examples
    --------
    >>> fleet_last_pool_replicas(300, 2, 100, 1.0, 0.0, 2.0, 200)
    120.0

    References
    ----------
    Square-root staffing, c = a + z sqrt(a) (worked cases SQ01 to SQ06).
    """
    left = maximum(peak_replicas - fleet_full_pools * pool_load_replicas, 0)
    room = maximum(plan_service_level_deviations * square_root(burst_replicas * left) + skewness_replicas, 0)
    return where(above(left, 0), minimum(ceil(left + room), replicas_per_pool), 0)
