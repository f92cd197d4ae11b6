"""The fleet over the plan: users, GPUs, hours."""

from __future__ import annotations

from napkinxl.engine.ops import Number, normal_quantile, ratio
from napkinxl.engine.registry import over_plan
from napkinxl.engine.row_ops import Numbers, first_month, highest, last, total


@over_plan("users", "Users before month 1, all plans", audience="finance")
def opening_total_users(every_users: Numbers) -> Number:
    """The product has this many users before the period begins.

    Examples
    --------
    >>> opening_total_users([100.0, 20.0])
    120.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(every_users)


@over_plan("users", "Users in the last month", audience="board")
def closing_users(total_users_by_month: Numbers) -> Number:
    """The product has this many users at the end of the period.

    Examples
    --------
    >>> closing_users([1.0, 2.0])
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(total_users_by_month)


@over_plan("GPUs", "GPUs in the largest month", audience="board")
def most_gpus(gpus_by_month: Numbers) -> Number:
    """The fleet never has more GPUs than this.

    Examples
    --------
    >>> most_gpus([16.0, 24.0, 8.0])
    24.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return highest(gpus_by_month)


@over_plan("month no.", "First month with the most GPUs", audience="finance")
def most_gpus_month(gpus_by_month: Numbers, most_gpus: Number) -> Number:
    """The fleet reaches its largest size in this month.

    Examples
    --------
    >>> most_gpus_month([16.0, 24.0, 24.0], 24.0)
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return first_month(gpus_by_month, most_gpus)


@over_plan("GPUs", "GPUs in the last month", audience="board")
def closing_gpus(gpus_by_month: Numbers) -> Number:
    """The fleet has this many GPUs at the end of the period.

    Examples
    --------
    >>> closing_gpus([16.0, 24.0, 8.0])
    8.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return last(gpus_by_month)


@over_plan("h", "GPU-hours paid, whole period", audience="finance")
def total_paid_gpu_hours(paid_gpu_hours_by_month: Numbers) -> Number:
    """The fleet pays for this many GPU-hours over the whole period, busy or idle.

    Examples
    --------
    >>> total_paid_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(paid_gpu_hours_by_month)


@over_plan("h", "GPU-hours used, whole period", audience="finance")
def total_used_gpu_hours(used_gpu_hours_by_month: Numbers) -> Number:
    """Chats use this many GPU-hours over the whole period, counted in full replicas.

    Examples
    --------
    >>> total_used_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(used_gpu_hours_by_month)


@over_plan("h", "GPU-hours idle, whole period", audience="finance")
def total_idle_gpu_hours(idle_gpu_hours_by_month: Numbers) -> Number:
    """The fleet pays for this many GPU-hours over the whole period without using them.

    Examples
    --------
    >>> total_idle_gpu_hours([1.0, 2.0])
    3.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return total(idle_gpu_hours_by_month)


@over_plan("share", "Utilisation of paid GPU time, whole period", audience="board")
def plan_utilization_share(total_used_gpu_hours: Number, total_paid_gpu_hours: Number) -> Number:
    """The fleet uses this share of the GPU-hours that it pays for over the whole period.

    Examples
    --------
    >>> plan_utilization_share(1000, 4000)
    0.25

    References
    ----------
    Ledgers of allocation and usage kept apart: OpenCost, issue 3900.
    """
    return ratio(total_used_gpu_hours, total_paid_gpu_hours)


@over_plan("deviations", "Safety margin of the fleet, in deviations", helper=True)
def plan_service_level_deviations(every_service_level_probability: Numbers) -> Number:
    """The fleet is sized this many standard deviations above mean demand, for the highest service level of any plan.

    Notes
    -----
    One fleet serves all tiers, so that the strictest promise holds for all.

    Examples
    --------
    >>> round(plan_service_level_deviations([0.9, 0.975]), 6)
    1.959964

    References
    ----------
    Quantile of the normal distribution.
    """
    return normal_quantile(highest(every_service_level_probability))
