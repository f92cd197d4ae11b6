"""What a user with this traffic costs a month, by where the GPU time comes from."""

from __future__ import annotations

from napkinxl.ops import Number, Text, above, ratio, where
from napkinxl.quantities import quantity
from napkinxl.units import SECONDS_PER_HOUR


@quantity("USD/month", "Serving, per user and month")
def serving_usd_per_user_month(
    requests_per_user_month: Number,
    serving_usd_per_request: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """What answering a user costs a month at the real utilisation, traffic out of the cloud included.

    serving_usd_per_user_month = requests_per_user_month * serving_usd_per_request + egress_usd_per_user_month

    Parameters
    ----------
    requests_per_user_month : float or array
        Requests of a user [requests/month].
    serving_usd_per_request : float or array
        A request [USD/request].
    egress_usd_per_user_month : float or array
        Traffic out of the cloud, per user and month [USD/month].

    Returns
    -------
    float or array
        Serving, per user and month [USD/month].

    Examples
    --------
    >>> serving_usd_per_user_month(1000, 0.002, 0.5)
    2.5

    References
    ----------
    NVIDIA, LLM inference cost method: 2 USD per 1,000 requests; worked case NV04.
    """
    return requests_per_user_month * serving_usd_per_request + egress_usd_per_user_month


@quantity("USD/month", "Serving on rented GPUs, per user and month")
def rent_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    rent_usd_per_gpu_hour: Number,
    utilization_share: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """The same if every GPU is rented.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600
    rent_serving_usd_per_user_month = ratio(gpu_hours * rent_usd_per_gpu_hour, utilization_share) +
        egress_usd_per_user_month

    Parameters
    ----------
    requests_per_user_month : float or array
        Requests of a user [requests/month].
    gpu_s_per_request : float or array
        GPU seconds per request [GPU-s].
    rent_usd_per_gpu_hour : float or array
        Rent of a GPU [USD/h].
    utilization_share : float or array
        Share of the paid GPU time that is used [share].
    egress_usd_per_user_month : float or array
        Traffic out of the cloud, per user and month [USD/month].

    Returns
    -------
    float or array
        Serving on rented GPUs, per user and month [USD/month].

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


@quantity("USD/month", "Serving on owned GPUs, per user and month")
def owned_serving_usd_per_user_month(
    requests_per_user_month: Number,
    gpu_s_per_request: Number,
    owned_usd_per_gpu_hour: Number,
    utilization_share: Number,
) -> Number:
    """The same if every GPU is owned.

    gpu_hours = requests_per_user_month * gpu_s_per_request / 3600
    owned_serving_usd_per_user_month = ratio(gpu_hours * owned_usd_per_gpu_hour, utilization_share)

    Parameters
    ----------
    requests_per_user_month : float or array
        Requests of a user [requests/month].
    gpu_s_per_request : float or array
        GPU seconds per request [GPU-s].
    owned_usd_per_gpu_hour : float or array
        Owned GPU per hour that it works [USD/h].
    utilization_share : float or array
        Share of the paid GPU time that is used [share].

    Returns
    -------
    float or array
        Serving on owned GPUs, per user and month [USD/month].

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


@quantity("text", "Own or rent?")
def own_or_rent_verdict(owned_serving_usd_per_user_month: Number, rent_serving_usd_per_user_month: Number) -> Text:
    """Which costs less for this traffic, owned or rented GPUs.

    own_or_rent_verdict = where(above(owned_serving_usd_per_user_month, rent_serving_usd_per_user_month), "rent", "own")

    Parameters
    ----------
    owned_serving_usd_per_user_month : float or array
        Serving on owned GPUs, per user and month [USD/month].
    rent_serving_usd_per_user_month : float or array
        Serving on rented GPUs, per user and month [USD/month].

    Returns
    -------
    str or array
        Own or rent [text].

    Examples
    --------
    >>> own_or_rent_verdict(1.51, 3)
    'own'

    References
    ----------
    The cheaper of two.
    """
    return where(above(owned_serving_usd_per_user_month, rent_serving_usd_per_user_month), "rent", "own")
