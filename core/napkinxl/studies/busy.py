"""How many of a pool's users are busy at once: the exact distribution, its tail and its quantile.

Users who are busy a share of the time, each on their own, are binomial. Users who tend to be busy together (working
hours, a launch, agents that call one another) vary more: `burstiness_ratio` is the variance of the busy users over
the binomial's. Their duty is then itself drawn, from a beta distribution with the same mean (a beta-binomial, or
Polya, distribution): it never counts more busy than there are users. The same for a stream of requests without a
fixed number of users: Poisson, and with bursts negative binomial. Its tail is long: for arrivals with lognormal gaps
of coefficient 3 at 100 Erlang it says that 140 slots are too few 3.5% of the time, a simulation 1.8%, Poisson 0.006%.
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from napkinxl.errors import InputError
from napkinxl.inputs import Bounds
from napkinxl.studies.checks import PROBABILITY, checked, counted

Floats: TypeAlias = NDArray[np.float64]

USERS = Bounds(0, 10_000_000_000, whole=True)
MEAN_BUSY = Bounds(0, 10_000_000_000)
BURSTINESS = Bounds(1, 1_000_000)
# Beyond that many standard deviations, or bursts, from the mean a probability underflows.
REACH = 40
MOST_COUNTS = 5_000_000
# Users whose bursts are as large as they can be are all busy or all idle; a hair less keeps the logarithms finite.
SMALLEST_CONCENTRATION = 1e-9
# A probability that is met exactly is met, whatever the last bits say.
GUARD = 1e-9


def binomial_tail(slots: int, users: int, duty_cycle: float, burstiness_ratio: float = 1) -> float:
    """Probability that more than `slots` of the users are busy at once.

    Parameters
    ----------
    slots : int
        Sequences that the pool holds at once [sequences].
    users : int
        Users of the pool [users].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    float
        Share of time when not all busy users find a slot [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(binomial_tail(10, 35, 0.1), 4)
    0.0004

    References
    ----------
    Kurose and Ross, Computer Networking, packet against circuit switching: 35 users, 10 at once, about 0.0004.
    """
    lowest, shares = busy_shares(users, duty_cycle, burstiness_ratio)
    return _beyond(counted("slots", slots, USERS), lowest, shares)


def poisson_tail(slots: int, mean_busy: float, burstiness_ratio: float = 1) -> float:
    """Probability that more than `slots` sequences are wanted at once, whoever sends them.

    Parameters
    ----------
    slots : int
        Sequences that the pool holds at once [sequences].
    mean_busy : float
        Sequences wanted on average: arrivals a second times seconds each [Erlang].
    burstiness_ratio : float
        Variance over mean of the sequences wanted: 1 for Poisson arrivals (teletraffic's peakedness) [x].

    Returns
    -------
    float
        Share of time when more are wanted than there are slots [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(poisson_tail(3, 1), 4)
    0.019

    References
    ----------
    Tables of the Poisson distribution: P(X <= 3) is 0.981 for mean 1.
    """
    lowest, shares = wanted_shares(mean_busy, burstiness_ratio)
    return _beyond(counted("slots", slots, USERS), lowest, shares)


def busy_shares(users: int, duty_cycle: float, burstiness_ratio: float = 1) -> tuple[int, Floats]:
    """Shares of time with each number of users busy.

    Parameters
    ----------
    users : int
        Users of the pool [users].
    duty_cycle : float
        Share of time a user keeps a sequence busy [share].
    burstiness_ratio : float
        Variance of the busy users over that of users who act each on their own [x].

    Returns
    -------
    tuple of int and array
        The smallest number of busy users that is not negligible, and the shares from there on [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> lowest, shares = busy_shares(2, 0.5)
    >>> lowest, shares.round(2).tolist()
    (0, [0.25, 0.5, 0.25])

    References
    ----------
    Johnson, Kemp and Kotz, Univariate Discrete Distributions, 3.2 binomial, 6.2.2 beta-binomial.
    """
    users = counted("users", users, USERS)
    duty = checked("duty_cycle", duty_cycle, PROBABILITY)
    burst = checked("burstiness_ratio", burstiness_ratio, BURSTINESS)
    if duty == 1 or users == 0:
        return users, np.ones(1)
    counts = _reach(users * duty, burst * users * duty * (1 - duty), burst, users)
    up, left = counts[:-1] + 1, users - counts[:-1]
    if burst == 1:
        return int(counts[0]), _from_ratios(np.log(left / up) + math.log(duty / (1 - duty)))
    # The variance of a beta-binomial is (concentration + users) / (concentration + 1) times the binomial's.
    concentration = max((users - burst) / (burst - 1), SMALLEST_CONCENTRATION)
    joins = counts[:-1] + concentration * duty
    stays = left - 1 + concentration * (1 - duty)
    return int(counts[0]), _from_ratios(np.log(left / up) + np.log(joins / stays))


def wanted_shares(mean_busy: float, burstiness_ratio: float = 1) -> tuple[int, Floats]:
    """Shares of time with each number of sequences wanted, without a fixed number of users.

    Parameters
    ----------
    mean_busy : float
        Sequences wanted on average [Erlang].
    burstiness_ratio : float
        Variance over mean of the sequences wanted [x].

    Returns
    -------
    tuple of int and array
        The smallest number wanted that is not negligible, and the shares from there on [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> lowest, shares = wanted_shares(1)
    >>> lowest, shares[:3].round(3).tolist()
    (0, [0.368, 0.368, 0.184])

    References
    ----------
    Johnson, Kemp and Kotz, Univariate Discrete Distributions, 4.2 Poisson, 5.1 negative binomial.
    """
    mean = checked("mean_busy", mean_busy, MEAN_BUSY)
    burst = checked("burstiness_ratio", burstiness_ratio, BURSTINESS)
    if mean == 0:
        return 0, np.ones(1)
    counts = _reach(mean, burst * mean, burst, math.inf)
    wanted = mean + (burst - 1) * counts[:-1]
    return int(counts[0]), _from_ratios(np.log(wanted / (burst * (counts[:-1] + 1))))


def fewest_slots(lowest: int, shares: Floats, slot_probability: float) -> int:
    """The fewest slots that hold all who are busy with a probability.

    Parameters
    ----------
    lowest : int
        The number of busy users that the first share belongs to [users].
    shares : array
        Share of time with each number of users busy [share].
    slot_probability : float
        Probability that all who are busy find a slot [share].

    Returns
    -------
    int
        Slots [sequences].

    Examples
    --------
    >>> fewest_slots(0, np.array([0.25, 0.5, 0.25]), 0.75)
    1
    """
    # Summed from the far end: the small shares there decide.
    beyond = np.append(shares[:0:-1].cumsum()[::-1], 0.0)
    return lowest + int(np.argmax(beyond <= allowed_beyond(slot_probability)))


def allowed_beyond(slot_probability: float) -> float:
    """The share of time without a slot for all that a probability allows.

    Raises:
        InputError: the probability is not in (0, 1].

    >>> round(allowed_beyond(0.99), 6)
    0.01
    """
    return (1 - checked("slot_probability", slot_probability, PROBABILITY)) * (1 + GUARD)


def _beyond(slots: int, lowest: int, shares: Floats) -> float:
    return float(shares[max(slots + 1 - lowest, 0) :].sum()) if slots >= lowest else 1.0


def _reach(mean: float, variance: float, burst: float, most: float) -> Floats:
    """Every count whose probability does not underflow."""
    reach = REACH * (math.sqrt(variance) + burst)
    first, last = math.floor(max(mean - reach, 0)), math.ceil(min(mean + reach, most))
    if last - first > MOST_COUNTS:
        spread = f"{MOST_COUNTS / REACH / 2:,.0f}"
        raise InputError(
            f"standard deviation of busy users plus burstiness_ratio must be at most {spread}, got {reach / REACH:,.0f}"
        )
    return np.arange(first, last + 1, dtype=np.float64)


def _from_ratios(logarithms: Floats) -> Floats:
    """Shares from the logarithms of each share over the one before: no factorial, nothing that overflows."""
    heights = np.append(0.0, logarithms.cumsum())
    weights: Floats = np.exp(heights - heights.max())
    shares: Floats = weights / weights.sum()
    return shares
