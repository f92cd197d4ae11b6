"""What an owned GPU costs to run: hosting, maintenance and electricity, and the time that failures take."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum, power
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import HOURS_PER_YEAR, MONTHS_PER_YEAR


@quantity("USD/month", "Hosting per owned GPU", audience="finance")
def hosting_usd_per_gpu_month(contracted_power_kw_per_gpu: Number, hosting_usd_per_kw_month: Number) -> Number:
    """Space, cooling and the power connection of an owned GPU cost this much a month.

    Examples
    --------
    >>> hosting_usd_per_gpu_month(10.2, 150)
    1530.0

    References
    ----------
    Colocation is sold by committed kW, 80 to 300 USD a month; the nameplate of a DGX H100 is 10.2 kW. The product is
    plain.
    """
    return contracted_power_kw_per_gpu * hosting_usd_per_kw_month


@quantity("USD/month", "Maintenance per owned GPU", audience="finance")
def maintenance_usd_per_gpu_month(maintenance_share: Number, purchase_usd_per_gpu: Number) -> Number:
    """Service and operations of an owned GPU cost this much a month, as a share of its purchase price.

    Examples
    --------
    >>> round(maintenance_usd_per_gpu_month(0.12, 250_141.8) / 730, 2)
    3.43

    References
    ----------
    Lenovo Press LP2368: 12% a year; worked case LV20, 3.4266 USD an hour.
    """
    return maintenance_share * purchase_usd_per_gpu / MONTHS_PER_YEAR


@quantity("USD/month", "Opex per owned GPU, bottom-up estimate", audience="finance")
def estimated_opex_usd_per_gpu_month(
    electricity_usd_per_gpu_month: Number,
    hosting_usd_per_gpu_month: Number,
    maintenance_usd_per_gpu_month: Number,
) -> Number:
    """Electricity, hosting and maintenance add up to the monthly operating cost of an owned GPU.

    Examples
    --------
    >>> estimated_opex_usd_per_gpu_month(50, 140, 50)
    240

    References
    ----------
    Method: power, cooling, network and hosting of an owned GPU.
    """
    return electricity_usd_per_gpu_month + hosting_usd_per_gpu_month + maintenance_usd_per_gpu_month


@quantity("share", "GPU availability", audience="finance")
def availability_share(failures_per_gpu_year: Number, repair_hours: Number) -> Number:
    """A GPU works for this share of the time once failures and repairs are counted.

    Examples
    --------
    >>> round(availability_share(419 / 54 * 365 / 16_384, 24), 5)
    0.99953

    References
    ----------
    Llama 3: 419 interruptions in 54 days on 16,384 GPUs; worked case LL02.
    """
    return maximum(1 - failures_per_gpu_year * repair_hours / HOURS_PER_YEAR, 0)


@quantity("share", "Replica availability", number_format="0.000%", audience="finance")
def replica_availability_share(availability_share: Number, gpus_per_replica: Number) -> Number:
    """A replica works for this share of the time, because one failed GPU stops all of it.

    Examples
    --------
    >>> round(replica_availability_share(0.98904, 8), 4)
    0.9156

    References
    ----------
    Independent failures: all must work at once; Llama 3 for the rate (worked case LL02).
    """
    return power(availability_share, gpus_per_replica)
