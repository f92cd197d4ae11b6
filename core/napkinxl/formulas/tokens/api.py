"""The same traffic bought as tokens from an API."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import TOKENS_PER_MILLION


@quantity("USD/request", "A request at the API")
def api_usd_per_request(
    fresh_input_tokens: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
    api_input_usd_per_million_tokens: Number,
    api_cached_input_usd_per_million_tokens: Number,
    api_output_usd_per_million_tokens: Number,
) -> Number:
    """Price of a request: fresh input, cached input and output apart.

    fresh = fresh_input_tokens * api_input_usd_per_million_tokens
    cached = (input_tokens_per_request - fresh_input_tokens) * api_cached_input_usd_per_million_tokens
    output = output_tokens_per_request * api_output_usd_per_million_tokens
    api_usd_per_request = (fresh + cached + output) / 1e6

    Notes
    -----
    Prices are those of a prompt of this size: at some APIs a longer prompt is dearer as a whole.

    Examples
    --------
    >>> api_usd_per_request(1_000_000, 1_000_000, 500_000, 3, 3, 15)
    10.5

    References
    ----------
    Worked case LT01: a million input tokens at 3 USD and half a million output at 15.
    """
    fresh = fresh_input_tokens * api_input_usd_per_million_tokens
    cached = (input_tokens_per_request - fresh_input_tokens) * api_cached_input_usd_per_million_tokens
    output = output_tokens_per_request * api_output_usd_per_million_tokens
    return (fresh + cached + output) / TOKENS_PER_MILLION


@quantity("USD/month", "At the API, per user and month")
def api_usd_per_user_month(requests_per_user_month: Number, api_usd_per_request: Number) -> Number:
    """What a user costs a month when every request goes to the API.

    Examples
    --------
    >>> round(api_usd_per_user_month(100, 0.00115), 3)
    0.115

    References
    ----------
    Worked case MI01: 0.00115 USD a request.
    """
    return requests_per_user_month * api_usd_per_request


@quantity("USD/million tokens", "Million tokens of this mix at the API")
def api_blended_usd_per_million_tokens(
    api_usd_per_request: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
) -> Number:
    """Price of a million tokens at the API, input and output together.

    Examples
    --------
    >>> api_blended_usd_per_million_tokens(10.5, 1_000_000, 500_000)
    7.0

    References
    ----------
    Worked case LT01: 10.50 USD for 1.5 million tokens.
    """
    return api_usd_per_request / (input_tokens_per_request + output_tokens_per_request) * TOKENS_PER_MILLION


@quantity("USD/month", "The API's bill for the users of the plan")
def api_usd_per_month(users: Number, api_usd_per_user_month: Number) -> Number:
    """What the API charges a month for the users of this plan.

    Examples
    --------
    >>> api_usd_per_month(1000, 2.5)
    2500.0

    References
    ----------
    Users times the bill of each.
    """
    return users * api_usd_per_user_month
