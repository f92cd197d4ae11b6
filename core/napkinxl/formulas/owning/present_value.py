"""Owned against rented over the horizon, in today's money."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, maximum, power, ratio, where
from napkinxl.engine.registry import quantity


@quantity("x", "Worth now of a dollar a month over the horizon")
def annuity_factor(monthly_cost_of_capital_share: Number, horizon_months: Number) -> Number:
    """What a dollar at the end of every month of the horizon is worth now.

    left = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    worth = ratio(1 - left, monthly_cost_of_capital_share)
    annuity_factor = where(above(monthly_cost_of_capital_share, 0), worth, horizon_months)

    Examples
    --------
    >>> round(annuity_factor(0.08 / 12, 240) * 500, 2)
    59777.15

    References
    ----------
    Present value of an annuity; Excel: PV(0.08/12, 240, 500); worked case FN39.
    """
    left = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    worth = ratio(1 - left, monthly_cost_of_capital_share)
    return where(above(monthly_cost_of_capital_share, 0), worth, horizon_months)


@quantity("USD", "Renting a GPU over the horizon, present value")
def rent_npv_usd_per_gpu(rent_usd_per_gpu_month: Number, annuity_factor: Number) -> Number:
    """Present value of the rent of a GPU over the horizon.

    Examples
    --------
    >>> round(rent_npv_usd_per_gpu(500, 119.5542917), 2)
    59777.15

    References
    ----------
    Net present value of a cost, paid at the end of each month; worked case FN39.
    """
    return rent_usd_per_gpu_month * annuity_factor


@quantity("USD", "Worth of a GPU at the end of the horizon")
def horizon_resale_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    horizon_months: Number,
    lifetime_months: Number,
) -> Number:
    """Book value at the end of the horizon, in a straight line from price to resale value.

    left = maximum(1 - horizon_months / lifetime_months, 0)
    horizon_resale_usd_per_gpu = resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left

    Examples
    --------
    >>> horizon_resale_usd_per_gpu(30_000, 7_500, 10, 10)
    7500.0

    References
    ----------
    Worked case FN24: 2,250 a period.
    """
    left = maximum(1 - horizon_months / lifetime_months, 0)
    return resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left


@quantity("USD", "Owning a GPU over the horizon, present value")
def own_npv_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    opex_usd_per_gpu_month: Number,
    annuity_factor: Number,
    horizon_resale_usd_per_gpu: Number,
    monthly_cost_of_capital_share: Number,
    horizon_months: Number,
    availability_share: Number,
) -> Number:
    """Present value of buying what does the work of a GPU now, running it over the horizon and selling it at its worth.

    discount = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    paid_usd = purchase_usd_per_gpu + opex_usd_per_gpu_month * annuity_factor
    own_npv_usd_per_gpu = ratio(paid_usd - horizon_resale_usd_per_gpu * discount, availability_share)

    Notes
    -----
    More than one GPU is bought for the work of one where failures take their time.

    Examples
    --------
    >>> round(own_npv_usd_per_gpu(0, 500, 119.5542917, 0, 0.08 / 12, 240, 1), 2)
    59777.15

    References
    ----------
    Net present value of a cost, purchase at time 0; worked case FN39.
    """
    discount = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    paid_usd = purchase_usd_per_gpu + opex_usd_per_gpu_month * annuity_factor
    return ratio(paid_usd - horizon_resale_usd_per_gpu * discount, availability_share)


@quantity("USD", "Saved by owning a GPU, present value")
def own_saving_npv_usd_per_gpu(rent_npv_usd_per_gpu: Number, own_npv_usd_per_gpu: Number) -> Number:
    """What owning saves over renting on the horizon; below zero renting is cheaper.

    Examples
    --------
    >>> own_saving_npv_usd_per_gpu(6_238_000, 1_013_447)
    5224553

    References
    ----------
    Lenovo Press LP2368: 6,238,000 USD of cloud against 1,013,447 owned; worked cases LV09 to LV11.
    """
    return rent_npv_usd_per_gpu - own_npv_usd_per_gpu
