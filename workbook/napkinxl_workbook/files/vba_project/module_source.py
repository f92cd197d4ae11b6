"""The names and source texts that VBA modules may have."""

from __future__ import annotations

import re
from typing import Final

from napkinxl.errors import InputError
from napkinxl_workbook.files.vba_project.dir_stream import CODE_PAGE

MAXIMUM_NAME: Final = 31
MAXIMUM_LINE: Final = 1023  # characters; VBA refuses a longer one

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LINE_END: Final = re.compile("\r\n?|\n")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NAME_LINE: Final = re.compile(r'Attribute VB_Name = "([^"\r\n]*)"')

# What Excel writes for a sheet of cells; the number is its class.
_WORKSHEET_ATTRIBUTES: Final = (
    ("VB_Base", '"0{00020820-0000-0000-C000-000000000046}"'),
    ("VB_GlobalNameSpace", "False"),
    ("VB_Creatable", "False"),
    ("VB_PredeclaredId", "True"),
    ("VB_Exposed", "True"),
    ("VB_TemplateDerived", "False"),
    ("VB_Customizable", "True"),
)


def check_module_name(name: str) -> None:
    """Refuse a name that no module may have.

    Raises
    ------
    InputError
        It is too long or has a character that is not allowed.
    """
    if len(name) > MAXIMUM_NAME or _NAME.fullmatch(name) is None:
        raise InputError(
            f"a VBA module's name must be a letter and up to {MAXIMUM_NAME - 1} letters, digits or underscores, "
            f"got {name!r}"
        )


def standard_source(name: str, text: str) -> bytes:
    """Return the source of a standard module as its stream holds it: in code page 1252, named in its first line.

    Raises
    ------
    InputError
        The text names another module, or holds a character or a line that VBA cannot.
    """
    lines = _LINE_END.sub("\n", text).removesuffix("\n").split("\n")
    named = _NAME_LINE.fullmatch(lines[0])
    if named is None:
        lines.insert(0, f'Attribute VB_Name = "{name}"')
    elif named[1] != name:
        raise InputError(f"the text of the VBA module {name!r} must name that module or none, got {named[1]!r}")
    return "".join(f"{_checked(line, number, name)}\r\n" for number, line in enumerate(lines, 1)).encode(CODE_PAGE)


def worksheet_source(name: str) -> bytes:
    """Return the source of a worksheet's module without code."""
    attributes = (("VB_Name", f'"{name}"'), *_WORKSHEET_ATTRIBUTES)
    return "".join(f"Attribute {attribute} = {value}\r\n" for attribute, value in attributes).encode(CODE_PAGE)


def _checked(line: str, number: int, module: str) -> str:
    where = f"in line {number} of the VBA module {module!r}"
    if len(line) > MAXIMUM_LINE:
        raise InputError(f"a line of VBA must have at most {MAXIMUM_LINE} characters, got {len(line)} {where}")
    odd = _CONTROL.search(line)
    character = odd[0] if odd is not None else _not_in_code_page(line)
    if character is not None:
        raise InputError(f"VBA must be written in the characters of Windows code page 1252, got {character!a} {where}")
    return line


def _not_in_code_page(line: str) -> str | None:
    try:
        line.encode(CODE_PAGE)
    except UnicodeEncodeError as error:
        return line[error.start]
    return None
