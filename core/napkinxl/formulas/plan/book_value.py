"""What the owned fleet is worth in the books."""

from __future__ import annotations

from napkinxl.engine.ops import Number
from napkinxl.engine.registry import monthly


@monthly("USD", "Value of the owned fleet", opening="opening_fleet_value_usd", months="last")
def fleet_value_usd(
    previous_fleet_value_usd: Number, purchases_usd: Number, depreciation_usd: Number, resale_usd: Number
) -> Number:
    """Book value of the owned fleet, servers ordered and paid included.

    Notes
    -----
    At retirement the book value is the resale value, so that no gain or loss arises.

    Examples
    --------
    >>> fleet_value_usd(176_000, 640, 0, 0)
    176640

    References
    ----------
    Straight line: (price - residual) / life, Excel's SLN (worked case FN24).
    """
    return previous_fleet_value_usd + purchases_usd - depreciation_usd - resale_usd
