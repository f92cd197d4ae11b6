"""What the owned fleet is worth in the books."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import monthly


@monthly("USD", "Book value of owned servers", opening="opening_book_value_usd", audience="finance", months="last")
def book_value_usd(
    previous_book_value_usd: Number, purchases_usd: Number, depreciation_usd: Number, resale_usd: Number
) -> Number:
    """The owned servers stand in the books at this value, those ordered and paid for included.

    Notes
    -----
    At retirement the book value is the resale value, so that no gain or loss arises.

    Examples
    --------
    >>> book_value_usd(176_000, 640, 0, 0)
    176640

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    return previous_book_value_usd + purchases_usd - depreciation_usd - resale_usd
