"""Requests that wait in line when every slot is busy: Erlang C and its waits, and burstier than Poisson."""

from __future__ import annotations

import math

from napkinxl.inputs import Bounds
from napkinxl.studies.checks import AMOUNT, POSITIVE, checked, counted
from napkinxl.studies.erlang import erlang_b

SQUARED_CV = Bounds(0, 1e6)


def erlang_c(servers: int, offered_load: float) -> float:
    """Share of Poisson arrivals that must wait, in order of arrival, for one of the servers.

    Parameters
    ----------
    servers : int
        Servers: sequences that the pool holds at once [servers].
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].

    Returns
    -------
    float
        Share that waits; no answer (NaN) where the load reaches the servers: the line grows for ever [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    The time each takes is exponential.

    Examples
    --------
    >>> round(erlang_c(13, 10), 12)
    0.285270453036

    References
    ----------
    pyworkforce 0.5.1, README: 100 calls in 30 minutes of 3 minutes each, 13 positions: 0.285270453036493.
    """
    count, load = counted("servers", servers), checked("offered_load", offered_load, AMOUNT)
    if load >= count:
        return math.nan
    blocking = erlang_b(count, load)
    return blocking / (1 - load / count * (1 - blocking))


def erlang_c_mean_wait(servers: int, offered_load: float, service_s: float) -> float:
    """Mean wait of all arrivals, those who do not wait among them.

    Parameters
    ----------
    servers : int
        Servers [servers].
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].
    service_s : float
        Mean time that each takes [s].

    Returns
    -------
    float
        Mean wait; no answer (NaN) where the load reaches the servers [s].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(erlang_c_mean_wait(35, 1000 * 120 / 3600, 120), 2)
    50.15

    References
    ----------
    call_center_tools 1.0.0, README: 1000 calls an hour of 120 s, 35 agents: 50.15 s.
    """
    count, load = counted("servers", servers), checked("offered_load", offered_load, AMOUNT)
    service = checked("service_s", service_s, AMOUNT)
    return erlang_c(count, load) * service / (count - load) if load < count else math.nan


def erlang_c_service_level(servers: int, offered_load: float, service_s: float, target_s: float) -> float:
    """Share of arrivals whose wait is at most a target.

    Parameters
    ----------
    servers : int
        Servers [servers].
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].
    service_s : float
        Mean time that each takes [s].
    target_s : float
        Longest wait wanted [s].

    Returns
    -------
    float
        Share served in time; no answer (NaN) where the load reaches the servers [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(erlang_c_service_level(13, 10, 180, 20), 12)
    0.795594788418

    References
    ----------
    pyworkforce 0.5.1, README: 100 calls in 30 minutes of 3 minutes each, 13 positions, 20 s: 0.7955947884177831.
    """
    service = checked("service_s", service_s, POSITIVE)
    target = checked("target_s", target_s, AMOUNT)
    count, load = counted("servers", servers), checked("offered_load", offered_load, AMOUNT)
    return 1 - erlang_c(count, load) * math.exp(-(count - load) * target / service) if load < count else math.nan


def allen_cunneen_mean_wait(
    servers: int,
    offered_load: float,
    service_s: float,
    arrival_squared_cv: float,
    service_squared_cv: float,
) -> float:
    """Mean wait when arrivals are burstier than Poisson, or times spread otherwise than exponentially.

    Parameters
    ----------
    servers : int
        Servers [servers].
    offered_load : float
        Arrivals a second times mean seconds each [Erlang].
    service_s : float
        Mean time that each takes [s].
    arrival_squared_cv : float
        Squared coefficient of variation of the time between arrivals; 1 for Poisson [x].
    service_squared_cv : float
        Squared coefficient of variation of the time that each takes; 1 for exponential [x].

    Returns
    -------
    float
        Mean wait, approximately; no answer (NaN) where the load reaches the servers [s].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    Exact for Poisson arrivals with one server or exponential times; else an approximation that is best when busy.
    Simulated with ten servers: within 7% at 90% load; at 70% load 29% too long for lognormal times of squared
    coefficient 2.56, 14% too short for times that are all alike.

    Examples
    --------
    >>> round(allen_cunneen_mean_wait(135, 120, 240, 1, 2), 2)
    2.92

    References
    ----------
    Allen, Probability, Statistics and Queueing Theory, 2nd ed., 1990; a worked note prints 2.92 s.
    """
    arrivals = checked("arrival_squared_cv", arrival_squared_cv, SQUARED_CV)
    times = checked("service_squared_cv", service_squared_cv, SQUARED_CV)
    return erlang_c_mean_wait(servers, offered_load, service_s) * (arrivals + times) / 2
