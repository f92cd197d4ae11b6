"""GPUs owned, GPUs rented for the rest, and their hours: paid, used, idle."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ceil, maximum, where
from napkinxl.engine.registry import monthly


@monthly("GPUs", "GPUs owned", audience="board", months="last")
def owned_gpus(owned_servers: Number, gpus_per_server: Number) -> Number:
    """This many owned GPUs are in use in the month.

    Examples
    --------
    >>> owned_gpus(5, 8)
    40

    References
    ----------
    Own bookkeeping of the plan.
    """
    return owned_servers * gpus_per_server


@monthly("GPUs", "GPUs rented", audience="board", months="last")
def rented_gpus(gpus_needed: Number, owned_gpus: Number, gpus_per_server: Number, rent_whole_servers: Number) -> Number:
    """This many GPUs are rented in the month, where those owned are not enough.

    missing = maximum(gpus_needed - owned_gpus, 0)
    rented_gpus = where(above(rent_whole_servers, 0), ceil(missing / gpus_per_server) * gpus_per_server, missing)

    Notes
    -----
    They are held through the whole month, for its busiest hour.

    Examples
    --------
    >>> rented_gpus(17, 8, 8, 1), rented_gpus(17, 8, 8, 0)
    (16.0, 9)

    References
    ----------
    Demand above owned capacity overflows to rented GPUs.
    """
    missing = maximum(gpus_needed - owned_gpus, 0)
    whole = ceil(missing / gpus_per_server) * gpus_per_server
    return where(above(rent_whole_servers, 0), whole, missing)


@monthly("GPUs", "GPUs in the fleet", audience="board", months="last")
def gpus(owned_gpus: Number, rented_gpus: Number) -> Number:
    """The fleet has this many GPUs in the month, owned and rented.

    Examples
    --------
    >>> gpus(8, 16)
    24

    References
    ----------
    Own bookkeeping of the plan.
    """
    return owned_gpus + rented_gpus


@monthly("h", "GPU-hours paid", audience="finance", months="sum")
def paid_gpu_hours(gpus: Number, hours_per_month: Number) -> Number:
    """The fleet pays for this many GPU-hours in the month, busy or idle.

    Examples
    --------
    >>> paid_gpu_hours(24, 720)
    17280

    References
    ----------
    Ledgers of allocation and usage kept apart: OpenCost, issue 3900.
    """
    return gpus * hours_per_month


@monthly("h", "GPU-hours used", audience="finance", months="sum")
def used_gpu_hours(mean_replicas: Number, gpus_per_replica: Number, hours_per_month: Number) -> Number:
    """Chats use this many GPU-hours in the month, counted in full replicas.

    Examples
    --------
    >>> round(used_gpu_hours(6346 * 0.75, 1, 8760) * 9144 * 3600 / 1e12, 1)
    1372.5

    References
    ----------
    Worked case CL05: replicas x share of time x hours, here with the tokens of each.
    """
    return mean_replicas * gpus_per_replica * hours_per_month


@monthly("h", "GPU-hours idle", audience="finance", months="sum")
def idle_gpu_hours(paid_gpu_hours: Number, used_gpu_hours: Number) -> Number:
    """The fleet pays for this many GPU-hours in the month without using them.

    Notes
    -----
    Nights, headroom, spares, and the rest of the last server.

    Examples
    --------
    >>> idle_gpu_hours(17280, 7280)
    10000

    References
    ----------
    Ledgers of allocation and usage kept apart: OpenCost, issue 3900.
    """
    return paid_gpu_hours - used_gpu_hours
