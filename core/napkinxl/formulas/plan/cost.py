"""What serving costs, and the product beside it."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, where
from napkinxl.engine.registry import monthly


@monthly("USD", "Rent of GPUs", audience="finance", months="sum")
def rent_usd(rented_gpus: Number, rent_usd_per_gpu_hour: Number, rent_ratio: Number, hours_per_month: Number) -> Number:
    """Rented GPUs cost this much in the month.

    rate = rent_usd_per_gpu_hour * rent_ratio
    rent_usd = where(above(rented_gpus, 0), rented_gpus * rate * hours_per_month, 0)

    Notes
    -----
    A rent that is not known matters only where something is rented. rent_usd_per_gpu_hour is the rent of month 1.

    Examples
    --------
    >>> rent_usd(16, 2.0, 1.0, 720)
    23040.0

    References
    ----------
    Rent is GPUs x rate x hours held, busy or idle (worked case LT02).
    """
    rate = rent_usd_per_gpu_hour * rent_ratio
    return where(above(rented_gpus, 0), rented_gpus * rate * hours_per_month, 0)


@monthly("USD", "Opex of owned GPUs", audience="finance", months="sum")
def owned_opex_usd(owned_gpus: Number, mean_opex_usd_per_gpu_month: Number) -> Number:
    """Power, hosting and maintenance of the owned GPUs cost this much in the month.

    Examples
    --------
    >>> owned_opex_usd(40, 300)
    12000

    References
    ----------
    Own cost of a GPU-hour: capital and operation apart (Lenovo LP2368).
    """
    return where(above(owned_gpus, 0), owned_gpus * mean_opex_usd_per_gpu_month, 0)


@monthly("USD", "Depreciation of owned GPUs", audience="finance", months="sum")
def depreciation_usd(owned_at_cost_usd: Number, resale_share: Number, useful_life_months: Number) -> Number:
    """Owned GPUs lose this much book value in the month, straight line down to the resale value.

    Notes
    -----
    From the month of arrival on, in equal parts down to the resale value.

    Examples
    --------
    >>> depreciation_usd(30_000, 0.25, 10)
    2250.0

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    return owned_at_cost_usd * (1 - resale_share) / useful_life_months


@monthly("USD", "Fixed operating cost", audience="board", months="sum")
def fixed_usd(fixed_usd_per_month: Number) -> Number:
    """Staff, offices and licences cost this much in the month, however many users there are.

    Examples
    --------
    >>> fixed_usd(3000)
    3000

    References
    ----------
    Break-even units are fixed cost over unit contribution (worked cases BE01 to BE04).
    """
    return fixed_usd_per_month


@monthly("USD", "Fleet cost, idle capacity included", audience="board", months="sum")
def fleet_cost_usd(rent_usd: Number, owned_opex_usd: Number, depreciation_usd: Number) -> Number:
    """Rent, opex and depreciation of the whole fleet come to this much in the month.

    Notes
    -----
    As in the books: without the cost of the capital in owned GPUs, which the net present value takes in.

    Examples
    --------
    >>> fleet_cost_usd(1, 2, 3)
    6

    References
    ----------
    Own cost of a GPU-hour: capital and operation apart (Lenovo LP2368).
    """
    return rent_usd + owned_opex_usd + depreciation_usd


@monthly("USD", "Cost of revenue (COGS)", audience="board", months="sum")
def cost_of_revenue_usd(fleet_cost_usd: Number, payment_fees_usd: Number, support_usd: Number) -> Number:
    """The fleet, payment fees and support cost this much in the month.

    Examples
    --------
    >>> cost_of_revenue_usd(6, 4, 5)
    15

    References
    ----------
    Gross margin is profit over revenue; profit over cost is markup (worked cases DS03, DS04).
    """
    return fleet_cost_usd + payment_fees_usd + support_usd


@monthly("USD", "Total cost, all plans", audience="finance", months="sum")
def cost_usd(cost_of_revenue_usd: Number, acquisition_usd: Number, fixed_usd: Number) -> Number:
    """Cost of revenue, acquisition and fixed operating cost come to this much in the month.

    Examples
    --------
    >>> cost_usd(500, 300, 200)
    1000

    References
    ----------
    Operating profit is revenue less this.
    """
    return cost_of_revenue_usd + acquisition_usd + fixed_usd
