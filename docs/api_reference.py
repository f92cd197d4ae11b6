"""The page of public Python names: a table for reading anywhere, and blocks that the site fills from the docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import ModuleType

from evidence_tables import table

import napkinxl
import napkinxl_workbook

INTRODUCTION = """
    The public names: they change only after a deprecation. [python.md](python.md) shows how they are used. Where these
    pages are built as a site, signatures, parameters and errors stand below each table.
    """


def api_parts() -> Iterator[str]:
    """The page's parts below its introduction."""
    for module in (napkinxl, napkinxl_workbook):
        yield f"## {module.__name__}"
        yield _first_paragraph(module)
        yield table(["Name", "What it is"], [[f"`{name}`", _summary(module, name)] for name in module.__all__])
        blocks = "\n\n".join(_directive(module, name) for name in module.__all__)
        yield f"```{{eval-rst}}\n{blocks}\n```"


def _summary(module: ModuleType, name: str) -> str:
    return _first_paragraph(getattr(module, name))


def _first_paragraph(item: object) -> str:
    return " ".join((inspect.getdoc(item) or "").partition("\n\n")[0].split())


def _directive(module: ModuleType, name: str) -> str:
    """What makes the site show a name: its signature and its docstring."""
    item = getattr(module, name)
    full_name = f"{module.__name__}.{name}"
    if not inspect.isclass(item):
        return f".. autofunction:: {full_name}"
    if issubclass(item, Exception):
        return f".. autoexception:: {full_name}\n   :show-inheritance:"
    return f".. autoclass:: {full_name}\n   :members:"
