"""One server that all who are there share alike, played through: as a decode step serves every sequence."""

from __future__ import annotations

import heapq

import numpy as np

from napkinxl.errors import InputError
from napkinxl.studies.checks import counted
from napkinxl.studies.pool_simulation import BATCHES, REQUESTS, SEED, WARM_UP_BATCHES, Measured, Times, interval


def simulate_sharing(arrivals: Times, service: Times, *, requests: int = 100_000, seed: int = 0) -> Measured:
    """Play arrivals at a server that works on all of them at once, each at an equal part of its speed.

    Parameters
    ----------
    arrivals : Times
        Time from one arrival to the next [s].
    service : Times
        Time that a request takes alone [s].
    requests : int
        Requests to play [requests].
    seed : int
        Where the random numbers start [number].

    Returns
    -------
    Measured
        Mean time until done, with its confidence interval [s].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Notes
    -----
    The clock that counts is each request's share of the work: it runs at one over the number present.

    Examples
    --------
    A server that is busy 80% of the time takes 5 times as long as alone.

    >>> simulate_sharing(Times(1 / 0.8), Times(1, "deterministic"), requests=50_000).holds(5)
    True

    References
    ----------
    Kleinrock, Queueing Systems volume 2, 4.4.
    """
    size = counted("requests", requests, REQUESTS) // BATCHES
    if service.mean_s >= arrivals.mean_s:
        raise InputError(f"service / arrivals must be below 1, got {service.mean_s / arrivals.mean_s:g}")
    streams = np.random.SeedSequence(counted("seed", seed, SEED)).spawn(2)
    gaps, works = (times.drawn(np.random.default_rng(s)) for times, s in zip((arrivals, service), streams, strict=True))
    present: list[tuple[float, float]] = []  # when its share of the work is done, when it came
    took: list[float] = []
    now, done_work, next_arrival = 0.0, 0.0, next(gaps)
    while len(took) < size * BATCHES:
        ends = now + (present[0][0] - done_work) * len(present) if present else np.inf
        if next_arrival < ends:
            done_work += (next_arrival - now) / max(len(present), 1)
            now = next_arrival
            heapq.heappush(present, (done_work + next(works), now))
            next_arrival = now + next(gaps)
        else:
            done_work, came = heapq.heappop(present)
            now = ends
            took.append(now - came)
    means = np.array(took).reshape(BATCHES, size).mean(axis=1)
    return interval(tuple(means[WARM_UP_BATCHES:].tolist()))
