"""Turning a finished workbook without macros into one that carries a VBA project."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Final

from napkinxl.errors import FileError, InputError
from napkinxl_workbook.files.vba_project.project import document_names
from napkinxl_workbook.files.workbook_parts import (
    CONTENT_TYPES,
    OFFICE_LINKS,
    SPREADSHEET,
    WORKBOOK_PART,
    read_parts,
    write_parts,
)
from napkinxl_workbook.files.xml_edits import (
    Edit,
    Tag,
    apply_edits,
    insert_first,
    read_tags,
    set_attribute,
    with_relationship,
)

WORKBOOK_CODE_NAME: Final = "ThisWorkbook"

_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_PROJECT: Final = "xl/vbaProject.bin"

_PLAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_TYPE: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PROJECT_TYPE: Final = "application/vnd.ms-office.vbaProject"
_PROJECT_LINK: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def sheet_code_names(count: int) -> list[str]:
    """Return the code names that `with_macros` gives the worksheets of a workbook, in the order of its tabs.

    Examples
    --------
    >>> sheet_code_names(3)
    ['Sheet1', 'Sheet2', 'Sheet3']
    """
    return [f"Sheet{number}" for number in range(1, count + 1)]


def with_macros(workbook: bytes, vba_project: bytes) -> bytes:
    """Return the ``.xlsm`` file of an ``.xlsx`` file and a VBA project; the same input gives the same bytes.

    The workbook gets the code name ThisWorkbook and its sheets those of `sheet_code_names`; no other part changes.

    Parameters
    ----------
    workbook
        The content of an ``.xlsx`` file as this package writes it.
    vba_project
        The content of a ``vbaProject.bin`` with a module for the workbook and each of its sheets.

    Raises
    ------
    InputError
        The workbook has macros already or a chart sheet, or the project lacks a module for a sheet.
    FileError
        The workbook or the project is damaged.
    """
    parts = _parts(workbook)
    sheets = _worksheets(parts)
    names = sheet_code_names(len(sheets))
    _refuse_missing_modules([WORKBOOK_CODE_NAME, *names], document_names(vba_project))
    changed = {
        **parts,
        CONTENT_TYPES: _macro_types(parts[CONTENT_TYPES]),
        _RELATIONS: with_relationship(parts[_RELATIONS], _RELATIONS, _PROJECT_LINK, posixpath.basename(_PROJECT)),
        WORKBOOK_PART: _named_workbook(parts[WORKBOOK_PART]),
        **{part: _named_sheet(parts[part], part, name) for part, name in zip(sheets, names, strict=True)},
        _PROJECT: vba_project,
    }
    return write_parts(changed)


def _parts(workbook: bytes) -> dict[str, bytes]:
    parts = read_parts(workbook, (CONTENT_TYPES, WORKBOOK_PART, _RELATIONS))
    if _PROJECT in parts:
        raise InputError("a workbook that is to get macros must have none yet")
    return parts


def _worksheets(parts: Mapping[str, bytes]) -> list[str]:
    """The parts of the sheets, in the order of the tabs."""
    links = {tag.attributes["Id"]: tag.attributes for tag in read_tags(parts[_RELATIONS], _RELATIONS, 1)[1:]}
    found = []
    for tag in read_tags(parts[WORKBOOK_PART], WORKBOOK_PART, 2):
        if tag.name != f"{SPREADSHEET} sheet":
            continue
        link = links[tag.attributes[f"{OFFICE_LINKS} id"]]
        if link["Type"] != f"{OFFICE_LINKS}/worksheet":
            raise InputError(f"a workbook with macros must have sheets of cells only, got {tag.attributes['name']!r}")
        found.append(posixpath.normpath(posixpath.join("/xl", link["Target"])).removeprefix("/"))
    return found


def _refuse_missing_modules(needed: list[str], documents: list[str]) -> None:
    missing = [name for name in needed if name not in documents]
    if missing:
        raise InputError(
            f"the VBA project must have a module for the workbook and each sheet, got none for {missing[0]}"
        )


def _macro_types(xml: bytes) -> bytes:
    tags = read_tags(xml, CONTENT_TYPES, 1)
    named = [tag for tag in tags if tag.attributes.get("PartName") == f"/{WORKBOOK_PART}"]
    main = _only(named, CONTENT_TYPES, WORKBOOK_PART)
    if main.attributes.get("ContentType") != _PLAIN_TYPE:
        raise InputError(f"a workbook that is to get macros must be an .xlsx, got {main.attributes.get('ContentType')}")
    project = insert_first(tags[0], CONTENT_TYPES, "Override", PartName=f"/{_PROJECT}", ContentType=_PROJECT_TYPE)
    return apply_edits(xml, [set_attribute(main, "ContentType", _MACRO_TYPE), project])


def _named_workbook(xml: bytes) -> bytes:
    tags = read_tags(xml, WORKBOOK_PART, 1)
    properties = _only([tag for tag in tags if tag.name == f"{SPREADSHEET} workbookPr"], WORKBOOK_PART, "workbookPr")
    return apply_edits(xml, [set_attribute(properties, "codeName", WORKBOOK_CODE_NAME)])


def _named_sheet(xml: bytes, part: str, name: str) -> bytes:
    root, *children = read_tags(xml, part, 1)
    if root.name != f"{SPREADSHEET} worksheet":
        raise FileError(f"the workbook is damaged: {part} must be a worksheet, got {root.name!r}")
    return apply_edits(xml, [_code_name(root, children, part, name)])


def _code_name(root: Tag, children: list[Tag], part: str, name: str) -> Edit:
    # The schema wants it before all else.
    if children and children[0].name == f"{SPREADSHEET} sheetPr":
        return set_attribute(children[0], "codeName", name)
    return insert_first(root, part, "sheetPr", codeName=name)


def _only(tags: list[Tag], part: str, what: str) -> Tag:
    if len(tags) != 1:
        raise FileError(f"the workbook is damaged: {part} must name {what} once, got {len(tags)} times")
    return tags[0]
