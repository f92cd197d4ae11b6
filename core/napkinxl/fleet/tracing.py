"""From a row's function to its Excel formula, and to the line that people read."""

from __future__ import annotations

from collections.abc import Callable

from napkinxl.expressions import Symbol, excel, expression, words
from napkinxl.fleet.registry import Row, Wire, wire
from napkinxl.fleet.rows import Cells, Named


def row_formula(item: Row, cells: Callable[[Wire], Cells]) -> str:
    """The live Excel formula of a row in one month, or of a figure over the plan.

    Parameters
    ----------
    item : Row
        The row.
    cells : callable
        The cells of what a parameter takes: one cell, or the range of a row.

    Examples
    --------
    >>> from napkinxl.fleet.registry import MONTHLY
    >>> row_formula(MONTHLY["revenue_usd"], lambda wire: Cells("E40:E42"))
    '=SUM(E40:E42)'
    """
    return "=" + excel(expression(item.function(*(cells(wire(parameter)) for parameter in item.parameters))))


def row_words(item: Row) -> str:
    """The formula of a row in names.

    >>> from napkinxl.fleet.registry import MONTHLY, OVER_PLAN
    >>> row_words(MONTHLY["users"]), row_words(OVER_PLAN["closing_users"])
    ('total(every_tier_users)', 'last(users_by_month)')
    """
    symbols: list[Symbol] = [Named(parameter) for parameter in item.parameters]
    return words(expression(item.function(*symbols)))
