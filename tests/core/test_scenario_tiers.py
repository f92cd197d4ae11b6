"""Files with plans, an API by name, and sections for the fleet and for what varies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from napkinxl import read_scenarios, read_sections
from napkinxl.apis.choice import named_price, price_remarks, with_api_prices
from napkinxl.errors import FileError, InputError, UnknownNameError

TIERS = """
gpu = "H100 SXM"
context_tokens = 8000
[customers]
users = 100
[fleet]
lead_months = 4
[vary.duty_cycle]
low = 0.1
high = 0.3
[[tier]]
name = "Free"
price_usd_per_user_month = 0
[[tier]]
name = "Pro"
context_tokens = 32000
[tier.customers]
users = 7
"""


def written(folder: Path, text: str, name: str = "s.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_tier_is_the_shared_scenario_with_fields_of_its_own(tmp_path: Path) -> None:
    free, pro = read_scenarios(written(tmp_path, TIERS))
    assert (free.name, free.context_tokens, free.users, free.price_usd_per_user_month) == ("Free", 8000, 100, 0)
    assert (pro.name, pro.context_tokens, pro.users, pro.price_usd_per_user_month) == ("Pro", 32_000, 7, None)
    assert free.gpu == pro.gpu == "H100 SXM"


def test_sections_beside_the_scenarios(tmp_path: Path) -> None:
    expected = {"fleet": {"lead_months": 4}, "vary": {"duty_cycle": {"low": 0.1, "high": 0.3}}}
    assert read_sections(written(tmp_path, TIERS)) == expected
    data = {"context_tokens": 1000, "fleet": {"lead_months": 4}}
    assert read_sections(written(tmp_path, json.dumps(data), "s.json")) == {"fleet": {"lead_months": 4}}
    assert read_sections(written(tmp_path, "context_tokens\n1000\n", "s.csv")) == {}
    assert read_sections(written(tmp_path, '[{"name": "A"}]', "t.json")) == {}


def test_json_has_tiers_too(tmp_path: Path) -> None:
    data = {"duty_cycle": 0.5, "tiers": [{"name": "A"}, {"name": "B", "duty_cycle": 1}]}
    first, second = read_scenarios(written(tmp_path, json.dumps(data), "s.json"))
    assert (first.duty_cycle, second.duty_cycle) == (0.5, 1)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("[flet]\nlead_months = 1\n", UnknownNameError, "there is no section 'flet'; did you mean fleet"),
        ("tier = 3\n", FileError, "must hold a scenario or a list of scenarios"),
        ("tier = []\n", FileError, "holds no scenario"),
        (
            "[[tier]]\nname = 'A'\n[[tier]]\nname = 'A'\n",
            InputError,
            "s.toml: each tier needs a name .*, got 'A' 2 times",
        ),
        ("[[tier]]\nname = 'A'\nusers = -1\n", InputError, "s.toml, scenario 1: users must be .*, got -1"),
        ("[[tier]]\nname = 'A'\n[tier.customers]\nduty_cycle = 1\n", InputError, r"belongs in the section \[use\]"),
        ("[api]\nname = 3\n", InputError, "api must be the name of an API as openai/gpt-5, got 3"),
        ("[api]\nname = 'openai/gpt-55555'\n", InputError, "did you mean"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(InputError if error is UnknownNameError else error, match=message):
        read_scenarios(written(tmp_path, text))


def test_an_api_by_name_gives_its_prices(tmp_path: Path) -> None:
    """Worked case LT14-like figures: genai-prices lists Groq's llama-3.3-70b at 0.59 and 0.79 USD (GP14: 1.38)."""
    (found,) = read_scenarios(written(tmp_path, "[api]\nname = 'groq/llama-3.3-70b-versatile'\n"))
    prices = found.api_input_usd_per_million_tokens, found.api_output_usd_per_million_tokens
    assert sum(filter(None, prices)) == pytest.approx(1.38)


def test_own_prices_stay() -> None:
    row = {"api": "groq/llama-3.3-70b-versatile", "api_output_usd_per_million_tokens": 5}
    assert with_api_prices(row)["api_output_usd_per_million_tokens"] == 5
    assert with_api_prices({"api": "", "users": 3}) == {"users": 3}


def test_a_long_prompt_crosses_a_tier() -> None:
    """GP06 and GP07: past 200,000 input tokens claude-sonnet-4-5 costs 6 and 22.50 instead of 3 and 15 USD."""
    heard: list[str] = []

    def prices(tokens: Any) -> tuple[float, float]:
        row = {"api": "anthropic/claude-sonnet-4-5", "api_day": "2026-01-01", "input_tokens_per_request": tokens}
        found, price = with_api_prices(row), named_price(row)
        assert price is not None
        heard.extend(price_remarks(row, price))
        return found["api_input_usd_per_million_tokens"], found["api_output_usd_per_million_tokens"]

    assert prices(200_000) == (3, 15)
    assert prices(200_001) == (6, 22.5)
    assert any("anthropic/claude-sonnet-4-5" in line for line in heard)


def test_requests_by_hour_give_the_busiest_hour_over_the_mean(tmp_path: Path) -> None:
    """Twelve quiet hours of 10 and twelve of 50: the mean is 30."""
    hours = [10] * 12 + [50] * 12
    (found,) = read_scenarios(written(tmp_path, f"[traffic]\nrequests_by_hour = {hours}\n"))
    assert found.peak_to_mean_ratio == pytest.approx(50 / 30)


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ("[1, 2]", "must be 24 numbers of at least 0, not all 0, got 2 of them"),
        ("3", "must be 24 numbers of at least 0, not all 0, got 3"),
        (str([0] * 24), "not all 0"),
        (str([-1] * 24), "at least 0"),
        (str([1] * 23) + "\npeak_to_mean_ratio = 2", "give requests_by_hour or peak_to_mean_ratio, not both"),
        ("[" + "nan, " * 24 + "]", "24 numbers"),
    ],
)
def test_hours_that_are_refused(tmp_path: Path, hours: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_scenarios(written(tmp_path, f"[traffic]\nrequests_by_hour = {hours}\n"))
