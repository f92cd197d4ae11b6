"""The power that an owned GPU draws, and what its electricity costs."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import KW_PER_MW, W_PER_KW


@quantity("share", "Mean load over busiest-hour load", audience="finance", helper=True)
def mean_to_peak_share(peak_to_mean_ratio: Number) -> Number:
    """This share of a fleet sized for its busiest hour is at work in an average hour.

    Examples
    --------
    >>> round(mean_to_peak_share(278 / 226.75), 4)
    0.8156

    References
    ----------
    DeepSeek, 278 nodes at the peak and 226.75 on average; worked case DS06.
    """
    return 1 / peak_to_mean_ratio


@quantity("kW", "Mean power per GPU, server included", audience="finance")
def mean_power_kw_per_gpu(
    board_power_w: Number,
    power_utilization_share: Number,
    idle_power_share: Number,
    other_server_power_w_per_gpu: Number,
) -> Number:
    """A GPU and its share of the server draw this much power on average.

    load = power_utilization_share + idle_power_share * (1 - power_utilization_share)
    mean_power_kw_per_gpu = (board_power_w * load + other_server_power_w_per_gpu) / 1000

    Examples
    --------
    >>> mean_power_kw_per_gpu(700, 1, 0.1, 250)
    0.95

    References
    ----------
    Worked case LO06: 8 GPUs of 0.7 kW and 2 kW beside them.
    """
    load = power_utilization_share + idle_power_share * (1 - power_utilization_share)
    return (board_power_w * load + other_server_power_w_per_gpu) / W_PER_KW


@quantity("USD/month", "Electricity per owned GPU", audience="finance")
def electricity_usd_per_gpu_month(
    mean_power_kw_per_gpu: Number,
    pue: Number,
    hours_per_month: Number,
    electricity_usd_per_kwh: Number,
) -> Number:
    """Electricity for an owned GPU costs this much a month, cooling and losses included.

    Examples
    --------
    >>> round(electricity_usd_per_gpu_month(8 * 0.95, 1.4, 1, 0.1), 3)
    1.064

    References
    ----------
    Worked case LO06: 1.06 USD an hour for a server of 8 GPUs at PUE 1.4 and 0.10 USD/kWh.
    """
    return mean_power_kw_per_gpu * pue * hours_per_month * electricity_usd_per_kwh


@quantity("kW", "Contracted power per GPU", audience="finance")
def contracted_power_kw_per_gpu(board_power_w: Number, other_server_power_w_per_gpu: Number) -> Number:
    """Hosting is paid for the highest power that a GPU and its share of the server can draw.

    Examples
    --------
    >>> contracted_power_kw_per_gpu(1000, 300)
    1.3

    References
    ----------
    Worked case AI01: 1 kW and 30% beside it.
    """
    return (board_power_w + other_server_power_w_per_gpu) / W_PER_KW


@quantity("GPUs", "GPUs per megawatt of site power", audience="finance")
def gpus_per_mw(contracted_power_kw_per_gpu: Number, pue: Number) -> Number:
    """One megawatt of site power carries this many GPUs, with cooling and losses counted.

    Examples
    --------
    >>> int(gpus_per_mw(1.3, 1.2) * 50)
    32051

    References
    ----------
    Worked case AI01: 32,051 GPUs on 50 MW.
    """
    return KW_PER_MW / (contracted_power_kw_per_gpu * pue)
