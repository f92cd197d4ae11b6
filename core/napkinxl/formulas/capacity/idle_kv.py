"""What becomes of the KV cache of users who pause: it stays, moves to host memory, or is computed again."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, at_least, maximum, minimum, where
from napkinxl.engine.registry import quantity


@quantity("seats", "Seats per GPU, idle chats kept")
def kept_seats_per_gpu(
    fitting_sequences: Number,
    batch_sequences: Number,
    duty_cycle: Number,
    gpus_per_replica: Number,
) -> Number:
    """A GPU serves this many seats if idle KV cache stays in its memory.

    Notes
    -----
    An engine that caps its sequences has room for more caches than it works on.

    Examples
    --------
    >>> kept_seats_per_gpu(6, 6, 0.2, 1)
    6.0

    References
    ----------
    Article, six chats fit.
    """
    return minimum(fitting_sequences, batch_sequences / duty_cycle) / gpus_per_replica


@quantity("seats", "Seats per GPU, idle chats offloaded")
def offload_seats_per_gpu(
    fitting_sequences: Number,
    batch_sequences: Number,
    offload_duty_share: Number,
    host_memory_gb_per_gpu: Number,
    gpus_per_replica: Number,
    kv_cache_gb: Number,
) -> Number:
    """A GPU serves this many seats if idle KV cache waits in host memory.

    stored = fitting_sequences + host_memory_gb_per_gpu * gpus_per_replica / kv_cache_gb
    offload_seats_per_gpu = minimum(batch_sequences / offload_duty_share, stored) / gpus_per_replica

    Examples
    --------
    >>> offload_seats_per_gpu(6, 6, 0.2, 26.2144, 1, 26.2144)
    7.0

    References
    ----------
    Article's chat of 26.2 GB: host memory for one more holds one more user.
    """
    stored = fitting_sequences + host_memory_gb_per_gpu * gpus_per_replica / kv_cache_gb
    return minimum(batch_sequences / offload_duty_share, stored) / gpus_per_replica


@quantity("seats", "Seats per GPU, idle chats recomputed")
def recompute_seats_per_gpu(batch_sequences: Number, recompute_duty_share: Number, gpus_per_replica: Number) -> Number:
    """A GPU serves this many seats if idle KV cache is dropped and computed again at the next message.

    Examples
    --------
    >>> recompute_seats_per_gpu(6, 0.3, 1)
    20.0

    References
    ----------
    As users per GPU, at the longer duty.
    """
    return batch_sequences / recompute_duty_share / gpus_per_replica


@quantity("text", "Best treatment of idle chats (KV cache)")
def idle_kv_verdict(kept_seats_per_gpu: Number, offload_seats_per_gpu: Number, recompute_seats_per_gpu: Number) -> Text:
    """Idle KV cache is kept, moved to host memory or computed again, whichever serves the most seats.

    away = where(at_least(offload_seats_per_gpu, recompute_seats_per_gpu), "host memory", "compute again")
    idle_kv_verdict = where(at_least(kept_seats_per_gpu, maximum(offload_seats_per_gpu, recompute_seats_per_gpu)),
        "stays", away)

    Examples
    --------
    >>> idle_kv_verdict(6, 20, 12)
    'host memory'

    References
    ----------
    Restore when it is quicker than computing again: an H20 took 272 ms against 15.2 s for 64,000 tokens (worked case
    KV06).
    """
    away = where(at_least(offload_seats_per_gpu, recompute_seats_per_gpu), "host memory", "compute again")
    return where(at_least(kept_seats_per_gpu, maximum(offload_seats_per_gpu, recompute_seats_per_gpu)), "stays", away)
