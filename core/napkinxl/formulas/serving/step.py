"""One decode step: a token for every sequence of the batch."""

from __future__ import annotations

from napkinxl.engine.ops import Number, Text, above, at_least, maximum, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MS_PER_S, US_PER_MS


@quantity("ms", "Fixed time per step, all layers")
def overhead_ms(
    step_overhead_ms: Number,
    layer_overhead_us: Number,
    parallel_layer_overhead_us: Number,
    gpus_per_replica: Number,
    layers: Number,
) -> Number:
    """Launches, scheduling and synchronisation take this long in every step, whatever it moves or computes.

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


@quantity("ms", "Time per decode step")
def step_ms(memory_ms: Number, compute_ms: Number, overhead_ms: Number) -> Number:
    """A step takes the longer of moving its data and computing, plus the fixed time.

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


@quantity("share", "Compute idle during a step", headline=True)
def compute_idle_share(compute_ms: Number, step_ms: Number) -> Number:
    """The compute units have nothing to do during this share of a step.

    Examples
    --------
    >>> round(compute_idle_share(0.64457387, 23.75), 3)
    0.973

    References
    ----------
    Article, 98% by its shortcut; counted properly 97.3%; published figure compute_idle.
    """
    return 1 - compute_ms / step_ms


@quantity("tokens/s", "Output tokens per second, per replica")
def tokens_per_s(batch_sequences: Number, step_ms: Number) -> Number:
    """A replica writes this many tokens per second for all its chats together.

    Examples
    --------
    >>> round(tokens_per_s(6, 23.75), 3)
    252.632

    References
    ----------
    Article, 250 tokens/s; published figure tokens_per_s_total.
    """
    return batch_sequences / step_ms * MS_PER_S


@quantity("tokens/s", "Answer speed seen by a user", audience="finance", headline=True)
def tokens_per_s_per_user(step_ms: Number) -> Number:
    """A user sees this many tokens per second while an answer is being written.

    Examples
    --------
    >>> round(tokens_per_s_per_user(23.75), 4)
    42.1053

    References
    ----------
    Article, 40-42 tokens/s; published figure tokens_per_s_user.
    """
    return MS_PER_S / step_ms


@quantity("text", "What limits speed", headline=True)
def bottleneck(concurrent_sequences: Number, memory_ms: Number, compute_ms: Number, overhead_ms: Number) -> Text:
    """Bandwidth, compute or fixed time takes most of a step; capacity is named where not even one chat fits.

    slower = where(above(memory_ms, compute_ms), "bandwidth", "compute")
    longest = where(above(overhead_ms, maximum(memory_ms, compute_ms)), "overhead", slower)
    bottleneck = where(at_least(concurrent_sequences, 1), longest, "capacity")

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
    return where(at_least(concurrent_sequences, 1), longest, "capacity")
