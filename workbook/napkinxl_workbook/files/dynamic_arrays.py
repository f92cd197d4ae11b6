"""Formulas that spill in Excel: without a mark in the file Excel takes an array formula for one of the old kind."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from napkinxl_workbook.files.workbook_parts import SPREADSHEET

# The `cm` attribute of a marked cell: the first entry under cellMetadata below.
DYNAMIC_ARRAY: Final = "1"
METADATA_PART: Final = "xl/metadata.xml"
METADATA_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"

_DYNAMIC: Final = "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"
# MS-XLSX 2.3.11: what each flag says of how the mark behaves when a cell is copied, merged or cleared.
_FLAGS: Final = (
    *("copy", "pasteAll", "pasteValues", "merge", "splitFirst", "rowColShift", "clearFormats", "clearComments"),
    *("assign", "coerce", "cellMeta"),
)
_FLAGS_XML: Final = " ".join(f'{flag}="1"' for flag in _FLAGS)
METADATA_XML: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<metadata xmlns="{SPREADSHEET}" xmlns:xda="{_DYNAMIC}"><metadataTypes count="1">'
    f'<metadataType name="XLDAPR" minSupportedVersion="120000" {_FLAGS_XML}/>'
    '</metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst>'
    '<ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"><xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext>'
    "</extLst></bk></futureMetadata>"
    '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
)


class DynamicArrayFormula(ArrayFormula):
    """An array formula that spills: `ref` is the range that it fills now."""


def has_dynamic_arrays(workbook: Workbook) -> bool:
    """Whether any cell needs the mark."""
    return any(
        isinstance(cell.value, DynamicArrayFormula) for sheet in workbook.worksheets for cell in sheet._cells.values()
    )
