"""What must hold for users who share sequences: exact binomial sums are the oracle, and laws of more and less."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from napkinxl import Scenario, estimate
from napkinxl.formulas import evaluate
from oracles.pools import missed_share, most_users

SAME = 1e-9
Sizes = st.integers(1, 400)
Duties = st.floats(0.01, 1)
Probabilities = st.floats(0.5, 0.9999)
Usual = st.floats(0.9, 0.9999)  # below about 0.9 pooling loses users: see test_where_pooling_does_not_help


def pool(**changes: float) -> dict[str, Any]:
    given = {
        "batch_sequences": 6.0,
        "replicas_per_pool": 1.0,
        "gpus_per_replica": 1.0,
        "duty_cycle": 0.2,
        "service_level_probability": 0.99,
        "burstiness_ratio": 1.0,
        "traffic_duty_share": 0.01,
        "peak_to_mean_ratio": 2.0,
        "concurrent_sequences": 6.0,
    }
    names = ["pool_seats_per_gpu", "pool_headroom_share", "subscribers_per_gpu", "expected_utilization_share"]
    return evaluate({**given, **changes}, names)


@pytest.mark.parametrize("probability", [0.9, 0.99, 0.999, 0.9999])
@pytest.mark.parametrize("duty", [0.01, 0.05, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("sequences", [1, 2, 6, 20, 100, 300])
def test_users_against_exact_sums(sequences: int, duty: float, probability: float) -> None:
    """Never more users than the exact number; fewer by a user, 1% and a third of a sequence's worth at most."""
    exact = most_users(sequences, duty, probability)
    average = math.floor(sequences / duty + SAME)  # the average allows no more, however low the probability
    found = pool(batch_sequences=sequences, duty_cycle=duty, service_level_probability=probability)["pool_seats"]
    assert found <= exact
    assert found >= 0.99 * min(exact, average) - 1 - 0.34 / duty


@given(sequences=Sizes, duty=Duties, probability=Probabilities, burst=st.floats(0.1, 100))
def test_users_are_between_the_sequences_and_the_average(
    sequences: int, duty: float, probability: float, burst: float
) -> None:
    found = pool(
        batch_sequences=sequences,
        concurrent_sequences=sequences,
        duty_cycle=duty,
        service_level_probability=probability,
        burstiness_ratio=burst,
        traffic_duty_share=duty,
    )
    assert sequences <= found["pool_seats"] <= sequences / duty * (1 + SAME)
    assert found["pool_seats"] == math.floor(found["pool_seats"])
    assert -SAME <= found["pool_headroom_share"] <= 1 - duty + SAME
    assert 0 < found["expected_utilization_share"] <= 0.5 * (1 + SAME)  # the busiest hour is twice the mean one


@given(sequences=Sizes, duty=Duties, probability=Probabilities, more=st.floats(0, 0.4999), longer=st.floats(1, 10))
def test_more_certainty_and_more_duty_never_hold_more_users(
    sequences: int, duty: float, probability: float, more: float, longer: float
) -> None:
    base = {"batch_sequences": sequences, "duty_cycle": duty, "service_level_probability": probability}
    users = pool(**base)["pool_seats"]
    assert pool(**{**base, "service_level_probability": min(probability + more, 0.9999)})["pool_seats"] <= users
    assert pool(**{**base, "duty_cycle": min(duty * longer, 1)})["pool_seats"] <= users
    if probability >= 0.9:  # as inputs are: a lax probability would take the quiet times between bursts
        assert pool(**{**base, "burstiness_ratio": longer})["pool_seats"] <= users


