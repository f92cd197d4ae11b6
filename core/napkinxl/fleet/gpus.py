"""GPUs owned, GPUs rented for the rest, and their hours: paid, used, idle."""

from __future__ import annotations

from napkinxl.ops import Number, above, ceil, maximum, where
from napkinxl.quantities import monthly


@monthly("GPUs", "GPUs owned", months="last")
def owned_gpus(owned_servers: Number, gpus_per_server: Number) -> Number:
    """GPUs owned and in use.

    owned_gpus = owned_servers * gpus_per_server

    Parameters
    ----------
    owned_servers : float or array
        Servers owned [servers].
    gpus_per_server : float or array
        GPUs in a server [GPUs].

    Returns
    -------
    float or array
        GPUs owned and in use [GPUs].

    Examples
    --------
    >>> owned_gpus(5, 8)
    40

    References
    ----------
    Own bookkeeping of the plan.
    """
    return owned_servers * gpus_per_server


@monthly("GPUs", "GPUs rented", months="last")
def rented_gpus(gpus_needed: Number, owned_gpus: Number, gpus_per_server: Number, rent_whole_servers: Number) -> Number:
    """GPUs rented for the month, where those owned are not enough.

    missing = maximum(gpus_needed - owned_gpus, 0)
    rented_gpus = where(above(rent_whole_servers, 0), ceil(missing / gpus_per_server) * gpus_per_server, missing)

    Parameters
    ----------
    gpus_needed : float or array
        GPUs needed [GPUs].
    owned_gpus : float or array
        GPUs owned [GPUs].
    gpus_per_server : float or array
        GPUs in a server [GPUs].
    rent_whole_servers : float or array
        1: whole servers are rented [switch].

    Returns
    -------
    float or array
        GPUs rented for the month [GPUs].

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


@monthly("GPUs", "GPUs", months="last")
def gpus(owned_gpus: Number, rented_gpus: Number) -> Number:
    """GPUs of the fleet.

    gpus = owned_gpus + rented_gpus

    Parameters
    ----------
    owned_gpus : float or array
        GPUs owned [GPUs].
    rented_gpus : float or array
        GPUs rented [GPUs].

    Returns
    -------
    float or array
        GPUs owned and rented [GPUs].

    Examples
    --------
    >>> gpus(8, 16)
    24

    References
    ----------
    Own bookkeeping of the plan.
    """
    return owned_gpus + rented_gpus


@monthly("h", "GPU-hours paid", months="sum")
def paid_gpu_hours(gpus: Number, hours_per_month: Number) -> Number:
    """GPU-hours that are paid for, busy or idle.

    paid_gpu_hours = gpus * hours_per_month

    Parameters
    ----------
    gpus : float or array
        GPUs owned and rented [GPUs].
    hours_per_month : float or array
        Hours in a month [h].

    Returns
    -------
    float or array
        GPU-hours that are paid for, busy or idle [h].

    Examples
    --------
    >>> paid_gpu_hours(24, 720)
    17280

    References
    ----------
    Ledgers of allocation and usage kept apart: OpenCost, issue 3900.
    """
    return gpus * hours_per_month


@monthly("h", "GPU-hours used", months="sum")
def used_gpu_hours(mean_replicas: Number, gpus_per_replica: Number, hours_per_month: Number) -> Number:
    """GPU-hours that the sequences use, in full replicas.

    used_gpu_hours = mean_replicas * gpus_per_replica * hours_per_month

    Parameters
    ----------
    mean_replicas : float or array
        Replicas busy, on average [replicas].
    gpus_per_replica : float or array
        GPUs of a replica [GPUs].
    hours_per_month : float or array
        Hours in a month [h].

    Returns
    -------
    float or array
        GPU-hours that full replicas would need [h].

    Examples
    --------
    >>> round(used_gpu_hours(6346 * 0.75, 1, 8760) * 9144 * 3600 / 1e12, 1)
    1372.5

    References
    ----------
    Worked case CL05: replicas x share of time x hours, here with the tokens of each.
    """
    return mean_replicas * gpus_per_replica * hours_per_month


@monthly("h", "GPU-hours idle", months="sum")
def idle_gpu_hours(paid_gpu_hours: Number, used_gpu_hours: Number) -> Number:
    """GPU-hours that are paid for and not used.

    idle_gpu_hours = paid_gpu_hours - used_gpu_hours

    Parameters
    ----------
    paid_gpu_hours : float or array
        GPU-hours paid [h].
    used_gpu_hours : float or array
        GPU-hours used [h].

    Returns
    -------
    float or array
        GPU-hours paid and not used [h].

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
