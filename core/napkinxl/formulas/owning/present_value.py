"""Owned against rented over the horizon, in today's money."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, maximum, power, ratio, where
from napkinxl.engine.registry import quantity


@quantity("x", "Annuity factor over the horizon", audience="finance", helper=True)
def annuity_factor(monthly_cost_of_capital_share: Number, horizon_months: Number) -> Number:
    """One dollar at the end of every month of the horizon has this present value.

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


@quantity("USD", "Present value of renting a GPU", audience="finance")
def rent_npv_usd_per_gpu(rent_usd_per_gpu_month: Number, annuity_factor: Number) -> Number:
    """Renting a GPU over the horizon costs this much in today's money.

    Examples
    --------
    >>> round(rent_npv_usd_per_gpu(500, 119.5542917), 2)
    59777.15

    References
    ----------
    Net present value of a cost, paid at the end of each month; worked case FN39.
    """
    return rent_usd_per_gpu_month * annuity_factor


@quantity("USD", "Book value per GPU at the horizon", audience="finance")
def horizon_book_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    horizon_months: Number,
    useful_life_months: Number,
) -> Number:
    """Straight-line depreciation leaves this much of the purchase price at the end of the horizon.

    left = maximum(1 - horizon_months / useful_life_months, 0)
    horizon_book_usd_per_gpu = resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left

    Examples
    --------
    >>> horizon_book_usd_per_gpu(30_000, 7_500, 10, 10)
    7500.0

    References
    ----------
    Worked case FN24: 2,250 a period.
    """
    left = maximum(1 - horizon_months / useful_life_months, 0)
    return resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left


@quantity("USD", "Present value of owning a GPU", audience="finance")
def owned_npv_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    opex_usd_per_gpu_month: Number,
    annuity_factor: Number,
    horizon_book_usd_per_gpu: Number,
    monthly_cost_of_capital_share: Number,
    horizon_months: Number,
    availability_share: Number,
) -> Number:
    """Buying and running a working GPU over the horizon costs this much in today's money, net of its book value.

    discount = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    paid_usd = purchase_usd_per_gpu + opex_usd_per_gpu_month * annuity_factor
    owned_npv_usd_per_gpu = ratio(paid_usd - horizon_book_usd_per_gpu * discount, availability_share)

    Notes
    -----
    More than one GPU is bought for the work of one where failures take their time.

    Examples
    --------
    >>> round(owned_npv_usd_per_gpu(0, 500, 119.5542917, 0, 0.08 / 12, 240, 1), 2)
    59777.15

    References
    ----------
    Net present value of a cost, purchase at time 0; worked case FN39.
    """
    discount = power(1 / (1 + monthly_cost_of_capital_share), horizon_months)
    paid_usd = purchase_usd_per_gpu + opex_usd_per_gpu_month * annuity_factor
    return ratio(paid_usd - horizon_book_usd_per_gpu * discount, availability_share)


@quantity("USD", "Saving from owning a GPU, present value", audience="board")
def owned_saving_npv_usd_per_gpu(rent_npv_usd_per_gpu: Number, owned_npv_usd_per_gpu: Number) -> Number:
    """Owning saves this much over renting in today's money; below zero, renting is cheaper.

    Examples
    --------
    >>> owned_saving_npv_usd_per_gpu(6_238_000, 1_013_447)
    5224553

    References
    ----------
    Lenovo Press LP2368: 6,238,000 USD of cloud against 1,013,447 owned; worked cases LV09 to LV11.
    """
    return rent_npv_usd_per_gpu - owned_npv_usd_per_gpu
