"""What a million output tokens cost when every sequence is busy."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import SECONDS_PER_HOUR, TOKENS_PER_MILLION


@quantity("million tokens/month", "Tokens per GPU and month, all sequences busy")
def million_tokens_per_gpu_month(tokens_per_s: Number, hours_per_month: Number, gpus_per_replica: Number) -> Number:
    """Tokens that a GPU yields in a month when every sequence is busy all the time.

    Examples
    --------
    >>> round(million_tokens_per_gpu_month(252.631579, 720, 1), 1)
    654.8

    References
    ----------
    Article, 250 tokens/s for 720 h.
    """
    return tokens_per_s * hours_per_month * SECONDS_PER_HOUR / TOKENS_PER_MILLION / gpus_per_replica


@quantity("USD/million tokens", "Rented, per million output tokens, all sequences busy")
def rent_usd_per_million_tokens(rent_usd_per_gpu_month: Number, million_tokens_per_gpu_month: Number) -> Number:
    """Rent of a GPU over the output tokens it can yield.

    Notes
    -----
    The least that a token can cost: prefill takes no time and every sequence is busy.

    Examples
    --------
    >>> round(rent_usd_per_million_tokens(2160, 648), 4)
    3.3333

    References
    ----------
    Article, 3 USD/h over 250 tokens/s x 3,600 s.
    """
    return ratio(rent_usd_per_gpu_month, million_tokens_per_gpu_month)


@quantity("USD/million tokens", "Owned, per million output tokens, all sequences busy")
def owned_usd_per_million_tokens(owned_usd_per_gpu_month: Number, million_tokens_per_gpu_month: Number) -> Number:
    """Cost of an owned GPU over the output tokens it can yield.

    Notes
    -----
    The least that a token can cost: prefill takes no time and every sequence is busy.

    Examples
    --------
    >>> owned_usd_per_million_tokens(1296, 648)
    2.0

    References
    ----------
    Method: cost per month over tokens per month.
    """
    return ratio(owned_usd_per_gpu_month, million_tokens_per_gpu_month)
