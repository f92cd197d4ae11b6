"""What a request and a million tokens cost at the utilisation there really is."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, at_least, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MS_PER_S, SECONDS_PER_HOUR, TOKENS_PER_MILLION


@quantity("USD/h", "Cost per paid GPU-hour", audience="finance")
def gpu_usd_per_hour(owned_gpus_share: Number, owned_usd_per_gpu_hour: Number, rent_usd_per_gpu_hour: Number) -> Number:
    """A paid GPU-hour costs the rent, or the blend of owned and rented in the planned mix.

    mixed = owned_gpus_share * owned_usd_per_gpu_hour + (1 - owned_gpus_share) * rent_usd_per_gpu_hour
    some = where(at_least(owned_gpus_share, 1), owned_usd_per_gpu_hour, mixed)
    gpu_usd_per_hour = where(above(owned_gpus_share, 0), some, rent_usd_per_gpu_hour)

    Examples
    --------
    >>> gpu_usd_per_hour(0, 12.08 / 8, 3)
    3
    >>> round(gpu_usd_per_hour(1, 12.08 / 8, 3), 2)
    1.51

    References
    ----------
    Lenovo Press LP2368: 12.08 USD an hour for 8 owned GPUs; article: 3 USD of rent.
    """
    mixed = owned_gpus_share * owned_usd_per_gpu_hour + (1 - owned_gpus_share) * rent_usd_per_gpu_hour
    some = where(at_least(owned_gpus_share, 1), owned_usd_per_gpu_hour, mixed)
    return where(above(owned_gpus_share, 0), some, rent_usd_per_gpu_hour)


@quantity("USD/h", "Cost per used GPU-hour", audience="finance")
def used_gpu_usd_per_hour(gpu_usd_per_hour: Number, utilization_share: Number) -> Number:
    """An hour of GPU work costs this much, because idle hours are paid for too.

    Examples
    --------
    >>> round(used_gpu_usd_per_hour(2, 0.6), 4)
    3.3333

    References
    ----------
    Cost over the useful share of hours; 60% in worked cases DL01 and DL02.
    """
    return ratio(gpu_usd_per_hour, utilization_share)


@quantity("USD/request", "Serving cost per request", audience="finance")
def serving_usd_per_request(gpu_s_per_request: Number, used_gpu_usd_per_hour: Number) -> Number:
    """Answering one request costs this much on your GPUs, idle time included.

    Examples
    --------
    >>> serving_usd_per_request(3600, 2)
    2.0

    References
    ----------
    GPU-hours times their price.
    """
    return gpu_s_per_request / SECONDS_PER_HOUR * used_gpu_usd_per_hour


@quantity("USD/million tokens", "Serving cost per million input tokens", audience="finance")
def input_usd_per_million_tokens(
    time_to_first_token_ms: Number,
    gpus_per_replica: Number,
    used_gpu_usd_per_hour: Number,
    input_tokens_per_request: Number,
) -> Number:
    """Reading a million input tokens costs this much on your GPUs, idle time included.

    gpu_hours = time_to_first_token_ms * gpus_per_replica / 1000 / 3600
    input_usd_per_million_tokens = gpu_hours * used_gpu_usd_per_hour / input_tokens_per_request * 1e6

    Notes
    -----
    Cached tokens are counted and cost nothing.

    Examples
    --------
    >>> round(input_usd_per_million_tokens(1000, 8, 2, 73_700), 4)
    0.0603

    References
    ----------
    Cost over tokens; DeepSeek: 73,700 input tokens a second and node, 2 USD per GPU-hour.
    """
    gpu_hours = time_to_first_token_ms * gpus_per_replica / MS_PER_S / SECONDS_PER_HOUR
    return gpu_hours * used_gpu_usd_per_hour / input_tokens_per_request * TOKENS_PER_MILLION


@quantity("USD/million tokens", "Serving cost per million output tokens", audience="finance")
def output_usd_per_million_tokens(
    step_ms: Number,
    batch_sequences: Number,
    gpus_per_replica: Number,
    used_gpu_usd_per_hour: Number,
) -> Number:
    """Writing a million output tokens costs this much on your GPUs, idle time included.

    gpu_hours_per_token = step_ms * gpus_per_replica / batch_sequences / 1000 / 3600
    output_usd_per_million_tokens = gpu_hours_per_token * used_gpu_usd_per_hour * 1e6

    Examples
    --------
    >>> round(output_usd_per_million_tokens(1000, 2000, 1, 1.5), 2)
    0.21

    References
    ----------
    Worked case LT05: 1.50 USD an hour at 2,000 tokens a second is 0.21 USD.
    """
    gpu_hours_per_token = step_ms * gpus_per_replica / batch_sequences / MS_PER_S / SECONDS_PER_HOUR
    return gpu_hours_per_token * used_gpu_usd_per_hour * TOKENS_PER_MILLION


@quantity("USD/million tokens", "Serving cost per million tokens, blended", audience="board", headline=True)
def blended_usd_per_million_tokens(
    serving_usd_per_request: Number,
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
) -> Number:
    """A million tokens in the plan's mix of input and output costs this much on your GPUs, idle time included.

    Examples
    --------
    >>> round(blended_usd_per_million_tokens(87_072, 608e9, 168e9), 4)
    0.1122

    References
    ----------
    DeepSeek: 87,072 USD for 776 billion tokens; worked case DS08.
    """
    return serving_usd_per_request / (input_tokens_per_request + output_tokens_per_request) * TOKENS_PER_MILLION
