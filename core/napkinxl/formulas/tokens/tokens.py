"""What a million output tokens cost when every sequence is busy."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import SECONDS_PER_HOUR, TOKENS_PER_MILLION


@quantity("million tokens/month", "Output tokens per GPU at full load")
def full_load_million_tokens_per_gpu_month(
    tokens_per_s: Number, hours_per_month: Number, gpus_per_replica: Number
) -> Number:
    """A GPU would write this many million tokens a month if every chat in the batch were busy all the time.

    Examples
    --------
    >>> round(full_load_million_tokens_per_gpu_month(252.631579, 720, 1), 1)
    654.8

    References
    ----------
    Article, 250 tokens/s for 720 h.
    """
    return tokens_per_s * hours_per_month * SECONDS_PER_HOUR / TOKENS_PER_MILLION / gpus_per_replica


@quantity("USD/million tokens", "Output token cost at full load, rented")
def full_load_rent_usd_per_million_tokens(
    rent_usd_per_gpu_month: Number, full_load_million_tokens_per_gpu_month: Number
) -> Number:
    """Rent over the tokens a GPU could write at full load is a floor, not a cost to budget.

    Notes
    -----
    The least that a token can cost: prefill takes no time and every sequence is busy.

    Examples
    --------
    >>> round(full_load_rent_usd_per_million_tokens(2160, 648), 4)
    3.3333

    References
    ----------
    Article, 3 USD/h over 250 tokens/s x 3,600 s.
    """
    return ratio(rent_usd_per_gpu_month, full_load_million_tokens_per_gpu_month)


@quantity("USD/million tokens", "Output token cost at full load, owned")
def full_load_owned_usd_per_million_tokens(
    owned_usd_per_gpu_month: Number, full_load_million_tokens_per_gpu_month: Number
) -> Number:
    """The full cost of an owned GPU over the tokens it could write at full load is a floor, not a cost to budget.

    Notes
    -----
    The least that a token can cost: prefill takes no time and every sequence is busy.

    Examples
    --------
    >>> full_load_owned_usd_per_million_tokens(1296, 648)
    2.0

    References
    ----------
    Method: cost per month over tokens per month.
    """
    return ratio(owned_usd_per_gpu_month, full_load_million_tokens_per_gpu_month)
