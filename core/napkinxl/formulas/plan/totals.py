"""The fleet over the plan: users, GPUs, hours."""

from __future__ import annotations

from napkinxl.engine.ops import Number, normal_quantile, ratio
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, first_month, highest, last, total


@over_plan("users", "Users before month 1")
def opening_total_users(every_users: Numbers) -> Number:
    """Users of all tiers before month 1.

    Examples
    --------
    >>> opening_total_users([100.0, 20.0])
    120.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_users)


@over_plan("users", "Users in the last month")
def closing_users(total_users_by_month: Numbers) -> Number:
    """Users in the last month.

    Examples
    --------
    >>> closing_users([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(total_users_by_month)


@over_plan("GPUs", "GPUs in the largest month")
def most_gpus(gpus_by_month: Numbers) -> Number:
    """GPUs in the month that has most.

    Examples
    --------
    >>> most_gpus([16.0, 24.0, 8.0])
    24.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return highest(gpus_by_month)


@over_plan("months", "Month with most GPUs")
def most_gpus_month(gpus_by_month: Numbers, most_gpus: Number) -> Number:
    """First month that has most GPUs.

    Examples
    --------
    >>> most_gpus_month([16.0, 24.0, 24.0], 24.0)
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return first_month(gpus_by_month, most_gpus)


@over_plan("GPUs", "GPUs in the last month")
def closing_gpus(gpus_by_month: Numbers) -> Number:
    """GPUs in the last month.

    Examples
    --------
    >>> closing_gpus([16.0, 24.0, 8.0])
    8.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(gpus_by_month)


@over_plan("h", "GPU-hours paid")
def total_paid_gpu_hours(paid_gpu_hours_by_month: Numbers) -> Number:
    """GPU-hours paid over the plan.

    Examples
    --------
    >>> total_paid_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(paid_gpu_hours_by_month)


@over_plan("h", "GPU-hours used")
def total_used_gpu_hours(used_gpu_hours_by_month: Numbers) -> Number:
    """GPU-hours used over the plan.

    Examples
    --------
    >>> total_used_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(used_gpu_hours_by_month)


@over_plan("h", "GPU-hours idle")
def total_idle_gpu_hours(idle_gpu_hours_by_month: Numbers) -> Number:
    """GPU-hours paid and not used over the plan.

    Examples
    --------
    >>> total_idle_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(idle_gpu_hours_by_month)


@over_plan("share", "Share of the paid GPU-hours that is used")
def used_share(total_used_gpu_hours: Number, total_paid_gpu_hours: Number) -> Number:
    """Share of the paid GPU-hours that is used.

    Examples
    --------
    >>> used_share(1000, 4000)
    0.25

    References
    ----------
    Ledgers of allocation and usage kept apart: OpenCost, issue 3900.
    """
    return ratio(total_used_gpu_hours, total_paid_gpu_hours)


@over_plan("x", "Standard deviations of headroom")
def slot_quantile(every_slot_probability: Numbers) -> Number:
    """Standard deviations above the mean that the fleet is sized to.

    Notes
    -----
    One fleet serves all tiers, so that the strictest promise holds for all.

    Examples
    --------
    >>> round(slot_quantile([0.9, 0.975]), 6)
    1.959964

    References
    ----------
    Quantile of the normal distribution.
    """
    return normal_quantile(highest(every_slot_probability))
