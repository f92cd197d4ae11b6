"""The same traffic bought as tokens from an API."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import TOKENS_PER_MILLION


@quantity("USD/request", "API cost per request", audience="finance")
def api_usd_per_request(
    fresh_input_tokens: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
    api_input_usd_per_million_tokens: Number,
    api_cached_input_usd_per_million_tokens: Number,
    api_output_usd_per_million_tokens: Number,
) -> Number:
    """One request costs this much at the API's prices for new input, cached input and output.

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


@quantity("USD/month", "API cost per user", audience="board")
def api_usd_per_user_month(requests_per_user_month: Number, api_usd_per_request: Number) -> Number:
    """A subscriber's tokens cost this much a month at the API's prices.

    Examples
    --------
    >>> round(api_usd_per_user_month(100, 0.00115), 3)
    0.115

    References
    ----------
    Worked case MI01: 0.00115 USD a request.
    """
    return requests_per_user_month * api_usd_per_request


@quantity("USD/million tokens", "API cost per million tokens, blended", audience="board")
def api_blended_usd_per_million_tokens(
    api_usd_per_request: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
) -> Number:
    """A million tokens in the plan's mix of input and output costs this much at the API.

    Examples
    --------
    >>> api_blended_usd_per_million_tokens(10.5, 1_000_000, 500_000)
    7.0

    References
    ----------
    Worked case LT01: 10.50 USD for 1.5 million tokens.
    """
    return api_usd_per_request / (input_tokens_per_request + output_tokens_per_request) * TOKENS_PER_MILLION


@quantity("USD/month", "Monthly API bill of the plan", audience="board")
def api_usd_per_month(users: Number, api_usd_per_user_month: Number) -> Number:
    """The API charges this much a month for all users of the plan.

    Examples
    --------
    >>> api_usd_per_month(1000, 2.5)
    2500.0

    References
    ----------
    Users times the bill of each.
    """
    return users * api_usd_per_user_month
