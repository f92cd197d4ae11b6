"""Queues against formulas written as their definitions, limits that join them, and hostile input."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from napkinxl.errors import InputError
from napkinxl.studies import engset, erlang, queues, reserve, staffing, waiting

LOADS = st.floats(0.01, 300)
SERVERS = st.integers(1, 300)


def exact_erlang_b(servers: int, load: Fraction) -> Fraction:
    terms = [load**k / math.factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


def exact_engset(servers: int, sources: int, traffic: Fraction) -> Fraction:
    terms = [math.comb(sources - 1, k) * traffic**k for k in range(servers + 1)]
    return terms[-1] / sum(terms)


@pytest.mark.parametrize(("servers", "load"), [(1, "0.5"), (5, "2.2"), (40, "33"), (150, "120"), (10, "90")])
def test_erlang_b_is_the_sum(servers: int, load: str) -> None:
    exact = exact_erlang_b(servers, Fraction(load))
    assert erlang.erlang_b(servers, float(load)) == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize(
    ("servers", "sources", "traffic"), [(1, 2, "1"), (5, 10, "0.25"), (20, 200, "0.1"), (3, 3, "0.4")]
)
def test_engset_is_the_sum(servers: int, sources: int, traffic: str) -> None:
    exact = exact_engset(servers, sources, Fraction(traffic))
    found = engset.engset_blocking_of_idle_traffic(servers, sources, float(traffic))
    assert found == pytest.approx(float(exact), rel=1e-12)


def test_engset_with_many_users_is_erlang_b() -> None:
    found = engset.engset_blocking_of_idle_traffic(20, 1_000_000, 15e-6)
    assert found == pytest.approx(erlang.erlang_b(20, 15), rel=1e-4)


@given(servers=SERVERS, blocking=st.floats(1e-6, 0.9))
@settings(deadline=None)
def test_erlang_b_and_back(servers: int, blocking: float) -> None:
    load = erlang.erlang_b_load(servers, blocking)
    assert erlang.erlang_b(servers, load) == pytest.approx(blocking, rel=1e-9)
    assert erlang.erlang_b_servers(load * (1 - 1e-9), blocking) == servers


@given(servers=st.integers(1, 40), more=st.integers(1, 200), blocking=st.floats(1e-4, 0.9))
@settings(deadline=None)
def test_engset_and_back(servers: int, more: int, blocking: float) -> None:
    traffic = engset.engset_traffic(servers, servers + more, blocking)
    assert 0 < traffic < 1 / (1 - blocking)
    if traffic < 1 - 1e-9:
        assert engset.engset_blocking(servers, servers + more, traffic) == pytest.approx(blocking, rel=1e-6)


@given(servers=SERVERS, load=LOADS)
@settings(deadline=None)
def test_more_servers_and_less_load_turn_fewer_away(servers: int, load: float) -> None:
    blocking = erlang.erlang_b(servers, load)
    assert erlang.erlang_b(servers + 1, load) <= blocking <= erlang.erlang_b(servers, load * 1.1)
    assert blocking >= 1 - servers / load - 1e-12  # what is carried is at most one a server
    retried = erlang.extended_erlang_b(servers, load, 0.5)
    assert blocking - 1e-12 <= retried <= erlang.extended_erlang_b(servers, load, 0.9) + 1e-12


@given(servers=SERVERS, load=LOADS, recall=st.floats(0, 0.99))
@settings(deadline=None)
def test_retries_satisfy_their_equation(servers: int, load: float, recall: float) -> None:
    blocking = erlang.extended_erlang_b(servers, load, recall)
    total = load / (1 - recall * blocking)
    assert erlang.erlang_b(servers, total) == pytest.approx(blocking, rel=1e-6, abs=1e-12)


def test_retries_without_end() -> None:
    assert erlang.extended_erlang_b(10, 10, 1) == 1
    assert erlang.extended_erlang_b(10, 9, 1) < 1
    assert erlang.extended_erlang_b(10, 9, 0) == pytest.approx(erlang.erlang_b(10, 9), rel=1e-12)


@given(load=st.floats(0.01, 0.99))
def test_one_server_in_line(load: float) -> None:
    assert waiting.erlang_c(1, load) == pytest.approx(load, rel=1e-12)  # who comes waits if the one server is busy
    wait = waiting.erlang_c_mean_wait(1, load, 3)
    assert wait == pytest.approx(queues.in_line_response_s(load, 3, 1) - 3, rel=1e-9)
    assert queues.shared_response_s(load, 3) == pytest.approx(queues.in_line_response_s(load, 3, 1), rel=1e-9)
    spread = waiting.allen_cunneen_mean_wait(1, load, 3, 1, 5)
    assert spread == pytest.approx(queues.in_line_response_s(load, 3, 5) - 3, rel=1e-9)


@given(servers=SERVERS, share=st.floats(0.01, 0.999))
@settings(deadline=None)
def test_lines(servers: int, share: float) -> None:
    load = servers * share
    waits = waiting.erlang_c(servers, load)
    assert erlang.erlang_b(servers, load) <= waits <= 1
    assert waiting.erlang_c_service_level(servers, load, 5, 0) == pytest.approx(1 - waits, rel=1e-12)
    levels = [waiting.erlang_c_service_level(servers, load, 5, target) for target in (0, 1, 10, 1000)]
    assert levels == sorted(levels)


def test_a_line_that_grows_for_ever_has_no_answer() -> None:
    for found in (
        waiting.erlang_c(10, 10),
        waiting.erlang_c_mean_wait(10, 12, 1),
        waiting.erlang_c_service_level(0, 0, 1, 1),
        waiting.allen_cunneen_mean_wait(10, 12, 1, 1, 1),
        queues.in_line_response_s(1, 1, 1),
        queues.shared_response_s(1, 1),
        staffing.halfin_whitt_wait_probability(0),
        staffing.staffing_beta(3, 0),
        erlang.erlang_b_load(3, 1),
        engset.engset_traffic(5, 5, 0.1),
        queues.peak_to_mean_ratio(0, 0),
        reserve.critical_ratio(0, 0),
    ):
        assert math.isnan(found)


@pytest.mark.parametrize("beta", [0.3, 1, 2])
def test_many_servers_reach_their_limit(beta: float) -> None:
    load = 1_000_000
    servers = math.ceil(staffing.square_root_staffing(load, beta))
    assert waiting.erlang_c(servers, load) == pytest.approx(staffing.halfin_whitt_wait_probability(beta), abs=0.001)


@given(load=st.floats(0.1, 200), parts=st.integers(2, 6))
@settings(deadline=None, max_examples=40)
def test_one_line_never_needs_more_servers_than_many(load: float, parts: int) -> None:
    each = staffing.servers_for_mean_wait(load, 240, 3)
    assert waiting.erlang_c_mean_wait(each, load, 240) <= 3
    assert each == math.floor(load) + 1 or waiting.erlang_c_mean_wait(each - 1, load, 240) > 3
    assert staffing.servers_for_mean_wait(parts * load, 240, 3) <= parts * each


@given(fails=st.floats(0, 1), attempts=st.integers(1, 50))
def test_retries_are_their_series(fails: float, attempts: int) -> None:
    assert queues.retry_load_factor(fails, attempts) == pytest.approx(sum(fails**k for k in range(attempts)), rel=1e-9)


def test_arrivals_that_are_poisson_have_no_bursts() -> None:
    assert queues.arrival_burstiness_ratio(1) == 1
    assert queues.arrival_burstiness_ratio(0) == 0.5  # arrivals on the clock, exponential times: Whitt 1984


@given(
    demand=st.lists(st.integers(0, 50), min_size=1, max_size=60),
    on_demand=st.integers(1, 20),
    reserved=st.integers(0, 20),
)
def test_what_is_reserved_costs_least(demand: list[int], on_demand: int, reserved: int) -> None:
    def cost(kept: float) -> float:
        return sum(reserved * kept + on_demand * max(wanted - kept, 0) for wanted in demand)

    found = reserve.gpus_to_reserve(demand, on_demand, reserved)
    assert cost(found) == min(cost(kept) for kept in range(51))


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda: erlang.erlang_b(-1, 3), "servers must be a whole number"),
        (lambda: erlang.erlang_b(2.5, 3), "servers must be a whole number"),  # type: ignore[arg-type]
        (lambda: erlang.erlang_b(10**12, 3), "servers must be a whole number"),
        (lambda: erlang.erlang_b(5, math.nan), "offered_load must be a number"),
        (lambda: erlang.erlang_b(True, 3), "servers must be a number"),
        (lambda: erlang.erlang_b_load(5, 0), "blocking must be in (0, 1], got 0"),
        (lambda: erlang.extended_erlang_b(5, 3, 1.5), "recall_share must be in [0, 1], got 1.5"),
        (lambda: engset.engset_blocking(5, 10, 1), "traffic_per_source must be"),
        (lambda: engset.engset_blocking(5, -1, 0.2), "sources must be a whole number"),
        (lambda: waiting.erlang_c_mean_wait(5, 3, -1), "service_s must be at least 0, got -1"),
        (lambda: waiting.erlang_c_service_level(5, 3, 0, 1), "service_s must be above 0, got 0"),
        (lambda: waiting.allen_cunneen_mean_wait(5, 3, 1, -1, 1), "arrival_squared_cv must be in"),
        (lambda: staffing.square_root_staffing(math.inf, 1), "offered_load must be a number"),
        (lambda: staffing.servers_for_mean_wait(1e9, 1, 1), "offered_load must be"),
        (lambda: queues.peak_to_mean_ratio(1, 2), "peak must be at least 2, got 1"),
        (lambda: queues.retry_load_factor(0.1, 0), "max_attempts must be a whole number"),
        (lambda: queues.shared_response_s(1.1, 1), "utilization_share must be in [0, 1], got 1.1"),
        (lambda: reserve.gpus_to_reserve([], 4, 3), "hourly_gpus must hold at least one hour, got none"),
        (lambda: reserve.gpus_to_reserve([1, "x"], 4, 3), "hourly_gpus must be a number"),  # type: ignore[list-item]
    ],
)
def test_what_is_no_queue_is_refused(call: object, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        call()  # type: ignore[operator]
    assert str(error.value).startswith(complaint)


def test_numbers_written_as_text_are_numbers() -> None:
    assert waiting.erlang_c("13", "10") == waiting.erlang_c(13, 10)  # type: ignore[arg-type]
    assert waiting.erlang_c_mean_wait("13", "10", "5") == waiting.erlang_c_mean_wait(13, 10, 5)  # type: ignore[arg-type]
