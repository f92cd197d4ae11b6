"""What a user with this traffic costs a month."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import TOKENS_PER_MILLION


@quantity("USD/month", "Serving cost per user", audience="board", headline=True)
def serving_usd_per_user_month(
    requests_per_user_month: Number,
    serving_usd_per_request: Number,
    owned_gpus_share: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """A subscriber costs this much a month on your GPUs, idle time and outbound traffic included.

    Examples
    --------
    >>> serving_usd_per_user_month(1000, 0.002, 0, 0.5)
    2.5

    References
    ----------
    NVIDIA, LLM inference cost method: 2 USD per 1,000 requests; worked case NV04.
    """
    return requests_per_user_month * serving_usd_per_request + (1 - owned_gpus_share) * egress_usd_per_user_month


@quantity("million tokens/month", "Tokens per user, per month", audience="finance")
def million_tokens_per_user_month(
    requests_per_user_month: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
) -> Number:
    """A subscriber uses this many million input and output tokens a month.

    Examples
    --------
    >>> million_tokens_per_user_month(10.95e6, 12_700, 1300)
    153300.0

    References
    ----------
    NVIDIA, LLM inference cost method: 153.3 billion tokens a year; worked case NV05.
    """
    return requests_per_user_month * (input_tokens_per_request + output_tokens_per_request) / TOKENS_PER_MILLION
