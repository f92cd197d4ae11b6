"""What one decode step computes, and how long that takes."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("GFLOP/token", "Arithmetic of one token")
def gflop_per_token(active_params_b: Number, attention_gflop_per_token: Number) -> Number:
    """A multiply and an add per active parameter, and attention over the context.

    Examples
    --------
    >>> gflop_per_token(32, 0)
    64.0

    References
    ----------
    Kaplan et al. 2020, 2N FLOP per token plus attention.
    """
    return FLOP_PER_MULTIPLY_ADD * active_params_b + attention_gflop_per_token


@quantity("GFLOP", "Arithmetic of one step")
def gflop_per_step(gflop_per_token: Number, batch_sequences: Number) -> Number:
    """Arithmetic of a step: one token of every sequence.

    Examples
    --------
    >>> round(gflop_per_step(64 + 419.4304, 6))
    2901

    References
    ----------
    Published figure step_compute_ms_counted: 2,901 GFLOP.
    """
    return gflop_per_token * batch_sequences


@quantity("ms", "Time to compute it")
def compute_ms(
    gflop_per_step: Number,
    compute_tflops: Number,
    compute_efficiency: Number,
    gpus_per_replica: Number,
) -> Number:
    """Time for a step's arithmetic at the rate that is reached.

    Examples
    --------
    >>> round(compute_ms(2900.5824, 4500, 1, 1), 8)
    0.64457387

    References
    ----------
    Published figure step_compute_ms_counted.
    """
    return gflop_per_step / (compute_tflops * compute_efficiency * gpus_per_replica)
