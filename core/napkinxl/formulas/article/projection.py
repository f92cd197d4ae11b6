"""What the KV cache saves: X·W_k over the whole history against the newest token only."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("FLOP", "Key projection of the whole history: arithmetic")
def uncached_projection_flops(projection_batch: Number, context_tokens: Number, hidden_size: Number) -> Number:
    """Arithmetic of X·W_k when every new token re-reads the history (no KV cache).

    Examples
    --------
    >>> uncached_projection_flops(1, 200_000, 8192)
    26843545600000.0

    References
    ----------
    Article, 2BNd² = 26e12 at N = 200,000, d = 8192; published figure prefill_flops.
    """
    return FLOP_PER_MULTIPLY_ADD * projection_batch * context_tokens * hidden_size * hidden_size


@quantity("elements", "Key projection of the whole history: traffic")
def uncached_projection_elements(projection_batch: Number, context_tokens: Number, hidden_size: Number) -> Number:
    """Elements read by X·W_k over the whole history, tiled.

    Examples
    --------
    >>> uncached_projection_elements(1, 200_000, 8192)
    1705508864

    References
    ----------
    Article, Bd(N+d) = 1.7e9; published figure prefill_accesses.
    """
    return projection_batch * hidden_size * (context_tokens + hidden_size)


@quantity("FLOP/element", "Key projection of the whole history: intensity")
def uncached_projection_flops_per_element(
    uncached_projection_flops: Number,
    uncached_projection_elements: Number,
) -> Number:
    """Arithmetic per element of traffic without a KV cache.

    Notes
    -----
    Four orders of magnitude more arithmetic than traffic: compute-bound.

    Examples
    --------
    >>> round(uncached_projection_flops_per_element(26843545600000, 1705508864), 6)
    15739.317553

    References
    ----------
    Article, "10,000x"; published figure prefill_intensity.
    """
    return ratio(uncached_projection_flops, uncached_projection_elements)


@quantity("FLOP", "Key projection of the newest token: arithmetic")
def cached_projection_flops(projection_batch: Number, hidden_size: Number) -> Number:
    """Arithmetic of X·W_k when the KV cache leaves only the newest token to project.

    Examples
    --------
    >>> cached_projection_flops(1, 5120)
    52428800.0

    References
    ----------
    Article, 2Bd²; its printed 52.4e6 is that of d = 5120; published figure decode_flops_5120.
    """
    return FLOP_PER_MULTIPLY_ADD * projection_batch * hidden_size * hidden_size


@quantity("elements", "Key projection of the newest token: traffic")
def cached_projection_elements(projection_batch: Number, hidden_size: Number) -> Number:
    """Elements read by X·W_k for the newest token, tiled.

    Examples
    --------
    >>> cached_projection_elements(1, 5120)
    26219520

    References
    ----------
    Article, d(B+d); its printed 26.2e6 is that of d = 5120; published figure decode_accesses_5120.
    """
    return hidden_size * (projection_batch + hidden_size)


@quantity("FLOP/element", "Key projection of the newest token: intensity")
def cached_projection_flops_per_element(cached_projection_flops: Number, cached_projection_elements: Number) -> Number:
    """Arithmetic per element of traffic with a KV cache: about 2 per sequence in the batch.

    Examples
    --------
    >>> round(cached_projection_flops_per_element(134217728, 67117056), 8)
    1.99975589

    References
    ----------
    Article, "2"; published figure decode_intensity.
    """
    return ratio(cached_projection_flops, cached_projection_elements)
