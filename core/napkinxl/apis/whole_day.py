"""The mean of an API's prices over a day, where they change with the hour, and what one should know about it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from napkinxl.apis.terms import (
    Terms,
    class_remarks,
    conditional_prices,
    date_remarks,
    in_force,
    read_terms,
    terms_in_force,
    tier_remarks,
    window_of,
)

if TYPE_CHECKING:
    from genai_prices.types import ConditionalPrice, ModelInfo

DAY = timedelta(days=1)
PRICES = ("input", "cached", "cache_write", "output")
Part = tuple[Terms, float]  # prices, and the seconds of the day in which they are in force


def terms_of_day(model: ModelInfo, day: date, prompt_tokens: float) -> tuple[Terms, tuple[str, ...], bool]:
    """The prices of a day in UTC at a prompt size, the traps that lie near, and whether they are a mean.

    The mean is exact: each price counts by the time of the day in which it is in force.
    """
    sets = conditional_prices(model)
    parts = _parts(sets, day, prompt_tokens)
    midnight = datetime.combine(day, time(), UTC)
    if len({terms for terms, _ in parts}) == 1:
        return *terms_in_force(model, midnight, prompt_tokens), False

    def terms_on(when: date, tokens: float) -> Terms:
        return _mean(_parts(sets, when, tokens))

    all_day = [item for item in sets if window_of(item) is None]
    usual = in_force(all_day or sets, midnight)
    remarks = (
        *_mean_remarks(parts, day),
        *tier_remarks(lambda tokens: terms_on(day, tokens), prompt_tokens),
        *date_remarks(all_day, usual, terms_on, day, prompt_tokens),
        *class_remarks(usual.prices),
    )
    return _mean(parts), remarks, True


def _parts(sets: list[ConditionalPrice], day: date, prompt_tokens: float) -> list[Part]:
    """The prices of a day and how long each holds: they change only where a window begins or ends."""
    midnight = datetime.combine(day, time(), UTC)
    windows = [window for item in sets if (window := window_of(item)) is not None]
    ends = {_since_midnight(end) for window in windows for end in (window.start_time, window.end_time)}
    moments = sorted({timedelta(), *ends, DAY})
    return [
        (read_terms(in_force(sets, midnight + start).prices, prompt_tokens), (end - start).total_seconds())
        for start, end in pairwise(moments)
    ]


def _since_midnight(moment: time) -> timedelta:
    """How long after midnight UTC a daily time is; one without a zone is in UTC, as the package takes it."""
    offset = moment.utcoffset() or timedelta()
    clock = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return (clock - offset) % DAY


def _mean(parts: Sequence[Part]) -> Terms:
    """Each price by its time of the day; a prompt size at which any of them changes is a tier's start."""
    sums = {name: math.fsum(getattr(terms, name) * seconds for terms, seconds in parts) for name in PRICES}
    return Terms(
        **{name: total / DAY.total_seconds() for name, total in sums.items()},
        over_tokens=max(terms.over_tokens for terms, _ in parts),
        up_to_tokens=min(terms.up_to_tokens for terms, _ in parts),
    )


def _mean_remarks(parts: Sequence[Part], day: date) -> Iterator[str]:
    spans = {name: [getattr(terms, name) for terms, _ in parts] for name in PRICES}
    low, high = (replace(parts[0][0], **{name: end(span) for name, span in spans.items()}) for end in (min, max))
    yield (
        f"the price changes with the hour: taken is the mean over the 24 hours of {day} (UTC), the same traffic in "
        f"each; lowest: {low}; highest: {high}"
    )
    if day < datetime.now(UTC).date():
        yield f"prices by the hour bear no date and may not have held on {day}"
