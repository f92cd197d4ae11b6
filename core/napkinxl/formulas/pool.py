"""How many users find a free sequence with a stated probability: an average needs room beside it."""

from __future__ import annotations

from napkinxl.ops import Number, floor, maximum, minimum, normal_quantile, ratio, square_root
from napkinxl.quantities import quantity


@quantity("deviations", "Standard deviations that the probability stands for")
def slot_deviations(slot_probability: Number) -> Number:
    """How far above its mean the number of busy sequences stays with the stated probability.

    slot_deviations = normal_quantile(slot_probability)

    Parameters
    ----------
    slot_probability : float or array
        Probability that a user finds a free sequence [share].

    Returns
    -------
    float or array
        Standard deviations that the probability stands for [deviations].

    Examples
    --------
    >>> round(slot_deviations(0.975), 2)
    1.96

    References
    ----------
    Quantile of the normal distribution: 1.96 for 97.5%.
    """
    return normal_quantile(slot_probability)


@quantity("sequences", "Sequences of the pool")
def pool_sequences(batch_sequences: Number, replicas_per_pool: Number) -> Number:
    """Sequences that the replicas behind one load balancer work on at once.

    pool_sequences = batch_sequences * replicas_per_pool

    Parameters
    ----------
    batch_sequences : float or array
        Sequences in a step [sequences].
    replicas_per_pool : float or array
        Replicas behind one load balancer [replicas].

    Returns
    -------
    float or array
        Sequences of the pool [sequences].

    Examples
    --------
    >>> pool_sequences(6, 4)
    24

    References
    ----------
    Article, six chats a replica.
    """
    return batch_sequences * replicas_per_pool


@quantity("users", "Users of a pool who find a sequence, present ones")
def pool_users(pool_sequences: Number, slot_deviations: Number, duty_cycle: Number, burstiness_ratio: Number) -> Number:
    """Users before the chat that a pool can hold so that all who are busy fit with the stated probability.

    spread = slot_deviations * square_root(burstiness_ratio * duty_cycle * (1 - duty_cycle))
    room = pool_sequences + 0.5 - (1 - 2 * duty_cycle) * (slot_deviations * slot_deviations - 1) / 6
    root = (square_root(spread * spread + 4 * duty_cycle * room) - spread) / (2 * duty_cycle)
    found = minimum(root * root, pool_sequences / duty_cycle)
    pool_users = maximum(floor(found), pool_sequences)

    Parameters
    ----------
    pool_sequences : float or array
        Sequences of the pool [sequences].
    slot_deviations : float or array
        Standard deviations that the probability stands for [deviations].
    duty_cycle : float or array
        Share of time a user keeps a sequence busy [share].
    burstiness_ratio : float or array
        Variance of busy sequences over that of independent users [x].

    Returns
    -------
    float or array
        Users of a pool who find a sequence, present ones [users].

    Notes
    -----
    Closed form: the normal quantile with the Cornish-Fisher term for skewness, solved for the number of users, and
    never more than the average allows. Users are independent; a burstiness above 1 widens the spread.

    Examples
    --------
    >>> pool_users(10, 3.334, 0.1, 1)
    34.0

    References
    ----------
    Binomial sharing of a link, Kurose and Ross: 35 users of duty 0.1 exceed 10 with probability 0.000424; worked case
    BN01.
    """
    spread = slot_deviations * square_root(burstiness_ratio * duty_cycle * (1 - duty_cycle))
    room = pool_sequences + 0.5 - (1 - 2 * duty_cycle) * (slot_deviations * slot_deviations - 1) / 6
    root = (square_root(spread * spread + 4 * duty_cycle * room) - spread) / (2 * duty_cycle)
    found = minimum(root * root, pool_sequences / duty_cycle)
    return maximum(floor(found), pool_sequences)


@quantity("users", "Users per GPU who find a sequence, present ones")
def pool_users_per_gpu(pool_users: Number, replicas_per_pool: Number, gpus_per_replica: Number) -> Number:
    """Users per GPU at the stated probability.

    pool_users_per_gpu = pool_users / (replicas_per_pool * gpus_per_replica)

    Parameters
    ----------
    pool_users : float or array
        Users of a pool who find a sequence, present ones [users].
    replicas_per_pool : float or array
        Replicas behind one load balancer [replicas].
    gpus_per_replica : float or array
        GPUs that share one copy of the weights [GPUs].

    Returns
    -------
    float or array
        Users per GPU who find a sequence, present ones [users].

    Examples
    --------
    >>> pool_users_per_gpu(34, 1, 1)
    34.0

    References
    ----------
    As users per GPU, with room for chance.
    """
    return pool_users / (replicas_per_pool * gpus_per_replica)


