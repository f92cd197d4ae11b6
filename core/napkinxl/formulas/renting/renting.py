"""Other ways to rent: spot, and released at night; and the traffic out of the cloud."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ceil, minimum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BYTES_PER_GB, HOURS_PER_DAY


@quantity("USD/h", "Rent less the discount of spot")
def discounted_spot_usd_per_gpu_hour(rent_usd_per_gpu_hour: Number, spot_discount_share: Number) -> Number:
    """What a spot GPU costs an hour where no price of its own is known.

    Examples
    --------
    >>> round(discounted_spot_usd_per_gpu_hour(2.95, 1 - 1.25 / 2.95), 2)
    1.25

    References
    ----------
    Nebius list: an H100 at 2.95 on demand and 1.25 spot.
    """
    return rent_usd_per_gpu_hour * (1 - spot_discount_share)


@quantity("USD/month", "Spot GPU per month of work")
def spot_usd_per_gpu_month(spot_usd_per_gpu_hour: Number, hours_per_month: Number, spot_lost_share: Number) -> Number:
    """Rent of spot GPUs for a month of work, the hours that interruptions waste included.

    Examples
    --------
    >>> spot_usd_per_gpu_month(1.25, 720, 0.1)
    1000.0

    References
    ----------
    Of ten paid hours one is lost: the nine others carry it.
    """
    return spot_usd_per_gpu_hour * hours_per_month / (1 - spot_lost_share)


@quantity("h", "Hours billed a day when released at night")
def billed_hours_per_day(rented_hours_per_day: Number, billing_hours: Number) -> Number:
    """Hours that are paid for: rounded up to the smallest billed time.

    Examples
    --------
    >>> billed_hours_per_day(7.2, 1)
    8.0

    References
    ----------
    Rent is paid for whole units of billed time.
    """
    return minimum(ceil(rented_hours_per_day / billing_hours) * billing_hours, HOURS_PER_DAY)


@quantity("USD/month", "Rented GPU released at night, per month")
def part_time_usd_per_gpu_month(
    rent_usd_per_gpu_hour: Number,
    billed_hours_per_day: Number,
    hours_per_month: Number,
) -> Number:
    """Rent of a GPU that is given back every night.

    Examples
    --------
    >>> round(part_time_usd_per_gpu_month(1.5, 7.2, 730), 1)
    328.5

    References
    ----------
    Worked case LT02: 1.50 USD an hour for 30% of 730 hours.
    """
    return rent_usd_per_gpu_hour * billed_hours_per_day * hours_per_month / HOURS_PER_DAY


@quantity("USD/month", "Traffic out of the cloud, per user and month")
def egress_usd_per_user_month(
    requests_per_user_month: Number,
    output_tokens_per_request: Number,
    bytes_per_output_token: Number,
    egress_usd_per_gb: Number,
) -> Number:
    """What it costs to send a user the answers.

    sent_gb = requests_per_user_month * output_tokens_per_request * bytes_per_output_token / 1e9
    egress_usd_per_user_month = sent_gb * egress_usd_per_gb

    Examples
    --------
    >>> egress_usd_per_user_month(1000, 1000, 1000, 0.09)
    0.09

    References
    ----------
    A gigabyte at the list price of 0.09 USD.
    """
    sent_gb = requests_per_user_month * output_tokens_per_request * bytes_per_output_token / BYTES_PER_GB
    return sent_gb * egress_usd_per_gb
