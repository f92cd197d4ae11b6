"""The workbook's look: one set of named styles, one palette, and a number format per unit."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from napkinxl.engine.inputs import Input
from napkinxl.formulas import TEXT, Quantity

FONT = "Calibri"
NAVY, BLUE, ORANGE, GREY, PALE, CREAM = "1F3864", "0072B2", "E07000", "6B6B6B", "DCE6F1", "FFF9E5"
CARD = "F2F5FA"
PALE_BLUE = "A8CBEA"
# Of charts, in the order in which to take them: told apart without red and green, and by their lightness in grey print.
# The last is for areas only: as a line it would be too faint on white.
SERIES_COLOURS = (NAVY, ORANGE, BLUE, PALE_BLUE)
INPUT_BLUE = "0000FF"
HAIR = Side(style="hair", color="BFBFBF")
THIN = Side(style="thin", color="7F7F7F")

# The colour of a sheet's tab by its role.
TABS = {
    "Cover": NAVY,
    "Output": "548235",
    "Input": "FFC000",
    "Workings": "5B9BD5",
    "Control": "C00000",
    "Catalog": "7F7F7F",
    "Study": "7030A0",
}

SMALLEST_CENTS = 0.1  # USD; below it cents say too little
_NUMBER_FORMATS = {
    "share": "0.00%",
    "GB": "#,##0.00",
    "ms": "#,##0.000",
    "us": "#,##0.0",
    "tokens": "#,##0",
    "elements": "#,##0",
    "elements/token": "#,##0",
    "layers": "#,##0",
    "heads": "#,##0",
    "experts": "#,##0",
    "FLOP": "#,##0",
    "FLOP/element": "#,##0.00",
    "FLOP/byte": "#,##0.0",
    "GFLOP": "#,##0.0",
    "GFLOP/token": "#,##0.0",
    "TFLOP/s": "#,##0",
    "TB/s": "0.000",
    "sequences": "#,##0.0",
    "users": "#,##0.0",
    "seats": "#,##0.0",
    "tokens/s": "#,##0.0",
    "USD/h": "$#,##0.0000",
    "USD/request": "$0.000000",
    "USD/kWh": "$0.0000",
    "x": "0.0000",
    "deviations": "0.000",
}


def number_format(unit: str, value: object = None) -> str:
    """How a quantity of this unit is shown; money below ten cents with more digits, if the value is given."""
    if unit == TEXT:
        return "General"
    if unit.startswith("USD") and isinstance(value, float) and 0 < abs(value) < SMALLEST_CENTS:
        return "$0.0000##"
    if unit.startswith("USD") and unit not in _NUMBER_FORMATS:
        return "$#,##0.00"
    return _NUMBER_FORMATS.get(unit, "#,##0.00")


# Of the plan by month: whole dollars, whole users.
_PLAN_FORMATS = {
    "USD": "$#,##0",
    "GPUs": "#,##0",
    "servers": "#,##0",
    "users": "#,##0",
    "h": "#,##0",
    "months": "0",
    "month no.": "0",
    "replicas": "#,##0.0",
    "replicas²": "#,##0.00",
}


def plan_format(item: Input | Quantity) -> str:
    """How a row or figure of the plan is shown, or what it takes from a scenario; whole dollars only of the plan."""
    if item.number_format:
        return item.number_format
    own = item.unit in _PLAN_FORMATS and (item.unit != "USD" or item.period != "case")
    return _PLAN_FORMATS[item.unit] if own else number_format(item.unit)


def input_format(item: Input) -> str:
    """How an input is shown: as people type it."""
    if item.number_format:
        return item.number_format
    if item.unit == "share":
        return "0.0%"
    if item.unit == "USD/million tokens":  # a list price is not rounded
        return "$#,##0.00####"
    if item.unit.startswith("USD"):
        return "$#,##0.00"
    return "#,##0" if item.bounds.whole or item.unit in ("tokens", "users") else "General"


def _style(name: str, font: Font, **parts: object) -> NamedStyle:
    style = NamedStyle(name=name)
    style.font = font
    for part, value in parts.items():
        setattr(style, part, value)
    return style


def _font(size: int = 10, color: str = "000000", bold: bool = False, italic: bool = False) -> Font:
    return Font(name=FONT, size=size, color=color, bold=bold, italic=italic)


def add_styles(workbook: Workbook) -> None:
    """Register the named styles that every sheet uses."""
    wrap = Alignment(vertical="center", wrap_text=True)
    right = Alignment(horizontal="right", vertical="center")
    middle = Alignment(vertical="center")
    indented = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    shrunk = Alignment(vertical="center", shrink_to_fit=True)
    under = Border(bottom=HAIR)
    navy = PatternFill("solid", fgColor=NAVY)
    for style in (
        _style("nTitle", _font(16, NAVY, bold=True)),
        _style("nSubtitle", _font(10, GREY, italic=True), alignment=Alignment(vertical="center")),
        _style(
            "nHeader", _font(10, "FFFFFF", bold=True), fill=navy, alignment=Alignment(vertical="center", wrap_text=True)
        ),
        _style(
            "nHeaderRight",
            _font(10, "FFFFFF", bold=True),
            fill=navy,
            alignment=Alignment(horizontal="right", vertical="center", wrap_text=True),
        ),
        _style(
            "nHeaderNote",
            _font(10, "FFFFFF", bold=True),
            fill=navy,
            alignment=Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1),
        ),
        _style(
            "nSection", _font(10, NAVY, bold=True), fill=PatternFill("solid", fgColor=PALE), border=Border(bottom=THIN)
        ),
        _style("nText", _font(), alignment=middle, border=under),
        _style("nWrap", _font(), alignment=wrap, border=under),
        _style("nNote", _font(9, GREY), alignment=indented, border=under),
        _style("nCode", Font(name="Consolas", size=9, color=GREY), alignment=shrunk, border=under),
        _style(
            "nInput", _font(color=INPUT_BLUE), fill=PatternFill("solid", fgColor=CREAM), border=under, alignment=right
        ),
        _style("nNumber", _font(), border=under, alignment=right),
        _style("nAnswer", _font(12, NAVY), alignment=wrap),
        _style("nFigure", _font(10, NAVY, bold=True), border=under, alignment=right),
        _style("nCardLabel", _font(9, GREY), fill=PatternFill("solid", fgColor=CARD), alignment=centred),
        _style("nCardValue", _font(16, NAVY, bold=True), fill=PatternFill("solid", fgColor=CARD), alignment=centred),
        _style("nLight", _font(bold=True), alignment=middle, border=Border(bottom=THIN)),
        _style("nLink", _font(color=BLUE), alignment=middle),
    ):
        workbook.add_named_style(style)