@quantity("share", "Room that chance needs")
def pool_headroom_share(pool_users_per_gpu: Number, users_per_gpu: Number) -> Number:
    """Share of the average number of users that must be given up for the stated probability.

    pool_headroom_share = 1 - ratio(pool_users_per_gpu, users_per_gpu)

    Parameters
    ----------
    pool_users_per_gpu : float or array
        Users per GPU who find a sequence, present ones [users].
    users_per_gpu : float or array
        Users served per GPU, on average [users].

    Returns
    -------
    float or array
        Room that chance needs [share].

    Examples
    --------
    >>> round(pool_headroom_share(34, 100), 2)
    0.66

    References
    ----------
    What the average leaves out.
    """
    return 1 - ratio(pool_users_per_gpu, users_per_gpu)


@quantity("users", "Users of a pool, absent ones included")
def pool_subscribers(
    pool_sequences: Number,
    slot_deviations: Number,
    peak_duty_share: Number,
    traffic_duty_share: Number,
    peak_to_mean_ratio: Number,
    burstiness_ratio: Number,
) -> Number:
    """Users of this traffic that a pool can hold so that all who are busy in the busiest hour fit with the stated
    probability.

    spread = slot_deviations * square_root(burstiness_ratio * peak_duty_share * (1 - peak_duty_share))
    room = pool_sequences + 0.5 - (1 - 2 * peak_duty_share) * (slot_deviations * slot_deviations - 1) / 6
    root = (square_root(spread * spread + 4 * peak_duty_share * room) - spread) / (2 * peak_duty_share)
    found = minimum(root * root, pool_sequences / peak_duty_share)
    present = maximum(floor(found), pool_sequences)
    pool_subscribers = present * peak_duty_share / (traffic_duty_share * peak_to_mean_ratio)

    Parameters
    ----------
    pool_sequences : float or array
        Sequences of the pool [sequences].
    slot_deviations : float or array
        Standard deviations that the probability stands for [deviations].
    peak_duty_share : float or array
        The same in the busiest hour, at most 1 [share].
    traffic_duty_share : float or array
        Share of the month that a user keeps a sequence busy [share].
    peak_to_mean_ratio : float or array
        Busiest hour over the mean hour [x].
    burstiness_ratio : float or array
        Variance of busy sequences over that of independent users [x].

    Returns
    -------
    float or array
        Users of a pool, absent ones included [users].

    Notes
    -----
    Closed form: the normal quantile with the Cornish-Fisher term for skewness, solved for the number of users, and
    never more than the average allows. A user who needs more than one sequence at once counts for as many.

    Examples
    --------
    >>> round(pool_subscribers(10, 3.334, 0.1, 0.05, 2, 1), 6)
    34.0

    References
    ----------
    As for present users; worked case BN01.
    """
    spread = slot_deviations * square_root(burstiness_ratio * peak_duty_share * (1 - peak_duty_share))
    room = pool_sequences + 0.5 - (1 - 2 * peak_duty_share) * (slot_deviations * slot_deviations - 1) / 6
    root = (square_root(spread * spread + 4 * peak_duty_share * room) - spread) / (2 * peak_duty_share)
    found = minimum(root * root, pool_sequences / peak_duty_share)
    present = maximum(floor(found), pool_sequences)
    return present * peak_duty_share / (traffic_duty_share * peak_to_mean_ratio)


@quantity("users", "Users per GPU, absent ones included")
def subscribers_per_gpu(pool_subscribers: Number, replicas_per_pool: Number, gpus_per_replica: Number) -> Number:
    """Users of this traffic per GPU at the stated probability.

    subscribers_per_gpu = pool_subscribers / (replicas_per_pool * gpus_per_replica)

    Parameters
    ----------
    pool_subscribers : float or array
        Users of a pool, absent ones included [users].
    replicas_per_pool : float or array
        Replicas behind one load balancer [replicas].
    gpus_per_replica : float or array
        GPUs that share one copy of the weights [GPUs].

    Returns
    -------
    float or array
        Users per GPU, absent ones included [users].

    Examples
    --------
    >>> subscribers_per_gpu(34, 1, 1)
    34.0

    References
    ----------
    As users per GPU, for people who are mostly away.
    """
    return pool_subscribers / (replicas_per_pool * gpus_per_replica)


@quantity("share", "Share of the paid time that such a pool uses")
def expected_utilization_share(pool_subscribers: Number, traffic_duty_share: Number, pool_sequences: Number) -> Number:
    """Mean load of a pool that is sized for its busiest hour and for chance.

    expected_utilization_share = pool_subscribers * traffic_duty_share / pool_sequences

    Parameters
    ----------
    pool_subscribers : float or array
        Users of a pool, absent ones included [users].
    traffic_duty_share : float or array
        Share of the month that a user keeps a sequence busy [share].
    pool_sequences : float or array
        Sequences of the pool [sequences].

    Returns
    -------
    float or array
        Share of the paid time that such a pool uses [share].

    Examples
    --------
    >>> expected_utilization_share(34, 0.05, 10)
    0.17

    References
    ----------
    Little's law: busy sequences over all of them.
    """
    return pool_subscribers * traffic_duty_share / pool_sequences
