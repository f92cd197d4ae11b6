"""What owning costs a month and an hour: purchase, cost of capital and running cost, levelised."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity


@quantity("USD", "Purchase price per GPU, all in (capex)", audience="finance")
def purchase_usd_per_gpu(
    gpu_price_usd: Number,
    server_usd_per_gpu: Number,
    network_usd_per_gpu: Number,
    storage_usd_per_gpu: Number,
) -> Number:
    """Buying a GPU with its share of server, network and storage costs this much.

    Examples
    --------
    >>> purchase_usd_per_gpu(21_200, 0, 4_900, 0)
    26100

    References
    ----------
    Plain sum; its terms are those of worked case EP03 (Epoch AI, 1 GW site in millions: servers 21,200, network 4,900).
    """
    return gpu_price_usd + server_usd_per_gpu + network_usd_per_gpu + storage_usd_per_gpu


@quantity("USD", "Resale value per GPU", audience="finance")
def resale_usd_per_gpu(resale_share: Number, purchase_usd_per_gpu: Number) -> Number:
    """A GPU should fetch this much at the end of its useful life.

    Examples
    --------
    >>> resale_usd_per_gpu(0.25, 30_000)
    7500.0

    References
    ----------
    Salvage value of worked case FN24: 7,500 of 30,000.
    """
    return resale_share * purchase_usd_per_gpu


@quantity("USD/month", "Capital cost per owned GPU", audience="finance")
def capital_usd_per_gpu_month(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    capital_recovery_factor: Number,
    monthly_cost_of_capital_share: Number,
) -> Number:
    """Each month must earn this much to recover the purchase price and the cost of capital, net of resale.

    lost_usd = purchase_usd_per_gpu - resale_usd_per_gpu
    capital_usd_per_gpu_month = lost_usd * capital_recovery_factor + resale_usd_per_gpu * monthly_cost_of_capital_share

    Notes
    -----
    At no cost of capital it is the straight line.

    Examples
    --------
    >>> round(capital_usd_per_gpu_month(18_000, 0, 0.26379748, 0.1), 2)
    4748.35

    References
    ----------
    Capital recovery, (C - S) CRF + S r; worked cases CR02 to CR08; Excel: -PMT(r, n, C, -S).
    """
    lost_usd = purchase_usd_per_gpu - resale_usd_per_gpu
    return lost_usd * capital_recovery_factor + resale_usd_per_gpu * monthly_cost_of_capital_share


@quantity("USD/month", "Full cost per owned GPU, per month", audience="finance")
def owned_usd_per_gpu_month(capital_usd_per_gpu_month: Number, opex_usd_per_gpu_month: Number) -> Number:
    """Capital cost and opex together make the levelised monthly cost of an owned GPU.

    Examples
    --------
    >>> owned_usd_per_gpu_month(1000, 200)
    1200

    References
    ----------
    Method: price over the life, plus power, cooling, network and hosting.
    """
    return capital_usd_per_gpu_month + opex_usd_per_gpu_month


@quantity("USD/h", "Full cost per owned GPU-hour", audience="finance")
def owned_usd_per_gpu_hour(
    owned_usd_per_gpu_month: Number,
    hours_per_month: Number,
    availability_share: Number,
) -> Number:
    """The levelised monthly cost is spread over the hours in which the GPU works.

    Examples
    --------
    >>> round(owned_usd_per_gpu_hour(250_141.8 / 60 + 6.37 * 730, 730, 1), 2)
    12.08

    References
    ----------
    Lenovo Press LP2368: 12.08 USD an hour for a server of 8 GPUs; worked case LV14.
    """
    return ratio(owned_usd_per_gpu_month, hours_per_month * availability_share)
