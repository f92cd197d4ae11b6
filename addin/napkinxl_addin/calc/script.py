"""The Python script that LibreOffice runs: it makes our packages importable there, and nothing beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import napkinxl
import napkinxl_addin
from napkinxl_addin.calc.basic_module import MARK, SCRIPT_FUNCTION, STATUS
from napkinxl_addin.calc.errors import error_bits

# Kept to what old versions of Python read: whatever LibreOffice brings must be able to say that it is too old.
_TEXT: Final = '''"""{mark}, which replaces it and takes it away again."""
import sys
from importlib.machinery import PathFinder

FOLDERS = {folders}
NOT_LOADED = {not_loaded}


class OurPackages:
    """Finds these packages alone: what else lies in their folders may be made for another version of Python."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return PathFinder.find_spec(name, [FOLDERS[name]]) if name in FOLDERS else None


sys.meta_path.insert(0, OurPackages)


def {function}(asked, given, *_):
    if asked == "{status}":
        return status()
    try:
        from napkinxl_addin.calc.dispatcher import answer as found
    except Exception:
        import struct

        return struct.unpack("<d", struct.pack("<Q", NOT_LOADED))[0]
    return found(asked, given)


def status():
    python = "Python " + sys.version.split()[0]
    try:
        import napkinxl
        import napkinxl_addin.calc.dispatcher
    except Exception as error:
        return "napkinxl cannot be loaded by LibreOffice's %s: %s: %s" % (python, type(error).__name__, error)
    return "napkinxl %s in %s, from %s" % (napkinxl.__version__, python, FOLDERS["napkinxl"])


g_exportedScripts = ({function},)
'''


def package_folders() -> dict[str, Path]:
    """The folders in which our packages lie: site-packages, or the source roots of a checkout."""
    return {package.__name__: Path(package.__path__[0]).resolve().parent for package in (napkinxl, napkinxl_addin)}


def script_text(folders: Mapping[str, Path] | None = None) -> str:
    """The script's text, with the folders of our packages written into it; plain ASCII whatever they are called."""
    found = {name: str(folder) for name, folder in (folders or package_folders()).items()}
    return _TEXT.format(
        mark=MARK,
        folders=ascii(found),
        not_loaded=hex(error_bits("#NAME?")),
        function=SCRIPT_FUNCTION,
        status=STATUS,
    )
