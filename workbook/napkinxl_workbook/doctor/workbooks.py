"""One workbook: which host it is for, whether what that host needs is in it, and whether it fits this installation."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from openpyxl import load_workbook

from napkinxl.errors import FileError
from napkinxl_addin.functions import FUNCTIONS
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_addin.spelling import SpellingReader, spell
from napkinxl_addin.vba_module import MODULE_NAME, PYTHON_MODULE, vba_module
from napkinxl_workbook.doctor.findings import Finding, note, ok, problem
from napkinxl_workbook.files.vba_project.project import module_texts
from napkinxl_workbook.files.web_extension import read_web_extension
from napkinxl_workbook.template.xlwings_conf import TITLE as SETTINGS_SHEET

VBA_PART = "xl/vbaProject.bin"
PARTS = re.compile(rf"{re.escape(VBA_PART)}|xl/worksheets/\w+\.xml")
LARGEST_PARTS_BYTES = 256 * 1024**2
LIBRARY = re.compile(r"xlwings64-([\w.]+)\.dll")
FORMULA = re.compile(rb"<(?:\w+:)?f(?: [^>]*)?>([^<]*)</")


def workbook_findings(path: Path) -> Iterator[Finding]:
    """What a workbook holds for its host, and what of it does not fit.

    Raises:
        FileError: the file cannot be read or is no workbook.
    """
    parts = _parts(path)
    spelled = _spelled(parts)
    lite = read_web_extension(path)
    if VBA_PART in parts:
        yield from _classic(path, parts[VBA_PART])
    if lite:
        yield _bundle(lite)
    yield from _calls(spelled, has_macros=VBA_PART in parts, has_lite=bool(lite))


def _parts(path: Path) -> dict[str, bytes]:
    """The parts that are looked at: macros and sheets."""
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [entry for entry in archive.infolist() if PARTS.fullmatch(entry.filename)]
            if sum(entry.file_size for entry in wanted) > LARGEST_PARTS_BYTES:
                raise FileError(f"{path} must unfold to at most {LARGEST_PARTS_BYTES:,} bytes of sheets, got more")
            return {entry.filename: archive.read(entry) for entry in wanted}
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}") from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileError(f"{path} is no workbook that can be read: {error}") from None


def _spelled(parts: Mapping[str, bytes]) -> dict[str, int]:
    """How often our functions are called, as a plain name and as an Office custom function."""
    reader, counts = SpellingReader(FUNCTIONS), {"plain": 0, "custom": 0}
    prefix = spell("", "lite")
    for name, content in parts.items():
        for formula in FORMULA.findall(content) if name != VBA_PART else ():
            text = formula.decode("utf-8", errors="replace")
            typed = reader.as_typed(text)
            if any(f"{function}(" in typed for function in FUNCTIONS):
                counts["custom" if prefix in text else "plain"] += 1
    return counts


def _classic(path: Path, project: bytes) -> Iterator[Finding]:
    modules = module_texts(project)
    text = modules.get(MODULE_NAME)
    remake = "napkinxl template --host classic writes a new one"
    if text is None:
        yield problem("Macros", f"the module {MODULE_NAME} is missing", f"import it (--vba writes it), or: {remake}")
    elif text.replace("\r\n", "\n").strip() != vba_module().strip():
        yield problem("Macros", f"the module {MODULE_NAME} is of another napkinxl", remake)
    else:
        yield ok("Macros", f"the module {MODULE_NAME} is that of this napkinxl")
    library = LIBRARY.search(modules.get("xlwings", ""))
    installed = version("xlwings")
    if library is None:
        yield note("xlwings in the workbook", "no macros of xlwings: the add-in xlwings.xlam must be there",
                   "xlwings addin install")  # fmt: skip
    elif library[1] != installed:
        yield problem("xlwings in the workbook", f"made for {library[1]}, installed is {installed}",
                      f"pip install xlwings=={library[1]}, or: {remake}")  # fmt: skip
    else:
        yield ok("xlwings in the workbook", f"version {library[1]}, as installed")
    yield from _settings(_settings_of(path))


def _settings_of(path: Path) -> dict[str, str] | None:
    """The sheet xlwings.conf as xlwings reads it: down to the first blank key."""
    workbook = load_workbook(path, read_only=True)
    try:
        if SETTINGS_SHEET not in workbook.sheetnames:
            return None
        found = {}
        for key, value in workbook[SETTINGS_SHEET].iter_rows(max_col=2, values_only=True):
            if not key:
                break
            found[str(key).upper()] = "" if value is None else str(value)
        return found
    finally:
        workbook.close()


def _settings(settings: Mapping[str, str] | None) -> Iterator[Finding]:
    if settings is None:
        yield note("Settings", f"no sheet {SETTINGS_SHEET}: xlwings' own settings are used",
                   f"they must name {PYTHON_MODULE} under UDF Modules")  # fmt: skip
        return
    modules = [name.strip() for name in settings.get("UDF MODULES", "").split(";")]
    if PYTHON_MODULE not in modules:
        yield problem("UDF Modules", f"{settings.get('UDF MODULES') or 'blank'}", f"write {PYTHON_MODULE} beside it")
    elif find_spec(PYTHON_MODULE) is None:
        yield problem("UDF Modules", f"{PYTHON_MODULE} cannot be imported", "install napkinxl in that Python")
    else:
        yield ok("UDF Modules", PYTHON_MODULE)
    interpreter = settings.get("INTERPRETER_WIN", "")
    if sys.platform != "win32":
        yield note("Interpreter_Win", f"{interpreter or 'blank'}; it can only be checked on Windows")
    elif interpreter in ("", "python", "pythonw"):
        yield note("Interpreter_Win", f"{interpreter or 'blank'}: whatever Windows finds first",
                   f"for this one write {sys.executable}")  # fmt: skip
    elif not Path(interpreter).exists():
        yield problem("Interpreter_Win", f"{interpreter} does not exist", f"write {sys.executable}")
    else:
        yield ok("Interpreter_Win", interpreter)


def _bundle(lite: Mapping[str, str]) -> Finding:
    files = lite_files()
    remake = "napkinxl template --host lite writes a new one"
    if lite.get("main.py") == files["main.py"]:
        return ok("Code of xlwings Lite", "that of this napkinxl")
    if PYTHON_MODULE in lite.get("main.py", ""):
        return problem("Code of xlwings Lite", "of another napkinxl", remake)
    return problem("Code of xlwings Lite", "main.py is not ours", f"add ours to it, or: {remake}")


def _calls(spelled: Mapping[str, int], has_macros: bool, has_lite: bool) -> Iterator[Finding]:
    if not any(spelled.values()):
        yield note("Calls", "no cell calls a function of napkinxl")
    if spelled["plain"]:
        found = f"{spelled['plain']:,} cells call functions by their plain name"
        if has_macros:
            yield ok("Calls", found)
        else:
            yield note("Calls", f"{found}, as LibreOffice Calc and Excel with an xlwings add-in do")
    if spelled["custom"]:
        found = f"{spelled['custom']:,} cells call custom functions of Office"
        if has_lite:
            yield ok("Calls", found)
        else:
            yield note("Calls", f"{found}, and the workbook has no code: a server must answer",
                       "openpyxl drops the code of xlwings Lite when it saves; add it as the last step")  # fmt: skip
