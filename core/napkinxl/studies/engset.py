"""A fixed number of users who go away when every slot is busy: Engset's formula.

"Traffic" is said in two ways. Per idle source: new requests a second of a user who is idle, times seconds each.
Per source: requests a second of a user all in all, those turned away among them, times seconds each.
"""

from __future__ import annotations

import math

from napkinxl.inputs import Bounds
from napkinxl.studies.checks import AMOUNT, PROBABILITY, SERVERS, checked, counted
from napkinxl.studies.searches import crossing, first_whole

TRAFFIC_PER_SOURCE = Bounds(0, 1 - 1e-12)


def engset_blocking_of_idle_traffic(servers: int, sources: int, traffic_per_idle_source: float) -> float:
    """Share of requests turned away, from the traffic of a user who is idle.

    Parameters
    ----------
    servers : int
        Servers: sequences that the pool holds at once [servers].
    sources : int
        Users of the pool [users].
    traffic_per_idle_source : float
        Seconds that a request takes over mean seconds between the end of one and the next [Erlang].

    Returns
    -------
    float
        Share of requests turned away [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    A duty cycle d that is meant without blocking is d / (1 - d) here.

    Examples
    --------
    >>> round(engset_blocking_of_idle_traffic(1, 2, 1), 2)
    0.5

    References
    ----------
    Azimzadeh and Carpenter, Fast Engset computation, Operations Research Letters 44, 2016.
    """
    servers, sources = counted("servers", servers), counted("sources", sources)
    traffic = checked("traffic_per_idle_source", traffic_per_idle_source, AMOUNT)
    blocking = 1.0
    # Who asks sees the others only: the pool of one user fewer.
    for server in range(1, servers + 1):
        offered = max(sources - server, 0) * traffic * blocking
        blocking = offered / (server + offered)
    return blocking


def engset_blocking(servers: int, sources: int, traffic_per_source: float) -> float:
    """Share of requests turned away, from the traffic of a user all in all.

    Parameters
    ----------
    servers : int
        Servers [servers].
    sources : int
        Users of the pool [users].
    traffic_per_source : float
        Requests a second of one user, those turned away among them, times seconds each [Erlang].

    Returns
    -------
    float
        Share of requests turned away [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    The blocking P solves P = Engset(traffic / (1 - traffic * (1 - P))); the right side falls with P, so there is one.

    Examples
    --------
    >>> round(engset_blocking(5, 10, 0.2), 12)
    0.016349962386

    References
    ----------
    fast-engset 3.0.1, README: 5 servers, 10 sources of 0.2: 0.016349962386312377.
    """
    traffic = checked("traffic_per_source", traffic_per_source, TRAFFIC_PER_SOURCE)

    def excess(blocking: float) -> float:
        idle = traffic / (1 - traffic * (1 - blocking))
        return blocking - engset_blocking_of_idle_traffic(servers, sources, idle)

    return crossing(excess, 0.0, 1.0) if excess(0.0) < 0 else 0.0


def engset_traffic(servers: int, sources: int, blocking: float) -> float:
    """Traffic of each user at which a share of requests is turned away.

    Parameters
    ----------
    servers : int
        Servers [servers].
    sources : int
        Users of the pool [users].
    blocking : float
        Share of requests turned away [share].

    Returns
    -------
    float
        Traffic per source; no answer (NaN) where every user has a server or there is none [Erlang].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(engset_traffic(5, 10, 0.017), 8)
    0.20198467

    References
    ----------
    fast-engset 3.0.1, README: 5 servers, 10 sources, blocking 0.017: 0.20198467.
    """
    servers, sources = counted("servers", servers), counted("sources", sources)
    share = checked("blocking", blocking, PROBABILITY)
    if sources <= servers or servers == 0 or share == 1:
        return math.nan
    high = 1.0
    while engset_blocking_of_idle_traffic(servers, sources, high) < share and high < AMOUNT.high / 2:
        high *= 2
    idle = crossing(lambda traffic: engset_blocking_of_idle_traffic(servers, sources, traffic) - share, 0.0, high)
    return idle / (1 + idle * (1 - share))


def engset_servers(sources: int, traffic_per_source: float, blocking: float) -> int:
    """The fewest servers that turn away at most a share of the users' requests.

    Parameters
    ----------
    sources : int
        Users of the pool [users].
    traffic_per_source : float
        Requests a second of one user, those turned away among them, times seconds each [Erlang].
    blocking : float
        Largest share turned away [share].

    Returns
    -------
    int
        Servers, at most as many as there are users [servers].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> engset_servers(10, 0.2, 0.017)
    5

    References
    ----------
    fast-engset 3.0.1, README: 10 sources of 0.2 at 0.017: 5 servers.
    """
    sources = counted("sources", sources)
    traffic = checked("traffic_per_source", traffic_per_source, TRAFFIC_PER_SOURCE)
    share = checked("blocking", blocking, PROBABILITY)

    def enough(servers: int) -> bool:
        return engset_blocking(servers, sources, traffic) <= share

    return first_whole(enough, 0, math.ceil(sources * traffic), min(sources, int(SERVERS.high)))
