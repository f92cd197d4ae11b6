"""What becomes of idle users' KV caches, played through request by request: the closed forms are its long-run rates."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator

import numpy
import pytest

from napkinxl.formulas import evaluate

REQUESTS = 40_000
TURN_MS = 1000.0


def turns(spread: str) -> Iterator[float]:
    """Times to decode an answer, all alike or exponential, without end."""
    generator = numpy.random.default_rng(7)
    while True:
        yield from [TURN_MS] * 1000 if spread == "equal" else generator.exponential(TURN_MS, 1000).tolist()


def from_host_memory(slots: int, restore_ms: float, answers: Iterator[float]) -> float:
    """Requests per ms where somebody always waits: a free slot fetches its cache over one link, then decodes."""
    free_at, link_free_at = [0.0] * slots, 0.0
    for _ in range(REQUESTS):
        link_free_at = max(heapq.heappop(free_at), link_free_at) + restore_ms
        heapq.heappush(free_at, link_free_at + next(answers))
    return REQUESTS / max(free_at)


def computed_again(slots: int, recompute_ms: float, answers: Iterator[float]) -> float:
    """Requests per ms where somebody always waits: while a cache is computed, no slot decodes."""
    now, decoded = 0.0, 0.0
    ends = [next(answers) for _ in range(slots)]  # on the clock of decoding, which stands still meanwhile
    heapq.heapify(ends)
    for _ in range(REQUESTS):
        done = heapq.heappop(ends)
        now, decoded = now + (done - decoded) + recompute_ms, done
        heapq.heappush(ends, decoded + next(answers))
    return REQUESTS / now


@pytest.mark.parametrize(
    ("play", "quantity", "share", "ms"),
    [
        (from_host_memory, "offload_seats_per_gpu", "offload_duty_share", "restore_ms"),
        (computed_again, "recompute_seats_per_gpu", "recompute_duty_share", "recompute_ms"),
    ],
)
@pytest.mark.parametrize("slots", [1, 6, 40])
@pytest.mark.parametrize("extra_ms", [1.0, 25.0, 400.0])
@pytest.mark.parametrize("spread", ["equal", "exponential"])
def test_users_are_those_whom_the_simulation_can_serve(
    play: Callable[[int, float, Iterator[float]], float],
    quantity: str,
    share: str,
    ms: str,
    slots: int,
    extra_ms: float,
    spread: str,
) -> None:
    """A user of duty 0.1 asks every 10 s: so many of them ask as often as the replica answers."""
    duty = 0.1
    given = {
        ms: extra_ms,
        "turn_ms": TURN_MS,
        "duty_cycle": duty,
        "batch_sequences": slots,
        "fitting_sequences": slots,
        "gpus_per_replica": 1.0,
        "host_memory_gb_per_gpu": 1e9,
        "kv_cache_gb": 1.0,
    }
    found = evaluate(given, [share, quantity])
    users = found[quantity]
    if found[share] == 1:
        assert users == slots  # so few that all their caches stay: nothing is fetched or computed again
        return
    served = play(slots, extra_ms, turns(spread)) * TURN_MS / duty
    # Where slots and link both matter, answers of unequal length wait for each other: up to an eighth fewer.
    uneven = spread == "exponential" and play is from_host_memory
    assert users * (0.87 if uneven else 0.98) <= served <= users * 1.02


def test_caches_that_stay_are_as_many_as_memory_holds() -> None:
    """Ten caches fit, six sequences are worked on: of users who are busy 90% of the time no more than those."""
    given = {"fitting_sequences": 10.0, "batch_sequences": 6.0, "gpus_per_replica": 1.0}
    kept = "kept_seats_per_gpu"
    assert evaluate({**given, "duty_cycle": 0.1}, [kept])[kept] == 10
    assert evaluate({**given, "duty_cycle": 0.9}, [kept])[kept] == pytest.approx(6 / 0.9)
