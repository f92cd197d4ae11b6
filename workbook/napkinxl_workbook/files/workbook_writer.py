"""openpyxl's writer with what it lacks: the value of every formula, chart caches, the same bytes each time.

openpyxl is only subclassed here; neither its modules nor its classes are changed.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.packaging.manifest import Override
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.constants import (
    ARC_APP,
    ARC_CORE,
    ARC_ROOT_RELS,
    ARC_STYLE,
    ARC_THEME,
    ARC_WORKBOOK,
    ARC_WORKBOOK_RELS,
)
from openpyxl.xml.functions import tostring

from napkinxl_workbook.files.chart_caches import XmlElement, fill_chart_caches
from napkinxl_workbook.files.described_drawing import DescribedDrawing
from napkinxl_workbook.files.dynamic_arrays import (
    METADATA_CONTENT_TYPE,
    METADATA_PART,
    METADATA_XML,
    has_dynamic_arrays,
)
from napkinxl_workbook.files.sheet_writer import CellKey, SheetParts, SheetWriter
from napkinxl_workbook.files.stored_values import CellValue, StoredValue

# With the number of its own calculation engine (that of every Excel since 2019) and no fullCalcOnLoad, Excel shows
# the stored values and calculates what depends on a cell once the cell changes. So every reader, Excel or not,
# shows the same figures, and closing a workbook that was only looked at asks nothing.
_CALCULATION_ENGINE: Final = 191029

# The order of the schema, which the Open XML SDK insists on; openpyxl has its own.
_FONT_PARTS: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)


class BookWriter(ExcelWriter):
    """Writes a workbook that was built in this process; it keeps no macros, links or pivots of a loaded one."""

    _archive: ZipFile
    _charts: list[Any]
    _comments: list[Any]

    if TYPE_CHECKING:  # the stubs leave out the private steps

        def _write_worksheets(self) -> None: ...
        def _write_chartsheets(self) -> None: ...
        def _write_images(self) -> None: ...

    def __init__(
        self,
        workbook: Workbook,
        archive: ZipFile,
        values: Mapping[CellKey, CellValue],
        stored: Mapping[CellKey, StoredValue],
        created: datetime,
    ) -> None:
        super().__init__(workbook, archive)
        self._values = values
        self._stored = stored
        self._created = created if created.tzinfo is None else created.astimezone(UTC)

    def write_data(self) -> None:
        """Write all parts, in openpyxl's order."""
        put = self._archive.writestr
        put(ARC_APP, tostring(ExtendedProperties().to_tree()))
        put(ARC_CORE, tostring(self._properties()))
        put(ARC_THEME, self.workbook.loaded_theme or theme_xml)
        self._write_worksheets()
        self._write_chartsheets()
        self._write_images()
        self._write_charts()
        put(ARC_STYLE, tostring(self._styles()))
        writer: Any = WorkbookWriter(self.workbook)
        writer.package.calcPr = CalcProperties(calcId=_CALCULATION_ENGINE, fullCalcOnLoad=None)
        put(ARC_ROOT_RELS, writer.write_root_rels())
        put(ARC_WORKBOOK, writer.write())
        if has_dynamic_arrays(self.workbook):
            # openpyxl numbers the relationships as it appends them.
            writer.rels.append(Relationship(Id="", type="sheetMetadata", Target="metadata.xml"))
            put(METADATA_PART, METADATA_XML)
            self.manifest.Override.append(Override(f"/{METADATA_PART}", METADATA_CONTENT_TYPE))
        put(ARC_WORKBOOK_RELS, writer.write_rels())
        manifest: Any = self.manifest
        manifest._write(self._archive, self.workbook)

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet."""
        sheet = cast(SheetParts, ws)
        sheet._drawing = DescribedDrawing()
        sheet._drawing.charts = sheet._charts
        sheet._drawing.images = sheet._images
        writer = SheetWriter(ws, self._stored)
        self._archive.writestr(ws.path[1:], writer.content())
        sheet._rels = writer.relationships()
        self.manifest.append(ws)

    def _properties(self) -> XmlElement:
        # On a copy: the caller's workbook keeps its own dates.
        properties = copy.copy(self.workbook.properties)
        properties.created = properties.modified = self._created
        return properties.to_tree()

    def _styles(self) -> XmlElement:
        styles = write_stylesheet(self.workbook)
        for font in styles.iter("font"):
            font[:] = sorted(font, key=lambda part: _FONT_PARTS.index(part.tag))
        return styles

    def _write_charts(self) -> None:
        for chart in self._charts:
            tree = chart._write()
            fill_chart_caches(tree, self.workbook, lambda title, coordinate: self._values[title, coordinate])
            self._archive.writestr(chart.path[1:], tostring(tree))
            self.manifest.append(chart)

    def _write_comment(self, ws: Worksheet) -> None:
        sheet = cast(SheetParts, ws)
        sheets: Any = CommentSheet
        comments = sheets.from_comments(sheet._comments)
        self._comments.append(comments)
        comments._id = len(self._comments)
        self._archive.writestr(comments.path[1:], tostring(comments.to_tree()))
        self.manifest.append(comments)
        sheet.legacy_drawing = f"xl/drawings/commentsDrawing{comments._id}.vml"
        self._archive.writestr(sheet.legacy_drawing, comments.write_shapes())
        # openpyxl's absolute target keeps other programs (IronCalc) from opening the file.
        target = comments.path.replace("/xl/", "../", 1)
        sheet._rels.append(Relationship(Id="comments", type="comments", Target=target))
