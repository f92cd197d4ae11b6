"""A matrix product on its own: arithmetic, traffic and their quotient."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("FLOP", "Example matrix product: operations")
def matmul_flops(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """Multiplying an N x d by a d x M matrix takes this many operations.

    Examples
    --------
    >>> matmul_flops(3, 4, 5)
    120.0

    References
    ----------
    Article, 2NMd; published figure matmul_flops.
    """
    return FLOP_PER_MULTIPLY_ADD * matmul_rows * matmul_inner_size * matmul_columns


@quantity("elements", "Example matrix product: reads, untiled")
def matmul_naive_elements(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """Without tiling, every term of the product reads numbers of its own, this many in all.

    Examples
    --------
    >>> matmul_naive_elements(3, 4, 5)
    120

    References
    ----------
    Article, 2NMd; published figure matmul_accesses_naive.
    """
    return 2 * matmul_rows * matmul_inner_size * matmul_columns


@quantity("elements", "Example matrix product: reads, tiled")
def matmul_tiled_elements(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """With tiling, each input of the product is read once, this many numbers in all.

    Notes
    -----
    The output's write is left out, as in the sources.

    Examples
    --------
    >>> matmul_tiled_elements(3, 4, 5)
    32

    References
    ----------
    Article, d(N+M); published figure matmul_accesses_tiled.
    """
    return matmul_inner_size * (matmul_rows + matmul_columns)


@quantity("FLOP/element", "Example matrix product: operations per read")
def matmul_flops_per_element(matmul_flops: Number, matmul_tiled_elements: Number) -> Number:
    """With tiling, the product does this many operations per number read.

    Examples
    --------
    >>> matmul_flops_per_element(120.0, 32)
    3.75

    References
    ----------
    Article, quotient of the two printed formulas.
    """
    return ratio(matmul_flops, matmul_tiled_elements)
