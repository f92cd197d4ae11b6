"""The same user on rented, reserved, spot and owned GPUs."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, above, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import SECONDS_PER_HOUR


@quantity("USD/month", "Serving cost per user, all rented", audience="finance")
def rent_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    rent_usd_per_gpu_hour: Number,
    utilization_share: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """A subscriber costs this much a month if every GPU is rented on demand, idle time included.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600
    rent_serving_usd_per_user_month = ratio(gpu_hours * rent_usd_per_gpu_hour, utilization_share) +
        egress_usd_per_user_month

    Examples
    --------
    >>> rent_serving_usd_per_user_month(3600, 1, 3, 1, 0)
    3.0

    References
    ----------
    GPU-hours times the rent.
    """
    gpu_hours = requests_per_user_month * gpu_s_per_request / SECONDS_PER_HOUR
    return ratio(gpu_hours * rent_usd_per_gpu_hour, utilization_share) + egress_usd_per_user_month


@quantity("USD/month", "Serving cost per user, all reserved", audience="finance")
def reserved_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    reserved_usd_per_gpu_hour: Number,
    utilization_share: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """A subscriber costs this much a month if every GPU is reserved, idle time included.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600
    reserved_serving_usd_per_user_month = ratio(gpu_hours * reserved_usd_per_gpu_hour, utilization_share) +
        egress_usd_per_user_month

    Examples
    --------
    >>> reserved_serving_usd_per_user_month(3600, 1, 1.92, 1, 0)
    1.92

    References
    ----------
    GPU-hours times the rent of a reserved GPU.
    """
    gpu_hours = requests_per_user_month * gpu_s_per_request / SECONDS_PER_HOUR
    return ratio(gpu_hours * reserved_usd_per_gpu_hour, utilization_share) + egress_usd_per_user_month


@quantity("USD/month", "Serving cost per user, all spot", audience="finance")
def spot_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    spot_usd_per_gpu_hour: Number,
    spot_lost_share: Number,
    utilization_share: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """A subscriber costs this much a month if every GPU is a spot GPU, interrupted hours included.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600 / (1 - spot_lost_share)
    spot_serving_usd_per_user_month = ratio(gpu_hours * spot_usd_per_gpu_hour, utilization_share) +
        egress_usd_per_user_month

    Examples
    --------
    >>> spot_serving_usd_per_user_month(3600, 1, 0.9, 0.1, 1, 0)
    1.0

    References
    ----------
    GPU-hours times the rent of a spot GPU; of ten paid hours one is lost.
    """
    gpu_hours = requests_per_user_month * gpu_s_per_request / SECONDS_PER_HOUR / (1 - spot_lost_share)
    return ratio(gpu_hours * spot_usd_per_gpu_hour, utilization_share) + egress_usd_per_user_month


@quantity("USD/month", "Serving cost per user, all owned", audience="finance")
def owned_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    owned_usd_per_gpu_hour: Number,
    utilization_share: Number,
) -> Number:
    """A subscriber costs this much a month if every GPU is owned, idle time included.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600
    owned_serving_usd_per_user_month = ratio(gpu_hours * owned_usd_per_gpu_hour, utilization_share)

    Notes
    -----
    What leaves the building goes over the network that hosting includes.

    Examples
    --------
    >>> owned_serving_usd_per_user_month(3600, 1, 1.51, 1)
    1.51

    References
    ----------
    GPU-hours times their levelised cost.
    """
    gpu_hours = requests_per_user_month * gpu_s_per_request / SECONDS_PER_HOUR
    return ratio(gpu_hours * owned_usd_per_gpu_hour, utilization_share)


@quantity("text", "Cheaper: owned or rented GPUs?", audience="board")
def owned_or_rented_verdict(owned_serving_usd_per_user_month: Number, rent_serving_usd_per_user_month: Number) -> Text:
    """The verdict names the GPUs that serve the plan's traffic for less, owned or rented.

    Examples
    --------
    >>> owned_or_rented_verdict(1.51, 3)
    'own'

    References
    ----------
    The cheaper of two.
    """
    return where(above(owned_serving_usd_per_user_month, rent_serving_usd_per_user_month), "rent", "own")
