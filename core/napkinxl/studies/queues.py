"""Small laws of queues: what is in a system, one server in line or shared, retries, many parts, burstiness."""

from __future__ import annotations

import math

from napkinxl.inputs import Bounds
from napkinxl.studies.checks import AMOUNT, SHARE, checked, counted

SQUARED_CV = Bounds(0, 1e6)
ATTEMPTS = Bounds(1, 1_000_000, whole=True)
PARTS = Bounds(0, 1e12, whole=True)


def mean_in_system(arrivals_per_s: float, time_s: float) -> float:
    """How many are in a system on average: Little's law.

    Parameters
    ----------
    arrivals_per_s : float
        Arrivals [1/s].
    time_s : float
        Mean time that each stays [s].

    Returns
    -------
    float
        Number present on average [sequences].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    168 billion tokens a day, each a 21st of a second of somebody's stream.

    >>> round(mean_in_system(168e9 / 86_400, 1 / 21))
    92593

    References
    ----------
    Little, A proof for the queuing formula L = lambda W, Operations Research 9, 1961; DeepSeek, open-infra-index,
    day 6: 168 billion output tokens in a day at 20 to 22 tokens/s.
    """
    return checked("arrivals_per_s", arrivals_per_s, AMOUNT) * checked("time_s", time_s, AMOUNT)


def peak_to_mean_ratio(peak: float, mean: float) -> float:
    """How many times the mean the peak is.

    Parameters
    ----------
    peak : float
        Largest load, in any unit [x].
    mean : float
        Mean load, in the same unit [x].

    Returns
    -------
    float
        Ratio; no answer (NaN) where nothing is used on average [x].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds, or the peak is below the mean.

    Examples
    --------
    >>> round(peak_to_mean_ratio(278, 226.75), 3)
    1.226

    References
    ----------
    DeepSeek, open-infra-index, day 6: at most 278 nodes, 226.75 on average.
    """
    average = checked("mean", mean, AMOUNT)
    highest = checked("peak", peak, Bounds(average, AMOUNT.high))
    return highest / average if average else math.nan


def in_line_response_s(utilization_share: float, service_s: float, service_squared_cv: float) -> float:
    """Mean time until done, of one server that serves in order of arrival (M/G/1).

    Parameters
    ----------
    utilization_share : float
        Share of time that the server is busy [share].
    service_s : float
        Mean time that each takes alone [s].
    service_squared_cv : float
        Squared coefficient of variation of that time; 1 for exponential [x].

    Returns
    -------
    float
        Mean wait and service; no answer (NaN) at a utilization of 1 [s].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(in_line_response_s(0.8, 1, 9), 9)
    21.0

    References
    ----------
    Pollaczek-Khinchine formula; a worked note prints 21.
    """
    busy = checked("utilization_share", utilization_share, SHARE)
    service = checked("service_s", service_s, AMOUNT)
    spread = checked("service_squared_cv", service_squared_cv, SQUARED_CV)
    return service + busy * service * (1 + spread) / (2 * (1 - busy)) if busy < 1 else math.nan


def shared_response_s(utilization_share: float, service_s: float) -> float:
    """Mean time until done, of one server that all share alike (processor sharing).

    Parameters
    ----------
    utilization_share : float
        Share of time that the server is busy [share].
    service_s : float
        Mean time that each takes alone [s].

    Returns
    -------
    float
        Mean time; no answer (NaN) at a utilization of 1 [s].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    Holds however the times spread. Nearer to continuous batching, where each step serves every sequence, than a line.

    Examples
    --------
    >>> round(shared_response_s(0.8, 1), 9)
    5.0

    References
    ----------
    Kleinrock, Queueing Systems volume 2, 4.4; a worked note prints 5.
    """
    busy = checked("utilization_share", utilization_share, SHARE)
    return checked("service_s", service_s, AMOUNT) / (1 - busy) if busy < 1 else math.nan


def retry_load_factor(failure_share: float, max_attempts: int) -> float:
    """Attempts for each request when failed ones are tried again.

    Parameters
    ----------
    failure_share : float
        Share of attempts that fail, each on its own [share].
    max_attempts : int
        Attempts after which a request gives up [attempts].

    Returns
    -------
    float
        Load over the load without retries [x].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(retry_load_factor(0.1, 3), 2)
    1.11

    References
    ----------
    Sum of a geometric series; a worked note prints 1.11.
    """
    fails = checked("failure_share", failure_share, SHARE)
    attempts = counted("max_attempts", max_attempts, ATTEMPTS)
    return float(attempts) if fails == 1 else (1 - fails**attempts) / (1 - fails)


def fan_out_slow_share(parts: int, slow_share: float) -> float:
    """Share of requests that are slow when a request is as slow as the slowest of its parts.

    Parameters
    ----------
    parts : int
        Parts of a request that run side by side [parts].
    slow_share : float
        Share of parts that are slow, each on its own [share].

    Returns
    -------
    float
        Share of requests with a slow part [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> round(fan_out_slow_share(100, 0.01), 2)
    0.63

    References
    ----------
    Dean and Barroso, The tail at scale, Communications of the ACM 56(2), 2013: 100 parts, 63%.
    """
    slow = checked("slow_share", slow_share, SHARE)
    count = counted("parts", parts, PARTS)
    if slow == 1:
        return float(count > 0)
    return -math.expm1(count * math.log1p(-slow))


def arrival_burstiness_ratio(arrival_squared_cv: float) -> float:
    """Variance over mean of the sequences wanted, from the spread of the time between arrivals.

    Parameters
    ----------
    arrival_squared_cv : float
        Squared coefficient of variation of the time between arrivals; 1 for Poisson [x].

    Returns
    -------
    float
        Burstiness: the peakedness of teletraffic [x].

    Raises
    ------
    InputError
        The argument is no number or lies outside its bounds.

    Notes
    -----
    Holds where many arrive while one is served, arrivals are a renewal process and times are exponential; times that
    are all alike double the part above 1. With lognormal gaps of squared coefficient 9 the exact ratio is 4.3 at 100
    Erlang and 4.9 at 1000, the limit 5. Real traces also rise and fall over the hours, which this does not see.

    Examples
    --------
    >>> arrival_burstiness_ratio(1)
    1.0

    References
    ----------
    Whitt, Heavy-traffic approximations for service systems with blocking, AT&T Bell Laboratories Technical Journal
    63, 1984; Eckberg, Generalized peakedness of teletraffic processes, ITC 10, 1983.
    """
    return 1 + (checked("arrival_squared_cv", arrival_squared_cv, SQUARED_CV) - 1) / 2
