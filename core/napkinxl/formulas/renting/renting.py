"""Other ways to rent: spot, and released at night; and the traffic out of the cloud."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ceil, minimum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BYTES_PER_GB, HOURS_PER_DAY


@quantity("USD/h", "Spot rent derived from the discount", audience="finance", helper=True)
def discounted_spot_usd_per_gpu_hour(rent_usd_per_gpu_hour: Number, spot_discount_share: Number) -> Number:
    """The on-demand rent less the spot discount is used where no spot price is known.

    Examples
    --------
    >>> round(discounted_spot_usd_per_gpu_hour(2.95, 1 - 1.25 / 2.95), 2)
    1.25

    References
    ----------
    Nebius list: an H100 at 2.95 on demand and 1.25 spot.
    """
    return rent_usd_per_gpu_hour * (1 - spot_discount_share)


@quantity("USD/month", "Rent per GPU, spot, per month of work", audience="finance")
def spot_usd_per_gpu_month(spot_usd_per_gpu_hour: Number, hours_per_month: Number, spot_lost_share: Number) -> Number:
    """A month of work on spot GPUs costs this much, hours lost to interruptions included.

    Examples
    --------
    >>> spot_usd_per_gpu_month(1.25, 720, 0.1)
    1000.0

    References
    ----------
    Of ten paid hours one is lost: the nine others carry it.
    """
    return spot_usd_per_gpu_hour * hours_per_month / (1 - spot_lost_share)


@quantity("h", "Hours billed a day if released at night", audience="finance")
def billed_hours_per_day(rented_hours_per_day: Number, billing_hours: Number) -> Number:
    """The provider bills this many hours a day, rounded up to its smallest billing unit.

    Examples
    --------
    >>> billed_hours_per_day(7.2, 1)
    8.0

    References
    ----------
    Rent is paid for whole units of billed time.
    """
    return minimum(ceil(rented_hours_per_day / billing_hours) * billing_hours, HOURS_PER_DAY)


@quantity("USD/month", "Rent per GPU, released at night, per month", audience="finance")
def part_time_usd_per_gpu_month(
    rent_usd_per_gpu_hour: Number,
    billed_hours_per_day: Number,
    hours_per_month: Number,
) -> Number:
    """A GPU handed back every night costs this much rent a month.

    Examples
    --------
    >>> round(part_time_usd_per_gpu_month(1.5, 7.2, 730), 1)
    328.5

    References
    ----------
    Worked case LT02: 1.50 USD an hour for 30% of 730 hours.
    """
    return rent_usd_per_gpu_hour * billed_hours_per_day * hours_per_month / HOURS_PER_DAY


@quantity("USD/month", "Outbound traffic cost per user", audience="finance")
def egress_usd_per_user_month(
    requests_per_user_month: Number,
    output_tokens_per_request: Number,
    bytes_per_output_token: Number,
    egress_usd_per_gb: Number,
) -> Number:
    """Sending a user's answers out of the cloud costs this much a month.

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
