"""What an owned GPU is worth in the books at a given age."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, maximum, minimum, power, where
from napkinxl.engine.registry import quantity


@quantity("USD", "Book value per GPU, straight line", audience="finance")
def straight_line_book_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    gpu_age_months: Number,
    useful_life_months: Number,
) -> Number:
    """The purchase price falls by an equal amount every month, down to the resale value.

    left = maximum(1 - gpu_age_months / useful_life_months, 0)
    straight_line_book_usd_per_gpu = resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left

    Notes
    -----
    Age and life count the same periods.

    Examples
    --------
    >>> straight_line_book_usd_per_gpu(30_000, 7_500, 1, 10)
    27750.0

    References
    ----------
    Excel: SLN(30000, 7500, 10) = 2,250; worked case FN24.
    """
    left = maximum(1 - gpu_age_months / useful_life_months, 0)
    return resale_usd_per_gpu + (purchase_usd_per_gpu - resale_usd_per_gpu) * left


@quantity("USD", "Book value per GPU, declining balance", audience="finance")
def declining_book_usd_per_gpu(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    declining_factor: Number,
    gpu_age_months: Number,
    useful_life_months: Number,
) -> Number:
    """The purchase price falls by a constant share every month, down to the resale value.

    left = power(maximum(1 - declining_factor / useful_life_months, 0), gpu_age_months)
    declining_book_usd_per_gpu = maximum(purchase_usd_per_gpu * left, resale_usd_per_gpu)

    Notes
    -----
    Age and life count the same periods; the depreciation of a period is the difference of two ages.

    Examples
    --------
    >>> declining_book_usd_per_gpu(10_000, 1_000, 2, 1, 5) - declining_book_usd_per_gpu(10_000, 1_000, 2, 2, 5)
    2400.0

    References
    ----------
    Excel: DDB(10000, 1000, 5, 2) = 2,400; worked cases FN25 to FN33.
    """
    left = power(maximum(1 - declining_factor / useful_life_months, 0), gpu_age_months)
    return maximum(purchase_usd_per_gpu * left, resale_usd_per_gpu)


@quantity("USD/month", "Depreciation per GPU, straight line", audience="finance")
def straight_line_depreciation_usd_per_gpu_month(
    purchase_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    gpu_age_months: Number,
    useful_life_months: Number,
) -> Number:
    """The monthly charge is equal throughout the useful life and nil afterwards.

    part = (purchase_usd_per_gpu - resale_usd_per_gpu) / useful_life_months
    straight_line_depreciation_usd_per_gpu_month = where(above(useful_life_months, gpu_age_months), part, 0)

    Examples
    --------
    >>> straight_line_depreciation_usd_per_gpu_month(30_000, 7_500, 1, 10)
    2250.0

    References
    ----------
    Excel: SLN(30000, 7500, 10) = 2,250; worked case FN24.
    """
    part = (purchase_usd_per_gpu - resale_usd_per_gpu) / useful_life_months
    return where(above(useful_life_months, gpu_age_months), part, 0)


@quantity("USD/month", "Depreciation per GPU, declining balance", audience="finance")
def declining_depreciation_usd_per_gpu_month(
    declining_book_usd_per_gpu: Number,
    resale_usd_per_gpu: Number,
    declining_factor: Number,
    gpu_age_months: Number,
    useful_life_months: Number,
) -> Number:
    """The next month's charge is a constant share of the book value, which never falls below the resale value.

    part = declining_book_usd_per_gpu * minimum(declining_factor / useful_life_months, 1)
    down_to_resale = minimum(part, declining_book_usd_per_gpu - resale_usd_per_gpu)
    declining_depreciation_usd_per_gpu_month = where(above(useful_life_months, gpu_age_months), down_to_resale, 0)

    Notes
    -----
    As Excel's DDB: without the switch to the straight line that VDB makes, so that a rest above the resale value may
    stay in the books at the end of life. No tax table such as MACRS is in it.

    Examples
    --------
    >>> declining_depreciation_usd_per_gpu_month(6_000, 1_000, 2, 1, 5)
    2400.0

    References
    ----------
    Excel: DDB(10000, 1000, 5, 2) = 2,400; worked cases FN25 to FN33.
    """
    part = declining_book_usd_per_gpu * minimum(declining_factor / useful_life_months, 1)
    down_to_resale = minimum(part, declining_book_usd_per_gpu - resale_usd_per_gpu)
    return where(above(useful_life_months, gpu_age_months), down_to_resale, 0)
