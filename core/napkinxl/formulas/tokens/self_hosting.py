"""Serving oneself against the API: the volume and the utilisation from which it is cheaper."""

from __future__ import annotations

from napkinxl.engine.ops import NO_ANSWER, Number, above, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import SECONDS_PER_HOUR, TOKENS_PER_MILLION


@quantity("USD/month", "Cost per replica, per month", audience="finance")
def replica_usd_per_month(gpu_usd_per_hour: Number, hours_per_month: Number, gpus_per_replica: Number) -> Number:
    """A replica costs this much a month, busy or idle.

    Examples
    --------
    >>> replica_usd_per_month(3, 720, 1)
    2160

    References
    ----------
    Article, 3 USD/h for 720 h.
    """
    return gpu_usd_per_hour * hours_per_month * gpus_per_replica


@quantity("million tokens/month", "Tokens served per replica, per month", audience="finance")
def replica_million_tokens_per_month(
    served_tokens_per_s: Number,
    hours_per_month: Number,
    utilization_share: Number,
) -> Number:
    """A replica serves this many million input and output tokens a month at the utilisation in use.

    Examples
    --------
    >>> round(replica_million_tokens_per_month(850, 8760, 0.6) / 1000, 1)
    16.1

    References
    ----------
    Worked cases DL01 and DL02: 850 tokens a second at 60% are 16.1 billion a year.
    """
    return served_tokens_per_s * hours_per_month * SECONDS_PER_HOUR / TOKENS_PER_MILLION * utilization_share


@quantity("million tokens/month", "Volume at which a replica beats the API", audience="finance")
def gpu_break_even_million_tokens_per_month(
    replica_usd_per_month: Number,
    api_blended_usd_per_million_tokens: Number,
    replica_million_tokens_per_month: Number,
) -> Number:
    """The API's bill reaches the cost of a replica at this volume; there is no answer if a replica cannot serve it.

    volume = ratio(replica_usd_per_month, api_blended_usd_per_million_tokens)
    gpu_break_even_million_tokens_per_month = where(above(volume, replica_million_tokens_per_month), no answer,
        volume)

    Notes
    -----
    Where a replica at the utilisation in use cannot reach the volume, no number of them can: each costs as much and
    serves as much. Its GPUs cost what they are paid for, owned and rented ones mixed. Traffic out of the cloud is left
    out.

    Examples
    --------
    >>> round(gpu_break_even_million_tokens_per_month(320, 3, 150), 1)
    106.7

    References
    ----------
    Worked case LT04: 320 USD a month against 3 USD per million.
    """
    volume = ratio(replica_usd_per_month, api_blended_usd_per_million_tokens)
    return where(above(volume, replica_million_tokens_per_month), NO_ANSWER, volume)


@quantity("share", "Utilisation at which GPUs beat the API", audience="board")
def gpu_break_even_utilization_share(
    serving_usd_per_request: Number,
    utilization_share: Number,
    api_usd_per_request: Number,
) -> Number:
    """GPUs cost less than the API above this utilisation of paid time; above 100%, the API always wins.

    Notes
    -----
    Above 1 the API is cheaper even for a replica that never rests.

    Examples
    --------
    >>> gpu_break_even_utilization_share(0.002, 0.5, 0.004)
    0.25

    References
    ----------
    Cost at full use over the price of the API.
    """
    return ratio(serving_usd_per_request * utilization_share, api_usd_per_request)
