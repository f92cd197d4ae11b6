"""The docstring of a formula as its author wrote it, before the rest is composed."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from functools import cache

from napkinxl.formulas import Quantity


@cache
def code(item: Quantity) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(item.function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree


def written(item: Quantity) -> str:
    """The docstring as it stands in the source."""
    return ast.get_docstring(code(item)) or ""


def equations(item: Quantity) -> list[tuple[str, str]]:
    """The equations that the author wrote, in order: (what is defined, the right-hand side)."""
    block = written(item).split("\n\n")[1]
    if re.search("^-+$", block, re.MULTILINE):
        return []
    joined = re.sub(r"\n +", " ", block)
    pairs = [line.partition(" = ") for line in joined.splitlines()]
    return [(left, right.replace("no answer", "NO_ANSWER")) for left, _, right in pairs]
