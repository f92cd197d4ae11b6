"""Headroom in square roots of the load: how many servers keep waits short, and why large pools need fewer."""

from __future__ import annotations

import math
from statistics import NormalDist

from napkinxl.inputs import Bounds
from napkinxl.studies.checks import AMOUNT, POSITIVE, SERVERS, checked
from napkinxl.studies.searches import first_whole
from napkinxl.studies.waiting import erlang_c_mean_wait

NORMAL = NormalDist()
# Beyond it nobody waits, to the last bit; and below it everybody.
BETA = Bounds(-30, 30)
LARGEST_SEARCHED_LOAD = Bounds(0, 1_000_000)


def servers_for_mean_wait(offered_load: float, service_s: float, wait_s: float) -> int:
    """The fewest servers whose mean wait is at most a target.

    Parameters
    ----------
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].
    service_s : float
        Mean time that each takes [s].
    wait_s : float
        Longest mean wait wanted [s].

    Returns
    -------
    int
        Servers [servers].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> servers_for_mean_wait(120, 240, 3), 2 * servers_for_mean_wait(60, 240, 3)
    (134, 142)

    References
    ----------
    A worked note on multi-server sizing: 120 Erlang of 240 s each at 3 s: 134 servers in one pool, 142 in two.
    """
    load = checked("offered_load", offered_load, LARGEST_SEARCHED_LOAD)
    target = checked("wait_s", wait_s, POSITIVE)

    def in_time(servers: int) -> bool:
        return erlang_c_mean_wait(servers, load, service_s) <= target

    least = math.floor(load) + 1
    return first_whole(in_time, least, math.ceil(square_root_staffing(load, 1)), int(SERVERS.high))


def square_root_staffing(offered_load: float, beta: float) -> float:
    """Servers for a load: the load itself and a number of its square roots as headroom.

    Parameters
    ----------
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].
    beta : float
        Square roots of headroom: the quality of service [x].

    Returns
    -------
    float
        Servers, before rounding up [servers].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> square_root_staffing(100, 1.3)
    113.0

    References
    ----------
    Halfin and Whitt, Heavy-traffic limits for queues with many exponential servers, Operations Research 29, 1981.
    """
    load = checked("offered_load", offered_load, AMOUNT)
    return load + checked("beta", beta, BETA) * math.sqrt(load)


def staffing_beta(servers: float, offered_load: float) -> float:
    """Square roots of headroom that a number of servers has over a load.

    Parameters
    ----------
    servers : float
        Servers [servers].
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].

    Returns
    -------
    float
        Square roots of headroom; no answer (NaN) without a load [x].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> staffing_beta(113, 100)
    1.3

    References
    ----------
    A worked note on multi-server sizing: 100 Erlang at 3 s of 240 s: 113 servers, beta 1.30.
    """
    load = checked("offered_load", offered_load, AMOUNT)
    return (checked("servers", servers, AMOUNT) - load) / math.sqrt(load) if load else math.nan


def halfin_whitt_wait_probability(beta: float) -> float:
    """Share of arrivals that waits, for many servers with a number of square roots of headroom.

    Parameters
    ----------
    beta : float
        Square roots of headroom, above 0 [x].

    Returns
    -------
    float
        Share that waits, approximately; no answer (NaN) without headroom [share].

    Raises
    ------
    InputError
        The argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(halfin_whitt_wait_probability(2.375), 2)
    0.01

    References
    ----------
    Halfin and Whitt, Operations Research 29, 1981; comments in Netflix's service_capacity_modeling print 0.01.
    """
    headroom = checked("beta", beta, BETA)
    if headroom <= 0:
        return math.nan
    return 1 / (1 + headroom * NORMAL.cdf(headroom) / NORMAL.pdf(headroom))
