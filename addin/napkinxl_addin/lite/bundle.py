"""The two files that xlwings Lite keeps in a workbook: main.py with all our sources in it, and requirements.txt."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import napkinxl
import napkinxl_addin
from napkinxl.version import VERSION
from napkinxl_addin.functions import UDF_MODULE
from napkinxl_addin.lite.needed_sources import needed_sources

# What the add-in itself puts into a new workbook, the comments included; it installs them from PyPI.
REQUIREMENTS: Final = """\
xlwings>=0.37.8,<1.0.0  # required
python-dotenv  # required
pyodide-http  # required
black  # required
"""

_HEAD: Final = '''\
"""The Excel functions of napkinxl {version}, for xlwings Lite: type =KV_CACHE_GB( into a cell.

This file is generated; MIT licence. The sources follow as texts; the lines at the end unpack and import them.
"""

import pathlib
import sys
import tempfile

SOURCES = {{
'''

# The folder bears the sources' hash, so running this again, or a newer one, never meets a stale or half-written file.
_TAIL: Final = """\
}}

folder = pathlib.Path(tempfile.gettempdir(), "napkinxl-{digest}")
if not folder.exists():
    draft = folder.with_suffix(".new")
    for name, text in SOURCES.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).write_text(text, encoding="utf-8")
    draft.rename(folder)
if sys.path[0] != str(folder):
    sys.path.insert(0, str(folder))
for name, loaded in list(sys.modules.items()):
    if name.partition(".")[0] in {packages} and not str(loaded.__file__).startswith(str(folder)):
        del sys.modules[name]

from {module} import *  # noqa: E402, F403
"""


def lite_files() -> dict[str, str]:
    """The files of a Lite workbook by name, made from the sources that are installed.

    Returns
    -------
    dict of str to str
        `main.py` and `requirements.txt`; the same texts for the same sources.
    """
    packages = {package.__name__: Path(package.__path__[0]) for package in (napkinxl, napkinxl_addin)}
    return {"main.py": main_text(needed_sources(UDF_MODULE, packages)), "requirements.txt": REQUIREMENTS}


def main_text(sources: Mapping[str, str], module: str = UDF_MODULE) -> str:
    """The text of a main.py that brings its own packages and gives out the functions of one module.

    Parameters
    ----------
    sources : mapping of str to str
        Texts by path, such as `napkinxl/ops.py`; of any content.
    module : str
        The module whose names main.py gives out.
    """
    entries = "".join(f"    {name!r}: {literal(text)},\n" for name, text in sources.items())
    packages = sorted({name.partition("/")[0] for name in sources})
    digest = hashlib.sha256(entries.encode()).hexdigest()[:16]
    head = _HEAD.format(version=VERSION)
    return head + entries + _TAIL.format(digest=digest, packages=packages, module=module)


def literal(text: str) -> str:
    """A text as Python source that stays readable where that is safe.

    >>> literal("one\\ntwo\\n")
    "r'''one\\ntwo\\n'''"
    >>> literal("it's '''quoted'''")
    '"it\\'s \\'\\'\\'quoted\\'\\'\\'"'
    """
    plain = f"r'''{text}'''"
    # Quotes, backslashes, carriage returns and NUL may not survive in a raw string; what is read back decides.
    try:
        survives = ast.literal_eval(plain) == text
    except (SyntaxError, ValueError):
        survives = False
    return plain if survives else ascii(text)