@given(sequences=Sizes, traffic=st.floats(0.0001, 5), longer=st.floats(1, 100), peak=st.floats(1, 10))
def test_more_traffic_never_holds_more_subscribers(sequences: int, traffic: float, longer: float, peak: float) -> None:
    base = {"batch_sequences": sequences, "peak_to_mean_ratio": peak, "traffic_duty_share": traffic}
    subscribers = pool(**base)["pool_subscribers"]
    assert pool(**{**base, "traffic_duty_share": traffic * longer})["pool_subscribers"] <= subscribers * (1 + SAME)
    assert pool(**{**base, "peak_to_mean_ratio": peak * longer})["pool_subscribers"] <= subscribers * (1 + SAME)


@given(sequences=Sizes, duty=Duties, probability=Usual, replicas=st.integers(1, 20), times=st.integers(2, 10))
def test_pooling_never_needs_more_gpus(
    sequences: int, duty: float, probability: float, replicas: int, times: int
) -> None:
    """A pool of several times the replicas holds at least as many users a GPU."""
    base = {"batch_sequences": sequences, "duty_cycle": duty, "service_level_probability": probability}
    apart = pool(**base, replicas_per_pool=replicas)
    joined = pool(**base, replicas_per_pool=replicas * times)
    assert joined["pool_seats"] >= times * apart["pool_seats"]
    assert joined["pool_seats_per_gpu"] >= apart["pool_seats_per_gpu"] * (1 - SAME)
    assert joined["subscribers_per_gpu"] >= apart["subscribers_per_gpu"] * (1 - SAME)


def test_where_pooling_does_not_help() -> None:
    """That all who are busy fit is likelier in a small pool when the probability is low: so by the exact sums too.

    Two users of one sequence, each busy half of the time, fit in 3 of 4 moments; four of two fit in 11 of 16.
    """
    assert missed_share(2, 1, 0.5) == pytest.approx(1 / 4)
    assert missed_share(4, 2, 0.5) == pytest.approx(5 / 16)
    assert most_users(1, 0.5, 0.75 - SAME) == 2
    assert most_users(2, 0.5, 0.75) == 3
    for duty in (0.01, 0.1, 0.3, 0.7):
        for sequences in (1, 2, 5, 20):
            for probability in (0.9, 0.99, 0.9999):
                apart = most_users(sequences, duty, probability)
                assert most_users(2 * sequences, duty, probability) >= 2 * apart


@given(sequences=Sizes, duty=Duties, probability=Usual, replicas=st.integers(1, 200))
def test_one_replica_more_loses_less_than_a_user(
    sequences: int, duty: float, probability: float, replicas: int
) -> None:
    """Between multiples the whole number of users can cost a pool less than one user, never more."""
    base = {"batch_sequences": sequences, "duty_cycle": duty, "service_level_probability": probability}
    users = pool(**base, replicas_per_pool=replicas)["pool_seats"]
    more = pool(**base, replicas_per_pool=replicas + 1)["pool_seats"]
    assert more > users / replicas * (replicas + 1) - 1


@given(duty=Duties, context=st.integers(1000, 100_000), host_gb=st.floats(0, 1e5), answer=st.floats(1, 1e5))
def test_idle_caches(duty: float, context: int, host_gb: float, answer: float) -> None:
    """More host memory never hurts, no way serves more than the average or fewer than the sequences."""
    case = {"duty_cycle": duty, "context_tokens": context, "output_tokens_per_request": answer}
    found = estimate(Scenario(gpu="H200", **case, host_memory_gb_per_gpu=host_gb))
    more = estimate(Scenario(gpu="H200", **case, host_memory_gb_per_gpu=2 * host_gb + 1))
    ways = {"kept": "stays", "offload": "host memory", "recompute": "compute again"}
    served = {way: found[f"{way}_seats_per_gpu"] for way in ways}
    for way, users in served.items():
        assert served["kept"] * (1 - SAME) <= users <= found["users_per_gpu"] * (1 + SAME), way
    assert found["offload_seats_per_gpu"] <= more["offload_seats_per_gpu"] * (1 + SAME)
    best = {word for way, word in ways.items() if served[way] == max(served.values())}
    assert found["idle_kv_verdict"] in best
