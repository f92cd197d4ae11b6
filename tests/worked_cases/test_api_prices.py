"""API prices against the published cases, hand arithmetic on them, and the package's own sums."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import genai_prices
import pytest
from genai_prices.types import ConditionalPrice, ModelInfo, ModelPrice
from hypothesis import assume, given
from hypothesis import strategies as st

from napkinxl.apis import terms as api_terms
from napkinxl.apis.prices import ApiPrice, api_price, api_request_usd, list_apis
from napkinxl.errors import InputError
from worked_cases.cases import Case, case, covers

PRICES = [f"GP{number:02d}" for number in range(1, 17)]
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    year, month, day, hour = (*parts, 0)[:4]
    return datetime(year, month, day, hour, tzinfo=UTC)


def hand_price(input_usd: float, cached_usd: float, output_usd: float) -> ApiPrice:
    return ApiPrice("by hand", "by hand", NOW, 0, input_usd, cached_usd, math.nan, output_usd, "none")


def optional(row: Case, name: str) -> float:
    return row.number(name) if name in row.inputs else 0.0


@covers(*PRICES)
@pytest.mark.parametrize("name", PRICES)
def test_published_price(name: str) -> None:
    row = case(name)
    tokens = row.number("input_tok")
    at = datetime.fromisoformat(row.inputs["at"])
    price = api_price(f"{row.inputs['provider']}/{row.inputs['model']}", at, tokens)
    cached, written = optional(row, "cache_read_tok"), optional(row, "cache_write_tok")
    found = api_request_usd(price, tokens, cached, row.number("output_tok"), written)
    assert found == pytest.approx(row.expected, rel=1e-12)
    assert (price.provider, price.model) == (row.inputs["provider"], row.inputs["model"])
    assert price.package_version == genai_prices.__version__


@covers("LT01")
def test_two_classes_of_tokens() -> None:
    row = case("LT01")
    price = hand_price(row.number("in_per_M"), math.nan, row.number("out_per_M"))
    assert row.agrees(api_request_usd(price, row.number("in_tok"), 0, row.number("out_tok")))


@covers("MI01")
def test_prices_per_thousand() -> None:
    row = case("MI01")
    price = hand_price(1000 * row.number("in_per_K"), math.nan, 1000 * row.number("out_per_K"))
    assert row.agrees(api_request_usd(price, row.number("in_tok"), 0, row.number("out_tok")))


@covers("DS02")
def test_a_day_at_deepseek() -> None:
    row = case("DS02")
    price = hand_price(row.number("miss_usd_per_M"), row.number("hit_usd_per_M"), row.number("out_usd_per_M"))
    found = api_request_usd(price, row.number("input_tok"), row.number("cache_hit_tok"), row.number("output_tok"))
    # The source rounds its tokens to 1e9 and prints what the unrounded ones cost.
    assert found == pytest.approx(row.expected, rel=2e-4)
    assert not row.agrees(found)


@given(
    st.sampled_from(list_apis()),
    st.integers(0, 1_200_000),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 100_000),
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)),
)
def test_the_package_s_own_sum(
    name: str, tokens: int, cached_share: float, written_share: float, output: int, at: datetime
) -> None:
    cached = int(tokens * cached_share)
    written = int((tokens - cached) * written_share)
    price = api_price(name, at, tokens)
    found = api_request_usd(price, tokens, cached, output, written)
    provider, model = name.split("/", 1)
    usage = genai_prices.Usage(
        input_tokens=tokens, cache_read_tokens=cached, cache_write_tokens=written, output_tokens=output
    )
    try:
        theirs = genai_prices.calc_price(usage, model, provider_id=provider, genai_request_timestamp=at)
    except LookupError:  # a few entries only match longer names than their own
        assume(False)
    assert price.model == theirs.model.id
    expected = float(theirs.total_price)
    if theirs.model_price.requests_kcount is not None:
        fee = theirs.model_price.requests_kcount
        expected -= float(fee if not hasattr(fee, "base") else fee.base) / 1000
    if math.isnan(found):
        assert theirs.model_price.output_mtok is None
        assert output > 0
    else:
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_tier_is_told_before_and_after_it_is_crossed() -> None:
    at = utc(2026, 1, 1)
    below = api_price("anthropic/claude-sonnet-4-5", at, 150_000)
    far_below = api_price("anthropic/claude-sonnet-4-5", at, 1_000)
    unsaid = api_price("anthropic/claude-sonnet-4-5", at)
    above = api_price("anthropic/claude-sonnet-4-5", at, 200_001)
    coming = "over 200,000 prompt tokens all tokens of a request cost another price: input 6, cached 0.6, output 22.5"
    assert below.warnings[0].startswith(coming)
    assert unsaid.warnings[0].startswith(coming)
    assert not any("200,000" in text for text in far_below.warnings)
    assert above.warnings[0].startswith("over 200,000 prompt tokens all tokens of a request cost the long-prompt price")
    assert (below.up_to_prompt_tokens, above.over_prompt_tokens) == (200_000, 200_000)


def test_a_price_is_not_used_for_another_prompt_size() -> None:
    below, above = (api_price("anthropic/claude-sonnet-4-5", utc(2026, 1, 1), size) for size in (200_000, 200_001))
    with pytest.raises(
        InputError, match=r"must be up to 200,000 at this price of claude-sonnet-4-5, got 200,001; read"
    ):
        api_request_usd(below, 200_001, 0, 0)
    with pytest.raises(InputError, match=r"must be over 200,000 at this price of claude-sonnet-4-5, got 200,000; read"):
        api_request_usd(above, 200_000, 0, 0)


def test_between_two_tiers() -> None:
    name = "openrouter/qwen/qwen3-coder-flash"
    steps = [api_price(name, NOW, size) for size in (32_000, 32_001, 128_000, 128_001)]
    prices = [step.input_usd_per_million_tokens for step in steps]
    assert prices[0] < prices[1] == prices[2] < prices[3]
    assert (steps[1].over_prompt_tokens, steps[1].up_to_prompt_tokens) == (32_000, 128_000)


def test_daily_prices_without_a_date_are_told() -> None:
    peak, quiet = (api_price("deepseek/deepseek-v4-flash", utc(2026, 5, 1, hour)) for hour in (2, 12))
    assert peak.warnings[0] == (
        "a daily price from 01:00 to 04:00 UTC is in force; it bears no date and may not have held on 2026-05-01"
    )
    assert "from 01:00 to 04:00 UTC the price is another: input 0.3, cached 0.006, output 1.2" in quiet.warnings[0]
    assert any(
        "the price is undated, the only one without a date, before 2026-08-17" in text for text in quiet.warnings
    )
    assert any("from 2026-08-17 on the price is another: input 0.22" in text for text in quiet.warnings)
    assert not any("2026-08-17" in text for text in peak.warnings)  # at that hour the daily price stays


def test_dates_that_the_package_does_not_have_are_told() -> None:
    before = api_price("openai/o3", utc(2025, 6, 9))
    assert before.input_usd_per_million_tokens == 10
    assert any("may not have held on 2025-06-09" in text for text in before.warnings)
    assert any("from 2025-06-10 on the price is another: input 2, cached 0.5, output 8" in w for w in before.warnings)
    assert api_price("openai/o3", utc(2025, 6, 10)).warnings == ()
    old = api_price("openai/gpt-4o", utc(2023, 1, 1))  # a year before the model
    assert any("undated, the only one listed: it may not have held on 2023-01-01" in text for text in old.warnings)
    assert not any("undated" in text for text in api_price("openai/gpt-4o").warnings)


def test_announced_prices_are_told() -> None:
    far = datetime.now(UTC).date() + timedelta(days=30)
    from genai_prices.types import ClauseEquals, StartDateConstraint

    sets = [
        ConditionalPrice(prices=ModelPrice(input_mtok=_usd(1), output_mtok=_usd(2))),
        ConditionalPrice(StartDateConstraint(far), prices=ModelPrice(input_mtok=_usd(3), output_mtok=_usd(4))),
    ]
    model = ModelInfo("made-up", ClauseEquals("made-up"), prices=sets)
    terms, remarks = api_terms.terms_in_force(model, datetime(far.year, far.month, far.day, tzinfo=UTC), 1)
    assert (terms.input, terms.output) == (3, 4)
    assert f"the price is announced for {far} and not in force yet" in remarks
    terms, remarks = api_terms.terms_in_force(model, datetime.now(UTC), 1)
    assert (terms.input, terms.output) == (1, 2)
    assert f"from {far} on the price is another: input 3, cached 3, output 4 USD per million tokens" in remarks


def _usd(amount: int) -> Any:
    from decimal import Decimal

    return Decimal(amount)


def test_which_entry_a_name_matched() -> None:
    dated = api_price("o3-2025-04-16", NOW)
    assert (dated.provider, dated.model) == ("openai", "o3")
    assert dated.warnings == ("'o3-2025-04-16' matched the entry 'o3' of openai",)
    assert api_price(" OpenAI/O3 ", NOW).warnings == ()
    resold = api_price("azure/gpt-4o", NOW)
    assert resold.provider == "azure"
    assert "azure lists no price of its own: the price is that of openai" in resold.warnings
    assert api_price("llama-3.3-70b-versatile", NOW).provider == "groq"  # one seller only


def test_every_listed_name_is_found_again() -> None:
    for name in list_apis():
        provider, model = name.split("/", 1)
        price = api_price(name, NOW)
        assert (price.provider, price.model) == (provider, model)
        assert price.input_usd_per_million_tokens >= 0


def test_list() -> None:
    assert len(list_apis()) > 1000
    assert list_apis("NO SUCH THING") == []
    assert set(list_apis("DeepSeek/")) <= set(list_apis("deepseek"))


def test_tokens_without_a_price() -> None:
    embedding = api_price("openai/text-embedding-3-small", NOW)
    assert api_request_usd(embedding, 1e6, 0, 0) == pytest.approx(embedding.input_usd_per_million_tokens)
    assert math.isnan(api_request_usd(embedding, 1e6, 0, 1))
    assert "no price for output is listed" in embedding.warnings
    plain = api_price("groq/llama-3.3-70b-versatile", NOW)
    assert plain.cached_input_usd_per_million_tokens == plain.input_usd_per_million_tokens
    assert "no price for cached input is listed: it costs as much as fresh input" in plain.warnings
    assert math.isnan(plain.cache_write_usd_per_million_tokens)
    assert api_request_usd(plain, 100, 0, 0, 100) == api_request_usd(plain, 100, 0, 0)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.floats(0, 1), st.floats(0, 1))
def test_more_never_costs_less_and_cached_never_more(tokens: int, output: int, less: float, more: float) -> None:
    price = hand_price(2.0, 0.5, 8.0)
    low, high = sorted((int(tokens * less), int(tokens * more)))
    assert api_request_usd(price, tokens, high, output) <= api_request_usd(price, tokens, low, output)
    assert api_request_usd(price, low, 0, output) <= api_request_usd(price, high, 0, output + 1)
    assert math.isnan(api_request_usd(price, math.nan, 0, output))
