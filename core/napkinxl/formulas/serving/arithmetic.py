"""What one decode step computes, and how long that takes."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("GFLOP/token", "Work per output token")
def gflop_per_token(active_params_b: Number, attention_gflop_per_token: Number) -> Number:
    """A new token takes a multiply and an add per active parameter, and attention over the chat so far.

    Examples
    --------
    >>> gflop_per_token(32, 0)
    64.0

    References
    ----------
    Kaplan et al. 2020, 2N FLOP per token plus attention.
    """
    return FLOP_PER_MULTIPLY_ADD * active_params_b + attention_gflop_per_token


@quantity("GFLOP", "Work per step")
def gflop_per_step(gflop_per_token: Number, batch_sequences: Number) -> Number:
    """A step does the arithmetic of one token for every chat in the batch.

    Examples
    --------
    >>> round(gflop_per_step(64 + 419.4304, 6))
    2901

    References
    ----------
    Published figure step_compute_ms_counted: 2,901 GFLOP.
    """
    return gflop_per_token * batch_sequences


@quantity("ms", "Time to compute a step")
def compute_ms(
    gflop_per_step: Number,
    compute_tflops: Number,
    compute_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """A step's arithmetic takes this long at the compute rate reached.

    Examples
    --------
    >>> round(compute_ms(2900.5824, 4500, 1, 1), 8)
    0.64457387

    References
    ----------
    Published figure step_compute_ms_counted.
    """
    return gflop_per_step / (compute_tflops * compute_efficiency * gpus_per_replica)
