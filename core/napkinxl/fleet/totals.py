"""The fleet over the plan: users, GPUs, hours."""

from __future__ import annotations

from napkinxl.ops import Number, normal_quantile, ratio
from napkinxl.quantities import over_plan
from napkinxl.row_ops import Numbers, first_month, highest, last, total


@over_plan("users", "Users before month 1")
def opening_total_users(every_users: Numbers) -> Number:
    """Users of all tiers before month 1.

    opening_total_users = total(every_users)

    Parameters
    ----------
    every_users : sequence of float or array
        Users of each tier before month 1 [users].

    Returns
    -------
    float or array
        Users of all tiers [users].

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

    closing_users = last(total_users_by_month)

    Parameters
    ----------
    total_users_by_month : sequence of float or array
        Users in the last month of each month [users].

    Returns
    -------
    float or array
        Users in the last month [users].

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

    most_gpus = highest(gpus_by_month)

    Parameters
    ----------
    gpus_by_month : sequence of float or array
        GPUs in the month that has most of each month [GPUs].

    Returns
    -------
    float or array
        GPUs in the month that has most [GPUs].

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

    most_gpus_month = first_month(gpus_by_month, most_gpus)

    Parameters
    ----------
    gpus_by_month : sequence of float or array
        GPUs of each month [GPUs].
    most_gpus : float or array
        GPUs in the month that has most [GPUs].

    Returns
    -------
    float or array
        Number of that month [months].

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

    closing_gpus = last(gpus_by_month)

    Parameters
    ----------
    gpus_by_month : sequence of float or array
        GPUs in the last month of each month [GPUs].

    Returns
    -------
    float or array
        GPUs in the last month [GPUs].

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

    total_paid_gpu_hours = total(paid_gpu_hours_by_month)

    Parameters
    ----------
    paid_gpu_hours_by_month : sequence of float or array
        GPU-hours paid over the plan of each month [h].

    Returns
    -------
    float or array
        GPU-hours paid over the plan [h].

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

    total_used_gpu_hours = total(used_gpu_hours_by_month)

    Parameters
    ----------
    used_gpu_hours_by_month : sequence of float or array
        GPU-hours used over the plan of each month [h].

    Returns
    -------
    float or array
        GPU-hours used over the plan [h].

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

    total_idle_gpu_hours = total(idle_gpu_hours_by_month)

    Parameters
    ----------
    idle_gpu_hours_by_month : sequence of float or array
        GPU-hours paid and not used over the plan of each month [h].

    Returns
    -------
    float or array
        GPU-hours paid and not used over the plan [h].

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

    used_share = ratio(total_used_gpu_hours, total_paid_gpu_hours)

    Parameters
    ----------
    total_used_gpu_hours : float or array
        GPU-hours used [h].
    total_paid_gpu_hours : float or array
        GPU-hours paid [h].

    Returns
    -------
    float or array
        Used over paid GPU-hours [share].

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

    slot_quantile = normal_quantile(highest(every_slot_probability))

    Parameters
    ----------
    every_slot_probability : sequence of float or array
        Probability that a user of each tier finds a free sequence [share].

    Returns
    -------
    float or array
        Standard deviations above the mean [x].

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
