"""Pools of slots against exact fractions, sums written otherwise, and laws that must hold for any pool."""

from __future__ import annotations

import math
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from napkinxl.errors import InputError
from napkinxl.formulas.pool import pool_users
from napkinxl.ops import normal_quantile
from napkinxl.studies.busy import binomial_tail, busy_shares, poisson_tail, wanted_shares
from napkinxl.studies.pooling import (
    pooling_curve,
    slots_at_probability,
    slots_for_load,
    starting_user_slot_share,
    users_at_probability,
)

DUTIES = st.sampled_from([0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 0.95, 1.0])
PROBABILITIES = st.sampled_from([0.5, 0.9, 0.99, 0.999, 0.9999])
BURSTS = st.sampled_from([1, 1.5, 3, 10])
# Below about 0.6 pools overbook: small ones by more, so that pooling may lose.
SAFE_PROBABILITIES = st.sampled_from([0.9, 0.95, 0.99, 0.999, 0.9999])
SLOTS = st.integers(1, 400)


def exact_tail(slots: int, users: int, duty: Fraction) -> Fraction:
    return sum((comb(users, k) * duty**k * (1 - duty) ** (users - k) for k in range(slots + 1, users + 1)), Fraction(0))


def rising(start: Fraction, steps: int) -> Fraction:
    return math.prod((start + step for step in range(steps)), start=Fraction(1))


def exact_bursty_tail(slots: int, users: int, duty: Fraction, burst: Fraction) -> Fraction:
    """The beta-binomial by its textbook formula, from rising factorials."""
    both = (users - burst) / (burst - 1)
    on, off = duty * both, (1 - duty) * both
    return sum(
        comb(users, k) * rising(on, k) * rising(off, users - k) / rising(both, users)
        for k in range(slots + 1, users + 1)
    )  # type: ignore[return-value]


def log_tail(slots: int, users: int, duty: float) -> float:
    """The same sum from logarithms of factorials, for many users."""
    counts = range(slots + 1, min(users, slots + 20_000) + 1)
    return math.fsum(
        math.exp(
            math.lgamma(users + 1) - math.lgamma(k + 1) - math.lgamma(users - k + 1)
            + k * math.log(duty) + (users - k) * math.log1p(-duty)
        )
        for k in counts
    )  # fmt: skip


@pytest.mark.parametrize(
    ("slots", "users", "duty"),
    [
        (0, 1, "0.3"),
        (10, 35, "0.1"),
        (0, 7, "0.01"),
        (60, 200, "0.2"),
        (150, 200, "0.2"),
        (3, 40, "0.5"),
        (30, 31, "0.97"),
    ],
)
def test_binomial_tail_is_exact(slots: int, users: int, duty: str) -> None:
    exact = float(exact_tail(slots, users, Fraction(duty)))
    assert binomial_tail(slots, users, float(duty)) == pytest.approx(exact, rel=1e-11)


@pytest.mark.parametrize("slots", [200_000, 200_930, 202_000])
def test_binomial_tail_of_a_million_users(slots: int) -> None:
    # Logarithms of factorials near 1e7 are good to about 1e-9.
    assert binomial_tail(slots, 1_000_000, 0.2) == pytest.approx(log_tail(slots, 1_000_000, 0.2), rel=1e-7)


def test_a_billion_users_are_normal() -> None:
    deviation = math.sqrt(1e9 * 0.2 * 0.8)
    assert binomial_tail(int(2e8 + 2.326348 * deviation), 1_000_000_000, 0.2) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize(
    ("slots", "users", "duty", "burst"), [(5, 30, "0.1", "3"), (12, 50, "0.2", "1.5"), (9, 12, "0.5", "6")]
)
def test_bursty_tail_is_exact(slots: int, users: int, duty: str, burst: str) -> None:
    exact = float(exact_bursty_tail(slots, users, Fraction(duty), Fraction(burst)))
    assert binomial_tail(slots, users, float(duty), float(burst)) == pytest.approx(exact, rel=1e-11)


def test_bursts_as_large_as_the_pool_are_all_or_nobody() -> None:
    assert binomial_tail(0, 8, 0.3, 8) == pytest.approx(0.3, rel=1e-6)
    assert binomial_tail(7, 8, 0.3, 1000) == pytest.approx(0.3, rel=1e-6)


