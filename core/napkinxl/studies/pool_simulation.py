"""A pool played through, event by event and seeded: what the closed forms are checked against, and what they leave out.

Users who think and ask (closed), or arrivals from outside (open), meet slots that are the same for all; who finds none
goes away, or waits in order of arrival. Times are exponential, all alike, or lognormal with a given spread.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from napkinxl.errors import InputError, unknown
from napkinxl.inputs import Bounds
from napkinxl.studies.checks import POSITIVE, checked, counted

Spread: TypeAlias = Literal["exponential", "deterministic", "lognormal"]
SPREADS = ("exponential", "deterministic", "lognormal")
SIMULATED_USERS = Bounds(1, 1_000_000, whole=True)
SIMULATED_SLOTS = Bounds(0, 1_000_000, whole=True)
REQUESTS = Bounds(100, 100_000_000, whole=True)
CV = Bounds(0, 1000)
SEED = Bounds(0, 2**53, whole=True)
BATCHES = 20
WARM_UP_BATCHES = 2
DRAWS_AT_ONCE = 8192
# 99.9% of Student's t with 17 degrees of freedom, two-sided.
T_QUANTILE = 3.965


@dataclass(frozen=True)
class Times:
    """How long something takes: its mean, and how it spreads (the coefficient of variation is for lognormal times)."""

    mean_s: float
    spread: Spread = "exponential"
    cv: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what is no time."""
        checked("mean_s", self.mean_s, POSITIVE)
        checked("cv", self.cv, CV)
        if self.spread not in SPREADS:
            raise unknown("spread", self.spread, SPREADS)

    def drawn(self, generator: np.random.Generator) -> Iterator[float]:
        """Times without end."""
        variance = math.log1p(self.cv**2)
        while True:
            if self.spread == "deterministic":
                block = np.full(DRAWS_AT_ONCE, self.mean_s)
            elif self.spread == "exponential":
                block = generator.exponential(self.mean_s, DRAWS_AT_ONCE)
            else:
                block = generator.lognormal(math.log(self.mean_s) - variance / 2, math.sqrt(variance), DRAWS_AT_ONCE)
            yield from block.tolist()


