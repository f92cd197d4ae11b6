"""Capacity as chance against the cases that calculators, packages, tables and notes print."""

from __future__ import annotations

import pytest

from napkinxl.studies.busy import binomial_tail
from napkinxl.studies.engset import engset_blocking, engset_servers, engset_traffic
from napkinxl.studies.erlang import erlang_b_load, extended_erlang_b, extended_erlang_b_servers
from napkinxl.studies.queues import (
    fan_out_slow_share,
    in_line_response_s,
    mean_in_system,
    peak_to_mean_ratio,
    retry_load_factor,
    shared_response_s,
)
from napkinxl.studies.reserve import critical_ratio
from napkinxl.studies.staffing import (
    halfin_whitt_wait_probability,
    servers_for_mean_wait,
    square_root_staffing,
    staffing_beta,
)
from napkinxl.studies.waiting import allen_cunneen_mean_wait, erlang_c, erlang_c_mean_wait, erlang_c_service_level
from worked_cases.cases import Case, case, covers

TABLE_OF_LOADS = ["EB01a", "EB02a", "EB03a", "EB04a", "EB05a", "EB07a", "EB08a", "EB09a",
                  "EB02b", "EB05b", "EB08b", "EB05c", "EB10c", "EB15"]  # fmt: skip
CALLS_IN_HALF_HOURS = ["EC01", "EC03", "EC05"]
LEVELS_IN_HALF_HOURS = ["EC02", "EC04", "EC06"]
STAFFED_BY_ROOTS = ["SQ01", "SQ02", "SQ03"]
SECONDS_AN_HOUR = 3600


def whole(row: Case, name: str) -> int:
    return int(row.number(name))


def hourly_load(row: Case) -> float:
    return row.number("calls_per_hour") * row.number("aht_s") / SECONDS_AN_HOUR


@covers(*TABLE_OF_LOADS)
@pytest.mark.parametrize("name", TABLE_OF_LOADS)
def test_load_at_a_blocking(name: str) -> None:
    row = case(name)
    assert row.agrees(erlang_b_load(whole(row, "servers"), row.number("blocking")))


@covers("EB25x")
def test_a_table_in_circulation_is_wrong_for_many_servers() -> None:
    row = case("EB25x")
    found = erlang_b_load(25, 0.01)
    assert not row.agrees(found)
    assert found == pytest.approx(16.125, abs=0.0005)  # ITU-T and others' tables; the row's note gives 16.12455542


@covers("EB16")
def test_lines_when_half_of_those_turned_away_call_again() -> None:
    row = case("EB16")
    load, recall, blocking = row.number("offered"), row.number("recall"), row.number("blocking")
    assert extended_erlang_b_servers(load, recall, blocking) == row.expected
    assert extended_erlang_b(10, load, recall) == pytest.approx(0.0315, abs=0.00005)  # the row's note
    assert extended_erlang_b(11, load, recall) == pytest.approx(0.0150, abs=0.00005)


@covers(*CALLS_IN_HALF_HOURS)
@pytest.mark.parametrize("name", CALLS_IN_HALF_HOURS)
def test_share_that_waits(name: str) -> None:
    row = case(name)
    assert row.agrees(erlang_c(whole(row, "servers"), row.number("offered_erlang")))


@covers(*LEVELS_IN_HALF_HOURS)
@pytest.mark.parametrize("name", LEVELS_IN_HALF_HOURS)
def test_share_served_in_time(name: str) -> None:
    row = case(name)
    servers, load = whole(row, "servers"), row.number("offered_erlang")
    assert row.agrees(erlang_c_service_level(servers, load, row.number("aht_s"), row.number("target_s")))


@covers("EC07", "EC08", "EC12")
def test_calls_an_hour() -> None:
    waits, level, wait = case("EC07"), case("EC08"), case("EC12")
    assert waits.agrees(100 * erlang_c(whole(waits, "servers"), hourly_load(waits)))
    in_time = erlang_c_service_level(whole(level, "servers"), hourly_load(level), level.number("aht_s"), 20)
    assert level.agrees(100 * in_time)
    assert wait.agrees(erlang_c_mean_wait(whole(wait, "servers"), hourly_load(wait), wait.number("aht_s")))


@covers("EC13", "EC14")
def test_mean_wait_of_many_servers() -> None:
    loose, row = case("EC13"), case("EC14")
    found = erlang_c_mean_wait(whole(loose, "servers"), loose.number("offered"), loose.number("service_s"))
    assert found == pytest.approx(loose.expected, abs=0.006)  # the row's note: prints 2.48, exact 2.4748
    assert row.agrees(erlang_c_mean_wait(whole(row, "servers"), row.number("offered"), row.number("service_s")))


