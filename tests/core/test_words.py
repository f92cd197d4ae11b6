"""Names, labels and sentences of everything that people meet: each can be understood alone, in a long list."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from typing import Any

import pytest

from napkinxl.engine.inputs import Input
from napkinxl.engine.registry import known_names
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN

LONGEST_LABEL = 45
# What leans on another row, or is no finance English.
LEANING = (
    "absent ones",
    "what it leaves",
    "inputs below",
    "row above",
    "rows above",
    "see above",
    "see below",
    "utiliz",
)
# Each name in a unit holds one of these parts, and none of another unit's further to its end.
UNIT_PARTS: dict[str, tuple[str, ...]] = {
    "GB": ("gb", "gb_per_gpu"),
    "TB/s": ("tb_s",),
    "TFLOP/s": ("tflops",),
    "FLOP": ("flops",),
    "GFLOP": ("gflop",),
    "GFLOP/token": ("gflop_per_token",),
    "FLOP/element": ("flops_per_element",),
    "FLOP/byte": ("flop_per_byte",),
    "elements": ("elements", "size", "dim", "rank"),
    "elements/token": ("elements_per_token",),
    "billion": ("b",),
    "ms": ("ms",),
    "us": ("us",),
    "bits": ("bits",),
    "tokens": ("tokens",),
    "tokens/s": ("tokens_per_s",),
    "million tokens/month": ("million_tokens_per_gpu_month", "million_tokens_per_month",
                             "million_tokens_per_user_month"),
    "USD": ("usd",),
    "USD/user": ("usd_per_user",),
    "USD/seat": ("usd_per_seat",),
    "USD/h": ("usd_per_gpu_hour", "usd_per_seat_hour", "usd_per_hour"),
    "USD/month": ("usd_per_gpu_month", "usd_per_user_month", "usd_per_seat_month", "usd_per_month"),
    "USD/million tokens": ("usd_per_million_tokens",),
    "USD/request": ("usd_per_request",),
    "USD/kWh": ("usd_per_kwh",),
    "USD/kW-month": ("usd_per_kw_month",),
    "USD/GB": ("usd_per_gb",),
    "USD replicas/month": ("usd_replicas",),
    "share": ("share", "efficiency", "duty_cycle", "probability", "share_per_month", "share_per_year"),
    "x": ("factor", "ratio", "ratios", "beta", "pue"),
    "deviations": ("deviations",),
    "months": ("months", "month_count", "months_left"),
    "month no.": ("month", "month_if_loss", "month_if_cash_below_zero", "month_if_fleet_not_cheaper"),
    "h": ("hours", "hours_per_day", "hours_per_month"),
    "s": ("s", "s_per_request"),
    "GPU-s": ("gpu_s_per_request",),
    "W": ("w", "power_w_per_gpu"),
    "kW": ("power_kw_per_gpu",),
    "GB/s": ("gb_per_s",),
    "bytes": ("bytes_per_output_token",),
    "failures/year": ("failures_per_gpu_year",),
    "requests/month": ("requests_per_user_month",),
    "pools": ("pools",),
    "streams": ("streams", "streams_per_user"),
    "replicas": ("replicas", "replicas_per_pool", "replicas_for_users", "replicas_needed", "replicas_with_spares"),
    "replicas²": ("replicas2",),
    "servers": ("servers", "servers_needed"),
    "switch": ("rent_whole_servers",),
    "layers": ("layers",),
    "heads": ("heads",),
    "experts": ("experts",),
    "copies": ("copies",),
    "rows": ("rows",),
    "columns": ("columns",),
    "GPUs": ("gpus", "gpus_per_mw", "gpus_for_users", "gpus_needed"),
    "users": ("users", "subscribers", "break_even_users_per_gpu"),
    "seats": ("seats", "users_per_gpu"),
    "sequences": ("sequences", "batch", "sequences_per_user", "sequences_per_replica"),
    "text": ("verdict", "bottleneck"),
}  # fmt: skip

WORDS = {**known_names()}
assert len(MONTHLY) + len(OVER_PLAN) > 100  # the plan's are among them


def sentence(item: Any) -> str:
    return item.help if isinstance(item, Input) else item.summary


def test_labels_are_short_and_stand_once() -> None:
    labels = {name: item.label for name, item in WORDS.items()}
    assert {name: label for name, label in labels.items() if not 0 < len(label) <= LONGEST_LABEL} == {}
    counts = Counter(label.casefold() for label in labels.values())
    assert [label for label, count in counts.items() if count > 1] == []
    assert [label for label in labels.values() if not label[0].isupper() or label.endswith((".", ",", ":"))] == []


@pytest.mark.parametrize("name", WORDS)
def test_a_sentence_says_what_it_is(name: str) -> None:
    text = sentence(WORDS[name])
    assert text.endswith(".")
    assert text[0].isupper()
    assert len(text.split()) >= 5
    assert not re.match(r"(The same|As)\b", text)
    assert [words for words in LEANING if words in f"{WORDS[name].label} {text}".lower()] == []


@pytest.mark.parametrize("name", WORDS)
def test_the_unit_is_in_the_name(name: str) -> None:
    held = {part for known in UNIT_PARTS.values() for part in known if f"_{part}_" in f"_{name}_"}
    assert held, f"{name} holds no unit, and is in {WORDS[name].unit}"
    last = max(held, key=lambda part: (f"_{name}_".rindex(f"_{part}_") + len(part), len(part)))
    assert last in UNIT_PARTS.get(WORDS[name].unit, ()), f"{name} is in {WORDS[name].unit}, and ends in {last}"


def test_names_have_one_word_for_one_thing() -> None:
    """Owned, never own_ or self_host_; opex, never running_; no name that reads as a form of another."""
    assert [name for name in WORDS if re.match(r"(own|self_host|running)_", name)] == []
    assert [name for name in WORDS if re.fullmatch(r"(previous_|every_).+|.+(_so_far|_by_month)", name)] == []
    assert [name for name in WORDS if keyword.iskeyword(name)] == []


def test_only_flows_add_up_over_months() -> None:
    added = {item.unit for item in MONTHLY.values() if item.months == "sum"}
    assert added <= {"USD", "h", "users", "servers"}
    stocks = ("cumulative_cash_usd", "book_value_usd", "total_users", "owned_servers", "gpus")
    assert {MONTHLY[name].months for name in stocks} == {"last"}