@pytest.mark.parametrize("burst", [1, 2, 10, 87])
@pytest.mark.parametrize("users", [100, 10_000])
def test_shares_have_the_mean_and_the_variance_asked_for(users: int, burst: float) -> None:
    for (lowest, shares), mean, variance in (
        (busy_shares(users, 0.1, burst), users * 0.1, burst * users * 0.09),
        (wanted_shares(users * 0.1, burst), users * 0.1, burst * users * 0.1),
    ):
        counts = lowest + np.arange(len(shares))
        assert shares.sum() == pytest.approx(1, rel=1e-12)
        assert counts @ shares == pytest.approx(mean, rel=1e-9)
        assert (counts - mean) ** 2 @ shares == pytest.approx(variance, rel=1e-8)


def test_poisson_tail_is_the_sum() -> None:
    below = math.exp(-4) * sum(4**k / math.factorial(k) for k in range(8))
    assert poisson_tail(7, 4) == pytest.approx(1 - below, rel=1e-11)


def test_nobody_is_there_as_often_as_a_gamma_mixture_says() -> None:
    assert 1 - poisson_tail(0, 6, 4) == pytest.approx(4 ** (-6 / 3), rel=1e-12)


@given(
    slots=st.integers(0, 12),
    duty=st.sampled_from(["0.02", "0.1", "0.25", "0.6"]),
    wanted=st.sampled_from(["0.9", "0.99", "0.999"]),
)
@settings(deadline=None, max_examples=40)
def test_users_are_those_of_an_exact_search(slots: int, duty: str, wanted: str) -> None:
    users = users_at_probability(slots, float(duty), float(wanted))
    missed = 1 - Fraction(wanted)
    if slots:
        assert exact_tail(slots, users, Fraction(duty)) <= missed < exact_tail(slots, users + 1, Fraction(duty))
    else:
        assert users == 0


def test_a_probability_that_is_met_exactly_is_met() -> None:
    assert exact_tail(1, 2, Fraction("0.1")) == 1 - Fraction("0.99")
    assert users_at_probability(1, 0.1, 0.99) == 2
    assert slots_at_probability(2, 0.1, 0.99) == 1


@given(slots=SLOTS, duty=DUTIES, wanted=PROBABILITIES, burst=BURSTS)
@settings(deadline=None)
def test_users_and_slots_are_two_sides_of_one_search(slots: int, duty: float, wanted: float, burst: float) -> None:
    users = users_at_probability(slots, duty, wanted, burst)
    assert users >= slots
    assert slots_at_probability(users, duty, wanted, burst) <= slots
    assert slots_at_probability(users + 1, duty, wanted, burst) > slots


@given(slots=SLOTS, duty=DUTIES, wanted=PROBABILITIES, burst=BURSTS)
@settings(deadline=None)
def test_more_never_serves_fewer(slots: int, duty: float, wanted: float, burst: float) -> None:
    users = users_at_probability(slots, duty, wanted, burst)
    more = users_at_probability(slots + 1, duty, wanted, burst)
    assert more > users or (more == users and burst > 1)  # wide bursts at a lax probability take two slots for a user
    assert users_at_probability(slots, duty, 0.99999, burst) <= users
    assert users_at_probability(slots, min(duty * 1.1, 1), wanted, burst) <= users
    if wanted >= 0.9 and slots > 4 * burst:  # larger bursts leave quiet times in between, which a lax probability takes
        assert users_at_probability(slots, duty, wanted, burst * 1.2) <= users


@given(slots=st.integers(1, 200), parts=st.integers(2, 12), duty=DUTIES, wanted=SAFE_PROBABILITIES)
@settings(deadline=None)
def test_pooling_never_needs_more_gpus(slots: int, parts: int, duty: float, wanted: float) -> None:
    alone, together = pooling_curve(slots, duty, wanted, [1, parts])
    assert together.users >= parts * alone.users
    assert slots_at_probability(parts * alone.users, duty, wanted) <= parts * slots
    assert together.mean_busy_share >= alone.mean_busy_share - 1e-12


def test_pooling_wins_back_the_headroom() -> None:
    curve = pooling_curve(40, 0.2, 0.99, [1, 4, 16, 64, 1000])
    shares = [point.mean_busy_share for point in curve]
    assert shares == sorted(shares)
    # Square-root staffing: the headroom of a large pool is z standard deviations, 1 - s = z * sqrt(0.8 * s / slots).
    for point, share in zip(curve[2:], shares[2:], strict=True):
        assert 1 - share == pytest.approx(2.326 * math.sqrt(0.8 * share / point.slots), rel=0.03)


