"""What a chart shows, apart from how it is drawn: the same description makes the native chart and the picture."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from openpyxl.chart import Reference

from napkinxl_workbook.files.text_cells import xml_text

Dash = Literal["solid", "dash", "sysDot"]


class _CleanTexts:
    """Drops what no file can hold from all texts: a scenario's name may be among them."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]  # its heirs are dataclasses
            value = getattr(self, field.name)
            if isinstance(value, str):
                object.__setattr__(self, field.name, xml_text(value))


@dataclass(frozen=True)
class Axis(_CleanTexts):
    """The title of an axis and the format of its numbers."""

    title: str
    number_format: str = "#,##0"


@dataclass(frozen=True)
class Series(_CleanTexts):
    """One row or column of cells: drawn as columns (bars where the chart lies on its side) or as a line.

    A series without a title has no entry in the legend.
    """

    title: str
    values: Reference
    colour: str  # "" is not drawn: what stands on it floats
    line: bool = False
    dash: Dash = "solid"
    second_axis: bool = False


@dataclass(frozen=True)
class Chart(_CleanTexts):
    """Series over categories; with `alt`, what it tells somebody who does not see it."""

    title: str
    alt: str
    categories: Reference
    series: tuple[Series, ...]
    x: Axis
    y: Axis
    second: Axis | None = None
    stacked: bool = False
    sideways: bool = False  # bars from the left, the first category on top
    label_every: int = 1
    spaced_labels: bool = False  # numbers: as many as can be read, none of them turned
    gap_percent: int = 60
    labels_cm: float = 7.0  # the room for the names of sideways bars
    from_zero: bool = False  # where nothing can be below zero


@dataclass(frozen=True)
class Curve(_CleanTexts):
    """Points in a plane: joined by a line, or marked."""

    title: str
    x: Reference
    y: Reference
    colour: str
    marked: bool = False
    dash: Dash = "solid"


@dataclass(frozen=True)
class XYChart(_CleanTexts):
    """Curves over two logarithmic axes."""

    title: str
    alt: str
    curves: tuple[Curve, ...]
    x: Axis
    y: Axis


@dataclass(frozen=True)
class Placed:
    """A chart on a sheet: its upper left cell, and its width and height in cm."""

    sheet: str
    cell: str
    chart: Chart | XYChart
    width: float
    height: float
