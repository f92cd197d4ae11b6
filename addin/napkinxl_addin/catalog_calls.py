"""The functions that read the catalog: GPU_SPEC, MODEL_SPEC, GPU_LIST and MODEL_LIST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from napkinxl.catalog import built_in_catalog
from napkinxl.catalog.rows import DETAIL_COLUMNS, NAME_COLUMN, CatalogRow, catalog_inputs
from napkinxl.engine.inputs import CatalogTable
from napkinxl.errors import InputError, unknown
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl_addin.arguments import CellOrRange, is_blank, read_name
from napkinxl_addin.broadcast import cell_at, common_shape, each_cell
from napkinxl_addin.problems import NOT_AVAILABLE, Cell, Grid, Problem, bad_input


def list_names(table: CatalogTable) -> Grid:
    """The names of a table of the catalog, one below the other."""
    catalog = built_in_catalog()
    return [[name] for name in (catalog.gpus if table == "gpus" else catalog.models)]


def specification(table: CatalogTable, given: Mapping[str, CellOrRange]) -> Cell | Grid:
    """A field of a GPU or a model, or without a field all its numbers as a range of field and value.

    Parameters
    ----------
    table : "gpus" or "models"
        The table of the catalog.
    given : mapping of str to cell or range
        The name under "gpu" or "model", and "field": an input, or a text such as source; both may be ranges.

    Returns
    -------
    float, str or Problem, or rows of them
        In the unit of the input; the table without a field can be passed on as an own GPU or model.
    """
    shape = common_shape(given)
    if isinstance(shape, Problem):
        return shape
    grids, height, width = shape
    if height == width == 1 and is_blank(cell_at(grids["field"], 0, 0) if "field" in grids else None):
        return _all_fields(table, cell_at(grids[NAME_COLUMN[table]], 0, 0) if NAME_COLUMN[table] in grids else None)
    return each_cell(grids, height, width, lambda cells: _field(table, cells))


def _all_fields(table: CatalogTable, name: object) -> Grid | Problem:
    row = _row(table, name)
    if isinstance(row, Problem):
        return row
    values = built_in_catalog().values(table, row.name)
    return [[field, values[field]] for field in catalog_inputs(table) if field in values]


def _field(table: CatalogTable, cells: Mapping[str, Any]) -> Cell:
    row = _row(table, cells.get(NAME_COLUMN[table]))
    if isinstance(row, Problem):
        return row
    field = read_name("field", cells.get("field"))
    if isinstance(field, Problem):
        return field
    if field is None:
        return bad_input("field must be given where there are several names or fields; it is blank")
    values: dict[str, Any] = {
        **dict.fromkeys(catalog_inputs(table)),
        **built_in_catalog().values(table, row.name),
        **{name: row.details[name] or None for name in DETAIL_COLUMNS[table]},
        "name": row.name,
        "source": row.source,
        "checked": row.checked,
    }
    key = field.casefold()
    if key not in values:
        return bad_input(unknown("field", field, values))
    found = values[key]
    if found is None:
        default = INPUTS[key].default if key in INPUTS else None
        return default if default is not None else _not_given(row, key)
    return _as_cell(found)


def _as_cell(found: Any) -> Cell:
    """A detail that reads as a number is one, such as a board's watts."""
    try:
        return float(found)
    except ValueError:
        return str(found)


def _not_given(row: CatalogRow, field: str) -> Problem:
    follows = INPUTS[field].follows if field in INPUTS else None
    hint = f"; a calculation takes {follows}" if follows else ""
    return Problem(NOT_AVAILABLE, f"the catalog gives no {field} for {row.name}{hint}")


def _row(table: CatalogTable, cell: object) -> CatalogRow | Problem:
    column = NAME_COLUMN[table]
    name = read_name(column, cell)
    if isinstance(name, Problem):
        return name
    catalog = built_in_catalog()
    try:
        look_up = catalog.gpu if table == "gpus" else catalog.model
        return look_up(name or DEFAULT_CHOICES[column])
    except InputError as error:
        return bad_input(error)
