"""A matrix product on its own: arithmetic, traffic and their quotient."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ratio
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import FLOP_PER_MULTIPLY_ADD


@quantity("FLOP", "Example matmul: arithmetic")
def matmul_flops(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """Arithmetic of (N x d)·(d x M), one multiply and one add per term.

    Examples
    --------
    >>> matmul_flops(3, 4, 5)
    120.0

    References
    ----------
    Article, 2NMd; published figure matmul_flops.
    """
    return FLOP_PER_MULTIPLY_ADD * matmul_rows * matmul_inner_size * matmul_columns


@quantity("elements", "Example matmul: traffic without tiling")
def matmul_naive_elements(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """Elements read when each term loads one element of each matrix.

    Examples
    --------
    >>> matmul_naive_elements(3, 4, 5)
    120

    References
    ----------
    Article, 2NMd; published figure matmul_accesses_naive.
    """
    return 2 * matmul_rows * matmul_inner_size * matmul_columns


@quantity("elements", "Example matmul: traffic with tiling")
def matmul_tiled_elements(matmul_rows: Number, matmul_inner_size: Number, matmul_columns: Number) -> Number:
    """Elements read when each input is loaded once.

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


@quantity("FLOP/element", "Example matmul: intensity")
def matmul_flops_per_element(matmul_flops: Number, matmul_tiled_elements: Number) -> Number:
    """Arithmetic per element of traffic, tiled.

    Examples
    --------
    >>> matmul_flops_per_element(120.0, 32)
    3.75

    References
    ----------
    Article, quotient of the two printed formulas.
    """
    return ratio(matmul_flops, matmul_tiled_elements)
