"""What the tokens of a request cost at an API: prices from the package genai-prices, by date and prompt size."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import metadata

from napkinxl.apis.entries import ApiEntry, find_entry, is_priced_per_token, list_apis
from napkinxl.apis.terms import Terms, terms_in_force
from napkinxl.apis.token_counts import token_count
from napkinxl.apis.whole_day import terms_of_day
from napkinxl.errors import InputError

__all__ = ["ApiPrice", "api_price", "api_price_of_day", "api_request_usd", "list_apis"]

TOKENS_PER_PRICE = 1e6


@dataclass(frozen=True)
class ApiPrice:
    """The prices of an API's model at a time, or over the day that begins then, and a prompt size.

    `model` is the entry of the package that the name matched. They hold for prompts of more than
    `over_prompt_tokens` and up to `up_to_prompt_tokens`. `mean_of_day`: they change with the hour, and are a mean.
    """

    provider: str
    model: str
    at: datetime
    prompt_tokens: float
    input_usd_per_million_tokens: float
    cached_input_usd_per_million_tokens: float
    cache_write_usd_per_million_tokens: float
    output_usd_per_million_tokens: float
    package_version: str
    warnings: tuple[str, ...] = ()
    over_prompt_tokens: float = -math.inf
    up_to_prompt_tokens: float = math.inf
    mean_of_day: bool = False


def api_price(name: str, at: datetime | None = None, prompt_tokens: float = 0.0) -> ApiPrice:
    """The prices of an API's model, and what one should know about them.

    Parameters
    ----------
    name : str
        "provider/model" or a model alone; matched by the rules of the package, `model` says to which entry.
    at : datetime, optional
        When the request is made, with its time zone; now without it.
    prompt_tokens : float
        Input tokens of one request, cached ones too: over a tier's start all of its tokens cost more [tokens].

    Returns
    -------
    ApiPrice
        Prices [USD/million tokens]; cache writes are NaN where they have no price of their own, cached input is
        charged as fresh where it has none. `warnings` name the traps: tiers, hours of the day, missing dates,
        changes to come.

    Raises
    ------
    UnknownNameError
        There is no such model; the message offers the nearest.
    InputError
        Several providers sell it, it is not priced per token, `at` has no time zone, or the package is missing.

    Notes
    -----
    Prices are those inside the installed version of the package, and nothing is fetched. They are list prices: no
    batch, flexible or priority service, no search or tool fees, no agreed discounts.

    Examples
    --------
    >>> price = api_price("anthropic/claude-sonnet-4-5", datetime(2026, 1, 1, tzinfo=UTC), prompt_tokens=200_001)
    >>> price.input_usd_per_million_tokens, price.output_usd_per_million_tokens
    (6.0, 22.5)

    References
    ----------
    genai-prices, kept by pydantic, MIT licence; its figures come from the providers' price pages.
    """
    when = _utc(at)
    tokens = token_count("prompt_tokens", prompt_tokens)
    entry = _priced_entry(name)
    return _price(entry, when, tokens, *terms_in_force(entry.model, when, tokens))


def api_price_of_day(name: str, day: date | None = None, prompt_tokens: float = 0.0) -> ApiPrice:
    """The prices of an API's model for traffic that comes evenly over a day.

    price = sum over the prices of the day of (price * hours in which it is in force) / 24

    Parameters
    ----------
    name : str
        "provider/model" or a model alone, as for `api_price`.
    day : date, optional
        The day in UTC; today without it.
    prompt_tokens : float
        Input tokens of one request, cached ones too [tokens].

    Returns
    -------
    ApiPrice
        Prices [USD/million tokens], as `api_price` gives them; `at` is the beginning of the day. Where they change with
        the hour they are a mean, and a warning gives the lowest and the highest.

    Raises
    ------
    UnknownNameError
        There is no such model; the message offers the nearest.
    InputError
        Several providers sell it, it is not priced per token, or the package is missing.

    Notes
    -----
    A month of traffic has no hour: at the price of one moment the same command would answer differently at noon and at
    night.

    Examples
    --------
    >>> round(api_price_of_day("deepseek/deepseek-flash", date(2026, 11, 22)).input_usd_per_million_tokens, 6)
    0.19375

    References
    ----------
    Seven hours at 0.30 and seventeen at 0.15 USD, as genai-prices 0.2.3 lists them.
    """
    midnight = datetime.combine(day or datetime.now(UTC).date(), time(), UTC)
    tokens = token_count("prompt_tokens", prompt_tokens)
    entry = _priced_entry(name)
    terms, remarks, mean_of_day = terms_of_day(entry.model, midnight.date(), tokens)
    return _price(entry, midnight, tokens, terms, remarks, mean_of_day)


def _priced_entry(name: str) -> ApiEntry:
    entry = find_entry(name)
    if not is_priced_per_token(entry.model):
        raise InputError(f"API model {name!r} is not priced per token of input: it matched {entry.model.id}")
    return entry


def _price(
    entry: ApiEntry, at: datetime, tokens: float, terms: Terms, remarks: Iterable[str], mean_of_day: bool = False
) -> ApiPrice:
    return ApiPrice(
        provider=entry.seller,
        model=entry.model.id,
        at=at,
        prompt_tokens=tokens,
        input_usd_per_million_tokens=terms.input,
        cached_input_usd_per_million_tokens=terms.cached,
        cache_write_usd_per_million_tokens=terms.cache_write,
        output_usd_per_million_tokens=terms.output,
        package_version=metadata.version("genai-prices"),
        warnings=(*entry.remarks, *remarks),
        over_prompt_tokens=terms.over_tokens,
        up_to_prompt_tokens=terms.up_to_tokens,
        mean_of_day=mean_of_day,
    )


def api_request_usd(
    price: ApiPrice,
    input_tokens: float,
    cached_input_tokens: float,
    output_tokens: float,
    cache_write_tokens: float = 0.0,
) -> float:
    """What one request costs at an API.

    api_request_usd = (fresh * input price + cached * cached price + written * write price + output * output price)
    / 1e6, fresh = input_tokens - cached_input_tokens - cache_write_tokens

    Parameters
    ----------
    price : ApiPrice
        Prices, read at this prompt size.
    input_tokens : float
        All input tokens of the request [tokens].
    cached_input_tokens : float
        Those of them that are read from the cache [tokens].
    output_tokens : float
        Output tokens, reasoning included [tokens].
    cache_write_tokens : float
        Those of the input that are written to the cache; without a price of their own they cost as input [tokens].

    Returns
    -------
    float
        Cost [USD]; NaN where a count is NaN, or a kind of token that is used has no price.

    Raises
    ------
    InputError
        Cached and written tokens are more than the input, or the prices are those of another prompt size.

    Examples
    --------
    >>> price = api_price("openai/gpt-4o", datetime(2025, 9, 1, tzinfo=UTC))
    >>> api_request_usd(price, 1_000_000, 500_000, 1_000_000)
    11.875

    References
    ----------
    Worked cases GP01 to GP16.
    """
    counts = (input_tokens, cached_input_tokens, cache_write_tokens, output_tokens)
    if any(isinstance(count, float) and math.isnan(count) for count in counts):
        return math.nan
    names = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
    tokens, cached, written, output = map(token_count, names, counts)
    if cached + written > tokens:
        raise InputError(
            f"cached_input_tokens and cache_write_tokens must be at most input_tokens {tokens:,.10g}, "
            f"got {cached:,.10g} and {written:,.10g}"
        )
    if not price.over_prompt_tokens < tokens <= price.up_to_prompt_tokens:
        raise InputError(_other_size(price, tokens))
    write_price = price.cache_write_usd_per_million_tokens
    charged = (
        (tokens - cached - written, price.input_usd_per_million_tokens),
        (cached, price.cached_input_usd_per_million_tokens),
        (written, price.input_usd_per_million_tokens if math.isnan(write_price) else write_price),
        (output, price.output_usd_per_million_tokens),
    )
    return sum(amount * usd for amount, usd in charged if amount) / TOKENS_PER_PRICE


def _other_size(price: ApiPrice, tokens: float) -> str:
    """Why a price cannot be used: a request never costs part of one tier and part of another."""
    over, up_to = price.over_prompt_tokens, price.up_to_prompt_tokens
    parts = [f"over {over:,.0f}"] if math.isfinite(over) else []
    parts += [f"up to {up_to:,.0f}"] if math.isfinite(up_to) else []
    return (
        f"input_tokens of one request must be {' and '.join(parts)} at this price of {price.model}, "
        f"got {tokens:,.10g}; read the price at that prompt size"
    )


def _utc(at: datetime | None) -> datetime:
    if at is None:
        return datetime.now(UTC)
    if not isinstance(at, datetime) or at.tzinfo is None or at.utcoffset() is None:
        raise InputError(f"at must be a time with its zone, such as 2026-01-01T00:00:00+00:00, got {at!s}")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise InputError(f"at must be a time that its zone can be taken off, got {at}") from None
