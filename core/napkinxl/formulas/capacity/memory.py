"""What the weights take and what they leave."""

from __future__ import annotations

from napkinxl.engine.ops import Number, maximum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import BITS_PER_BYTE


@quantity("GB", "Model weights in memory")
def weights_gb(total_params_b: Number, weight_bits: Number) -> Number:
    """One copy of the model's weights takes this much memory, spread over the GPUs of a replica.

    Notes
    -----
    One width for all parameters; mixed checkpoints take their mean width.

    Examples
    --------
    >>> weights_gb(32, 8)
    32.0

    References
    ----------
    Article, 32 GB for 32e9 parameters in FP8; published figure weights_gb.
    """
    return total_params_b * weight_bits / BITS_PER_BYTE


@quantity("GB", "GPU memory the engine may use, per replica")
def usable_memory_gb(
    memory_gb: Number,
    memory_utilization_share: Number,
    runtime_reserve_gb: Number,
    gpus_per_replica: Number,
) -> Number:
    """Weights and KV cache may fill this much of a replica's memory once the engine's own reserve is set aside.

    Notes
    -----
    The GPUs of a replica pool their memory. The napkin scenario uses all of it and reserves none; engines use about
    0.9.

    Examples
    --------
    >>> usable_memory_gb(192, 1, 0, 1)
    192

    References
    ----------
    Article uses all 192 GB; vLLM engine arguments, gpu_memory_utilization.
    """
    return gpus_per_replica * maximum(memory_gb * memory_utilization_share - runtime_reserve_gb, 0)


@quantity("GB", "GPU memory left for KV cache, per replica", headline=True)
def free_memory_gb(usable_memory_gb: Number, weights_gb: Number) -> Number:
    """All chats on a replica share the memory that remains once the weights are loaded.

    Examples
    --------
    >>> free_memory_gb(192, 32)
    160

    References
    ----------
    Article, 192 - 32 = 160 GB; published figure free_memory_gb.
    """
    return maximum(usable_memory_gb - weights_gb, 0)