@dataclass(frozen=True)
class Measured:
    """A mean over batches of a run, and the half-width of its 99.9% confidence interval."""

    mean: float
    half_width: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval."""
        return abs(value - self.mean) <= self.half_width


@dataclass(frozen=True)
class PoolRun:
    """What a simulated pool showed after its warm-up."""

    found_share: Measured
    """Share of requests that found a slot at once."""
    mean_busy: Measured
    """Slots in use, over time."""
    mean_wait_s: Measured
    """Wait of all requests that were served, those who did not wait among them."""
    burstiness_ratio: float
    """Variance over mean of the slots in use, over time."""
    busy_time_share: tuple[float, ...]
    """Share of time with each number of slots in use."""


def simulate_users(
    users: int,
    slots: int,
    think: Times,
    service: Times,
    *,
    waiting: bool = False,
    requests: int = 100_000,
    seed: int = 0,
) -> PoolRun:
    """Play a fixed number of users who think, ask, and think again.

    Parameters
    ----------
    users : int
        Users of the pool [users].
    slots : int
        Sequences that the pool holds at once [sequences].
    think : Times
        Time from the end of a request, or from being turned away, to the user's next [s].
    service : Times
        Time that a request keeps its slot [s].
    waiting : bool
        Whether who finds no slot waits in line; otherwise the request is lost [yes or no].
    requests : int
        Requests to play [requests].
    seed : int
        Where the random numbers start: the same seed gives the same run [number].

    Returns
    -------
    PoolRun
        What was seen, with confidence intervals.

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    Two users of one slot, thinking as long as they ask: each finds the slot half of the times.

    >>> simulate_users(2, 1, Times(1), Times(1), requests=20_000).found_share.holds(0.5)
    True

    References
    ----------
    Azimzadeh and Carpenter, Fast Engset computation, Operations Research Letters 44, 2016.
    """
    pool = _Pool(counted("slots", slots, SIMULATED_SLOTS), service, waiting, requests, seed)
    pool.play(counted("users", users, SIMULATED_USERS), think, closed=True)
    return pool.measured()


def simulate_arrivals(
    slots: int,
    arrivals: Times,
    service: Times,
    *,
    waiting: bool = False,
    requests: int = 100_000,
    seed: int = 0,
) -> PoolRun:
    """Play arrivals from outside.

    Parameters
    ----------
    slots : int
        Sequences that the pool holds at once [sequences].
    arrivals : Times
        Time from one arrival to the next [s].
    service : Times
        Time that a request keeps its slot [s].
    waiting : bool
        Whether who finds no slot waits in line; otherwise the request is lost [yes or no].
    requests : int
        Requests to play [requests].
    seed : int
        Where the random numbers start: the same seed gives the same run [number].

    Returns
    -------
    PoolRun
        What was seen, with confidence intervals.

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds, or a line would grow for ever.

    Examples
    --------
    15 slots offered 8.108 Erlang turn 1% away.

    >>> simulate_arrivals(15, Times(1 / 8.108), Times(1), requests=20_000).found_share.holds(0.99)
    True

    References
    ----------
    erlang.com, calculator manual: 15 lines carry 8.108 Erlang at 1% blocking.
    """
    slots = counted("slots", slots, SIMULATED_SLOTS)
    if waiting and service.mean_s >= slots * arrivals.mean_s:
        raise InputError(f"service / arrivals must be below slots ({slots}), got {service.mean_s / arrivals.mean_s:g}")
    pool = _Pool(slots, service, waiting, requests, seed)
    pool.play(1, arrivals, closed=False)
    return pool.measured()


class _Pool:
    """The state of a run: who is busy, who waits, and what has been counted."""

    def __init__(self, slots: int, service: Times, waiting: bool, requests: int, seed: int) -> None:
        if waiting and slots == 0:
            raise InputError("slots must be at least 1 where requests wait, got 0")
        self.slots, self.waiting = slots, waiting
        self.requests = counted("requests", requests, REQUESTS)
        seeds = np.random.SeedSequence(counted("seed", seed, SEED)).spawn(2)
        self.services = service.drawn(np.random.default_rng(seeds[0]))
        self.gaps = np.random.default_rng(seeds[1])
        self.events: list[tuple[float, bool]] = []
        self.line: deque[float] = deque()
        self.busy, self.now = 0, 0.0
        self.arrived = self.found = self.served = 0
        self.waited_s = self.busy_s = 0.0
        self.time_at: list[float] = [0.0] * (slots + 1)
        self.batches: list[tuple[float, float, float]] = []

    def play(self, sources: int, gap: Times, *, closed: bool) -> None:
        """Run through the requests, batch by batch; the first batches only fill the pool."""
        gaps = gap.drawn(self.gaps)
        self.events = [(next(gaps), True) for _ in range(sources)]
        heapq.heapify(self.events)
        for batch in range(BATCHES):
            if batch == WARM_UP_BATCHES:
                self.time_at = [0.0] * (self.slots + 1)
            self._play_batch(gaps, closed)

    def _play_batch(self, gaps: Iterator[float], closed: bool) -> None:
        began = self.now
        self.arrived = self.found = self.served = 0
        self.waited_s = self.busy_s = 0.0
        while self.arrived < self.requests // BATCHES:
            time, arrives = heapq.heappop(self.events)
            self.time_at[self.busy] += time - self.now
            self.busy_s += self.busy * (time - self.now)
            self.now = time
            again = self._arrive() if arrives else self._leave()
            # An open stream goes on whatever becomes of a request; a user thinks again once it is over.
            if again if closed else arrives:
                heapq.heappush(self.events, (time + next(gaps), True))
        found = self.found / self.arrived
        wait = self.waited_s / self.served if self.served else math.nan
        passed = self.now - began
        self.batches.append((found, self.busy_s / passed if passed else math.nan, wait))

    def _arrive(self) -> bool:
        """A request comes; whether it is over at once."""
        self.arrived += 1
        if self.busy < self.slots:
            self.found += 1
            self.busy += 1
            self._serve(0.0)
            return False
        if self.waiting:
            self.line.append(self.now)
        return not self.waiting

    def _leave(self) -> bool:
        """A request is done, and the next in line begins."""
        if self.line:
            self._serve(self.now - self.line.popleft())
        else:
            self.busy -= 1
        return True

    def _serve(self, wait_s: float) -> None:
        self.served += 1
        self.waited_s += wait_s
        heapq.heappush(self.events, (self.now + next(self.services), False))

    def measured(self) -> PoolRun:
        """Means and intervals over the batches after the warm-up."""
        found, busy, wait = (interval(column) for column in zip(*self.batches[WARM_UP_BATCHES:], strict=True))
        shares = np.array(self.time_at) / (sum(self.time_at) or math.nan)
        counts = np.arange(len(shares))
        mean = float(counts @ shares)
        burstiness = float((counts - mean) ** 2 @ shares) / mean if mean else math.nan
        return PoolRun(found, busy, wait, burstiness, tuple(shares.tolist()))


def interval(values: tuple[float, ...]) -> Measured:
    """Mean of batches and the half-width of its 99.9% confidence interval.

    >>> interval((1.0, 1.0))
    Measured(mean=1.0, half_width=0.0)
    """
    deviation = float(np.std(values, ddof=1))
    return Measured(float(np.mean(values)), T_QUANTILE * deviation / math.sqrt(len(values)))
