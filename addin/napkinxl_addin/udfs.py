"""The functions as xlwings takes them: one module for classic xlwings, xlwings Server and xlwings Lite.

In xlwings.conf: `UDF Modules` = `napkinxl_addin.udfs`; on a server or in Lite: `from napkinxl_addin.udfs import *`.
"""

from __future__ import annotations

import inspect
import os
from typing import Any

import xlwings

from napkinxl.inputs import INPUTS
from napkinxl_addin.arguments import single_cell
from napkinxl_addin.functions import FUNCTIONS, LONGEST_HELP, Function, call
from napkinxl_addin.problems import BAD_INPUT, Problem

# Of the two Office.js hosts; they show the text of an exception beside the error. Classic xlwings would put it into
# the cell as if it were a value, so there the error's own text goes back, which our VBA turns into a true error.
SHOWS_REASONS = os.environ.get("XLWINGS_ON_SERVER", "").lower() == "true"


def _udf(function: Function) -> Any:
    def answer(*cells: Any) -> Any:
        given = [single_cell(argument) for argument in cells]
        if SHOWS_REASONS:
            _refuse_unclear_zeros(given)
        found = call(function.excel_name, *given)
        if isinstance(found, list):
            return [[cell.code if isinstance(cell, Problem) else cell for cell in row] for row in found]
        if not isinstance(found, Problem):
            return found
        if SHOWS_REASONS and found.code == BAD_INPUT:
            raise xlwings.XlwingsError(found.reason)
        return found.code

    parameters = [
        inspect.Parameter(item.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)
        for item in function.arguments
    ]
    answer.__name__ = answer.__qualname__ = function.name
    answer.__doc__ = function.summary
    answer.__module__ = __name__
    answer.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    decorated: Any = xlwings.func(category=function.category)(answer)
    for item in function.arguments:
        decorated = xlwings.arg(item.name, doc=item.help[:LONGEST_HELP], ndim=2, err_to_str=True)(decorated)
    return decorated


# Inputs that may be 0 and are something else when they are blank.
_ZERO_IS_NOT_BLANK = tuple(name for name, item in INPUTS.items() if 0.0 in item.bounds and item.default != 0)


def _refuse_unclear_zeros(given: list[Any]) -> None:
    """An empty value cell arrives as 0 here: where a blank would mean something else, nobody can tell which it is.

    Raises:
        xlwings.XlwingsError: a range of fields and values holds such a 0.
    """
    for argument in given:
        for row in argument if isinstance(argument, list) else ():
            if len(row) > 1 and row[-1] == 0 and str(row[0]).strip().casefold() in _ZERO_IS_NOT_BLANK:
                raise xlwings.XlwingsError(
                    f"{row[0]} is 0 or an empty cell, which arrive alike here: leave the row out for the default, "
                    "or write 1E-9 for nothing"
                )


__all__ = [function.name for function in FUNCTIONS.values()]
globals().update({function.name: _udf(function) for function in FUNCTIONS.values()})
