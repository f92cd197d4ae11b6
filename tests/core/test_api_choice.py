"""An API by name in a scenario: the mean of a day, the tier of the prompt, and where the prices come from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from genai_prices.types import ClauseEquals, ConditionalPrice, ModelInfo, ModelPrice, TimeOfDateConstraint

from napkinxl import Scenario, estimate, read_scenarios
from napkinxl.apis.choice import CHANGED, crossed_tier, named_price, price_remarks, with_api_prices
from napkinxl.apis.prices import api_price, api_price_of_day, list_apis
from napkinxl.apis.whole_day import terms_of_day
from napkinxl.errors import InputError
from napkinxl.scenarios.scenario import LONGEST_TEXT

SONNET = "anthropic/claude-sonnet-4-5"
INPUT, CACHED, OUTPUT = (f"api_{kind}_usd_per_million_tokens" for kind in ("input", "cached_input", "output"))
DAY = {"api_day": "2026-11-22"}


def test_the_mean_of_a_day_on_paper() -> None:
    """deepseek-flash is 0.30, 0.006 and 1.20 USD from 1 to 4 and 6 to 10 UTC, seven hours, else 0.15, 0.003, 0.60."""
    price = api_price_of_day("deepseek/deepseek-flash", date(2026, 11, 22))
    assert price.input_usd_per_million_tokens == pytest.approx((7 * 0.30 + 17 * 0.15) / 24)
    assert price.cached_input_usd_per_million_tokens == pytest.approx((7 * 0.006 + 17 * 0.003) / 24)
    assert price.output_usd_per_million_tokens == pytest.approx((7 * 1.20 + 17 * 0.60) / 24)
    assert (price.mean_of_day, price.at) == (True, datetime(2026, 11, 22, tzinfo=UTC))
    (told,) = (text for text in price.warnings if "mean over the 24 hours of 2026-11-22" in text)
    assert "lowest: input 0.15, cached 0.003, output 0.6 " in told
    assert "highest: input 0.3, cached 0.006, output 1.2 " in told


@pytest.mark.parametrize("model", ["deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash", "deepseek-v4-pro"])
@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 8, 20), date(2026, 11, 22)])
def test_the_mean_of_a_day_by_half_hours(model: str, day: date) -> None:
    """Every window of the package begins and ends at a full or a half hour."""
    moments = [datetime.combine(day, time(), UTC) + timedelta(minutes=30 * half) for half in range(48)]
    prices = [api_price(f"deepseek/{model}", moment) for moment in moments]
    mean = api_price_of_day(f"deepseek/{model}", day)
    for name in ("input", "cached_input", "output"):
        field = f"{name}_usd_per_million_tokens"
        assert getattr(mean, field) == pytest.approx(sum(getattr(item, field) for item in prices) / len(prices))


def test_a_window_over_midnight_in_another_zone() -> None:
    """22:00 to 02:30 at two hours east of Greenwich is 20:00 to 00:30 UTC: 4.5 hours at 10, 19.5 at 2 USD."""
    from datetime import timezone

    east = timezone(timedelta(hours=2))
    night = TimeOfDateConstraint(time(22, tzinfo=east), time(2, 30, tzinfo=east))
    sets = [ConditionalPrice(prices=_prices(2)), ConditionalPrice(night, prices=_prices(10))]
    terms, _, is_mean = terms_of_day(ModelInfo("made-up", ClauseEquals("made-up"), prices=sets), date(2026, 11, 22), 1)
    assert is_mean
    assert terms.input == terms.output == pytest.approx((4.5 * 10 + 19.5 * 2) / 24)


def _prices(usd: int) -> ModelPrice:
    return ModelPrice(input_mtok=Decimal(usd), output_mtok=Decimal(usd))


def test_a_price_of_all_hours_is_that_of_a_moment() -> None:
    day, moment = date(2026, 11, 1), datetime(2026, 11, 1, tzinfo=UTC)
    for name in [name for name in list_apis() if not name.startswith("deepseek/")][::50]:
        assert str(api_price_of_day(name, day, 1000)) == str(api_price(name, moment, 1000))


def test_the_hour_of_the_run_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    from napkinxl.apis import prices

    def answer(hour: int) -> dict[str, Any]:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return datetime(2026, 11, 22, hour, tzinfo=tz)

        monkeypatch.setattr(prices, "datetime", Clock)
        return with_api_prices({"api": "deepseek/deepseek-v4-flash"})

    assert answer(2) == answer(5) == answer(23)


def test_the_source_says_api_day_version_and_prompts() -> None:
    """GP06 and GP07: 3, 0.30 and 15 USD, past 200,000 tokens 6, 0.60 and 22.50."""
    short = with_api_prices({"api": SONNET, "input_tokens_per_request": 150_000, **DAY})
    assert short["api_source"] == (
        "genai-prices 0.2.3: anthropic/claude-sonnet-4-5, 22 November 2026, prompts up to 200,000 tokens: "
        "3 in, 0.3 cached, 15 out"
    )
    long = with_api_prices({"api": SONNET, "input_tokens_per_request": 300_000, **DAY})
    assert long["api_source"].endswith("prompts over 200,000 tokens: 6 in, 0.6 cached, 22.5 out")
    steady = with_api_prices({"api": "openrouter/qwen/qwen3-32b", "api_day": date(2026, 11, 22)})
    assert steady["api_source"] == (
        "genai-prices 0.2.3: openrouter/qwen/qwen3-32b, 22 November 2026: 0.14 in, 0.09 cached, 0.4 out"
    )
    hourly = with_api_prices({"api": "deepseek/deepseek-flash", **DAY})
    assert "22 November 2026, mean of the day: 0.19375 in, 0.003875 cached, 0.775 out" in hourly["api_source"]


@pytest.mark.slow
def test_every_source_is_a_text_that_a_scenario_takes() -> None:
    longest = {
        "input_tokens_per_request": 100_000,
        **DAY,
        CACHED: "0.123456789",
        "api_output_usd_per_million_tokens": 1,
    }
    for name in list_apis():
        source = with_api_prices({"api": name, **longest})["api_source"]
        assert len(source + CHANGED) <= LONGEST_TEXT, source


def test_the_source_is_the_origin_of_the_prices() -> None:
    row = with_api_prices({"api": SONNET, OUTPUT: 5, **DAY})
    assert row["api_source"].endswith("3 in, 0.3 cached, 5 out; given: out")
    found = estimate(Scenario(**row)).in_use.origins
    assert found[INPUT] == found[CACHED] == row["api_source"]
    assert estimate(Scenario(**{INPUT: 1})).in_use.origins[INPUT] == "scenario"
    assert "api_source" not in with_api_prices({"api": SONNET, INPUT: 1, CACHED: 1, OUTPUT: 5})


def test_a_source_does_not_stand_beside_other_prices() -> None:
    row = with_api_prices({"api": SONNET, **DAY})
    assert with_api_prices(row) == row
    changed = with_api_prices({**row, INPUT: 4})
    assert changed["api_source"] == row["api_source"] + CHANGED
    assert with_api_prices(changed) == changed
    own = {INPUT: 4, "api_source": "our contract"}
    assert with_api_prices(own) == own


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"api": "openai/text-embedding-3-small"}, "'openai/text-embedding-3-small' has no price for output: name ano"),
        ({"api": SONNET, "api_day": "soon"}, "api_day must be a day as 2026-11-21, got 'soon'"),
        ({"api_day": "2026-11-21"}, "api_day is the day of the prices of an API by name: give api too"),
        ({"api": SONNET, "api_source": "mine"}, "api_source belongs to prices that are given; anthropic/claude"),
        ({"api": "qwen3-32b"}, "'qwen3-32b' is sold by 9 providers; name one: groq/qwen/qwen3-32b or "),
        ({"api": "glm-4.6"}, "'glm-4.6' is sold by "),
    ],
)
def test_refused(row: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        with_api_prices(row)
    assert "\n" not in str(caught.value)


def test_an_output_price_of_one_s_own_mends_one_that_is_missing() -> None:
    row = with_api_prices({"api": "openai/text-embedding-3-small", OUTPUT: 0, **DAY})
    assert row[OUTPUT] == 0


@pytest.mark.parametrize("name", ["gpt-5", "claude-sonnet-4-5", "deepseek-chat", "kimi-k2"])
def test_a_model_s_maker_comes_first(name: str) -> None:
    makers = {"gpt-5": "openai", "claude-sonnet-4-5": "anthropic", "deepseek-chat": "deepseek", "kimi-k2": "moonshotai"}
    assert api_price(name).provider == makers[name]


def test_writes_to_the_cache_are_told_where_a_cache_is_used() -> None:
    """GP08: claude-sonnet-4-5 charges 3.75 USD for a million tokens written to the cache, 3 for fresh ones."""

    def remarks(**fields: float) -> Iterator[str]:
        row = {"api": SONNET, **DAY, **fields}
        price = named_price(row)
        assert price is not None
        return (text for text in price_remarks(row, price) if "writing to the cache" in text)

    (told,) = remarks(cached_input_share=0.8)
    assert told == (
        f"{SONNET}: writing to the cache costs 3.75 USD per million tokens against 3 for fresh input, and is left out"
    )
    assert not list(remarks())


@pytest.mark.parametrize(
    ("low", "high", "limit"),
    [(1, 200_000, ""), (100_000, 300_000, "over 200,000"), (250_000, 300_000, "over 200,000"), (1, 200_001, "over 2")],
)
def test_prompts_that_cross_a_tier(low: float, high: float, limit: str) -> None:
    price = api_price_of_day(SONNET, prompt_tokens=150_000)
    told = crossed_tier(price, low, high)
    assert bool(told) is bool(limit)
    assert limit in told
    assert not told or told.endswith("taken throughout are the prices of 150,000 tokens")


def test_the_section_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f"[api]\nname = '{SONNET}'\nday = 2026-11-22\n", encoding="utf-8")
    (found,) = read_scenarios(path)
    assert ", 22 November 2026, " in found.api_source
    path.write_text(f"[api]\nsource = 'our contract of May'\n{INPUT} = 1\n", encoding="utf-8")
    assert read_scenarios(path)[0].api_source == "our contract of May"
    for text, message in (
        (
            "[api]\nnme = 'openai/gpt-5'\n",
            r"s\.toml: there is no field of .* \[api\] 'nme'; did you mean name",
        ),
        ("[api]\nwhatever = 1\n", r"there are name, day, source, api_input_usd_per_million_tokens"),
        ("[gpu]\nnme = 'H100'\n", r"no field of the section \[gpu\] 'nme'; did you mean name"),
        (
            "[[tier]]\nname = 'A'\n[[tier]]\nname = 'B'\n[tier.api]\nname = 'opnai/gpt-5'\n",
            r"^s\.toml, scenario 2: there is no API",
        ),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=message):
            read_scenarios(path)
