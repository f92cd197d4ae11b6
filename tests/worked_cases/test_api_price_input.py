"""API prices under bad input, without their package, and with prices that some program fetched."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from napkinxl.apis import entries, prices
from napkinxl.apis.prices import ApiPrice, api_price, api_request_usd, list_apis
from napkinxl.errors import InputError, UnknownNameError

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PRICE = ApiPrice("by hand", "by hand", NOW, 0, 1, 1, math.nan, 1, "none")
text: Any = "10"
REFUSED: list[tuple[Any, type[InputError], str]] = [
    (lambda: api_price("gpt-4oo"), UnknownNameError, "there is no API model 'gpt-4oo'; did you mean gpt-4o"),
    (
        lambda: api_price("groq/llama-3.3-70"),
        UnknownNameError,
        "there is no API model .*; did you mean groq/llama-3.3-70b",
    ),
    (lambda: api_price(""), UnknownNameError, "there is no API model ''"),
    (lambda: api_price("/"), UnknownNameError, "there is no API model '/'"),
    (lambda: api_price("openai/"), UnknownNameError, "there is no API model 'openai/'"),
    (lambda: api_price("x" * 10_000), UnknownNameError, "there is no API model 'x{100}'"),
    (lambda: api_price("=cmd()"), UnknownNameError, r"there is no API model '=cmd\(\)'"),
    (
        lambda: api_price("openai/whisper-1"),
        InputError,
        "API model 'openai/whisper-1' is not priced per token",
    ),
    (lambda: api_price(None), InputError, "an API model must be a name such as openai/gpt-4o, got None"),  # type: ignore[arg-type]
    (
        lambda: api_price("o3", datetime(2026, 1, 1)),
        InputError,
        "at must be a time with its zone, such as .*, got 2026-01-01",
    ),
    (lambda: api_price("o3", text), InputError, "at must be a time with its zone, such as .*, got 10"),
    (
        lambda: api_price("o3", datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))),
        InputError,
        "at must be a time that its zone can be taken off",
    ),
    (lambda: api_price("o3", NOW, -1), InputError, "prompt_tokens must be at least 0, got -1"),
    (lambda: api_price("o3", NOW, math.inf), InputError, "prompt_tokens must be a finite number, got inf"),
    (lambda: api_price("o3", NOW, text), InputError, "prompt_tokens must be a finite number, got '10'"),
    (lambda: api_request_usd(PRICE, -1, 0, 0), InputError, "input_tokens must be at least 0, got -1"),
    (
        lambda: api_request_usd(PRICE, 10, 6, 0, 5),
        InputError,
        "cached_input_tokens and cache_write_tokens must be at most",
    ),
    (lambda: api_request_usd(PRICE, text, 0, 0), InputError, "input_tokens must be a finite number, got '10'"),
]


@pytest.mark.parametrize(("call", "kind", "message"), REFUSED)
def test_refused(call: Any, kind: type[InputError], message: str) -> None:
    with pytest.raises(kind, match=f"^{message}") as caught:
        call()
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_a_name_that_several_sell_needs_a_provider() -> None:
    name = "deepseek/deepseek-v4.1-flash"
    sellers = [listed for listed in list_apis(f"/{name}") if listed.endswith(f"/{name}")]
    assert len(sellers) > 2
    with pytest.raises(
        InputError, match=f"API model '{name}' is sold by {len(sellers)} providers; name one: "
    ) as caught:
        api_price(name, NOW)
    offers = str(caught.value).split("name one: ")[1].split(" or ")
    assert set(offers) <= set(sellers)
    assert [api_price(offer, NOW).model for offer in offers] == [name] * 3


def test_a_provider_that_does_not_sell_a_model_is_not_passed_over() -> None:
    with pytest.raises(UnknownNameError, match="there is no API model 'groq/claude-sonnet-4-5'"):
        api_price("groq/claude-sonnet-4-5", NOW)


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("genai_prices", "genai_prices.data", "genai_prices.data_snapshot", "genai_prices.types"):
        monkeypatch.setitem(sys.modules, name, None)
    entries.price_list.cache_clear()
    entries._priced_names.cache_clear()
    try:
        for call in (lambda: api_price("openai/o3"), lambda: api_price("o3"), list_apis):
            with pytest.raises(
                InputError, match=r"^API prices need the package genai-prices: pip install genai-prices$"
            ):
                call()
    finally:
        monkeypatch.undo()
        entries.price_list.cache_clear()
    assert api_price("openai/o3", NOW).model == "o3"


def test_prices_that_a_program_fetched_are_not_used() -> None:
    from genai_prices.data_snapshot import DataSnapshot, set_custom_snapshot

    set_custom_snapshot(DataSnapshot(providers=[], from_auto_update=True))
    try:
        assert api_price("openai/o3", NOW).input_usd_per_million_tokens == 2
    finally:
        set_custom_snapshot(None)


def test_importing_needs_no_package_and_prices_are_plain_data() -> None:
    assert "genai_prices" not in vars(prices)
    price = api_price("openai/o3", NOW)
    assert replace(price, prompt_tokens=1).prompt_tokens == 1
    with pytest.raises(AttributeError):
        price.model = "other"  # type: ignore[misc]
