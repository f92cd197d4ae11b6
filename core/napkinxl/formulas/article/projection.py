"""What the KV cache saves: X·W_k over the whole history against the newest token only."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("FLOP", "Example without KV cache: operations")
def uncached_projection_flops(projection_batch: Number, context_tokens: Number, hidden_size: Number) -> Number:
    """Projecting the whole history again for each new token takes this many operations.

    Examples
    --------
    >>> uncached_projection_flops(1, 200_000, 8192)
    26843545600000.0

    References
    ----------
    Article, 2BNd² = 26e12 at N = 200,000, d = 8192; published figure prefill_flops.
    """
    return FLOP_PER_MULTIPLY_ADD * projection_batch * context_tokens * hidden_size * hidden_size


@quantity("elements", "Example without KV cache: reads")
def uncached_projection_elements(projection_batch: Number, context_tokens: Number, hidden_size: Number) -> Number:
    """Projecting the whole history again for each new token reads this many numbers.

    Examples
    --------
    >>> uncached_projection_elements(1, 200_000, 8192)
    1705508864

    References
    ----------
    Article, Bd(N+d) = 1.7e9; published figure prefill_accesses.
    """
    return projection_batch * hidden_size * (context_tokens + hidden_size)


@quantity("FLOP/element", "Example without KV cache: operations per read")
def uncached_projection_flops_per_element(
    uncached_projection_flops: Number,
    uncached_projection_elements: Number,
) -> Number:
    """Without a KV cache, the projection does this many operations per number read.

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


@quantity("FLOP", "Example with KV cache: operations")
def cached_projection_flops(projection_batch: Number, hidden_size: Number) -> Number:
    """Projecting only the newest token takes this many operations.

    Examples
    --------
    >>> cached_projection_flops(1, 5120)
    52428800.0

    References
    ----------
    Article, 2Bd²; its printed 52.4e6 is that of d = 5120; published figure decode_flops_5120.
    """
    return FLOP_PER_MULTIPLY_ADD * projection_batch * hidden_size * hidden_size


@quantity("elements", "Example with KV cache: reads")
def cached_projection_elements(projection_batch: Number, hidden_size: Number) -> Number:
    """Projecting only the newest token reads this many numbers.

    Examples
    --------
    >>> cached_projection_elements(1, 5120)
    26219520

    References
    ----------
    Article, d(B+d); its printed 26.2e6 is that of d = 5120; published figure decode_accesses_5120.
    """
    return hidden_size * (projection_batch + hidden_size)


@quantity("FLOP/element", "Example with KV cache: operations per read")
def cached_projection_flops_per_element(cached_projection_flops: Number, cached_projection_elements: Number) -> Number:
    """With a KV cache, the projection does about two operations per chat for each number read.

    Examples
    --------
    >>> round(cached_projection_flops_per_element(134217728, 67117056), 8)
    1.99975589

    References
    ----------
    Article, "2"; published figure decode_intensity.
    """
    return ratio(cached_projection_flops, cached_projection_elements)
