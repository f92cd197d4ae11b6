"""The sheet Self-check: published figures beside what the functions answer; one glance tells that they work."""

from __future__ import annotations

from napkinxl.evidence.published import PublishedFigure, published_figures
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs.choices import DEFAULT_CHOICES
from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.signatures import VARIED
from napkinxl_workbook.sheets.checks import ALL_GOOD, colour_light
from napkinxl_workbook.template.function_cells import BLANK, FunctionCells, Given
from napkinxl_workbook.theme import number_format

TITLE = "Self-check"
LIGHT, HEADER_ROW, FIRST_ROW = "B3", 5, 6
FAILS = "THE FUNCTIONS DO NOT ANSWER: SEE THE STEPS ON START"
# What the file holds: nobody has called the functions yet where it is opened. The formula says it no more.
NOT_YET = "NOT CHECKED YET: recalculate, as the steps on Start say"
HEADERS = ["Published figure", "Expected", "Function", "Tolerance", "Agrees", "Unit", "As typed", "Sources"]


def write_self_check(cells: FunctionCells) -> str:
    """Write the sheet; returns the address of the light."""
    book = cells.book
    subtitle = "The expected values were worked by hand from what the method's sources print; see PUBLISHED()."
    sheet = book.sheet(TITLE, "Self-check", subtitle, [56, 46, 22, 12, 12, 16, 80, 26], "Control")
    book.text(sheet, 3, 1, "All of them", "nSection")
    book.row(sheet, HEADER_ROW, HEADERS, "nHeader")
    checks = _checks()
    for row, (figure, arguments) in enumerate(checks, start=FIRST_ROW):
        _write_check(cells, row, figure, arguments)
    last = FIRST_ROW + len(checks) - 1
    area = f"E{FIRST_ROW}:E{last}"
    # An error is no TRUE: functions that do not answer turn the light off, too.
    formula = f'=IF(COUNTIF({area},TRUE)=ROWS({area}),"{ALL_GOOD}","{FAILS}")'
    book.formula(sheet, 3, 2, formula, NOT_YET, "nSection")
    # Only the light is coloured: LibreOffice 7.4 crashes on rules over cells whose functions it does not know.
    colour_light(sheet, LIGHT, NOT_YET)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    return f"'{TITLE}'!${LIGHT[0]}${LIGHT[1]}"


def _checks() -> list[tuple[PublishedFigure, dict[str, float]]]:
    """The figures that the functions can reproduce from arguments alone, the GPU and model being the article's."""
    found = []
    for figure in published_figures():
        function = FUNCTIONS[figure.quantity.name.upper()]
        names = {argument.name for argument in function.arguments}
        arguments = {name: value for name, value in figure.inputs.items() if name in VARIED and name in names}
        answer = call(function.excel_name, *(arguments.get(item.name) for item in function.arguments))
        if isinstance(answer, float) and figure.agrees(answer) and figure.verdict == "reproduced":
            found.append((figure, arguments))
    return found


def _write_check(cells: FunctionCells, row: int, figure: PublishedFigure, arguments: dict[str, float]) -> None:
    book, sheet = cells.book, cells.book.sheets[TITLE]
    function = FUNCTIONS[figure.quantity.name.upper()]
    given = [_given(argument.name, arguments) for argument in function.arguments]
    shown = number_format(QUANTITIES[function.name].unit)
    book.text(sheet, row, 1, figure.figure, "nWrap")
    book.number(sheet, row, 2, figure.expected, "nNumber", shown)
    ((answer,),) = cells.write(sheet, row, 3, function.excel_name, given, "nFigure", shown)
    book.number(sheet, row, 4, figure.relative_tolerance, "nNumber", "0E+00")
    agrees = isinstance(answer, float) and figure.agrees(answer)
    book.formula(sheet, row, 5, f"=IFERROR(ABS(C{row}-B{row})<=D{row}*ABS(B{row}),FALSE)", agrees)
    book.text(sheet, row, 6, figure.unit)
    book.text(sheet, row, 7, cells.typed(function.excel_name, given), "nCode")
    book.text(sheet, row, 8, figure.sources, "nNote")


def _given(name: str, arguments: dict[str, float]) -> Given:
    if name in DEFAULT_CHOICES:
        return Given(f'"{DEFAULT_CHOICES[name]}"', DEFAULT_CHOICES[name])
    value = arguments.get(name)
    return BLANK if value is None else Given(f"{value:.10g}", value)
