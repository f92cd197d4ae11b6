"""One bill split between input and output by the ratio of their list prices."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import TOKENS_PER_MILLION


@quantity("USD/million tokens", "Cost-covering price per million input tokens", audience="finance")
def split_input_usd_per_million_tokens(
    serving_usd_per_request: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
    output_over_input_price_ratio: Number,
) -> Number:
    """Input sold at this price recovers the serving cost if output sells at the given multiple of it.

    weighted_tokens = input_tokens_per_request + output_over_input_price_ratio * output_tokens_per_request
    split_input_usd_per_million_tokens = serving_usd_per_request / weighted_tokens * 1e6

    Examples
    --------
    >>> round(split_input_usd_per_million_tokens(87_500 / 10.95e6, 12_700, 1300, 3), 2)
    0.48

    References
    ----------
    NVIDIA, LLM inference cost method: 0.48 USD at a ratio of 3; worked case NV06.
    """
    weighted_tokens = input_tokens_per_request + output_over_input_price_ratio * output_tokens_per_request
    return serving_usd_per_request / weighted_tokens * TOKENS_PER_MILLION


@quantity("USD/million tokens", "Cost-covering price per million output tokens", audience="finance")
def split_output_usd_per_million_tokens(
    split_input_usd_per_million_tokens: Number,
    output_over_input_price_ratio: Number,
) -> Number:
    """Output sold at this price recovers the serving cost if it is the given multiple of the input price.

    Examples
    --------
    >>> round(split_output_usd_per_million_tokens(87_500 / 10.95e6 / 16_600 * 1e6, 3), 2)
    1.44

    References
    ----------
    NVIDIA, LLM inference cost method: 1.44 USD; worked case NV07.
    """
    return split_input_usd_per_million_tokens * output_over_input_price_ratio
