"""One call of a quantity's function: cells and ranges in, a cell or a grid out. A bad row spoils that row only."""

from __future__ import annotations

from collections.abc import Mapping

from napkinxl_addin.arguments import CellOrRange, read_fixed
from napkinxl_addin.broadcast import common_shape, each_cell
from napkinxl_addin.cases import quantity_cell
from napkinxl_addin.problems import Cell, Grid, Problem

# From this many cells on, columns of numpy are faster than one cell after the other.
FEWEST_CELLS_FOR_COLUMNS = 64


def call_quantity(name: str, given: Mapping[str, CellOrRange]) -> Cell | Grid:
    """A quantity for cells or ranges of arguments.

    Parameters
    ----------
    name : str
        The quantity.
    given : mapping of str to cell or range
        Arguments by name, `settings` among them; what is absent is blank.

    Returns
    -------
    float, str or Problem, or rows of them
        One cell where every argument is one, otherwise a grid in the quantity's unit.
    """
    fixed = read_fixed(given)
    if isinstance(fixed, Problem):
        return fixed
    varying, choices, own = fixed
    if not any(isinstance(argument, (list, tuple)) for argument in varying.values()):
        return quantity_cell(name, varying, choices, own)
    shape = common_shape(varying)
    if isinstance(shape, Problem):
        return shape
    grids, height, width = shape
    if height * width >= FEWEST_CELLS_FOR_COLUMNS and _has_numpy():
        from napkinxl_addin.columns import quantity_columns

        return quantity_columns(name, grids, (height, width), choices, own)
    return each_cell(grids, height, width, lambda cells: quantity_cell(name, cells, choices, own))


def _has_numpy() -> bool:
    """Whether numpy is there; some hosts have none, and one built for another Python counts as none."""
    try:
        import numpy  # noqa: F401
    except ImportError:
        return False
    return True
