"""Depreciation for United States tax: the shares that the tax office prints (MACRS, general system)."""

from __future__ import annotations

from typing import Literal

from napkinxl.errors import InputError
from napkinxl.finance.arguments import no_answer_passes, number, whole

Convention = Literal["half-year", "mid-quarter Q4"]

# IRS Publication 946, appendix A, tables. Its rounding makes each column add up to 100: not a formula's.
PERCENT: dict[Convention, dict[int, tuple[float, ...]]] = {
    "half-year": {
        3: (33.33, 44.45, 14.81, 7.41),
        5: (20.00, 32.00, 19.20, 11.52, 11.52, 5.76),
        7: (14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46),
    },
    "mid-quarter Q4": {
        3: (8.33, 61.11, 20.37, 10.19),
        5: (5.00, 38.00, 22.80, 13.68, 10.94, 9.58),
        7: (3.57, 27.55, 19.68, 14.06, 10.04, 8.73, 8.73, 7.64),
    },
}


@no_answer_passes
def macrs_share(class_years: float, year: float, convention: Convention = "half-year") -> float:
    """The share of the price that tax lets one deduct in a year.

    macrs_share = table A-1 (half-year) or A-5 (mid-quarter, bought in the fourth quarter)

    Parameters
    ----------
    class_years : float
        Class of the asset: 3, 5 or 7; computers are 5-year property [years].
    year : float
        Which year, from 1; there is one more than the class says, and nothing is left after it [years].
    convention : str
        "half-year", or "mid-quarter Q4" where over 40% of the year's purchases fall in its last quarter.

    Returns
    -------
    float
        Deduction over the price [share].

    Raises
    ------
    InputError
        There is no such class, year or convention in the tables.

    Examples
    --------
    >>> macrs_share(5, 2)
    0.32

    References
    ----------
    IRS Publication 946, tables A-1 and A-5.
    """
    if convention not in tuple(PERCENT):
        raise InputError(f"convention must be one of {', '.join(PERCENT)}, got {convention!r}")
    tables = PERCENT[convention]
    years = number("class_years", class_years)
    if years not in tables:
        raise InputError(f"class_years must be one of {', '.join(map(str, tables))}, got {years:g}")
    column = tables[int(years)]
    which = whole("year", year)
    return round(column[which - 1] / 100, 4) if which <= len(column) else 0.0


@no_answer_passes
def macrs_depreciation_usd(
    cost_usd: float, class_years: float, year: float, convention: Convention = "half-year"
) -> float:
    """What tax lets one deduct of a price in a year.

    macrs_depreciation_usd = cost_usd * macrs_share

    Parameters
    ----------
    cost_usd : float
        Purchase price, without what was expensed at once [USD].
    class_years : float
        Class of the asset: 3, 5 or 7 [years].
    year : float
        Which year, from 1 [years].
    convention : str
        "half-year" or "mid-quarter Q4".

    Returns
    -------
    float
        Deduction [USD].

    Raises
    ------
    InputError
        There is no such class, year or convention in the tables.

    Examples
    --------
    >>> macrs_depreciation_usd(5_000, 5, 1)
    1000.0

    References
    ----------
    IRS Publication 946, tables A-1 and A-5.
    """
    return number("cost_usd", cost_usd, at_least=0) * macrs_share(class_years, year, convention)
