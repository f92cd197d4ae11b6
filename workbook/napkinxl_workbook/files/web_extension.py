"""Code that the add-in xlwings Lite keeps in a workbook: adding it to a finished file, and reading it back.

Office stores what an add-in saves with a document in a part of its own, as names and JSON values (MS-OWEXML).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from napkinxl.errors import FileError, InputError
from napkinxl_addin.spelling import spell
from napkinxl_workbook.files.given_workbooks import opened_archive
from napkinxl_workbook.files.workbook_parts import CONTENT_TYPES, OFFICE_LINKS, read_parts, write_parts
from napkinxl_workbook.files.xml_edits import apply_edits, insert_first, read_tags, with_relationship

# The first Pyodide with which Lite keeps the versions of packages from one start to the next (its documentation).
PYODIDE_VERSION: Final = "314.0.0"
# The version of the add-in that the file claims to be saved by.
ADDIN_VERSION: Final = "1.0.0.103"

# What Microsoft supports per add-in and document (OfficeDev/office-js, issue 621).
LARGEST_SETTINGS_BYTES: Final = 2_000_000
LARGEST_PART_BYTES: Final = 64 * 1024**2

_STORE_ID: Final = "wa200008175"
_PANES: Final = "xl/webextensions/taskpanes.xml"
_PANES_RELATIONS: Final = "xl/webextensions/_rels/taskpanes.xml.rels"
_EXTENSION: Final = "xl/webextensions/webextension1.xml"
_RELATIONS: Final = "_rels/.rels"
_EXTENSION_PARTS: Final = re.compile(r"xl/webextensions/webextension[0-9]*\.xml")
_FUNCTION_NAME: Final = re.compile(r"[A-Z][A-Z0-9_]*")

_OFFICE: Final = "http://schemas.microsoft.com/office"
_LINK: Final = f"{_OFFICE}/2011/relationships/webextension"
_NAMESPACE: Final = f"{_OFFICE}/webextensions/webextension/2010/11"
_REFERENCE: Final = f"{_NAMESPACE} reference"
_PROPERTY: Final = f"{_NAMESPACE} property"
_LINKS: Final = f'xmlns:r="{OFFICE_LINKS}"'
_EXT: Final = 'a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def with_web_extension(
    workbook: bytes,
    files: Mapping[str, str],
    function_names: Sequence[str],
    *,
    pyodide_version: str = PYODIDE_VERSION,
    addin_version: str = ADDIN_VERSION,
) -> bytes:
    """Return a workbook that carries the code of xlwings Lite; the same input gives the same bytes.

    All parts but the list of content types and the package's links stay byte for byte. It must be the last step:
    openpyxl drops the code when it saves.

    Parameters
    ----------
    workbook
        The content of an ``.xlsx`` or ``.xlsm`` file without code of an add-in.
    files
        Texts by name: ``main.py`` and ``requirements.txt``; of any content.
    function_names
        Excel's names of the functions, such as ``KV_CACHE_GB``; formulas in the file spell it ``_xldudf_KV_CACHE_GB``.
    pyodide_version, addin_version
        What the add-in is told of the workbook.

    Raises
    ------
    InputError
        The files are larger than Office keeps, a name is none that Excel takes, or the workbook has add-ins already.
    FileError
        The workbook is damaged.
    """
    settings = {**files, "pyodideVersion": pyodide_version, "addinVersion": addin_version}
    stored = {name: json.dumps(text).replace("/", r"\/") for name, text in settings.items()}
    _refuse_large(stored)
    for name in function_names:
        if not _FUNCTION_NAME.fullmatch(name):
            raise InputError(f"a function's name must be capital letters, digits and _, got {name!r}")
    parts = _parts(workbook)
    parts[CONTENT_TYPES] = _declared(parts[CONTENT_TYPES])
    parts[_RELATIONS] = with_relationship(parts[_RELATIONS], _RELATIONS, f"{_LINK}taskpanes", _PANES)
    parts[_PANES] = _task_panes()
    parts[_PANES_RELATIONS] = _task_pane_relations()
    parts[_EXTENSION] = _extension(stored, function_names)
    return write_parts(parts)


def read_web_extension(path: Path) -> dict[str, str]:
    """Return what xlwings Lite keeps in a workbook: the texts of its files and its settings by name.

    Parameters
    ----------
    path
        A workbook; one without code of xlwings Lite gives nothing.

    Raises
    ------
    FileError
        The file cannot be read or is no workbook.
    """
    with opened_archive(path) as archive:
        names = [name for name in archive.namelist() if _EXTENSION_PARTS.fullmatch(name)]
        if sum(archive.getinfo(name).file_size for name in names) > LARGEST_PART_BYTES:
            raise FileError(f"{path}: the code of add-ins must be at most {LARGEST_PART_BYTES:,} bytes, got more")
        extensions = [read_tags(archive.read(name), name, 2) for name in names]
    return {
        tag.attributes["name"]: _text(tag.attributes["value"])
        for tags in extensions
        if any(tag.name == _REFERENCE and tag.attributes.get("id", "").lower() == _STORE_ID for tag in tags)
        for tag in tags
        if tag.name == _PROPERTY
    }


def _text(value: str) -> str:
    """A stored value: its text where it is one, else its JSON."""
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, str) else value


def _refuse_large(stored: Mapping[str, str]) -> None:
    size = sum(len(name) + len(value) for name, value in stored.items())
    if size > LARGEST_SETTINGS_BYTES:
        raise InputError(f"Office keeps at most {LARGEST_SETTINGS_BYTES:,} bytes of an add-in in a file, got {size:,}")


def _parts(workbook: bytes) -> dict[str, bytes]:
    parts = read_parts(workbook, (CONTENT_TYPES, _RELATIONS))
    if any(name.startswith("xl/webextensions/") for name in parts):
        raise InputError("the workbook has code of an add-in already: start from one without")
    return parts


def _declared(xml: bytes) -> bytes:
    root = read_tags(xml, CONTENT_TYPES, 0)[0]
    kinds = {_PANES: "webextensiontaskpanes", _EXTENSION: "webextension"}
    types = {f"/{part}": f"application/vnd.ms-office.{kind}+xml" for part, kind in kinds.items()}
    entries = [
        insert_first(root, CONTENT_TYPES, "Override", PartName=part, ContentType=kind) for part, kind in types.items()
    ]
    return apply_edits(xml, entries)


def _task_panes() -> bytes:
    # Docked but closed: opening the workbook shows no pane.
    return (
        f'{_HEAD}<wetp:taskpanes xmlns:wetp="{_OFFICE}/webextensions/taskpanes/2010/11">'
        f'<wetp:taskpane dockstate="right" visibility="0" width="438" row="1"><wetp:webextensionref {_LINKS} '
        'r:id="rId1"/></wetp:taskpane></wetp:taskpanes>'
    ).encode()


def _task_pane_relations() -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_LINK}" Target="webextension1.xml"/></Relationships>'
    ).encode()


def _extension(stored: Mapping[str, str], function_names: Sequence[str]) -> bytes:
    properties = "".join(
        f"<we:property name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in stored.items()
    )
    functions = "".join(
        f"<we:customFunctionIds>{spell(name, 'lite')}</we:customFunctionIds>" for name in function_names
    )
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{properties}{functions}")).upper()
    return (
        f'{_HEAD}<we:webextension xmlns:we="{_NAMESPACE}" id="{{{identity}}}">'
        f'<we:reference id="{_STORE_ID}" version="1.0.0.0" store="en-US" storeType="OMEX"/>'
        f'<we:alternateReferences><we:reference id="{_STORE_ID.upper()}" version="1.0.0.0" '
        f'store="{_STORE_ID.upper()}" storeType="OMEX"/></we:alternateReferences>'
        f"<we:properties>{properties}</we:properties><we:bindings/><we:snapshot {_LINKS}/><we:extLst>"
        f'<{_EXT} uri="{{D87F86FE-615C-45B5-9D79-34F1136793EB}}"><we:containsCustomFunctions/></a:ext>'
        f'<{_EXT} uri="{{7C84B067-C214-45C3-A712-C9D94CD141B2}}"><we:customFunctionIdList>{functions}'
        "</we:customFunctionIdList></a:ext></we:extLst></we:webextension>"
    ).encode()
