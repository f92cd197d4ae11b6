"""The bill of a month for all users of a plan, by way to serve them: whole replicas of their own."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity


@quantity("USD/month", "Monthly GPU bill of the plan, all owned", audience="finance")
def owned_bill_usd_per_month(
    replicas_for_users: Number, gpus_per_replica: Number, owned_usd_per_gpu_hour: Number, hours_per_month: Number
) -> Number:
    """Whole replicas of owned GPUs cost this much a month for the plan, spares included.

    Notes
    -----
    The hours that failures take are in the price of an hour that works. Spares are parts of a GPU on average: the plan
    by month has whole servers.

    Examples
    --------
    >>> owned_bill_usd_per_month(2, 8, 1.25, 720)
    14400.0

    References
    ----------
    Method: whole boxes times their levelised cost; fleet availability of worked cases LL01 and LL02.
    """
    return replicas_for_users * gpus_per_replica * owned_usd_per_gpu_hour * hours_per_month


@quantity("USD/month", "Monthly GPU bill of the plan, all rented", audience="finance")
def rent_bill_usd_per_month(
    users: Number,
    replicas_for_users: Number,
    gpus_per_replica: Number,
    rent_usd_per_gpu_month: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """Whole replicas rented around the clock cost this much a month for the plan, outbound traffic included.

    rent_bill_usd_per_month = replicas_for_users * gpus_per_replica * rent_usd_per_gpu_month +
        users * egress_usd_per_user_month

    Examples
    --------
    >>> rent_bill_usd_per_month(1000, 2, 1, 2160, 0.01)
    4330.0

    References
    ----------
    Rent is GPUs x rate x hours held, busy or idle (worked case LT02).
    """
    gpus_usd = replicas_for_users * gpus_per_replica * rent_usd_per_gpu_month
    return gpus_usd + users * egress_usd_per_user_month


@quantity("USD/month", "Monthly GPU bill of the plan, all reserved", audience="finance")
def reserved_bill_usd_per_month(
    users: Number,
    replicas_for_users: Number,
    gpus_per_replica: Number,
    reserved_usd_per_gpu_month: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """Whole replicas of reserved GPUs cost this much a month for the plan, outbound traffic included.

    reserved_bill_usd_per_month = replicas_for_users * gpus_per_replica * reserved_usd_per_gpu_month +
        users * egress_usd_per_user_month

    Examples
    --------
    >>> reserved_bill_usd_per_month(1000, 2, 1, 1440, 0.01)
    2890.0

    References
    ----------
    A reservation is paid for every hour (Lenovo Press LP2368).
    """
    gpus_usd = replicas_for_users * gpus_per_replica * reserved_usd_per_gpu_month
    return gpus_usd + users * egress_usd_per_user_month


@quantity("USD/month", "Monthly GPU bill of the plan, all spot", audience="finance")
def spot_bill_usd_per_month(
    users: Number,
    replicas_for_users: Number,
    gpus_per_replica: Number,
    spot_usd_per_gpu_month: Number,
    egress_usd_per_user_month: Number,
) -> Number:
    """Whole replicas of spot GPUs cost the plan this much a month, interruptions and outbound traffic included.

    spot_bill_usd_per_month = replicas_for_users * gpus_per_replica * spot_usd_per_gpu_month +
        users * egress_usd_per_user_month

    Examples
    --------
    >>> spot_bill_usd_per_month(1000, 2, 1, 1000, 0.01)
    2010.0

    References
    ----------
    Of ten paid hours one is lost: the nine others carry it.
    """
    gpus_usd = replicas_for_users * gpus_per_replica * spot_usd_per_gpu_month
    return gpus_usd + users * egress_usd_per_user_month