@covers("EC15")
def test_mean_wait_when_times_spread_more() -> None:
    row = case("EC15")
    spread = row.number("cv2_arrival"), row.number("cv2_service")
    servers, load, service = whole(row, "servers"), row.number("offered"), row.number("service_s")
    assert row.agrees(allen_cunneen_mean_wait(servers, load, service, *spread))


@covers(*STAFFED_BY_ROOTS)
@pytest.mark.parametrize("name", STAFFED_BY_ROOTS)
def test_square_roots_of_headroom(name: str) -> None:
    row = case(name)
    load, servers = row.number("offered"), whole(row, "min_servers")
    assert servers_for_mean_wait(load, row.number("service_s"), row.number("wait_target_s")) == servers
    assert row.agrees(staffing_beta(servers, load))
    assert square_root_staffing(load, row.expected) == pytest.approx(servers, abs=row.tolerance * load**0.5)


@covers("SQ04", "SQ05", "SQ06")
def test_one_pool_needs_fewer_than_two() -> None:
    split, pooled, large = case("SQ04"), case("SQ05"), case("SQ06")
    service, wait = split.number("service_s"), split.number("wait_target_s")
    assert 2 * servers_for_mean_wait(60, service, wait) == split.expected
    assert servers_for_mean_wait(120, service, wait) == pooled.expected
    assert servers_for_mean_wait(large.number("offered"), service, wait) == large.expected


@covers("HW01", "HW02")
@pytest.mark.parametrize("name", ["HW01", "HW02"])
def test_share_that_waits_for_many_servers(name: str) -> None:
    row = case(name)
    assert row.agrees(halfin_whitt_wait_probability(row.number("beta")))


@covers("HW03")
def test_a_loose_comment_is_not_reproduced() -> None:
    row = case("HW03")
    beta = row.number("beta")
    load = 1_000_000
    many = erlang_c(round(load + beta * load**0.5), load)
    assert halfin_whitt_wait_probability(beta) == pytest.approx(many, abs=0.0005)  # the limit is that of Erlang C
    assert many < row.expected - 0.03


@covers("BN01")
def test_more_than_ten_of_35_users() -> None:
    row = case("BN01")
    found = binomial_tail(whole(row, "slots"), whole(row, "users"), row.number("duty"))
    assert row.agrees(found)
    assert found == pytest.approx(0.000424, abs=5e-7)  # the row's note


@covers("EN01", "EN02")
@pytest.mark.parametrize("name", ["EN01", "EN02"])
def test_a_fixed_number_of_users(name: str) -> None:
    row = case(name)
    found = engset_blocking(whole(row, "servers"), whole(row, "sources"), row.number("offered_per_source"))
    assert found == pytest.approx(row.expected, abs=1e-10)  # the row's note


@covers("EN03", "EN04")
def test_a_fixed_number_of_users_turned_round() -> None:
    fewest, traffic = case("EN03"), case("EN04")
    found = engset_servers(
        whole(fewest, "sources"), fewest.number("offered_per_source"), fewest.number("blocking_at_most")
    )
    assert found == fewest.expected
    back = engset_traffic(whole(traffic, "servers"), whole(traffic, "sources"), traffic.number("blocking"))
    assert back == pytest.approx(traffic.expected, abs=1e-8)  # the row's note: the package stops at about 1e-9


@covers("QU01", "QU02", "QU03", "QU04", "QU05")
def test_small_laws_of_queues() -> None:
    line, shared, retries = case("QU01"), case("QU02"), case("QU03")
    assert line.agrees(in_line_response_s(line.number("rho"), line.number("service"), line.number("cv2")))
    assert shared.agrees(shared_response_s(shared.number("rho"), shared.number("service")))
    assert retries.agrees(retry_load_factor(retries.number("fail"), whole(retries, "max_attempts")))
    ten, hundred = case("QU04"), case("QU05")
    assert ten.agrees(100 * fan_out_slow_share(whole(ten, "parallel"), ten.number("p_slow")))
    assert hundred.agrees(100 * fan_out_slow_share(whole(hundred, "parallel"), hundred.number("p_slow")))


@covers("NW01")
def test_quantile_of_demand_to_stock() -> None:
    row = case("NW01")
    price, cost, salvage = row.number("price"), row.number("cost"), row.number("salvage")
    assert row.agrees(critical_ratio(price - cost, cost - salvage))


@covers("DS06", "DS10")
def test_a_production_day() -> None:
    peak, streams = case("DS06"), case("DS10")
    assert peak.agrees(peak_to_mean_ratio(peak.number("peak_nodes"), peak.number("avg_nodes")))
    tokens_per_s = streams.number("output_tok_per_day") / 86_400
    assert streams.agrees(mean_in_system(tokens_per_s, 1 / streams.number("tok_per_s_per_user")))
