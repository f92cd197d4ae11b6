"""An API by name in a scenario: its prices for the scenario's prompt and day, and where they come from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from napkinxl.errors import InputError
from napkinxl.inputs import get_input
from napkinxl.inputs.choices import API_SOURCE

if TYPE_CHECKING:
    from napkinxl.apis.prices import ApiPrice

API = "api"  # the field of a row that names an API, as "openai/gpt-5"
DAY = "api_day"  # the day of its prices, as 2026-11-21; today without it
# What the section [api] of a file calls these fields.
SECTION_FIELDS = {"name": API, "day": DAY, "source": API_SOURCE}
PROMPT, CACHED_SHARE = "input_tokens_per_request", "cached_input_share"
PRICES = {
    "api_input_usd_per_million_tokens": "in",
    "api_cached_input_usd_per_million_tokens": "cached",
    "api_output_usd_per_million_tokens": "out",
}
OUTPUT = "api_output_usd_per_million_tokens"
PACKAGE = "genai-prices"  # how a source begins that we wrote
CHANGED = "; prices changed since"


def with_api_prices(row: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario's fields with the prices of the API that it names and their source; a price that it sets itself stays.

    Parameters
    ----------
    row : mapping
        The fields of a scenario, not yet checked; `api` names the API, `api_day` the day of its prices.

    Raises
    ------
    InputError
        There is no such API, it has no price for output, or the fields contradict each other.
    """
    return with_prices(row, named_price(row))


def named_price(row: Mapping[str, Any]) -> ApiPrice | None:
    """The prices of the API that a scenario's fields name, for its prompt on its day; None where they name none.

    Raises
    ------
    InputError
        As `with_api_prices`.
    """
    name, day = row.get(API), row.get(DAY)
    if _blank(name):
        if not _blank(day):
            raise InputError(f"{DAY} is the day of the prices of an API by name: give {API} too, got {day!s}")
        return None
    if not isinstance(name, str):
        raise InputError(f"{API} must be the name of an API as openai/gpt-5, got {name!r}")
    from napkinxl.apis.prices import api_price_of_day  # the package of prices is loaded only for them

    price = api_price_of_day(name, _day(day), _number(row, PROMPT))
    if math.isnan(price.output_usd_per_million_tokens) and _blank(row.get(OUTPUT)):
        raise InputError(f"API model {name!r} has no price for output: name another, or give {OUTPUT}")
    return price


def with_prices(row: Mapping[str, Any], price: ApiPrice | None) -> dict[str, Any]:
    """A scenario's fields with these prices, where it does not set its own, and with their source.

    Raises
    ------
    InputError
        It names an API and says itself where the prices come from.
    """
    own = {
        name: value for name, value in row.items() if name not in (API, DAY) and not (name in PRICES and _blank(value))
    }
    if price is None:
        return _with_changed_source(own)
    if not _blank(own.get(API_SOURCE)):
        raise InputError(f"{API_SOURCE} belongs to prices that are given; {row[API]} brings its own")
    listed = {name: getattr(price, name.removeprefix("api_")) for name in PRICES}
    found = {**{name: usd for name, usd in listed.items() if not math.isnan(usd)}, **own}
    given = [text for name, text in PRICES.items() if name in own]
    source = f"{_source(price)}: {_figures(found)}" + (f"; given: {', '.join(given)}" if given else "")
    return found if len(given) == len(PRICES) else {**found, API_SOURCE: source}


def price_remarks(row: Mapping[str, Any], price: ApiPrice) -> Iterator[str]:
    """What one should know of the prices of an API that a scenario's fields name."""
    name = f"{price.provider}/{price.model}"
    for remark in price.warnings:
        yield f"{name}: {remark}"
    fresh, write = price.input_usd_per_million_tokens, price.cache_write_usd_per_million_tokens
    if _number(row, CACHED_SHARE) > 0 and write > fresh:
        yield (
            f"{name}: writing to the cache costs {write:g} USD per million tokens against {fresh:g} for fresh input, "
            "and is left out"
        )


def crossed_tier(price: ApiPrice, low: float, high: float) -> str:
    """What to say where prompts between two lengths do not all cost these prices; "" where they do."""
    starts = [price.over_prompt_tokens] if low <= price.over_prompt_tokens else []
    starts += [price.up_to_prompt_tokens] if high > price.up_to_prompt_tokens else []
    if not starts:
        return ""
    limits = " and ".join(f"{start:,.0f}" for start in starts)
    return (
        f"{price.provider}/{price.model}: {PROMPT} goes from {low:,.0f} to {high:,.0f}, and over {limits} tokens all "
        f"tokens of a request cost another price: taken throughout are the prices of {price.prompt_tokens:,.0f} tokens"
    )


def _source(price: ApiPrice) -> str:
    """Whose prices, of which day and for which prompts."""
    parts = [f"{PACKAGE} {price.package_version}: {price.provider}/{price.model}", f"{price.at.day} {price.at:%B %Y}"]
    parts += ["mean of the day"] if price.mean_of_day else []
    limits = (("over", price.over_prompt_tokens), ("up to", price.up_to_prompt_tokens))
    prompts = [f"{word} {tokens:,.0f}" for word, tokens in limits if math.isfinite(tokens)]
    parts += [f"prompts {' and '.join(prompts)} tokens"] if prompts else []
    return ", ".join(parts)


def _figures(row: Mapping[str, Any]) -> str:
    """The prices of a scenario as its source says them, so that one that is changed later shows."""
    return ", ".join(f"{get_input(name).check(row[name]):.10g} {text}" for name, text in PRICES.items() if name in row)


def _with_changed_source(row: dict[str, Any]) -> dict[str, Any]:
    """A source that we wrote says its prices: it must not stand unchanged beside others."""
    source = row.get(API_SOURCE)
    if isinstance(source, str) and source.startswith(PACKAGE) and CHANGED not in source:
        return row if f": {_figures(row)}" in source else {**row, API_SOURCE: source + CHANGED}
    return row


def _number(row: Mapping[str, Any], name: str) -> float:
    item = get_input(name)
    return item.check(row[name]) if not _blank(row.get(name)) else item.default or 0.0


def _day(value: object) -> date | None:
    """A day as a file or an option gives it."""
    if _blank(value):
        return None
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError(f"{DAY} must be a day as 2026-11-21, got {value!r}") from None


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
