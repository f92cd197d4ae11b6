"""How many users find a free sequence with a stated probability: an average needs room beside it."""

from __future__ import annotations

from napkinxl.engine.ops import Number, floor, maximum, minimum, normal_quantile, ratio, square_root
from napkinxl.engine.registry import quantity


def users_who_fit(sequences: Number, deviations: Number, duty: Number, burstiness: Number) -> Number:
    """Users of a duty who all fit when busy, with the probability that the deviations stand for [users]."""
    spread = deviations * square_root(burstiness * duty * (1 - duty))
    skewness = maximum(1 - 2 * duty, 0) * (2 * burstiness - 1)
    room = maximum(sequences + 0.5 - skewness * (deviations * deviations - 1) / 6, 0)
    width = (square_root(spread * spread + 4 * duty * room) - spread) / (2 * duty)
    return maximum(floor(minimum(width * width, sequences / duty)), sequences)


@quantity("deviations", "Safety margin in standard deviations", helper=True)
def service_level_deviations(service_level_probability: Number) -> Number:
    """Capacity must stand this many standard deviations above mean demand to keep the service level.

    Examples
    --------
    >>> round(service_level_deviations(0.975), 2)
    1.96

    References
    ----------
    Quantile of the normal distribution: 1.96 for 97.5%.
    """
    return normal_quantile(service_level_probability)


@quantity("sequences", "Chats served at once, per pool")
def pool_sequences(batch_sequences: Number, replicas_per_pool: Number) -> Number:
    """The replicas behind one load balancer work on this many chats together.

    Examples
    --------
    >>> pool_sequences(6, 4)
    24

    References
    ----------
    Article, six chats a replica.
    """
    return batch_sequences * replicas_per_pool


@quantity("seats", "Seats per pool at the service level")
def pool_seats(
    pool_sequences: Number, service_level_deviations: Number, duty_cycle: Number, burstiness_ratio: Number
) -> Number:
    """A pool serves this many people in a chat and still answers at once with the promised probability.

    spread = service_level_deviations * square_root(burstiness_ratio * duty_cycle * (1 - duty_cycle))
    skewness = maximum(1 - 2 * duty_cycle, 0) * (2 * burstiness_ratio - 1)
    room = maximum(pool_sequences + 0.5 - skewness * (service_level_deviations * service_level_deviations - 1) / 6, 0)
    width = (square_root(spread * spread + 4 * duty_cycle * room) - spread) / (2 * duty_cycle)
    found = minimum(width * width, pool_sequences / duty_cycle)
    pool_seats = maximum(floor(found), pool_sequences)

    Notes
    -----
    Closed form: the normal quantile with the Cornish-Fisher term for skewness, solved for the number of users, never
    more than the average allows. Against exact binomial sums it is never too high up to 99.999% and mostly within 1 to
    5% below from 20 sequences on; with bursts and few sequences it is low. Users are independent; a burstiness above 1
    widens the spread.

    Examples
    --------
    >>> 33 <= round(pool_seats(10, 3.334, 0.1, 1)) <= 35
    True

    References
    ----------
    Binomial sharing of a link, Kurose and Ross: 35 users of duty 0.1 exceed 10 with probability 0.000424; worked case
    BN01.
    """
    return users_who_fit(pool_sequences, service_level_deviations, duty_cycle, burstiness_ratio)


@quantity("seats", "Seats per GPU at the service level")
def pool_seats_per_gpu(pool_seats: Number, replicas_per_pool: Number, gpus_per_replica: Number) -> Number:
    """One GPU of a pool serves this many people in a chat and still answers at once with the promised probability.

    Examples
    --------
    >>> pool_seats_per_gpu(34, 1, 1)
    34.0

    References
    ----------
    As users per GPU, with room for chance.
    """
    return pool_seats / (replicas_per_pool * gpus_per_replica)


@quantity("share", "Capacity headroom for random peaks", audience="finance")
def pool_headroom_share(pool_seats_per_gpu: Number, users_per_gpu: Number) -> Number:
    """This share of the average seats stays free, so that users need not wait when many ask at once.

    Examples
    --------
    >>> round(pool_headroom_share(34, 100), 2)
    0.66

    References
    ----------
    What the average leaves out.
    """
    return 1 - ratio(pool_seats_per_gpu, users_per_gpu)