@given(slots=st.integers(1, 300), users=st.integers(1, 2000), duty=DUTIES)
@settings(deadline=None)
def test_who_starts_sees_one_slot_and_one_user_less(slots: int, users: int, duty: float) -> None:
    found = starting_user_slot_share(slots, users, duty)
    all_fit = 1 - binomial_tail(slots, users, duty)
    assert found <= all_fit + 1e-12
    assert found >= 1 - binomial_tail(slots - 1, users, duty) - 1e-12
    # Both by what the one user does: idle, or busy and so one of the slots'.
    idle = 1 - binomial_tail(slots, users - 1, duty)
    assert all_fit == pytest.approx(duty * found + (1 - duty) * idle, abs=1e-11)


def test_a_programmed_loop_gains_nothing() -> None:
    assert users_at_probability(40, 1, 0.5) == users_at_probability(40, 0.3, 1) == 40
    assert [point.users_per_replica for point in pooling_curve(40, 1, 0.9, [1, 9])] == [40, 40]


def test_many_users_with_little_duty_are_poisson() -> None:
    for wanted in (0.9, 0.99, 0.999):
        assert slots_at_probability(10_000_000, 1e-5, wanted) == slots_for_load(100, wanted)


GRID_SLOTS = (1, 2, 3, 5, 8, 12, 20, 40, 64, 100, 300, 1000, 10_000, 100_000)
GRID_DUTIES = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)


@pytest.mark.parametrize("wanted", [0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999])
def test_the_closed_form_never_overstates(wanted: float) -> None:
    for slots in GRID_SLOTS:
        for duty in GRID_DUTIES:
            exact = users_at_probability(slots, duty, wanted)
            closed = pool_users(slots, normal_quantile(wanted), duty, 1)
            assert closed <= exact, (slots, duty, closed, exact)
            if slots >= 40 and wanted <= 0.999:
                assert closed >= exact - max(1, 0.02 * exact), (slots, duty, closed, exact)


@pytest.mark.parametrize("wanted", [0.95, 0.99, 0.999])
@pytest.mark.parametrize("burst", [1.5, 3, 10])
def test_the_closed_form_with_bursts_never_overstates_by_much(wanted: float, burst: float) -> None:
    for slots in GRID_SLOTS:
        for duty in GRID_DUTIES:
            exact = users_at_probability(slots, duty, wanted, burst)
            closed = pool_users(slots, normal_quantile(wanted), duty, burst)
            assert closed <= exact + max(1, 0.002 * exact), (slots, duty, closed, exact)


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: binomial_tail(10, 35, 0), "duty_cycle must be in (0, 1], got 0"),
        (lambda: binomial_tail(10, 35, 1.2), "duty_cycle must be in (0, 1], got 1.2"),
        (lambda: binomial_tail(10.5, 35, 0.1), "slots must be a whole number"),  # type: ignore[arg-type]
        (lambda: binomial_tail(-1, 35, 0.1), "slots must be a whole number"),
        (lambda: binomial_tail(10, math.nan, 0.1), "users must be a number"),  # type: ignore[arg-type]
        (lambda: binomial_tail(10, 35, 0.1, 0.5), "burstiness_ratio must be in [1, 1,000,000], got 0.5"),
        (lambda: binomial_tail(10, 10_000_000_000, 0.5, 1_000_000), "standard deviation of busy users"),
        (lambda: users_at_probability(10, 0.1, 0), "slot_probability must be in (0, 1], got 0"),
        (lambda: users_at_probability(10, 0.1, math.inf), "slot_probability must be a number"),
        (lambda: users_at_probability(100, 1e-10, 0.9), "slots / duty_cycle must stay below 10,000,000,000 users"),
        (lambda: users_at_probability("many", 0.1, 0.9), "slots must be a number"),  # type: ignore[arg-type]
        (lambda: pooling_curve(10, 0.1, 0.9, [0]), "replicas must be a whole number in [1, 1,000,000], got 0"),
        (lambda: slots_for_load(-1, 0.9), "mean_busy must be at least 0, got -1"),
        (lambda: slots_for_load(1e300, 0.9), "mean_busy must be"),
    ],
)
def test_what_is_no_pool_is_refused(call: object, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        call()  # type: ignore[operator]
    assert str(error.value).startswith(complaint)


def test_empty_pools() -> None:
    assert binomial_tail(0, 0, 0.5) == 0
    assert users_at_probability(0, 0.1, 0.99) == 0
    assert slots_at_probability(0, 0.1, 0.99) == slots_for_load(0, 0.99) == 0
    assert starting_user_slot_share(0, 5, 0.1) == 0
    [point] = pooling_curve(0, 0.1, 0.99, [3])
    assert (point.users, point.users_per_replica) == (0, 0)
    assert math.isnan(point.mean_busy_share)
