"""A stand-in for xlwings in xlwings Lite: what the decorators record, and how a call of Office.js is converted.

It shares no code with xlwings, whose own conversion for Office.js asks for a licence key. Inside Pyodide it is the
module `xlwings`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

ERROR_TYPES = {
    "#DIV/0!": "Div0",
    "#N/A": "NotAvailable",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}


class XlwingsError(Exception):
    """An error whose text Excel shows beside #VALUE!."""


def func(function: Any = None, **_options: Any) -> Any:
    """Record a function and its arguments; with options, return the decorator that does."""
    if function is None:
        return _record
    return _record(function)


def arg(name: str, _convert: Any = None, *, doc: str | None = None, **options: Any) -> Callable[[Any], Any]:
    """Record how an argument is converted."""

    def record(function: Any) -> Any:
        recorded = _record(function).__xlfunc__["args"][name]
        recorded["options"] |= options
        recorded["doc"] = doc or recorded["doc"]
        return function

    return record


def ret(_convert: Any = None, **_options: Any) -> Callable[[Any], Any]:
    """Record nothing: no option of a result is used."""
    return _record


def _record(function: Any) -> Any:
    if hasattr(function, "__xlfunc__"):
        return function
    arguments: dict[str, dict[str, Any]] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            raise XlwingsError(f"{function.__name__}: {parameter.name} is not an ordinary argument")
        arguments[parameter.name] = {
            "doc": "",
            "options": {},
            "optional": parameter.default is not inspect.Parameter.empty,
            "default": None if parameter.default is inspect.Parameter.empty else parameter.default,
        }
    function.__xlfunc__ = {"name": function.__name__, "args": arguments, "doc": function.__doc__ or ""}
    return function


def registered(module: Any) -> list[dict[str, Any]]:
    """What Excel is told of each function of a module."""
    recorded = [member.__xlfunc__ for _, member in inspect.getmembers(module) if hasattr(member, "__xlfunc__")]
    return [
        {
            "name": item["name"].upper(),
            "description": item["doc"],
            "parameters": [
                {"name": name, "description": info["doc"], "optional": info["optional"]}
                for name, info in item["args"].items()
            ],
        }
        for item in recorded
    ]


def answer(module: Any, excel_name: str, arguments: list[Any]) -> dict[str, Any]:
    """What a call gives back to Excel: rows of cells, or the error that was raised and its text."""
    function = getattr(module, excel_name.lower())
    recorded = list(function.__xlfunc__["args"].values())
    try:
        values = [_read(argument, info) for argument, info in zip(arguments, recorded, strict=False)]
        return {"rows": _written(function(*values))}
    except Exception as error:
        return {"raised": type(error).__name__, "text": str(error)}


def _read(argument: Any, recorded: dict[str, Any]) -> Any:
    """An argument as the function gets it; every one arrives as a matrix, or as null where it was left out."""
    single = argument
    if isinstance(argument, list) and len(argument) == 1:
        row = argument[0]
        single = row[0] if isinstance(row, list) and len(row) == 1 else row
    if _is_null(single):
        return recorded["default"]
    matrix = argument if isinstance(argument, list) else [[argument]]
    if recorded["options"].get("ndim") != 2:
        raise XlwingsError("the stand-in knows arguments of two dimensions only")
    errors_as_text = recorded["options"].get("err_to_str", False)
    return [[_read_cell(cell, errors_as_text) for cell in row] for row in matrix]


def _read_cell(cell: Any, errors_as_text: bool) -> Any:
    if _is_null(cell) or cell == "":
        return None
    if isinstance(cell, dict):
        return cell["basicValue"] if cell["type"] != "Error" or errors_as_text else None
    return cell


def _is_null(value: Any) -> bool:
    # JavaScript's null is an object of its own in Pyodide since 0.28.
    return value is None or type(value).__name__ == "JsNull"


def _written(result: Any) -> list[list[Any]]:
    if not isinstance(result, (list, tuple)):
        result = [[result]]
    elif result and not isinstance(result[0], (list, tuple)):
        result = [result]
    return [[_written_cell(cell) for cell in row] for row in result]


def _written_cell(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell in ERROR_TYPES:
        return {"type": "Error", "errorType": ERROR_TYPES[cell]}
    return cell
