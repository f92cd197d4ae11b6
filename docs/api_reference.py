"""The page of public Python names: a table for reading anywhere, and blocks that the site fills from the docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from evidence_tables import table

import napkinxl

INTRODUCTION = """
    The public names of the package `napkinxl`, which change only after a deprecation. [python.md](python.md) shows how
    to use them. On the built site, signatures, parameters and errors follow the table.
    """


def api_parts() -> Iterator[str]:
    """The page's parts below its introduction."""
    yield table(["Name", "What it is"], [[f"`{name}`", _summary(name)] for name in napkinxl.__all__])
    blocks = "\n\n".join(map(_directive, napkinxl.__all__))
    yield f"```{{eval-rst}}\n{blocks}\n```"


def _summary(name: str) -> str:
    return _first_paragraph(getattr(napkinxl, name))


def _first_paragraph(item: object) -> str:
    return " ".join((inspect.getdoc(item) or "").partition("\n\n")[0].split())


def _directive(name: str) -> str:
    """What makes the site show a name: its signature and its docstring."""
    item = getattr(napkinxl, name)
    full_name = f"{napkinxl.__name__}.{name}"
    if not inspect.isclass(item):
        return f".. autofunction:: {full_name}"
    if issubclass(item, Exception):
        return f".. autoexception:: {full_name}\n   :show-inheritance:"
    return f".. autoclass:: {full_name}\n   :members:"
