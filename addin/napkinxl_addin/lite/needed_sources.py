"""What a module of ours needs to run: the modules that it imports, theirs, and the data files that they read."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

# Modules that the interpreter runs; what only a type checker sees is left out.
_TYPE_CHECKING = "TYPE_CHECKING"


def needed_sources(module: str, packages: Mapping[str, Path]) -> dict[str, str]:
    """The files that a module needs, found by following its imports.

    Parameters
    ----------
    module : str
        The dotted name of the module to be run.
    packages : mapping of str to Path
        The folders of our packages by name; imports from elsewhere are not followed.

    Returns
    -------
    dict of str to str
        Texts by path below the packages' common root, in the order of the paths. A line ends with a line feed.

    Notes
    -----
    A file that is no module counts as needed where a needed module of the same folder names it. A package that
    imports by computed names as it is loaded needs all its modules.
    """
    waiting, found = [module], dict[str, str]()
    while waiting:
        path = _module_file(waiting.pop(), packages)
        if path is None or _key(path, packages) in found:
            continue
        text = _text(path)
        found[_key(path, packages)] = text
        tree = ast.parse(text)
        found |= {_key(data, packages): _text(data) for data in _data_files(tree, path.parent)}
        waiting.extend(_imported(tree))
        if _imports_computed_names(tree):
            waiting.extend(_dotted(file, packages) for file in path.parent.glob("*.py"))
    for key in [*found]:
        for folder in Path(key).parents:
            package = packages[Path(key).parts[0]].parent / folder / "__init__.py"
            if folder.parts and _key(package, packages) not in found:
                raise AssertionError(f"the package {folder} of {key} was not read")
    return dict(sorted(found.items()))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _root(path: Path, packages: Mapping[str, Path]) -> Path:
    return next(folder.parent for folder in packages.values() if path.is_relative_to(folder))


def _key(path: Path, packages: Mapping[str, Path]) -> str:
    return path.relative_to(_root(path, packages)).as_posix()


def _dotted(path: Path, packages: Mapping[str, Path]) -> str:
    return ".".join(path.relative_to(_root(path, packages)).with_suffix("").parts).removesuffix(".__init__")
