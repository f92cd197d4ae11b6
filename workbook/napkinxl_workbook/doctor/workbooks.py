"""One workbook: which host it is for, whether what that host needs is in it, and whether it fits this installation."""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from openpyxl import load_workbook

from napkinxl.errors import FileError
from napkinxl_addin.functions import FUNCTIONS, UDF_MODULE
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_addin.spelling import SpellingReader, spell
from napkinxl_addin.vba_module import MODULE_NAME, vba_module
from napkinxl_workbook.doctor.findings import Finding, note, ok, problem
from napkinxl_workbook.files.given_workbooks import LARGEST_UNFOLDED_BYTES, opened_archive
from napkinxl_workbook.files.vba_project.project import module_texts
from napkinxl_workbook.files.web_extension import read_web_extension
from napkinxl_workbook.files.workbook_parts import WORKBOOK_PART
from napkinxl_workbook.template.xlwings_conf import TITLE as SETTINGS_SHEET

VBA_PART = "xl/vbaProject.bin"
PARTS = re.compile(rf"{re.escape(VBA_PART)}|xl/worksheets/\w+\.xml")
LIBRARY = re.compile(r"xlwings64-([\w.]+)\.dll")
TEXT_LITERAL = re.compile(r'"(?:[^"]|"")*"')
CALL = re.compile(rf"(?<![\w.!])(?:{'|'.join(FUNCTIONS)})\(")
SPELLINGS = {
    "plain": "functions by their plain name",
    "lite": "functions of xlwings Lite",
    "server": "functions of an xlwings Server",
}
FORMULA = re.compile(rb"<(?:\w+:)?f(?: [^>]*)?>([^<]*)</")


def workbook_findings(path: Path) -> Iterator[Finding]:
    """What a workbook holds for its host, and what of it does not fit.

    Raises:
        FileError: the file cannot be read or is no workbook.
    """
    parts = _parts(path)
    lite = read_web_extension(path)
    if VBA_PART in parts:
        yield from _classic(path, parts[VBA_PART])
    if lite:
        yield _bundle(lite)
    yield from _calls(_calls_by_spelling(parts), path.suffix.lower(), VBA_PART in parts, bool(lite))


def _parts(path: Path) -> dict[str, bytes]:
    """The parts that are looked at: macros and sheets. The whole must be of a size that can be read."""
    with opened_archive(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST_UNFOLDED_BYTES:
            raise FileError(f"{path} must unfold to at most {LARGEST_UNFOLDED_BYTES:,} bytes, got more")
        if WORKBOOK_PART not in archive.namelist():
            raise FileError(f"{path} is no workbook that can be read: it lacks {WORKBOOK_PART}")
        return {entry.filename: archive.read(entry) for entry in entries if PARTS.fullmatch(entry.filename)}


def _calls_by_spelling(parts: Mapping[str, bytes]) -> Counter[str]:
    """How many cells call our functions by a plain name, as functions of Lite, or with a server's namespace."""
    reader, counts = SpellingReader(FUNCTIONS), Counter[str]()
    names = "|".join(FUNCTIONS)
    of_lite = re.compile(rf"{spell('', 'lite')}({names})\(", re.IGNORECASE)
    # Whatever namespace a server has: nobody else's functions bear these names.
    of_server = re.compile(rf"{spell('', 'lite')}\w+?_({names})\(", re.IGNORECASE)
    for name, content in parts.items():
        for formula in FORMULA.findall(content) if name != VBA_PART else ():
            text = TEXT_LITERAL.sub("", html.unescape(formula.decode("utf-8", errors="replace")))
            if of_server.search(text) and not of_lite.search(text):
                counts["server"] += 1
            elif CALL.search(reader.as_typed(text)):
                counts["lite" if of_lite.search(text) else "plain"] += 1
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
        yield note(
            "xlwings in the workbook",
            "no macros of xlwings: the add-in xlwings.xlam must be there",
            "xlwings addin install",
        )
    elif library[1] != installed:
        yield problem(
            "xlwings in the workbook",
            f"made for {library[1]}, installed is {installed}",
            f"pip install xlwings=={library[1]}, or: {remake}",
        )
    else:
        yield ok("xlwings in the workbook", f"version {library[1]}, as installed")
    yield from _settings(_settings_of(path))


def _settings_of(path: Path) -> dict[str, str] | None:
    """The sheet xlwings.conf as xlwings reads it: down to the first blank key."""
    try:
        workbook = load_workbook(path, read_only=True)
    except Exception as error:  # openpyxl raises whatever the damaged part makes it raise
        raise FileError(f"{path} is no workbook that can be read: {type(error).__name__}: {error}") from None
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
        yield note(
            "Settings",
            f"no sheet {SETTINGS_SHEET}: xlwings' own settings are used",
            f"they must name {UDF_MODULE} under UDF Modules",
        )
        return
    modules = [name.strip() for name in settings.get("UDF MODULES", "").split(";")]
    if UDF_MODULE not in modules:
        yield problem("UDF Modules", f"{settings.get('UDF MODULES') or 'blank'}", f"write {UDF_MODULE} beside it")
    elif find_spec(UDF_MODULE) is None:
        yield problem("UDF Modules", f"{UDF_MODULE} cannot be imported", "install napkinxl in that Python")
    else:
        yield ok("UDF Modules", UDF_MODULE)
    interpreter = settings.get("INTERPRETER_WIN", "")
    if sys.platform != "win32":
        yield note("Interpreter_Win", f"{interpreter or 'blank'}; it can only be checked on Windows")
    elif interpreter.casefold().removesuffix(".exe") in ("", "python", "pythonw"):
        yield note(
            "Interpreter_Win",
            f"{interpreter or 'blank'}: whatever Windows finds first",
            f"for this one write {sys.executable}",
        )
    elif not Path(interpreter).exists():
        yield problem("Interpreter_Win", f"{interpreter} does not exist", f"write {sys.executable}")
    else:
        yield ok("Interpreter_Win", interpreter)


def _bundle(lite: Mapping[str, str]) -> Finding:
    files = lite_files()
    remake = "napkinxl template --host lite writes a new one"
    if lite.get("main.py") == files["main.py"]:
        return ok("Code of xlwings Lite", "that of this napkinxl")
    if UDF_MODULE in lite.get("main.py", ""):
        return problem("Code of xlwings Lite", "of another napkinxl", remake)
    return problem("Code of xlwings Lite", "main.py is not ours", f"add ours to it, or: {remake}")


def _calls(calls: Mapping[str, int], suffix: str, has_macros: bool, has_lite: bool) -> Iterator[Finding]:
    if not calls:
        yield note("Calls", "no cell calls a function of napkinxl")
    for spelling, count in calls.items():
        found = f"{count:,} cells call {SPELLINGS[spelling]}"
        if spelling == "plain" and suffix == ".xlsm" and not has_macros:
            yield problem("Calls", f"{found}, and the workbook has no macros", "napkinxl template --host classic")
        elif spelling == "plain" and not has_macros:
            yield note("Calls", f"{found}, as LibreOffice Calc and Excel with an xlwings add-in do")
        elif spelling == "lite" and not has_lite:
            yield problem(
                "Calls",
                f"{found}, and its code is not in the workbook",
                "openpyxl drops it when it saves: add it as the last step",
            )
        elif spelling == "server":
            yield note("Calls", f"{found}: a server must answer")
        else:
            yield ok("Calls", found)
