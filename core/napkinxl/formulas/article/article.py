"""The article's own shortcuts where they differ from the physics; used only to reconcile its figures."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("ms", "Compute time by the article's shortcut")
def article_compute_ms(
    gb_per_step: Number,
    batch_sequences: Number,
    compute_tflops: Number,
    gpus_per_replica: Number,
) -> Number:
    """The article's shortcut charges two operations per chat to every byte moved, and serves only for comparison.

    Notes
    -----
    Not what the step computes: compute_ms counts weights and attention.

    Examples
    --------
    >>> round(article_compute_ms(190, 6, 4500, 1), 8)
    0.50666667

    References
    ----------
    Article, 0.5 ms; published figure step_compute_ms_article.
    """
    return gb_per_step * FLOP_PER_MULTIPLY_ADD * batch_sequences / (compute_tflops * gpus_per_replica)


@quantity("share", "Compute idle by the article's shortcut")
def article_compute_idle_share(article_compute_ms: Number, memory_ms: Number) -> Number:
    """By the article's shortcut, the compute units wait during this share of a step.

    Examples
    --------
    >>> round(article_compute_idle_share(0.50666667, 23.75), 4)
    0.9787

    References
    ----------
    Article, 98%; published figure compute_idle.
    """
    return 1 - article_compute_ms / memory_ms
