"""What running an owned GPU costs where tiers load it differently: busier GPUs take more power."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ratio, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, highest, total


@monthly("USD replicas/month", "Running cost of a GPU times the replicas that a tier fills", entity="tier")
def tier_running_usd_replicas(tier_mean_replicas: Number, opex_usd_per_gpu_month: Number) -> Number:
    """Running cost of an owned GPU as the tier loads it, times the replicas that it fills.

    Examples
    --------
    >>> tier_running_usd_replicas(2.5, 200)
    500.0

    References
    ----------
    Weights of a mean.
    """
    return tier_mean_replicas * opex_usd_per_gpu_month


@monthly("USD/month", "Running cost of an owned GPU, as the tiers load it")
def mean_running_usd_per_gpu_month(
    every_tier_running_usd_replicas: Numbers, mean_replicas: Number, every_opex_usd_per_gpu_month: Numbers
) -> Number:
    """Running cost of an owned GPU in the month: the mean of the tiers' by the replicas that they fill.

    mean = ratio(total(every_tier_running_usd_replicas), mean_replicas)
    mean_running_usd_per_gpu_month = where(above(mean_replicas, 0), mean, highest(every_opex_usd_per_gpu_month))

    Notes
    -----
    Tiers differ where their busiest hours do, and with them the power that a GPU takes on average.

    Examples
    --------
    >>> mean_running_usd_per_gpu_month([500.0, 150.0], 3.0, [200.0, 300.0])
    216.66666666666666

    References
    ----------
    Weighted mean.
    """
    mean = ratio(total(every_tier_running_usd_replicas), mean_replicas)
    return where(above(mean_replicas, 0), mean, highest(every_opex_usd_per_gpu_month))
