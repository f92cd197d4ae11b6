"""Ranges as people write them, right and wrong."""

from __future__ import annotations

from typing import Any

import pytest

from napkinxl import InputError
from napkinxl.studies.ranges import make_range
from napkinxl.studies.written_ranges import merged, parse_axis, parse_range, read_ranges


def test_the_section_of_a_file() -> None:
    section = {
        "context_tokens": {"low": 4_000, "mode": 20_000, "high": 40_000},
        "duty_cycle": [0.1, 0.2],
        "gpu_price_usd": {"median": 30_000, "p95": 60_000},
        "rent_usd_per_gpu_hour": {"mean": 3, "sd": 0.5},
    }
    found = read_ranges(section)
    assert [(item.name, item.kind, item.numbers) for item in found] == [
        ("context_tokens", "triangular", (4_000, 20_000, 40_000)),
        ("duty_cycle", "values", (0.1, 0.2)),
        ("gpu_price_usd", "lognormal", (30_000, 60_000)),
        ("rent_usd_per_gpu_hour", "normal", (3, 0.5)),
    ]


def test_the_ends_of_a_range() -> None:
    # 1.645 standard deviations leave 5% at each end.
    normal = make_range("rent_usd_per_gpu_hour", {"mean": 3, "sd": 0.5})
    assert (normal.low, normal.high) == pytest.approx((3 - 0.8225, 3 + 0.8225), abs=0.0005)
    lognormal = make_range("gpu_price_usd", {"median": 30_000, "p95": 60_000})
    assert (lognormal.low, lognormal.high) == pytest.approx((15_000, 60_000))
    values = make_range("duty_cycle", {"values": [0.5, 0.1, 0.3]})
    assert (values.low, values.high) == (0.1, 0.5)


@pytest.mark.parametrize(
    "fields", [{"mean": 0.9, "sd": 0.5}, {"mean": 0.1, "sd": 1}, {"median": 0.5, "p95": 1}, {"median": 1e-9, "p95": 1}]
)
def test_the_ends_leave_a_twentieth_of_what_is_drawn(fields: dict[str, float]) -> None:
    item = make_range("duty_cycle", fields)
    drawn = item.draw(0, 0, 200_000)
    assert (drawn < item.low).mean() == pytest.approx(0.05, abs=0.005)
    assert (drawn > item.high).mean() == pytest.approx(0.05, abs=0.005)


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("context_tokens=4000:40000", "uniform", (4_000, 40_000)),
        ("context-tokens = 4_000 : 20_000 : 40_000", "triangular", (4_000, 20_000, 40_000)),
        ("duty_cycle=0.1,0.2,0.5", "values", (0.1, 0.2, 0.5)),
        ("duty_cycle=0.3", "values", (0.3,)),
        ("context_tokens=4e3:4e4", "uniform", (4_000, 40_000)),
    ],
)
def test_ranges_on_the_command_line(text: str, kind: str, numbers: tuple[float, ...]) -> None:
    found = parse_range(text)
    assert (found.kind, found.numbers) == (kind, numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("context_tokens=4000:40000:4", (4_000, 16_000, 28_000, 40_000)),
        ("gpus_per_replica=1:3:5", (1, 2, 3)),  # 1, 1.5, 2, 2.5, 3 rounded to even
        ("duty_cycle=0.5,0.1", (0.5, 0.1)),
    ],
)
def test_axes_on_the_command_line(text: str, numbers: tuple[float, ...]) -> None:
    assert parse_axis(text).numbers == pytest.approx(numbers)


def test_the_command_line_takes_the_place_of_the_file() -> None:
    own = read_ranges({"duty_cycle": [0.1], "context_tokens": [4_000]})
    found = merged(own, [parse_range("duty_cycle=0.5:1")])
    assert [(item.name, item.kind) for item in found] == [("context_tokens", "values"), ("duty_cycle", "uniform")]
    assert merged(own, []) == own


