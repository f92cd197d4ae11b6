"""Closed forms of pools against exact sums, and against a pool that is played through."""

from __future__ import annotations

from typing import Any

import pytest

from napkinxl.engine.ops import normal_quantile
from napkinxl.formulas.capacity.pool import pool_seats
from napkinxl.formulas.users.replicas import last_pool_replicas
from oracles import pool_played
from oracles.pools import fewest_slots, missed_share, most_users

SLOTS = (1, 2, 3, 5, 8, 12, 20, 40, 64, 100, 300, 1000, 10_000, 100_000)
DUTIES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)
USERS = (1, 2, 3, 5, 8, 13, 35, 100, 333, 1000, 10_000, 1_000_000)
PROBABILITIES = (0.9, 0.95, 0.99, 0.999, 0.9999)


def slots_of_the_last_pool(users: int, duty: float, quantile: Any) -> Any:
    """Replicas of one sequence each, as many as it takes."""
    return last_pool_replicas(users, 0, 1e12, 1, duty, quantile, 1, 1, 1e12)


@pytest.mark.parametrize("wanted", [*PROBABILITIES, 0.99999])
def test_users_are_never_overstated(wanted: float) -> None:
    for slots in SLOTS:
        for duty in DUTIES:
            exact = most_users(slots, duty, wanted)
            closed = pool_seats(slots, normal_quantile(wanted), duty, 1)
            assert closed <= exact, (slots, duty, closed, exact)
            if slots >= 40 and wanted <= 0.999:
                assert closed >= exact - max(1, 0.02 * exact), (slots, duty, closed, exact)


@pytest.mark.parametrize("wanted", [0.95, 0.99, 0.999])
@pytest.mark.parametrize("burst", [1.5, 3, 10])
def test_users_with_bursts_are_never_overstated_by_much(wanted: float, burst: float) -> None:
    for slots in SLOTS:
        for duty in DUTIES:
            exact = most_users(slots, duty, wanted, burst)
            closed = pool_seats(slots, normal_quantile(wanted), duty, burst)
            assert closed <= exact + max(1, 0.002 * exact), (slots, duty, closed, exact)


@pytest.mark.parametrize("wanted", PROBABILITIES)
def test_a_last_pool_is_never_too_small(wanted: float) -> None:
    """Never fewer sequences than chance asks for, and at most two more."""
    for users in USERS:
        for duty in DUTIES:
            exact = fewest_slots(users, duty, wanted)
            closed = slots_of_the_last_pool(users, duty, normal_quantile(wanted))
            assert exact <= closed <= exact + 2, (users, duty, closed, exact)


def test_a_last_pool_by_hand() -> None:
    """Kurose and Ross: of 35 users of duty 0.1 more than 10 are busy in 0.000424 of the time, 3.337 deviations.

    Cornish and Fisher: 3.5 + 3.337 * sqrt(3.5 * 0.9) + (1 - 2 * 0.1) * (3.337^2 - 1) / 6 - 1/2 is 10.27.
    """
    assert normal_quantile(1 - 0.000424) == pytest.approx(3.337, abs=0.0005)
    assert slots_of_the_last_pool(35, 0.1, 3.337) == 11


@pytest.mark.parametrize("answers", pool_played.ANSWERS)
def test_users_find_their_slots_however_answers_spread(answers: str) -> None:
    slots, duty, wanted = 40, 0.2, 0.99
    found: Any = pool_seats(slots, normal_quantile(wanted), duty, 1)
    users = int(found)
    seen = pool_played.missed_share(users, slots, duty, answers)
    assert seen == pytest.approx(missed_share(users, slots, duty), abs=0.001)
    assert seen <= 1 - wanted + 0.001
    assert pool_played.missed_share(users + users // 20, slots, duty, answers) > 1 - wanted + 0.001
