"""Requests that are turned away when every slot is busy: Erlang's loss formula, its inverses, and with retries."""

from __future__ import annotations

import math

from napkinxl.inputs import Bounds
from napkinxl.studies.checks import AMOUNT, PROBABILITY, SERVERS, SHARE, checked, counted
from napkinxl.studies.searches import crossing, first_whole

BLOCKING = PROBABILITY
AT_LEAST_ONE = Bounds(1, SERVERS.high, whole=True)
# Servers are searched for one by one.
SERVERS_LOAD = Bounds(0, SERVERS.high)


def erlang_b(servers: int, offered_load: float) -> float:
    """Share of Poisson arrivals that find every server busy and go away.

    Parameters
    ----------
    servers : int
        Servers: sequences that the pool holds at once [servers].
    offered_load : float
        Arrivals a second times seconds each [Erlang].

    Returns
    -------
    float
        Blocking [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    Holds for any distribution of the time each takes. A recursion over the servers, without factorials.

    Examples
    --------
    >>> round(erlang_b(15, 8.108), 4)
    0.01

    References
    ----------
    erlang.com, calculator manual: 15 lines carry 8.108 Erlang at 1% blocking.
    """
    load = checked("offered_load", offered_load, AMOUNT)
    blocking = 1.0
    for server in range(1, counted("servers", servers) + 1):
        blocking = load * blocking / (server + load * blocking)
    return blocking


def erlang_b_load(servers: int, blocking: float) -> float:
    """Load at which a share of Poisson arrivals is turned away.

    Parameters
    ----------
    servers : int
        Servers [servers].
    blocking : float
        Share turned away, above 0 and below 1 [share].

    Returns
    -------
    float
        Offered load; no answer (NaN) for a blocking of 1 [Erlang].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(erlang_b_load(15, 0.01), 3)
    8.108

    References
    ----------
    erlang.com, calculator manual: 15 lines carry 8.108 Erlang at 1% blocking.
    """
    servers = counted("servers", servers, AT_LEAST_ONE)
    share = checked("blocking", blocking, BLOCKING)
    if share == 1:
        return math.nan
    # What is carried is at most one a server: load * (1 - blocking) <= servers.
    return crossing(lambda load: erlang_b(servers, load) - share, 0.0, servers / (1 - share))


def erlang_b_servers(offered_load: float, blocking: float) -> int:
    """The fewest servers that turn away at most a share of Poisson arrivals.

    Parameters
    ----------
    offered_load : float
        Arrivals a second times seconds each [Erlang].
    blocking : float
        Largest share turned away [share].

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
    >>> erlang_b_servers(8.1, 0.01)
    15

    References
    ----------
    erlang.com, calculator manual: 15 lines carry 8.108 Erlang at 1% blocking.
    """
    load = checked("offered_load", offered_load, SERVERS_LOAD)
    share = checked("blocking", blocking, BLOCKING)
    found, servers = 1.0, 0
    while found > share:
        servers += 1
        found = load * found / (servers + load * found)
    return servers


def extended_erlang_b(servers: int, offered_load: float, recall_share: float) -> float:
    """Share of arrivals turned away when a share of those tries again at once.

    Parameters
    ----------
    servers : int
        Servers [servers].
    offered_load : float
        Load of first attempts [Erlang].
    recall_share : float
        Share of those turned away who try again [share].

    Returns
    -------
    float
        Share of all attempts turned away [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    The load with retries a solves a = offered_load + a * B(a) * recall_share. With a recall_share of 1 and at least
    as much load as servers the retries never end: everything is turned away.

    Examples
    --------
    >>> extended_erlang_b(10, 5.5, 0.5) > 0.03 > extended_erlang_b(11, 5.5, 0.5)
    True

    References
    ----------
    erlang.com, calculator manual: 5.5 Erlang, half of the blocked calls again, 3% blocking: 11 lines.
    """
    servers = counted("servers", servers)
    load = checked("offered_load", offered_load, AMOUNT)
    recall = checked("recall_share", recall_share, SHARE)
    if servers == 0 or (recall == 1 and load >= servers):
        return 1.0

    def unmet(total: float) -> float:
        return total * (1 - recall * erlang_b(servers, total)) - load

    # The rest of the total, 1 - recall, is lost; what is carried is at most one a server.
    high = load + servers
    while unmet(high) < 0:
        high *= 2
    return erlang_b(servers, crossing(unmet, 0.0, high))


def extended_erlang_b_servers(offered_load: float, recall_share: float, blocking: float) -> int:
    """The fewest servers that turn away at most a share when some of those turned away try again.

    Parameters
    ----------
    offered_load : float
        Load of first attempts [Erlang].
    recall_share : float
        Share of those turned away who try again [share].
    blocking : float
        Largest share turned away [share].

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
    >>> extended_erlang_b_servers(5.5, 0.5, 0.03)
    11

    References
    ----------
    erlang.com, calculator manual: 5.5 Erlang, half of the blocked calls again, 3% blocking: 11 lines.
    """
    share = checked("blocking", blocking, BLOCKING)
    guess = erlang_b_servers(offered_load, share)
    return first_whole(
        lambda servers: extended_erlang_b(servers, offered_load, recall_share) <= share, 0, guess, int(SERVERS.high)
    )
