"""Every Excel function: its name, arguments and help, made from the registry; and how a host calls one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from napkinxl.formulas import QUANTITIES, TEXT, Quantity
from napkinxl_addin import catalog_calls, table_calls
from napkinxl_addin.arguments import CellOrRange
from napkinxl_addin.broadcast import is_rectangle
from napkinxl_addin.explain_call import explain
from napkinxl_addin.problems import Cell, Grid, bad_input
from napkinxl_addin.quantity_calls import call_quantity
from napkinxl_addin.signatures import CASE_ARGUMENTS, GPU, MODEL, Argument, quantity_arguments

UDF_MODULE = "napkinxl_addin.udfs"  # which gives them to xlwings
LONGEST_HELP = 255  # characters that Excel's function wizard takes


@dataclass(frozen=True)
class Function:
    """An Excel function: what the function wizard shows of it, and what answers."""

    name: str
    arguments: tuple[Argument, ...]
    summary: str
    category: str
    answer: Callable[[Mapping[str, CellOrRange]], Cell | Grid] = field(repr=False)

    @property
    def excel_name(self) -> str:
        """The name as people type it."""
        return self.name.upper()

    @property
    def signature(self) -> str:
        """The name and its arguments, those in brackets optional."""
        shown = (item.name if item.required else f"[{item.name}]" for item in self.arguments)
        return f"{self.excel_name}({', '.join(shown)})"


def call(excel_name: str, *arguments: Any) -> Cell | Grid:
    """What a function answers; bad input is a problem in its place, never an exception.

    Parameters
    ----------
    excel_name : str
        A key of `FUNCTIONS`.
    *arguments : cell or range
        By position; a range is a list or tuple of rows. What is missing is blank.

    Returns
    -------
    float, str, bool or Problem, or rows of them
        A single value where every argument is a single cell and the function does not spill.
    """
    function = FUNCTIONS[excel_name]
    if len(arguments) > len(function.arguments):
        return bad_input(f"{function.signature} takes {len(function.arguments)} arguments, got {len(arguments)}")
    given = {item.name: cell for item, cell in zip(function.arguments, arguments, strict=False) if cell is not None}
    for name, argument in given.items():
        if isinstance(argument, (list, tuple)) and not is_rectangle(argument):
            return bad_input(f"{name} must be a rectangle of cells, got rows of different lengths")
    return function.answer(given)


def _of_quantity(item: Quantity) -> Function:
    unit = "" if item.unit == TEXT else f" [{item.unit}]"
    summary = f"{item.summary.rstrip('.')}{unit}."
    return Function(
        item.name, quantity_arguments(item.name), summary, f"napkinxl {item.topic}", partial(call_quantity, item.name)
    )


def _without_arguments(answer: Callable[[], Grid]) -> Callable[[Mapping[str, CellOrRange]], Grid]:
    """A function without arguments."""
    return lambda _given: answer()


CATALOG, TABLES = "napkinxl catalog", "napkinxl tables"
FIELD = Argument("field", "a field such as memory_gb, layers or source; blank: all numbers as a range")
QUANTITY_NAME = Argument("quantity", "the name of a quantity, such as users_per_gpu", required=True)

FUNCTIONS: dict[str, Function] = {
    function.excel_name: function
    for function in (
        *map(_of_quantity, QUANTITIES.values()),
        Function(
            "gpu_spec",
            (GPU, FIELD),
            "A field of a GPU in the catalog, or all its numbers.",
            CATALOG,
            partial(catalog_calls.specification, "gpus"),
        ),
        Function(
            "model_spec",
            (MODEL, FIELD),
            "A field of a model in the catalog, or all its numbers.",
            CATALOG,
            partial(catalog_calls.specification, "models"),
        ),
        Function(
            "gpu_list",
            (),
            "The names of the GPUs in the catalog, one below the other.",
            CATALOG,
            _without_arguments(partial(catalog_calls.list_names, "gpus")),
        ),
        Function(
            "model_list",
            (),
            "The names of the models in the catalog, one below the other.",
            CATALOG,
            _without_arguments(partial(catalog_calls.list_names, "models")),
        ),
        Function(
            "napkin",
            CASE_ARGUMENTS,
            "The whole pipeline of one case: every quantity with its value and unit.",
            TABLES,
            table_calls.napkin,
        ),
        Function(
            "explain",
            (QUANTITY_NAME, *CASE_ARGUMENTS),
            "How a quantity comes about, in words and in numbers; or what is wrong with the arguments.",
            TABLES,
            explain,
        ),
        Function(
            "published",
            (),
            "What the method's sources print, recomputed: reproduced or a slip, and why.",
            TABLES,
            _without_arguments(table_calls.published),
        ),
    )
}
