"""Reading a prompt before the first token: bound by compute, and how long it takes."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MS_PER_S


@quantity("ms", "Time to compute a prompt (prefill)")
def prefill_compute_ms(
    fresh_input_tokens: Number,
    prefill_gflop_per_token: Number,
    compute_tflops: Number,
    compute_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """Computing the uncached tokens of a prompt takes this long at the compute rate reached.

    Examples
    --------
    >>> round(prefill_compute_ms(1, 2900.5824, 4500, 1, 1), 8)
    0.64457387

    References
    ----------
    Published figure step_compute_ms_counted: 2,901 GFLOP at 4,500 TFLOP/s.
    """
    return fresh_input_tokens * prefill_gflop_per_token / (compute_tflops * compute_efficiency * gpus_per_replica)


@quantity("ms", "Time to read all weights once")
def prefill_weights_ms(
    weights_gb: Number,
    memory_bandwidth_tb_s: Number,
    bandwidth_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """Even the shortest prompt takes about this long, because every weight must be read once.

    Notes
    -----
    A short prompt of a mixture of experts reads only the experts that it touches, and takes less.

    Examples
    --------
    >>> prefill_weights_ms(32, 8, 1, 1)
    4.0

    References
    ----------
    Article, 32 GB of weights at 8 TB/s.
    """
    return weights_gb / (memory_bandwidth_tb_s * bandwidth_efficiency * gpus_per_replica)


@quantity("ms", "Time to first token (TTFT), no queue", audience="finance")
def time_to_first_token_ms(prefill_compute_ms: Number, prefill_weights_ms: Number, overhead_ms: Number) -> Number:
    """The first token appears after this long if no other request is ahead.

    Notes
    -----
    A queue of other prompts, the network and a batch of decodes beside it come on top.

    Examples
    --------
    >>> time_to_first_token_ms(2.5, 4.0, 1.5)
    5.5

    References
    ----------
    Roofline: the longer of arithmetic and traffic, plus the fixed time of a step.
    """
    return maximum(prefill_compute_ms, prefill_weights_ms) + overhead_ms


@quantity("tokens/s", "Prompt tokens read per second, per replica")
def prefill_tokens_per_s(fresh_input_tokens: Number, time_to_first_token_ms: Number) -> Number:
    """A replica reads uncached prompt tokens at this rate when it does nothing else.

    Examples
    --------
    >>> prefill_tokens_per_s(73_700, 1000)
    73700.0

    References
    ----------
    DeepSeek: 73,700 input tokens a second and node, cache hits included.
    """
    return fresh_input_tokens / time_to_first_token_ms * MS_PER_S
