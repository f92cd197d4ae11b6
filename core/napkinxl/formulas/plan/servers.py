"""Servers that are owned, from order to retirement."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, floor, maximum, where
from napkinxl.engine.registry import monthly
from napkinxl.engine.row_ops import Numbers, month_value


@monthly(
    "servers", "Opening servers still in use", opening="opening_servers", audience="finance", helper=True, months="last"
)
def inherited_servers(month: Number, opening_servers: Number, opening_servers_months_left: Number) -> Number:
    """This many of the servers owned at the start are still in use.

    Examples
    --------
    >>> inherited_servers(24, 5, 24), inherited_servers(25, 5, 24)
    (5, 0)

    References
    ----------
    Own bookkeeping of the plan.
    """
    return where(above(month, opening_servers_months_left), 0, opening_servers)


@monthly("servers", "Servers retired", audience="finance", months="sum")
def retired_servers(
    month: Number,
    useful_life_months: Number,
    arrived_servers_so_far: Numbers,
    previous_inherited_servers: Number,
    inherited_servers: Number,
) -> Number:
    """This many servers reach the end of their useful life in the month.

    arrived = month_value(arrived_servers_so_far, month - useful_life_months)
    retired_servers = arrived + previous_inherited_servers - inherited_servers

    Notes
    -----
    A server is used for useful_life_months months from the month of its arrival.

    Examples
    --------
    >>> retired_servers(4, 3, [2.0, 0.0, 1.0], 0, 0)
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    arrived = month_value(arrived_servers_so_far, month - useful_life_months)
    return arrived + previous_inherited_servers - inherited_servers


@monthly("servers", "Servers to own (target)", audience="finance", months="last")
def target_owned_servers(servers_needed: Number, owned_gpus_share: Number) -> Number:
    """The planned mix calls for owning this many of the servers needed.

    Examples
    --------
    >>> target_owned_servers(5, 0.5)
    2.0

    References
    ----------
    Own bookkeeping of the plan.
    """
    return floor(servers_needed * owned_gpus_share)


@monthly("servers", "Servers delivered", audience="finance", months="sum")
def arrived_servers(
    month: Number,
    lead_months: Number,
    target_owned_servers: Number,
    previous_owned_servers: Number,
    retired_servers: Number,
) -> Number:
    """This many owned servers come into use in the month.

    needed = maximum(target_owned_servers - (previous_owned_servers - retired_servers), 0)
    arrived_servers = where(above(month, lead_months), needed, 0)

    Notes
    -----
    The plan knows its users in advance. What would have had to be ordered before month 1 does not arrive.

    Examples
    --------
    >>> arrived_servers(4, 3, 5, 2, 1), arrived_servers(3, 3, 5, 2, 1)
    (4, 0)

    References
    ----------
    Buy at month m less the lead time; retire at the end of life.
    """
    needed = maximum(target_owned_servers - (previous_owned_servers - retired_servers), 0)
    return where(above(month, lead_months), needed, 0)


@monthly("servers", "Servers owned", opening="opening_servers", audience="finance", months="last")
def owned_servers(previous_owned_servers: Number, arrived_servers: Number, retired_servers: Number) -> Number:
    """This many owned servers are in use in the month.

    Examples
    --------
    >>> owned_servers(2, 4, 1)
    5

    References
    ----------
    Own bookkeeping of the plan.
    """
    return previous_owned_servers + arrived_servers - retired_servers


@monthly("servers", "Servers ordered", audience="finance", months="sum")
def ordered_servers(month: Number, lead_months: Number, arrived_servers_by_month: Numbers) -> Number:
    """This many servers are ordered in the month, to be in use when the lead time is over.

    Notes
    -----
    Nothing is ordered for the time after the plan.

    Examples
    --------
    >>> ordered_servers(1, 2, [0.0, 0.0, 4.0])
    4.0

    References
    ----------
    Buy at month m less the lead time.
    """
    return month_value(arrived_servers_by_month, month + lead_months)
