"""Where decode and prefill stand: what a step's time goes to, and their places on the roofline."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum, ratio
from napkinxl.engine.registry import quantity


@quantity("ms", "Time of a step spent on weights")
def weights_read_ms(memory_ms: Number, weights_read_gb: Number, gb_per_step: Number) -> Number:
    """Reading the weights takes this part of the time in which a step moves data.

    Examples
    --------
    >>> weights_read_ms(23.75, 32, 190)
    4.0

    References
    ----------
    Article: 32 GB of the 190 GB that a step moves are weights; at 8 TB/s, 4 ms.
    """
    return memory_ms * ratio(weights_read_gb, gb_per_step)


@quantity("ms", "Time of a step spent on KV cache")
def kv_read_ms(memory_ms: Number, weights_read_ms: Number) -> Number:
    """Moving the chats' KV cache takes this part of the time in which a step moves data.

    Examples
    --------
    >>> kv_read_ms(23.75, 4)
    19.75

    References
    ----------
    Article: 158 GB of the 190 GB that a step moves are KV cache; at 8 TB/s, 19.75 ms.
    """
    return memory_ms - weights_read_ms


@quantity("ms", "Extra time of a step spent computing")
def compute_beyond_ms(compute_ms: Number, memory_ms: Number) -> Number:
    """A step lasts this much longer because its arithmetic outlasts its data traffic.

    Notes
    -----
    With the parts that read weights and move KV cache, and the fixed time, it adds up to the step.

    Examples
    --------
    >>> compute_beyond_ms(0.5, 23.75), compute_beyond_ms(30, 23.75)
    (0, 6.25)

    References
    ----------
    Williams, Waterman, Patterson, Roofline, Communications of the ACM 52 (2009), section 3.
    """
    return maximum(compute_ms - memory_ms, 0)


@quantity("FLOP/byte", "Arithmetic intensity of a decode step")
def step_flop_per_byte(gflop_per_step: Number, gb_per_step: Number) -> Number:
    """A decode step does this many operations per byte moved, which places it on the roofline.

    Notes
    -----
    Below the hardware balance bandwidth decides, above it compute.

    Examples
    --------
    >>> step_flop_per_byte(190, 190), step_flop_per_byte(2900.5, 190) < 562.5
    (1.0, True)

    References
    ----------
    Williams, Waterman, Patterson, Roofline, Communications of the ACM 52 (2009), section 3.
    """
    return ratio(gflop_per_step, gb_per_step)


@quantity("TFLOP/s", "Compute rate reached in decode, per GPU")
def step_tflops_per_gpu(gflop_per_step: Number, step_ms: Number, gpus_per_replica: Number) -> Number:
    """Each GPU computes at this rate over the length of a decode step.

    Examples
    --------
    >>> step_tflops_per_gpu(2375, 23.75, 1)
    100.0

    References
    ----------
    Williams, Waterman, Patterson, Roofline, Communications of the ACM 52 (2009), section 3.
    """
    return ratio(gflop_per_step, step_ms * gpus_per_replica)


@quantity("FLOP/byte", "Arithmetic intensity of prefill")
def prompt_flop_per_byte(fresh_input_tokens: Number, prefill_gflop_per_token: Number, weights_gb: Number) -> Number:
    """Prefill does this many operations per byte of weights read, which places it on the roofline.

    Notes
    -----
    The KV cache that prefill writes is small beside the weights and left out.

    Examples
    --------
    >>> prompt_flop_per_byte(1000, 64, 32)
    2000.0

    References
    ----------
    Williams, Waterman, Patterson, Roofline, Communications of the ACM 52 (2009), section 3.
    """
    return ratio(fresh_input_tokens * prefill_gflop_per_token, weights_gb)


@quantity("TFLOP/s", "Compute rate reached in prefill, per GPU")
def prompt_tflops_per_gpu(
    fresh_input_tokens: Number,
    prefill_gflop_per_token: Number,
    time_to_first_token_ms: Number,
    gpus_per_replica: Number,
) -> Number:
    """Each GPU computes at this rate until the first token appears.

    Examples
    --------
    >>> prompt_tflops_per_gpu(1000, 64, 32, 1)
    2000.0

    References
    ----------
    Williams, Waterman, Patterson, Roofline, Communications of the ACM 52 (2009), section 3.
    """
    return ratio(fresh_input_tokens * prefill_gflop_per_token, time_to_first_token_ms * gpus_per_replica)
