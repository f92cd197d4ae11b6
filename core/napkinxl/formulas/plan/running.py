"""What running an owned GPU costs where tiers load it differently: busier GPUs take more power."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ratio, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, highest, total


@monthly("USD replicas/month", "Opex weight of the plan's load", entity="tier", helper=True)
def tier_opex_usd_replicas(tier_mean_replicas: Number, opex_usd_per_gpu_month: Number) -> Number:
    """Opex per owned GPU under the plan's load, times the replicas it fills, weights the average over plans.

    Examples
    --------
    >>> tier_opex_usd_replicas(2.5, 200)
    500.0

    References
    ----------
    Weights of a mean.
    """
    return tier_mean_replicas * opex_usd_per_gpu_month


@monthly("USD/month", "Opex per owned GPU, mean of all plans", audience="finance")
def mean_opex_usd_per_gpu_month(
    every_tier_opex_usd_replicas: Numbers, mean_replicas: Number, every_opex_usd_per_gpu_month: Numbers
) -> Number:
    """An owned GPU costs this much in the month for power, hosting and maintenance under the load of all plans.

    mean = ratio(total(every_tier_opex_usd_replicas), mean_replicas)
    mean_opex_usd_per_gpu_month = where(above(mean_replicas, 0), mean, highest(every_opex_usd_per_gpu_month))

    Notes
    -----
    Tiers differ where their busiest hours do, and with them the power that a GPU takes on average.

    Examples
    --------
    >>> mean_opex_usd_per_gpu_month([500.0, 150.0], 3.0, [200.0, 300.0])
    216.66666666666666

    References
    ----------
    Weighted mean.
    """
    mean = ratio(total(every_tier_opex_usd_replicas), mean_replicas)
    return where(above(mean_replicas, 0), mean, highest(every_opex_usd_per_gpu_month))
