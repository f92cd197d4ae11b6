"""The owned fleet at what was paid for it: each server keeps the price of the month it was ordered in."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, month_value


@monthly("USD", "Server purchases (capex)", audience="board", months="sum")
def purchases_usd(
    ordered_servers: Number, gpus_per_server: Number, purchase_usd_per_gpu: Number, purchase_ratio: Number
) -> Number:
    """The servers ordered in the month are paid for at once.

    price = gpus_per_server * purchase_usd_per_gpu * purchase_ratio
    purchases_usd = where(above(ordered_servers, 0), ordered_servers * price, 0)

    Examples
    --------
    >>> purchases_usd(2, 8, 40_000, 0.5)
    320000.0

    References
    ----------
    Paid at the order; depreciated from the arrival on.
    """
    price = gpus_per_server * purchase_usd_per_gpu * purchase_ratio
    return where(above(ordered_servers, 0), ordered_servers * price, 0)


@monthly("USD", "Servers delivered, at cost", audience="finance", months="sum")
def arrived_at_cost_usd(month: Number, lead_months: Number, purchases_usd_by_month: Numbers) -> Number:
    """The servers that come into use in the month were bought for this much.

    Examples
    --------
    >>> arrived_at_cost_usd(3, 2, [640.0, 0.0, 0.0])
    640.0

    References
    ----------
    Assets are carried at cost from the day they can be used (IAS 16, 16 and 55).
    """
    return month_value(purchases_usd_by_month, month - lead_months)


@monthly("USD", "Servers retired, at cost", audience="finance", months="sum")
def retired_at_cost_usd(
    month: Number,
    useful_life_months: Number,
    arrived_at_cost_usd_so_far: Numbers,
    previous_inherited_servers: Number,
    inherited_servers: Number,
    opening_owned_at_cost_usd: Number,
) -> Number:
    """The servers that reach the end of their useful life were bought for this much.

    inherited = where(above(previous_inherited_servers, inherited_servers), opening_owned_at_cost_usd, 0)
    retired_at_cost_usd = month_value(arrived_at_cost_usd_so_far, month - useful_life_months) + inherited

    Examples
    --------
    >>> retired_at_cost_usd(4, 3, [640.0, 0.0, 0.0], 0, 0, 0)
    640.0

    References
    ----------
    Own bookkeeping of the plan: as the servers retire, so does their cost.
    """
    inherited = where(above(previous_inherited_servers, inherited_servers), opening_owned_at_cost_usd, 0)
    return month_value(arrived_at_cost_usd_so_far, month - useful_life_months) + inherited


@monthly("USD", "Owned servers, at cost", opening="opening_owned_at_cost_usd", audience="finance", months="last")
def owned_at_cost_usd(
    previous_owned_at_cost_usd: Number, arrived_at_cost_usd: Number, retired_at_cost_usd: Number
) -> Number:
    """The owned servers in use were bought for this much.

    Examples
    --------
    >>> owned_at_cost_usd(640, 320, 100)
    860

    References
    ----------
    Gross carrying amount: cost before depreciation (IAS 16, 73).
    """
    return previous_owned_at_cost_usd + arrived_at_cost_usd - retired_at_cost_usd
