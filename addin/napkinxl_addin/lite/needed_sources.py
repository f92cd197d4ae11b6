"""What a module of ours needs to run: the modules that it imports, theirs, and the data files that they read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

MODULE_NAME = re.compile(r"\w+(\.\w+)*")


def needed_sources(module: str, packages: Mapping[str, Path]) -> dict[str, str]:
    """The files that a module needs, found by following its imports; what only a type checker sees is left out.

    Parameters
    ----------
    module : str
        The dotted name of the module to be run.
    packages : mapping of str to Path
        The folders of our packages by name; imports from elsewhere are not followed.

    Returns
    -------
    dict of str to str
        Texts by path, such as `napkinxl/ops.py`, in the order of the paths; lines end with a line feed.

    Notes
    -----
    A file that is no module is needed where a needed module beside it holds its name. A package that imports by
    computed names as it is loaded needs the modules below it that its texts name.
    """
    found: dict[str, str] = {}
    waiting = [module]
    while waiting:
        dotted = waiting.pop()
        file = _file_of(dotted, packages)
        if file is None or file in found:
            continue
        folder = _place(file, packages).parent
        found[file] = _place(file, packages).read_text(encoding="utf-8")
        needs = _Needs()
        needs.visit(ast.parse(found[file]))
        waiting += [*_with_parents(dotted), *needs.modules]
        if needs.computed_names:
            waiting += [f"{dotted}.{text}" for text in needs.texts if MODULE_NAME.fullmatch(text)]
        for path in folder.iterdir():
            if path.name in needs.texts and path.suffix != ".py" and path.is_file():
                found[f"{file.rpartition('/')[0]}/{path.name}"] = path.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def _file_of(dotted: str, packages: Mapping[str, Path]) -> str | None:
    """The file of a module of ours; None for what is elsewhere, or is no module but a name in one."""
    base = dotted.replace(".", "/")
    candidates = (f"{base}/__init__.py", f"{base}.py") if dotted.partition(".")[0] in packages else ()
    return next((file for file in candidates if _place(file, packages).is_file()), None)


def _place(file: str, packages: Mapping[str, Path]) -> Path:
    package, _, rest = file.partition("/")
    return packages[package] / rest


def _with_parents(dotted: str) -> Iterator[str]:
    while dotted:
        yield dotted
        dotted = dotted.rpartition(".")[0]


class _Needs(ast.NodeVisitor):
    """What the text of one module says that it needs."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.texts: set[str] = set()
        self.computed_names = False
        self._functions = 0

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for statement in node.orelse:
                self.visit(statement)
        else:
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        self.modules |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        assert node.module is not None, "our modules import by full names"
        self.modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions += 1
        self.generic_visit(node)
        self._functions -= 1

    def visit_Call(self, node: ast.Call) -> None:
        called_now = isinstance(node.func, ast.Name) and node.func.id == "import_module" and not self._functions
        self.computed_names = self.computed_names or called_now
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.add(node.value)