BAD_SECTIONS: list[tuple[Any, str]] = [
    ({"context_token": [1]}, "did you mean context_tokens"),
    ({"gpu": ["H100"]}, "no input 'gpu'"),
    ({"duty_cycle": {"low": 0.1, "hihg": 0.2}}, "no field of the range of duty_cycle 'hihg'; did you mean high"),
    ({"duty_cycle": {"low": 0.1}}, "duty_cycle must be given as low and high; .*; got low"),
    ({"duty_cycle": {}}, "got nothing"),
    ({"duty_cycle": {"low": 0.1, "high": 1.1}}, r"high of duty_cycle must be in \(0, 1\], got 1.1"),
    ({"duty_cycle": {"low": 0, "high": 1}}, r"low of duty_cycle must be in \(0, 1\], got 0"),
    ({"duty_cycle": {"low": 0.2, "high": 0.1}}, r"low of duty_cycle must be below high \(0.1\), got 0.2"),
    ({"duty_cycle": {"low": 0.2, "high": 0.2}}, "must be below"),
    ({"duty_cycle": {"low": 0.1, "mode": 0.5, "high": 0.3}}, r"mode of duty_cycle must be in \[0.1, 0.3\], got 0.5"),
    ({"duty_cycle": {"mean": 0.2, "sd": 0}}, r"sd of duty_cycle must be in \(0, 1\], got 0"),
    ({"duty_cycle": {"mean": 0.2, "sd": 5}}, "sd of duty_cycle"),
    ({"duty_cycle": {"mean": 2, "sd": 0.1}}, "mean of duty_cycle"),
    ({"gpu_price_usd": {"median": 0, "p95": 5}}, "median of gpu_price_usd must be above 0, got 0"),
    ({"gpu_price_usd": {"median": 5, "p95": 5}}, "must be below p95"),
    ({"gpus_per_replica": {"low": 1.5, "high": 4}}, "low of gpus_per_replica must be a whole number"),
    ({"duty_cycle": {"low": "a", "high": 1}}, "low of duty_cycle must be a number"),
    ({"duty_cycle": {"low": True, "high": 1}}, "must be a number"),
    ({"duty_cycle": {"low": float("nan"), "high": 1}}, "must be a number"),
    ({"duty_cycle": {"low": "10%", "high": 1}}, "write 0.2 for 20%"),
    ({"duty_cycle": []}, "a list of at least one number"),
    ({"duty_cycle": [0.1, 2]}, r"duty_cycle must be in \(0, 1\], got 2"),
    ({"duty_cycle": [[0.1]]}, "must be a number"),
    ({"duty_cycle": {"values": "0.1"}}, "must be a list"),
    ({"duty_cycle": 0.1}, "must be a list of values, or low and high; got 0.1"),
    ({"duty_cycle": "0.1:0.2"}, "must be a list of values"),
    ([1], r"the section \[vary\] must hold a range per input"),
]


@pytest.mark.parametrize(("section", "message"), BAD_SECTIONS, ids=[message for _, message in BAD_SECTIONS])
def test_bad_sections_are_refused(section: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_ranges(section)


BAD_TEXTS = [
    ("", "must be written INPUT="),
    ("duty_cycle", "must be written INPUT="),
    ("duty_cycle=", "must be written INPUT="),
    ("duty_cyle=0.1:0.2", "did you mean duty_cycle"),
    ("duty_cycle=0.1:0.2:0.3:0.4", "must be low:high or low:mode:high"),
    ("duty_cycle=,", "a list of at least one number"),
    ("duty_cycle=0.1:", "must be a number"),
    ("duty_cycle=0.1:x", "must be a number"),
    ("context_tokens=0:10", "low of context_tokens must be at least 1, got 0"),
]


@pytest.mark.parametrize(("text", "message"), BAD_TEXTS)
def test_bad_ranges_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_range(text)


BAD_AXES = [
    ("duty_cycle=0.1:0.2", "must be low:high:count or value,value"),
    ("duty_cycle=0.1:0.2:1", "count of duty_cycle must be a whole number"),
    ("duty_cycle=0.1:0.2:2.5", "count of duty_cycle must be a whole number"),
    ("duty_cycle=0.1:0.2:1e9", "count of duty_cycle must be"),
    ("duty_cycle=0.2:0.1:3", "must be below"),
]


@pytest.mark.parametrize(("text", "message"), BAD_AXES)
def test_bad_axes_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_axis(text)


def test_an_input_varies_in_one_way() -> None:
    with pytest.raises(InputError, match="duty_cycle varies in two ways"):
        merged([], [parse_range("duty_cycle=0.1:0.2"), parse_range("duty_cycle=0.3")])
