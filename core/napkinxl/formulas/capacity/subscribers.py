"""How many users a pool can have who are mostly away, and how much of the paid time they use."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.formulas.capacity.pool import users_who_fit


@quantity("users", "Subscribers per pool", audience="finance")
def pool_subscribers(
    pool_sequences: Number,
    service_level_deviations: Number,
    peak_duty_share: Number,
    streams_per_user: Number,
    burstiness_ratio: Number,
) -> Number:
    """A pool serves this many subscribers at the service level in the busiest hour.

    spread = service_level_deviations * square_root(burstiness_ratio * peak_duty_share * (1 - peak_duty_share))
    skewness = maximum(1 - 2 * peak_duty_share, 0) * (2 * burstiness_ratio - 1)
    room = maximum(pool_sequences + 0.5 - skewness * (service_level_deviations * service_level_deviations - 1) / 6, 0)
    width = (square_root(spread * spread + 4 * peak_duty_share * room) - spread) / (2 * peak_duty_share)
    found = minimum(width * width, pool_sequences / peak_duty_share)
    pool_subscribers = maximum(floor(found), pool_sequences) / streams_per_user

    Notes
    -----
    Closed form: the normal quantile with the Cornish-Fisher term for skewness, solved for the number of users, never
    more than the average allows. Against exact binomial sums it is never too high up to 99.999% and mostly within 1 to
    5% below from 20 sequences on; with bursts and few sequences it is low. Streams of a user are taken as independent.

    Examples
    --------
    >>> 33 <= round(pool_subscribers(10, 3.334, 0.1, 1, 1)) <= 35
    True

    References
    ----------
    As for seats in a pool; worked case BN01.
    """
    present = users_who_fit(pool_sequences, service_level_deviations, peak_duty_share, burstiness_ratio)
    return present / streams_per_user


@quantity("users", "Subscribers per GPU", audience="board", headline=True)
def subscribers_per_gpu(pool_subscribers: Number, replicas_per_pool: Number, gpus_per_replica: Number) -> Number:
    """One GPU serves this many subscribers of the plan at the service level in the busiest hour.

    Examples
    --------
    >>> subscribers_per_gpu(34, 1, 1)
    34.0

    References
    ----------
    As users per GPU, for people who are mostly away.
    """
    return pool_subscribers / (replicas_per_pool * gpus_per_replica)


@quantity("share", "Expected utilisation of paid GPU time", audience="board")
def expected_utilization_share(pool_subscribers: Number, traffic_duty_share: Number, pool_sequences: Number) -> Number:
    """Capacity sized for the busiest hour is used for this share of the time that is paid for.

    Examples
    --------
    >>> expected_utilization_share(34, 0.05, 10)
    0.17

    References
    ----------
    Little's law: busy sequences over all of them.
    """
    return pool_subscribers * traffic_duty_share / pool_sequences
