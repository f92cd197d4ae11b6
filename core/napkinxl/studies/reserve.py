"""How much to reserve and how much to rent by the hour: the newsvendor's quantile of demand."""

from __future__ import annotations

import math
from collections.abc import Sequence

from napkinxl.errors import InputError
from napkinxl.studies.checks import AMOUNT, checked

# A quantile that is met exactly is met, whatever the last bits say.
GUARD = 1e-9


def critical_ratio(cost_of_too_little: float, cost_of_too_much: float) -> float:
    """Quantile of demand to stock: where one more unit gains as often as it loses.

    Parameters
    ----------
    cost_of_too_little : float
        Lost on each unit wanted and not stocked [USD].
    cost_of_too_much : float
        Lost on each unit stocked and not wanted [USD].

    Returns
    -------
    float
        Quantile; no answer (NaN) where neither costs anything [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    Sold at 100, bought at 60, returned at 40.

    >>> round(critical_ratio(100 - 60, 60 - 40), 3)
    0.667

    References
    ----------
    A teaching note on the newsvendor problem prints 0.667.
    """
    little = checked("cost_of_too_little", cost_of_too_little, AMOUNT)
    much = checked("cost_of_too_much", cost_of_too_much, AMOUNT)
    return little / (little + much) if little + much else math.nan


def reserve_quantile(on_demand_usd_per_hour: float, reserved_usd_per_hour: float) -> float:
    """Quantile of demand to reserve, when the rest is rented by the hour.

    Parameters
    ----------
    on_demand_usd_per_hour : float
        Price of a GPU that is rented only while it is wanted [USD/h].
    reserved_usd_per_hour : float
        Price of a reserved GPU, wanted or not [USD/h].

    Returns
    -------
    float
        Quantile of demand; 0 where reserving is no cheaper, no answer (NaN) where both are free [share].

    Raises
    ------
    InputError
        An argument is no number or lies outside its bounds.

    Examples
    --------
    >>> reserve_quantile(4, 3)
    0.25

    References
    ----------
    The newsvendor's critical ratio with cost of too little = on demand - reserved, of too much = reserved.
    """
    on_demand = checked("on_demand_usd_per_hour", on_demand_usd_per_hour, AMOUNT)
    reserved = checked("reserved_usd_per_hour", reserved_usd_per_hour, AMOUNT)
    if on_demand <= reserved:
        return 0.0 if on_demand else math.nan
    return critical_ratio(on_demand - reserved, reserved)


def gpus_to_reserve(hourly_gpus: Sequence[float], on_demand_usd_per_hour: float, reserved_usd_per_hour: float) -> float:
    """GPUs to reserve for a demand that is known hour by hour.

    Parameters
    ----------
    hourly_gpus : sequence of float
        GPUs wanted in each hour [GPUs].
    on_demand_usd_per_hour : float
        Price of a GPU that is rented only while it is wanted [USD/h].
    reserved_usd_per_hour : float
        Price of a reserved GPU, wanted or not [USD/h].

    Returns
    -------
    float
        GPUs, one of the demands given, or 0 where reserving does not pay; no answer (NaN) where both are free [GPUs].

    Raises
    ------
    InputError
        There is no hour, or an argument is no number or lies outside its bounds.

    Examples
    --------
    Three hours in four want 8 GPUs, one wants 20: a reserved GPU must be used more than 3 hours in 4 to pay.

    >>> gpus_to_reserve([8, 8, 8, 20], 4, 3)
    8.0

    References
    ----------
    The smallest demand that is enough in that quantile of hours, as in any text on the newsvendor problem.
    """
    demand = sorted(checked("hourly_gpus", gpus, AMOUNT) for gpus in hourly_gpus)
    if not demand:
        raise InputError("hourly_gpus must hold at least one hour, got none")
    quantile = reserve_quantile(on_demand_usd_per_hour, reserved_usd_per_hour)
    if math.isnan(quantile) or quantile == 0:
        return quantile
    return demand[max(math.ceil(quantile * len(demand) - GUARD), 1) - 1]
