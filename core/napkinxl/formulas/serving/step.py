"""One decode step: a token for every sequence of the batch."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, above, at_least, maximum, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MS_PER_S, US_PER_MS


@quantity("ms", "Fixed time of a step")
def overhead_ms(
    step_overhead_ms: Number,
    layer_overhead_us: Number,
    parallel_layer_overhead_us: Number,
    gpus_per_replica: Number,
    layers: Number,
) -> Number:
    """Time that a step takes whatever it moves: launches, scheduling, synchronisation.

    overhead_ms = step_overhead_ms + layers * (layer_overhead_us + where(above(gpus_per_replica, 1),
        parallel_layer_overhead_us, 0)) / 1000

    Examples
    --------
    >>> overhead_ms(0, 0, 0, 1, 64)
    0.0

    References
    ----------
    The article has none; the calibrated preset's are fitted to measured serving.
    """
    per_layer_us = layer_overhead_us + where(above(gpus_per_replica, 1), parallel_layer_overhead_us, 0)
    return step_overhead_ms + layers * per_layer_us / US_PER_MS


@quantity("ms", "Step")
def step_ms(memory_ms: Number, compute_ms: Number, overhead_ms: Number) -> Number:
    """Time of a decode step: arithmetic runs beside the traffic, so the longer counts, plus the fixed time.

    Notes
    -----
    Prefill of other chats is not in it, nor what GPUs of a replica exchange beyond the fixed time per layer.

    Examples
    --------
    >>> step_ms(23.75, 0.5, 0)
    23.75

    References
    ----------
    Article, 23.75 ms: bandwidth decides.
    """
    return maximum(memory_ms, compute_ms) + overhead_ms


@quantity("share", "Share of the step that compute units wait")
def compute_idle_share(compute_ms: Number, step_ms: Number) -> Number:
    """Share of the step in which the compute units have nothing to do.

    Examples
    --------
    >>> round(compute_idle_share(0.64457387, 23.75), 3)
    0.973

    References
    ----------
    Article, 98% by its shortcut; counted properly 97.3%; published figure compute_idle.
    """
    return 1 - compute_ms / step_ms


@quantity("tokens/s", "Tokens per second, one replica")
def tokens_per_s(batch_sequences: Number, step_ms: Number) -> Number:
    """Tokens that a replica yields per second: one per sequence and step.

    Examples
    --------
    >>> round(tokens_per_s(6, 23.75), 3)
    252.632

    References
    ----------
    Article, 250 tokens/s; published figure tokens_per_s_total.
    """
    return batch_sequences / step_ms * MS_PER_S


@quantity("tokens/s", "Tokens per second, each user")
def tokens_per_s_per_user(step_ms: Number) -> Number:
    """Tokens that each user sees per second while their chat is being answered.

    Examples
    --------
    >>> round(tokens_per_s_per_user(23.75), 4)
    42.1053

    References
    ----------
    Article, 40-42 tokens/s; published figure tokens_per_s_user.
    """
    return MS_PER_S / step_ms


@quantity("text", "What binds")
def bottleneck(concurrent_users: Number, memory_ms: Number, compute_ms: Number, overhead_ms: Number) -> Text:
    """What takes the step longest: bandwidth, compute or overhead; capacity where not even one chat fits.

    slower = where(above(memory_ms, compute_ms), "bandwidth", "compute")
    longest = where(above(overhead_ms, maximum(memory_ms, compute_ms)), "overhead", slower)
    bottleneck = where(at_least(concurrent_users, 1), longest, "capacity")

    Examples
    --------
    >>> bottleneck(6, 23.75, 0.5, 0)
    'bandwidth'

    References
    ----------
    Article, compute idles 98% of the step.
    """
    slower = where(above(memory_ms, compute_ms), "bandwidth", "compute")
    longest = where(above(overhead_ms, maximum(memory_ms, compute_ms)), "overhead", slower)
    return where(at_least(concurrent_users, 1), longest, "capacity")
