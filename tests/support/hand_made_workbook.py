"""Workbooks made by hand, part by part, and what recalculation did to one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from napkinxl_workbook.recalculation import Recalculation, recalculate
from support.engines import EngineValue, stored_values

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str) -> str:
    """A sheet of which only the rows matter."""
    return f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(
    path: Path, sheets: Mapping[str, str | bytes], parts: Mapping[str, str | bytes] | None = None, *, names: str = ""
) -> Path:
    """Write a workbook of whole sheets and further parts; `names` is what stands behind its list of sheets."""
    entries = "".join(
        f'<sheet name="{title}" sheetId="{number}" r:id="rId{number}"/>' for number, title in enumerate(sheets, 1)
    )
    links = "".join(_link(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": _relationships(_link("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets>{names}'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(links + _link("rIdT", "sharedStrings", "sharedStrings.xml")),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def _link(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relationships(links: str) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def one_sheet(path: Path, rows: str, **more: str) -> Path:
    """A workbook of one sheet, called S."""
    return workbook(path / "book.xlsx", {"S": sheet_xml(rows)}, names=more.get("names", ""))


def parts_of(path: Path) -> dict[str, bytes]:
    """The bytes of every part."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def calculated(path: Path) -> dict[str, EngineValue]:
    """Recalculate in place; the values of the formula cells of all sheets by their coordinate."""
    recalculate(path)
    return {coordinate: value for (_, coordinate), value in stored_values(path).items()}


def sheet_of(path: Path, number: int = 1) -> str:
    """The XML of a sheet."""
    return parts_of(path)[f"xl/worksheets/sheet{number}.xml"].decode()


def recalculated_sheet(path: Path) -> tuple[str, Recalculation]:
    """Recalculate in place; the XML of the first sheet, and what was reported."""
    found = recalculate(path)
    return sheet_of(path), found


def without_values(sheet: str) -> str:
    """A sheet's XML without the type and the value of any formula cell, by plain search: no parser of ours."""

    def strip(cell: re.Match[str]) -> str:
        if "<f" not in cell[0]:
            return cell[0]
        bare = re.sub(r"<v>[^<]*</v>|<v ?/>", "", cell[0])
        return re.sub(r'^(<c [^>]*?) t="[a-z]+"', r"\1", bare)

    return re.sub(r"<c [^>]*?(?:/>|>.*?</c>)", strip, sheet, flags=re.DOTALL)
