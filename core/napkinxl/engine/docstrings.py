"""What `help()` shows of a formula: the author's docstring, with parameters, unit and equation put in.

Authors write what only they know. Labels and units come from the registry, the equation from the trace: there is no
copy that could be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from napkinxl.engine.expressions import Symbol, expression, words
from napkinxl.engine.registry import Quantity, known_names, wire
from napkinxl.errors import look_up

# What a parameter takes: label, unit, and one of FORMS.
Describe: TypeAlias = Callable[[str], tuple[str, str, str]]

FORMS = {
    "value": "{}",
    "previous": "{}, a month earlier",
    "every": "{}, of each tier",
    "so_far": "{}, in each month before",
    "by_month": "{}, in each month",
}
# How an annotation of a formula reads.
SHAPES = {"Number": "float or array", "Numbers": "sequence of float or array", "Text": "str or array"}


def compose_docstrings(items: Iterable[Quantity]) -> None:
    """Compose the docstrings of registered quantities, once all that they take is registered too."""
    known = known_names()

    def describe(parameter: str) -> tuple[str, str, str]:
        its = wire(parameter)
        return known[its.name].label, known[its.name].unit, its.form

    for item in items:
        compose_docstring(item, describe)


def compose_docstring(item: Quantity, describe: Describe) -> None:
    """Put the equation, Parameters and Returns between the summary and the author's sections.

    An equation that the author wrote stays: the trace of several statements is one long line.

    Raises:
        UnknownNameError: an annotation is none of SHAPES.
    """
    written = item.function.__doc__
    if not written:  # python -OO keeps none
        return
    summary, _, rest = written.partition("\n\n")
    indent = rest[: len(rest) - len(rest.lstrip(" "))]
    equation, _, sections = rest.partition("\n\n")
    if f"{item.name} = " not in equation:
        traced = words(expression(item.function(*map(Symbol, item.parameters))))
        equation, sections = f"{indent}{item.name} = {traced}", rest
    composed = "\n".join(indent + line if line else "" for line in _lines(item, describe))
    item.function.__doc__ = f"{summary}\n\n{equation}\n\n{composed}\n\n{sections}"


def _lines(item: Quantity, describe: Describe) -> Iterator[str]:
    yield from ("Parameters", "----------")
    for parameter in item.parameters:
        label, unit, form = describe(parameter)
        yield f"{parameter} : {_shape(item, parameter)}"
        yield f"    {FORMS[form].format(label)} [{unit}]."
    yield from ("", "Returns", "-------", _shape(item, "return"), f"    {item.label} [{item.unit}].")


def _shape(item: Quantity, parameter: str) -> str:
    return look_up(f"annotation in {item.name}", str(item.function.__annotations__.get(parameter)), SHAPES)
