"""How many whole replicas the users of a plan need, and what they cost."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, above, ceil, floor, maximum, minimum, ratio, square_root, where
from napkinxl.engine.registry import quantity


@quantity("pools", "Full pools, plan on its own", helper=True)
def full_pools(users: Number, pool_subscribers: Number) -> Number:
    """The plan's users fill this many pools of the largest size.

    Examples
    --------
    >>> full_pools(1000, 300)
    3.0

    References
    ----------
    Whole pools; NVIDIA rounds instances up, worked case NV03.
    """
    return floor(ratio(users, pool_subscribers))


@quantity("replicas", "Replicas in the last pool, plan on its own", helper=True)
def last_pool_replicas(
    users: Number,
    full_pools: Number,
    pool_subscribers: Number,
    streams_per_user: Number,
    peak_duty_share: Number,
    service_level_deviations: Number,
    burstiness_ratio: Number,
    batch_sequences: Number,
    replicas_per_pool: Number,
) -> Number:
    """The users who do not fill a whole pool need this many replicas.

    left = maximum(users - full_pools * pool_subscribers, 0)
    mean = left * streams_per_user * peak_duty_share
    spread = square_root(burstiness_ratio * mean * (1 - peak_duty_share))
    skewness = maximum(1 - 2 * peak_duty_share, 0) * (2 * burstiness_ratio - 1)
    squared = service_level_deviations * service_level_deviations
    room = service_level_deviations * spread + skewness * (squared - 1) / 6 - 0.5
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
    squared = service_level_deviations * service_level_deviations
    room = service_level_deviations * spread + skewness * (squared - 1) / 6 - 0.5
    wanted = ceil(minimum(mean + maximum(room, 0), left * streams_per_user) / batch_sequences)
    return where(above(left, 0), minimum(maximum(wanted, 1), replicas_per_pool), 0)


@quantity("replicas", "Replicas for the plan on its own")
def replicas_for_users(full_pools: Number, replicas_per_pool: Number, last_pool_replicas: Number) -> Number:
    """The plan needs this many whole replicas if it shares none with other plans.

    Examples
    --------
    >>> replicas_for_users(2, 8, 3)
    19

    References
    ----------
    Whole boxes: a step of cost; NVIDIA rounds instances up, worked case NV03.
    """
    return full_pools * replicas_per_pool + last_pool_replicas


@quantity("USD/month", "Monthly GPU bill of the plan, planned mix", audience="finance")
def gpu_bill_usd_per_month(replicas_for_users: Number, replica_usd_per_month: Number) -> Number:
    """Whole replicas for the plan cost this much a month at the planned mix of owned and rented GPUs.

    Examples
    --------
    >>> gpu_bill_usd_per_month(4, 2160)
    8640

    References
    ----------
    Article, 2,160 USD a GPU and month.
    """
    return replicas_for_users * replica_usd_per_month


@quantity("text", "Cheaper: GPUs or API, plan on its own?", audience="board")
def gpu_or_api_verdict(gpu_bill_usd_per_month: Number, api_usd_per_month: Number) -> Text:
    """The verdict names the cheaper way to serve this plan alone, whole replicas or the API.

    Examples
    --------
    >>> gpu_or_api_verdict(8640, 2500)
    'API'

    References
    ----------
    The cheaper of two.
    """
    return where(above(gpu_bill_usd_per_month, api_usd_per_month), "API", "own replicas")
