"""The oracle of pools itself: against exact fractions, and against what textbooks print."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from math import comb

import pytest

from oracles.pools import fewest_slots, missed_share, most_users
from worked_cases.cases import case, covers


def binomial(busy: int, users: int, duty: Fraction, _burst: Fraction) -> Fraction:
    return comb(users, busy) * duty**busy * (1 - duty) ** (users - busy)


def beta_binomial(busy: int, users: int, duty: Fraction, burst: Fraction) -> Fraction:
    """The textbook's formula, from rising factorials."""
    both = (users - burst) / (burst - 1)
    on, off = duty * both, (1 - duty) * both
    return comb(users, busy) * rising(on, busy) * rising(off, users - busy) / rising(both, users)


def rising(start: Fraction, steps: int) -> Fraction:
    return math.prod((start + step for step in range(steps)), start=Fraction(1))


@pytest.mark.parametrize(
    ("share", "users", "slots", "duty", "burst"),
    [
        (binomial, 1, 0, "0.3", "1"),
        (binomial, 7, 0, "0.01", "1"),
        (binomial, 200, 60, "0.2", "1"),
        (binomial, 200, 150, "0.2", "1"),
        (binomial, 40, 3, "0.5", "1"),
        (binomial, 31, 30, "0.97", "1"),
        (beta_binomial, 30, 5, "0.1", "3"),
        (beta_binomial, 50, 12, "0.2", "1.5"),
        (beta_binomial, 12, 9, "0.5", "6"),
    ],
)
def test_sums_are_exact(share: Callable[..., Fraction], users: int, slots: int, duty: str, burst: str) -> None:
    exact = sum(share(busy, users, Fraction(duty), Fraction(burst)) for busy in range(slots + 1, users + 1))
    assert missed_share(users, slots, float(duty), float(burst)) == pytest.approx(float(exact), rel=1e-11)


@covers("BN01")
def test_more_than_ten_of_35_users() -> None:
    row = case("BN01")
    users, slots, duty = int(row.number("users")), int(row.number("slots")), row.number("duty")
    found = missed_share(users, slots, duty)
    assert row.agrees(found)
    assert found == pytest.approx(0.000424, abs=5e-7)  # the row's note
    assert most_users(slots, duty, 0.9995) == users
    assert fewest_slots(users, duty, 0.9995) == slots


def test_bursts_as_large_as_the_pool_are_all_or_nobody() -> None:
    assert missed_share(8, 0, 0.3, 8) == pytest.approx(0.3, rel=1e-6)
    assert missed_share(8, 7, 0.3, 1000) == pytest.approx(0.3, rel=1e-6)


def test_a_billion_users_are_normal() -> None:
    slots = int(2e8 + 2.326348 * math.sqrt(1e9 * 0.2 * 0.8))  # 99% of a normal distribution
    assert missed_share(1_000_000_000, slots, 0.2) == pytest.approx(0.01, rel=1e-3)


def test_a_probability_that_is_met_exactly_is_met() -> None:
    """Of two users of duty 0.1 both are busy in one moment of a hundred."""
    assert most_users(1, 0.1, 0.99) == 2
    assert fewest_slots(2, 0.1, 0.99) == 1


def test_pools_without_chance() -> None:
    assert most_users(0, 0.1, 0.99) == fewest_slots(0, 0.1, 0.99) == 0
    assert most_users(40, 1, 0.5) == fewest_slots(40, 1, 0.5) == 40
