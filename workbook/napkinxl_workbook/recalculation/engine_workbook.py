"""The workbook that the engine loads: bare values and formulas, made anew so that it reads nothing else.

The engine's own readers of a user's file turn texts such as "0" into numbers, miss tables and names, or refuse error
values that Excel has learnt since; here every text is marked as one, and no formula holds a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED

from napkinxl_workbook.files.dateless_archive import DatelessArchive
from napkinxl_workbook.recalculation.areas import Position, coordinate
from napkinxl_workbook.recalculation.formulas import engine_sheet

_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'

_UNSAFE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x1f\ufffe\uffff]")


def engine_workbook(sheets: int, cells: Mapping[Position, str]) -> bytes:
    """A workbook of so many sheets.

    Parameters
    ----------
    sheets
        How many there are; they are called as `formulas.engine_sheet` says.
    cells
        What `value_xml` and `formula_xml` made of the cells.
    """
    content = BytesIO()
    with DatelessArchive(content, "w", ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(sheets), ZIP_STORED)
        archive.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]), ZIP_STORED)
        targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(sheets)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relationships(targets), ZIP_STORED)
        archive.writestr("xl/workbook.xml", _workbook(sheets), ZIP_STORED)
        by_sheet = groupby(sorted(cells), key=lambda cell: cell.sheet)
        rows = {number: _rows(found, cells) for number, found in by_sheet}
        for number in range(sheets):
            sheet = f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows.get(number, "")}</sheetData></worksheet>'
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet, ZIP_STORED)
    return content.getvalue()


def value_xml(value: float | str | bool) -> str:
    """The inside and type of a cell that holds a value."""
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v>'
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(_UNSAFE.sub(_escaped, value))}</t></is>'
    return f"><v>{value!r}</v>"


def formula_xml(formula: str) -> str:
    """The inside of a cell that holds a formula."""
    return f"><f>{escape(formula)}</f>"


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _rows(cells: Iterable[Position], inside: Mapping[Position, str]) -> str:
    return "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{coordinate(row, cell.column)}"{inside[cell]}</c>' for cell in found)
        + "</row>"
        for row, found in groupby(cells, key=lambda cell: cell.row)
    )


def _workbook(sheets: int) -> str:
    entries = "".join(
        f'<sheet name="{engine_sheet(number)}" sheetId="{number + 1}" r:id="rId{number}"/>' for number in range(sheets)
    )
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>'


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _content_types(sheets: int) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(sheets)
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{parts}</Types>'
    )
