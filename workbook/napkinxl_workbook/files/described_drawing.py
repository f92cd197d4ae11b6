"""openpyxl's drawing layer with what a screen reader says of a chart, for which it has no place."""

from __future__ import annotations

from typing import Any

from openpyxl.drawing.graphic import GraphicFrame
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing


class DescribedDrawing(SpreadsheetDrawing):
    """Gives each chart's frame the text of the chart's attribute `alternative_text`, if it has one."""

    __elements__ = SpreadsheetDrawing.__elements__  # a subclass that names none would write none

    def _chart_frame(self, idx: int) -> GraphicFrame:
        frame: Any = super()._chart_frame(idx)  # type: ignore[misc]
        text = getattr(self.charts[idx - 1], "alternative_text", "")
        if text:
            frame.nvGraphicFramePr.cNvPr.descr = text
        return frame  # type: ignore[no-any-return]
