"""How many whole replicas the users of a plan need, and what they cost."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, above, ceil, floor, maximum, minimum, ratio, square_root, where
from napkinxl.engine.registry import quantity


@quantity("pools", "Full pools of the users of the plan")
def full_pools(users: Number, pool_subscribers: Number) -> Number:
    """Pools of the largest size that the users of this plan fill.

    Examples
    --------
    >>> full_pools(1000, 300)
    3.0

    References
    ----------
    Whole pools; NVIDIA rounds instances up, worked case NV03.
    """
    return floor(ratio(users, pool_subscribers))


@quantity("replicas", "Replicas of the last pool")
def last_pool_replicas(
    users: Number,
    full_pools: Number,
    pool_subscribers: Number,
    streams_per_user: Number,
    peak_duty_share: Number,
    slot_deviations: Number,
    burstiness_ratio: Number,
    batch_sequences: Number,
    replicas_per_pool: Number,
) -> Number:
    """Replicas for the users that the full pools leave: for their mean load, and room for chance beside it.

    left = maximum(users - full_pools * pool_subscribers, 0)
    mean = left * streams_per_user * peak_duty_share
    spread = square_root(burstiness_ratio * mean * (1 - peak_duty_share))
    skewness = maximum(1 - 2 * peak_duty_share, 0) * (2 * burstiness_ratio - 1)
    room = slot_deviations * spread + skewness * (slot_deviations * slot_deviations - 1) / 6 - 0.5
    wanted = ceil(minimum(mean + maximum(room, 0), left * streams_per_user) / batch_sequences)
    last_pool_replicas = where(above(left, 0), minimum(maximum(wanted, 1), replicas_per_pool), 0)

    Notes
    -----
    Never more sequences than there are streams.

    Examples
    --------
    >>> last_pool_replicas(1, 0, 34, 1, 0.1, 3.334, 1, 10, 8)
    1.0

    References
    ----------
    The same closed form as users of a pool, the other way round; one user needs one replica.
    """
    left = maximum(users - full_pools * pool_subscribers, 0)
    mean = left * streams_per_user * peak_duty_share
    spread = square_root(burstiness_ratio * mean * (1 - peak_duty_share))
    skewness = maximum(1 - 2 * peak_duty_share, 0) * (2 * burstiness_ratio - 1)
    room = slot_deviations * spread + skewness * (slot_deviations * slot_deviations - 1) / 6 - 0.5
    wanted = ceil(minimum(mean + maximum(room, 0), left * streams_per_user) / batch_sequences)
    return where(above(left, 0), minimum(maximum(wanted, 1), replicas_per_pool), 0)


@quantity("replicas", "Replicas for the users of the plan")
def replicas_for_users(full_pools: Number, replicas_per_pool: Number, last_pool_replicas: Number) -> Number:
    """Replicas that the users of this plan need by themselves: full pools, and a last one as large as it must be.

    Examples
    --------
    >>> replicas_for_users(2, 8, 3)
    19

    References
    ----------
    Whole boxes: a step of cost; NVIDIA rounds instances up, worked case NV03.
    """
    return full_pools * replicas_per_pool + last_pool_replicas


@quantity("USD/month", "Whole replicas for the users, per month")
def self_host_usd_per_month(replicas_for_users: Number, replica_usd_per_month: Number) -> Number:
    """What the replicas for this plan cost a month, the last one however empty.

    Examples
    --------
    >>> self_host_usd_per_month(4, 2160)
    8640

    References
    ----------
    Article, 2,160 USD a GPU and month.
    """
    return replicas_for_users * replica_usd_per_month


@quantity("text", "Serve oneself or buy tokens?")
def self_host_or_api_verdict(self_host_usd_per_month: Number, api_usd_per_month: Number) -> Text:
    """Which costs less for the users of this plan: whole replicas or the API.

    Examples
    --------
    >>> self_host_or_api_verdict(8640, 2500)
    'API'

    References
    ----------
    The cheaper of two.
    """
    return where(above(self_host_usd_per_month, api_usd_per_month), "API", "own replicas")
