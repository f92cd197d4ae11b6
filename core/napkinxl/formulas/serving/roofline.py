"""The hardware's balance between arithmetic and traffic."""

from __future__ import annotations

from napkinxl.engine.ops import Number, above, ratio, where
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("TFLOP/s", "Compute rate at the weights' precision", helper=True)
def precision_tflops(
    weight_bits: Number,
    bf16_tflops: Number,
    fp8_tflops: Number,
    fp4_tflops: Number,
    fp8_max_weight_bits: Number,
    fp4_max_weight_bits: Number,
) -> Number:
    """The GPU computes at this dense rate in the weights' precision, or in BF16 if it lacks that precision.

    fp8_rate = where(above(fp8_tflops, 0), fp8_tflops, bf16_tflops)
    fp4_rate = where(above(fp4_tflops, 0), fp4_tflops, bf16_tflops)
    precision_tflops = where(above(weight_bits, fp8_max_weight_bits), bf16_tflops, where(above(weight_bits,
        fp4_max_weight_bits), fp8_rate, fp4_rate))

    Notes
    -----
    Weights that the GPU cannot multiply as they are (8 bits on an A100, 4 bits on an H100) are unpacked and multiplied
    in BF16, as weight-only quantisation does.

    Examples
    --------
    >>> precision_tflops(8, 312, 0, 0, 8.5, 4.5)
    312
    >>> precision_tflops(8, 2250, 4500, 9000, 8.5, 4.5)
    4500
    >>> precision_tflops(4.25, 989, 1979, 0, 8.5, 4.5)
    989

    References
    ----------
    NVIDIA A100, H100 and Blackwell data sheets, dense rates.
    """
    fp8_rate = where(above(fp8_tflops, 0), fp8_tflops, bf16_tflops)
    fp4_rate = where(above(fp4_tflops, 0), fp4_tflops, bf16_tflops)
    narrow_rate = where(above(weight_bits, fp4_max_weight_bits), fp8_rate, fp4_rate)
    return where(above(weight_bits, fp8_max_weight_bits), bf16_tflops, narrow_rate)


@quantity("FLOP/byte", "Compute per byte moved (ridge point)")
def hardware_balance_flop_per_byte(compute_tflops: Number, memory_bandwidth_tb_s: Number) -> Number:
    """The ridge point of the roofline says how many operations the GPU can do while it moves one byte.

    Examples
    --------
    >>> hardware_balance_flop_per_byte(4500, 8)
    562.5

    References
    ----------
    Article, 562; published figure hardware_balance.
    """
    return compute_tflops / memory_bandwidth_tb_s


@quantity("sequences", "Chats that balance compute and memory", headline=True)
def balanced_batch(hardware_balance_flop_per_byte: Number, weights_gb: Number, active_params_b: Number) -> Number:
    """At the critical batch, reading the weights takes as long as multiplying by them at data-sheet rates.

    Notes
    -----
    For a dense model in FP8 half the hardware balance. A mixture of experts needs a larger batch: it reads more than it
    multiplies.

    Examples
    --------
    >>> balanced_batch(562.5, 32, 32)
    281.25

    References
    ----------
    Article, 2B = 562.5; published figure balanced_batch_281.
    """
    return hardware_balance_flop_per_byte * weights_gb / (FLOP_PER_MULTIPLY_ADD * active_params_b)


@quantity("share", "Share of the balanced batch reached")
def balance_reached_share(concurrent_sequences: Number, balanced_batch: Number) -> Number:
    """Below 100%, too few chats fit to keep the compute units busy.

    Examples
    --------
    >>> round(balance_reached_share(6, 281.25), 4)
    0.0213

    References
    ----------
    Article, 6 chats fit where 281 would balance.
    """
    return ratio(concurrent_sequences, balanced_batch)
