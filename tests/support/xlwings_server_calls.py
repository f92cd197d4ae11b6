"""Calls through xlwings' own conversion for Office.js, as xlwings Server and Lite make them; it needs a licence key.

Run as a program it reads calls from standard input and answers them in an ordinary Python, as a server would.
"""

from __future__ import annotations

import asyncio
import json
import sys
from types import ModuleType
from typing import Any

import xlwings

SERVER_MODULE = "from napkinxl_addin.udfs import *\n"


def _server() -> Any:
    """The licensed part, whose functions are not annotated; it refuses to be imported without a key."""
    import xlwings.server

    return xlwings.server


def registered(module: ModuleType) -> list[dict[str, Any]]:
    """What Excel is told of each function of a module."""
    told: list[dict[str, Any]] = _server().custom_functions_meta(module)["functions"]
    return told


async def answer(module: ModuleType, excel_name: str, arguments: list[Any]) -> dict[str, Any]:
    """What a call gives back to Excel: rows of cells, or the error that was raised and its text."""
    call = {
        "client": "Office.js",
        "func_name": excel_name.lower(),
        "args": arguments,
        "caller_address": "[Book1.xlsx]Sheet1!B2",
        "session_id": "test",
        "culture_info_name": "en-US",
        "date_format": "m/d/yyyy",
        "version": xlwings.__version__,
        "runtime": "1.4",
    }
    try:
        return {"rows": await _server().custom_functions_call(call, module)}
    except Exception as error:
        return {"raised": type(error).__name__, "text": str(error)}


async def _answers(calls: list[tuple[str, list[Any]]]) -> list[dict[str, Any]]:
    module = ModuleType("custom_functions")
    exec(SERVER_MODULE, module.__dict__)
    return [await answer(module, name, arguments) for name, arguments in calls]


if __name__ == "__main__":
    json.dump(asyncio.run(_answers(json.load(sys.stdin))), sys.stdout)
