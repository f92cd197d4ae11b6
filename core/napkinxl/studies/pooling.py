"""Users that a pool of slots serves with a probability, and what pooling GPUs wins back; searched, not approximated.

The view is the clock's: over time, the share in which all users who are busy have a slot. A user who starts looks at
the others only, and finds a slot a little less often: `starting_user_slot_share`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from napkinxl.errors import InputError
from napkinxl.inputs import Bounds
from napkinxl.studies.busy import (
    BURSTINESS,
    USERS,
    allowed_beyond,
    binomial_tail,
    busy_shares,
    fewest_slots,
    wanted_shares,
)
from napkinxl.studies.checks import PROBABILITY, checked, counted
from napkinxl.studies.searches import last_whole

SLOTS = Bounds(0, 100_000_000, whole=True)
REPLICAS = Bounds(1, 1_000_000, whole=True)


@dataclass(frozen=True)
class PoolPoint:
    """What a pool of that many replicas serves."""

    replicas: int
    slots: int
    users: int
    users_per_replica: float
    mean_busy_share: float
    """Slots in use on average; what is left is headroom."""


def users_at_probability(slots: int, duty_cycle: float, slot_probability: float, burstiness_ratio: float = 1) -> int:
    """The most users whose busy ones all find a slot with a probability.

    Parameters
    ----------
    slots : int
        Sequences that the pool holds at once [sequences].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    slot_probability : float
        Probability that all who are busy find a slot [share].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    int
        Users; at least as many as there are slots, and nobody without a slot [users].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    With a probability near one half the users may exceed slots / duty_cycle, the average: such a pool overbooks.

    Examples
    --------
    >>> users_at_probability(10, 0.1, 1 - 0.00043)
    35

    References
    ----------
    Kurose and Ross, Computer Networking: of 35 users, busy a tenth of the time, more than 10 are with about 0.0004.
    """
    slots = counted("slots", slots, SLOTS)
    duty = checked("duty_cycle", duty_cycle, PROBABILITY)
    burst = checked("burstiness_ratio", burstiness_ratio, BURSTINESS)
    probability = checked("slot_probability", slot_probability, PROBABILITY)
    beyond = allowed_beyond(probability)
    if slots == 0 or duty == 1 or probability == 1:
        return slots

    def enough(users: int) -> bool:
        return binomial_tail(slots, users, duty, burst) <= beyond

    most = int(USERS.high)
    guess = _normal_guess(slots, duty, probability, burst)
    found = last_whole(enough, slots, guess, most) if guess < most else most
    if found == most:
        raise InputError(f"slots / duty_cycle must stay below {most:,} users, got {slots:,} / {duty:g}")
    return found


def slots_at_probability(users: int, duty_cycle: float, slot_probability: float, burstiness_ratio: float = 1) -> int:
    """The fewest slots that hold all busy users with a probability.

    Parameters
    ----------
    users : int
        Users of the pool [users].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    slot_probability : float
        Probability that all who are busy find a slot [share].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    int
        Slots, at most as many as there are users [sequences].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> slots_at_probability(35, 0.1, 1 - 0.00043)
    10

    References
    ----------
    Kurose and Ross, Computer Networking: of 35 users, busy a tenth of the time, more than 10 are with about 0.0004.
    """
    if checked("slot_probability", slot_probability, PROBABILITY) == 1:
        return counted("users", users, USERS)
    return fewest_slots(*busy_shares(users, duty_cycle, burstiness_ratio), slot_probability)


def slots_for_load(mean_busy: float, slot_probability: float, burstiness_ratio: float = 1) -> int:
    """The fewest slots that hold all sequences wanted with a probability, whoever sends them.

    Parameters
    ----------
    mean_busy : float
        Sequences wanted on average [Erlang].
    slot_probability : float
        Probability that all that are wanted find a slot, below 1 [share].
    burstiness_ratio : float
        Variance over mean of the sequences wanted [x].

    Returns
    -------
    int
        Slots [sequences].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> slots_for_load(1, 0.98)
    3

    References
    ----------
    Tables of the Poisson distribution: for mean 1, P(X <= 2) is 0.920 and P(X <= 3) is 0.981.
    """
    return fewest_slots(*wanted_shares(mean_busy, burstiness_ratio), slot_probability)


def starting_user_slot_share(slots: int, users: int, duty_cycle: float, burstiness_ratio: float = 1) -> float:
    """Probability that a user who starts finds a slot that the others leave free.

    Parameters
    ----------
    slots : int
        Sequences that the pool holds at once [sequences].
    users : int
        Users of the pool, the one who starts among them [users].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    float
        Share of starts that find a slot [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    Those without a slot are counted as busy all the same: they wait or try again. Where they go away, the pool is
    Engset's: `napkinxl.studies.engset`. A user cannot be the one who starts while busy, so the others are one fewer.

    Examples
    --------
    >>> starting_user_slot_share(1, 2, 0.25)
    0.75

    References
    ----------
    Sevcik and Mitrani, The distribution of queuing network states at input and output instants, J. ACM 28, 1981.
    """
    slots, users = counted("slots", slots, SLOTS), counted("users", users, USERS)
    if slots == 0:
        return 0.0
    return 1 - binomial_tail(slots - 1, max(users - 1, 0), duty_cycle, burstiness_ratio)


def pooling_curve(
    slots_per_replica: int,
    duty_cycle: float,
    slot_probability: float,
    replicas: Sequence[int],
    burstiness_ratio: float = 1,
) -> list[PoolPoint]:
    """Users per replica as more replicas stand behind one balancer.

    Parameters
    ----------
    slots_per_replica : int
        Sequences that one replica holds at once [sequences].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    slot_probability : float
        Probability that all who are busy find a slot [share].
    replicas : sequence of int
        Sizes of the pool [replicas].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    list of PoolPoint
        One point a size, in the order given.

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> [point.users for point in pooling_curve(10, 0.1, 1 - 0.00043, [1])]
    [35]

    References
    ----------
    Kurose and Ross, Computer Networking: of 35 users, busy a tenth of the time, more than 10 are with about 0.0004.
    """
    each = counted("slots_per_replica", slots_per_replica, SLOTS)
    points = []
    for size in replicas:
        count = counted("replicas", size, REPLICAS)
        users = users_at_probability(count * each, duty_cycle, slot_probability, burstiness_ratio)
        mean_busy_share = users * duty_cycle / (count * each) if each else math.nan
        points.append(PoolPoint(count, count * each, users, users / count, mean_busy_share))
    return points


def _normal_guess(slots: int, duty: float, probability: float, burst: float) -> int:
    """Where to begin: the users at which a normal distribution puts that share below slots + 1/2."""
    spread = NormalDist().inv_cdf(probability) * math.sqrt(burst * duty * (1 - duty))
    root = (math.sqrt(spread**2 + 4 * duty * (slots + 0.5)) - spread) / (2 * duty)
    return int(root**2)
