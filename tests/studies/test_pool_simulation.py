"""Closed forms against pools that are played through; runs are seeded, so an interval holds or fails for good.

Each interval is 99.9% wide; where it is asked to hold, it is also asked to be narrow.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from napkinxl.errors import InputError, UnknownNameError
from napkinxl.studies.busy import binomial_tail, poisson_tail
from napkinxl.studies.engset import engset_blocking, engset_blocking_of_idle_traffic
from napkinxl.studies.erlang import erlang_b
from napkinxl.studies.pool_simulation import Measured, PoolRun, Spread, Times, simulate_arrivals, simulate_users
from napkinxl.studies.pooling import starting_user_slot_share, users_at_probability
from napkinxl.studies.queues import arrival_burstiness_ratio, shared_response_s
from napkinxl.studies.shared_simulation import simulate_sharing
from napkinxl.studies.waiting import allen_cunneen_mean_wait, erlang_c, erlang_c_mean_wait

SPREADS: list[Spread] = ["exponential", "deterministic", "lognormal"]
CV = 2.0


def time_beyond(run: PoolRun, slots: int) -> float:
    """Share of time with more than that many busy."""
    return math.fsum(run.busy_time_share[slots + 1 :])


def narrow(measured: Measured, share: float) -> bool:
    return measured.half_width <= share * measured.mean


@pytest.mark.parametrize("spread", SPREADS)
def test_busy_users_are_binomial_however_times_spread(spread: Spread) -> None:
    users, duty = 60, 0.2
    run = simulate_users(users, users, Times(4 * 7), Times(7, spread, CV), requests=80_000, seed=2)
    assert run.found_share.mean == 1
    assert run.mean_busy.holds(users * duty)
    assert narrow(run.mean_busy, 0.03)
    assert run.burstiness_ratio == pytest.approx(1 - duty, rel=0.05)  # the binomial's variance over its mean
    for slots in (8, 12, 15, 18):
        assert time_beyond(run, slots) == pytest.approx(binomial_tail(slots, users, duty), abs=0.01, rel=0.1)


def test_users_found_by_the_search_find_their_slots() -> None:
    slots, duty, wanted = 20, 0.2, 0.99
    users = users_at_probability(slots, duty, wanted)
    enough = simulate_users(users, users, Times(4), Times(1), requests=200_000, seed=3)
    crowded = simulate_users(users + 8, users + 8, Times(4), Times(1), requests=200_000, seed=3)
    assert time_beyond(enough, slots) == pytest.approx(1 - wanted, abs=0.002)
    assert time_beyond(crowded, slots) > 2 * (1 - wanted)


def test_who_starts_finds_a_slot_as_often_as_the_others_leave_one() -> None:
    users, slots, duty = 30, 9, 0.2
    run = simulate_users(users, users, Times(4), Times(1), requests=200_000, seed=4)
    # Seen by those who start: rates of starting fall with those who are busy.
    starts = [share * (users - busy) for busy, share in enumerate(run.busy_time_share)]
    found = math.fsum(starts[:slots]) / math.fsum(starts)
    assert found == pytest.approx(starting_user_slot_share(slots, users, duty), abs=0.005)


@pytest.mark.parametrize("spread", SPREADS)
def test_users_who_go_away_are_engsets(spread: Spread) -> None:
    run = simulate_users(30, 8, Times(4), Times(1, spread, CV), requests=100_000, seed=5)
    blocked = engset_blocking_of_idle_traffic(8, 30, 1 / 4)
    assert run.found_share.holds(1 - blocked)
    assert run.found_share.half_width < 0.015 < blocked
    # The same from the traffic of a user all in all: attempts a second, those turned away among them.
    attempts = run.mean_busy.mean / run.found_share.mean / 30
    assert engset_blocking(8, 30, attempts) == pytest.approx(blocked, rel=0.05)


@pytest.mark.parametrize("spread", SPREADS)
def test_arrivals_turned_away_are_erlangs(spread: Spread) -> None:
    run = simulate_arrivals(12, Times(0.1), Times(1, spread, CV), requests=150_000, seed=6)
    blocked = erlang_b(12, 10)
    assert run.found_share.holds(1 - blocked)
    assert run.found_share.half_width < 0.015 < blocked
    assert run.mean_busy.holds(10 * (1 - blocked))


def test_arrivals_in_line_wait_as_erlang_c_says() -> None:
    run = simulate_arrivals(12, Times(0.1), Times(1), waiting=True, requests=300_000, seed=7)
    assert run.found_share.holds(1 - erlang_c(12, 10))
    assert narrow(run.found_share, 0.1)
    assert run.mean_wait_s.holds(erlang_c_mean_wait(12, 10, 1))
    assert narrow(run.mean_wait_s, 0.25)


def test_spread_times_of_one_server_wait_as_allen_and_cunneen_say() -> None:
    run = simulate_arrivals(1, Times(1 / 0.7), Times(1, "lognormal", CV), waiting=True, requests=300_000, seed=8)
    assert run.mean_wait_s.holds(allen_cunneen_mean_wait(1, 0.7, 1, 1, CV**2))
    assert not run.mean_wait_s.holds(erlang_c_mean_wait(1, 0.7, 1))


@pytest.mark.parametrize(
    ("load", "cv", "low", "high"), [(9, 1.2, 0.95, 1.05), (9, 0, 0.9, 1.1), (7, 1.6, 1.1, 1.45), (7, 0, 0.8, 0.95)]
)
def test_allen_and_cunneen_are_near_where_servers_are_busy(load: float, cv: float, low: float, high: float) -> None:
    service = Times(1, "lognormal", cv) if cv else Times(1, "deterministic")
    run = simulate_arrivals(10, Times(1 / load), service, waiting=True, requests=300_000, seed=8)
    slack = run.mean_wait_s.half_width / run.mean_wait_s.mean
    assert low - slack <= allen_cunneen_mean_wait(10, load, 1, 1, cv**2) / run.mean_wait_s.mean <= high + slack
    assert slack < 0.35


def exact_peakedness(load: float, cv: float) -> float:
    """1 / (1 - transform of the gaps at the service rate) - load, summed over the normal behind a lognormal."""
    variance = math.log1p(cv**2)
    points = np.linspace(-12, 12, 100_001)
    gaps = np.exp(math.log(1 / load) - variance / 2 + math.sqrt(variance) * points)
    weights = np.exp(-(points**2) / 2)
    return float(1 / (-(weights @ np.expm1(-gaps)) / weights.sum()) - load)


def test_bursty_arrivals_crowd_a_pool_as_the_burstiness_says() -> None:
    cv = 3.0
    limit = arrival_burstiness_ratio(cv**2)
    assert exact_peakedness(100_000, cv) == pytest.approx(limit, rel=0.001)
    burst = exact_peakedness(100, cv)
    assert 0.8 * limit < burst < limit
    run = simulate_arrivals(400, Times(0.01, "lognormal", cv), Times(1), requests=400_000, seed=9)
    assert run.burstiness_ratio == pytest.approx(burst, rel=0.05)
    # Negative binomial bursts have a longer tail than these: a pool that is sized by them errs to the safe side.
    for slots in (125, 140):
        seen, said = time_beyond(run, slots), poisson_tail(slots, 100, burst)
        assert 10 * poisson_tail(slots, 100) < seen < said < 2.5 * seen


@pytest.mark.parametrize("spread", SPREADS)
def test_sharing_takes_the_same_time_however_times_spread(spread: Spread) -> None:
    run = simulate_sharing(Times(1 / 0.7), Times(1, spread, CV), requests=200_000, seed=10)
    assert run.holds(shared_response_s(0.7, 1))
    assert narrow(run, 0.2)


def test_waiting_users_are_all_served() -> None:
    run = simulate_users(25, 5, Times(4), Times(1), waiting=True, requests=60_000, seed=11)
    assert run.mean_busy.mean <= 5
    # Little's law over the users' round: users = starts a second x (thinking + waiting + being served).
    starts_a_second = run.mean_busy.mean
    assert starts_a_second * (4 + run.mean_wait_s.mean + 1) == pytest.approx(25, rel=0.02)


def test_the_same_seed_gives_the_same_run() -> None:
    runs = [simulate_users(20, 4, Times(4), Times(1), requests=4000, seed=seed) for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_pools_without_slots_or_rivals() -> None:
    assert simulate_users(5, 0, Times(1), Times(1), requests=200).found_share.mean == 0
    assert simulate_users(1, 1, Times(1), Times(1), requests=200).found_share.mean == 1
    # Users who all start at the same instant: no time passes between their requests.
    crowd = simulate_users(1000, 10, Times(1, "deterministic"), Times(1), requests=200)
    assert math.isnan(crowd.mean_busy.mean)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: Times(0), "mean_s must be above 0, got 0"),
        (lambda: Times(math.nan), "mean_s must be a number"),
        (lambda: Times(1, "lognormal", -1), "cv must be in [0, 1,000], got -1"),
        (lambda: simulate_users(0, 1, Times(1), Times(1)), "users must be a whole number"),
        (lambda: simulate_users(5, -1, Times(1), Times(1)), "slots must be a whole number"),
        (
            lambda: simulate_users(5, 0, Times(1), Times(1), waiting=True),
            "slots must be at least 1 where requests wait",
        ),
        (lambda: simulate_users(5, 1, Times(1), Times(1), requests=3), "requests must be a whole number"),
        (lambda: simulate_users(5, 1, Times(1), Times(1), seed=-1), "seed must be a whole number"),
        (
            lambda: simulate_arrivals(3, Times(1), Times(3), waiting=True),
            "service / arrivals must be below slots (3), got 3",
        ),
        (lambda: simulate_sharing(Times(1), Times(1)), "service / arrivals must be below 1, got 1"),
    ],
)
def test_what_cannot_be_played_is_refused(call: object, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        call()  # type: ignore[operator]
    assert str(error.value).startswith(complaint)


def test_a_misspelt_spread_gets_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean exponential"):
        Times(1, "exponental")  # type: ignore[arg-type]
