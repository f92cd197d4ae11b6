"""Which of an entry's prices holds at a time and a prompt size, and what one should know about it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from genai_prices.types import ConditionalPrice, ModelInfo, ModelPrice, TieredPrices, TimeOfDateConstraint

NEAR_TIER = 2  # a prompt twice as long would cross it
USD = "USD per million tokens"


@dataclass(frozen=True)
class Terms:
    """The prices in force [USD per million tokens] and the prompt sizes for which they hold."""

    input: float
    cached: float
    cache_write: float
    output: float
    over_tokens: float
    up_to_tokens: float

    def __str__(self) -> str:
        output = "" if math.isnan(self.output) else f", output {self.output:g}"
        return f"input {self.input:g}, cached {self.cached:g}{output} {USD}"


def terms_in_force(model: ModelInfo, at: datetime, prompt_tokens: float) -> tuple[Terms, tuple[str, ...]]:
    """The prices at a time and a prompt size, and the traps that lie near."""
    sets = conditional_prices(model)
    used = in_force(sets, at)

    def terms_on(day: date, tokens: float) -> Terms:  # at the same hour: daily prices outdo dated ones
        return read_terms(in_force(sets, datetime.combine(day, at.timetz())).prices, tokens)

    remarks = (
        *tier_remarks(lambda tokens: read_terms(used.prices, tokens), prompt_tokens),
        *_daily_remarks(sets, used, at, prompt_tokens),
        *date_remarks(sets, used, terms_on, at.date(), prompt_tokens),
        *class_remarks(used.prices),
    )
    return read_terms(used.prices, prompt_tokens), remarks


def conditional_prices(model: ModelInfo) -> list[ConditionalPrice]:
    """The entry's price sets: the last one whose condition holds is in force, else the first."""
    from genai_prices.types import ConditionalPrice

    return model.prices if isinstance(model.prices, list) else [ConditionalPrice(prices=model.prices)]


def in_force(sets: list[ConditionalPrice], at: datetime) -> ConditionalPrice:
    """The price set of a moment."""
    return next((item for item in reversed(sets) if item.constraint is None or item.constraint.active(at)), sets[0])


def read_terms(prices: ModelPrice, prompt_tokens: float) -> Terms:
    """A price set at a prompt size: over a tier's start, ALL tokens cost the tier's price."""
    starts = _tier_starts(prices)
    base = _price(prices.input_mtok, prompt_tokens)
    cached = _price(prices.cache_read_mtok, prompt_tokens)
    return Terms(
        input=base,
        cached=base if math.isnan(cached) else cached,
        cache_write=_price(prices.cache_write_mtok, prompt_tokens),
        output=_price(prices.output_mtok, prompt_tokens),
        over_tokens=max((start for start in starts if prompt_tokens > start), default=-math.inf),
        up_to_tokens=min((start for start in starts if prompt_tokens <= start), default=math.inf),
    )


def _price(price: Decimal | TieredPrices | None, prompt_tokens: float) -> float:
    if price is None:
        return math.nan
    tiers = getattr(price, "tiers", None)
    if tiers is None:
        return float(price)  # type: ignore[arg-type]
    crossed = [tier.price for tier in tiers if prompt_tokens > tier.start]
    return float(crossed[-1] if crossed else price.base)  # type: ignore[union-attr]


def _tier_starts(prices: ModelPrice) -> set[float]:
    classes = (prices.input_mtok, prices.cache_read_mtok, prices.cache_write_mtok, prices.output_mtok)
    return {float(tier.start) for price in classes for tier in getattr(price, "tiers", ())}


def tier_remarks(terms_of: Callable[[float], Terms], prompt_tokens: float) -> Iterator[str]:
    """What a longer or a shorter prompt would cost, where a tier's start is near or behind."""
    terms = terms_of(prompt_tokens)
    if math.isfinite(terms.over_tokens):
        yield (
            f"over {terms.over_tokens:,.0f} prompt tokens all tokens of a request cost the long-prompt price: "
            f"{terms} instead of {terms_of(0)}"
        )
    near = prompt_tokens == 0 or terms.up_to_tokens <= NEAR_TIER * prompt_tokens
    if math.isfinite(terms.up_to_tokens) and near:
        above = terms_of(terms.up_to_tokens + 1)
        yield f"over {terms.up_to_tokens:,.0f} prompt tokens all tokens of a request cost another price: {above}"


def _daily_remarks(
    sets: list[ConditionalPrice], used: ConditionalPrice, at: datetime, prompt_tokens: float
) -> Iterator[str]:
    for item in sets:
        window = window_of(item)
        if window is None:
            continue
        hours = f"{window.start_time:%H:%M} to {window.end_time:%H:%M} UTC"
        if item is used:
            yield f"a daily price from {hours} is in force; it bears no date and may not have held on {at:%Y-%m-%d}"
        else:
            yield f"from {hours} the price is another: {read_terms(item.prices, prompt_tokens)}"


def date_remarks(
    sets: list[ConditionalPrice],
    used: ConditionalPrice,
    terms_on: Callable[[date, float], Terms],
    day: date,
    prompt_tokens: float,
) -> Iterator[str]:
    """Whether a price is announced, undated or about to change."""
    today = datetime.now(UTC).date()
    starts = [start for item in sets if (start := _start(item)) is not None]
    began = _start(used)
    if began is not None and began > today:
        yield f"the price is announced for {began} and not in force yet"
    if used.constraint is None and day < today:
        which = f"the only one without a date, before {min(starts)}" if starts else "the only one listed"
        yield f"the price is undated, {which}: it may not have held on {day}"
    coming = min((start for start in starts if start > day), default=None)
    if coming is not None:
        later = terms_on(coming, prompt_tokens)
        if str(later) != str(terms_on(day, prompt_tokens)):
            yield f"from {coming} on the price is another: {later}"


def class_remarks(prices: ModelPrice) -> Iterator[str]:
    """Kinds of tokens without a price, and prices that are left out."""
    if prices.cache_read_mtok is None:
        yield "no price for cached input is listed: it costs as much as fresh input"
    if prices.output_mtok is None:
        yield "no price for output is listed"
    if prices.output_reasoning_mtok is not None:
        yield "reasoning tokens have a price of their own, which is left out"
    if prices.requests_kcount is not None:
        yield "each request costs a fee besides its tokens, which is left out"


def _start(item: ConditionalPrice) -> date | None:
    return getattr(item.constraint, "start_date", None)


def window_of(item: ConditionalPrice) -> TimeOfDateConstraint | None:
    """The hours of the day in which a price set holds; None where it holds at all hours."""
    from genai_prices.types import TimeOfDateConstraint

    return item.constraint if isinstance(item.constraint, TimeOfDateConstraint) else None
