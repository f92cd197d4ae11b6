"""The sheet Plan inputs: what the plan sets itself, in blue, and what it takes from the scenarios."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.inputs import Input
from napkinxl.formulas import Quantity
from napkinxl.inputs import FLEET_INPUTS, SERIES
from napkinxl.monthly_plan.plan import Plan
from napkinxl.monthly_plan.settings import BY_TIER, MEAN_TOLERANCE
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.balances import BAD, GOOD
from napkinxl_workbook.sheets.columns import write_label
from napkinxl_workbook.sheets.monthly_plan.layout import (
    FIRST_MONTH_COLUMN,
    HEADER_ROW,
    SETTINGS_SHEET,
    VALUE_COLUMN,
    FleetLayout,
    Source,
)
from napkinxl_workbook.sheets.scenario_inputs import number_validation
from napkinxl_workbook.theme import input_format, plan_format

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTE_COLUMN = VALUE_COLUMN + 1
CHECK = "Check"
BESIDE = ("From", "To", CHECK, "Source and note")  # what stands beside an input of the fleet
INDENTED = Alignment(horizontal="left", vertical="center", indent=1)
RIGHT = Alignment(horizontal="right", vertical="center")


def write_fleet_inputs(book: Book, plan: Plan, layout: FleetLayout, source: Source | None) -> list[str]:
    """Write the sheet; returns the cells of its checks, each OK or not."""
    subtitle = "Type into the blue cells. What comes from a scenario follows the sheets Inputs and Workings."
    columns = [44, 12, 32, *[15.0] * max(plan.settings.months + 2, 17)]
    sheet = book.sheet(SETTINGS_SHEET, SETTINGS_SHEET, subtitle, columns, "Input")
    book.row(sheet, HEADER_ROW, ["Input", "Unit", "Name", "Value", *[""] * len(BESIDE)], "nHeader")
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.print_title_rows, sheet.print_title_cols = f"{HEADER_ROW}:{HEADER_ROW}", "A:A"
    for row, title in layout.settings_sections.items():
        book.section(sheet, row, title, VALUE_COLUMN + len(BESIDE))
    checks = _write_numbers(book, sheet, plan, layout)
    checks.append(_write_seasons(book, sheet, plan, layout))
    _write_values(book, sheet, plan, layout, source, TIER_VALUES)
    _write_values(book, sheet, plan, layout, source, SHARED_VALUES)
    _write_series(book, sheet, plan, layout)
    return [*checks, *_write_sameness(book, sheet, layout)]


def _write_numbers(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> list[str]:
    """The inputs of the fleet, each with its bounds as a rule and as a check."""
    cells = []
    for name, item in FLEET_INPUTS.items():
        row = layout.settings[name]
        write_label(book, sheet, row, item.label, item.unit, name)
        book.number(sheet, row, VALUE_COLUMN, plan.settings.inputs[name], "nInput", input_format(item))
        validation = number_validation(item)
        validation.add(f"D{row}")
        sheet.add_data_validation(validation)
        book.number(sheet, row, NOTE_COLUMN, item.bounds.low, "nNumber")
        book.number(sheet, row, NOTE_COLUMN + 1, item.bounds.high, "nNumber", "#,##0")
        whole = f",INT(D{row})=D{row}" if item.bounds.whole else ""
        test = f'=IF(ISNUMBER(D{row}),IF(AND(D{row}>=E{row},D{row}<=F{row}{whole}),"{GOOD}","{BAD}"),"{BAD}")'
        book.formula(sheet, row, NOTE_COLUMN + 2, test, GOOD)
        note = "; ".join(part for part in (item.source_text, item.note) if part)
        book.text(sheet, row, NOTE_COLUMN + 3, note, "nSubtitle")
        sheet.cell(row, NOTE_COLUMN + 3).alignment = INDENTED
        cells.append(f"'{SETTINGS_SHEET}'!$G${row}")
    first = min(layout.settings.values()) - 1
    for offset, text in enumerate(BESIDE):
        book.text(sheet, first, NOTE_COLUMN + offset, text, "nSection")
        sheet.cell(first, NOTE_COLUMN + offset).alignment = INDENTED if text == BESIDE[-1] else RIGHT
    return cells


def _write_seasons(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> str:
    """The seasons, and whether they average to 1, without which a year would not have a year's traffic."""
    row, item = layout.settings["season_ratios"], SERIES["season_ratios"]
    write_label(book, sheet, row, item.label, item.unit, item.name)
    for offset, (name, ratio) in enumerate(zip(MONTH_NAMES, plan.settings.season_ratios, strict=True)):
        book.text(sheet, row - 1, VALUE_COLUMN + offset, name, "nFigure")
        book.number(sheet, row, VALUE_COLUMN + offset, ratio, "nInput", "0.00")
    after = VALUE_COLUMN + len(MONTH_NAMES)
    ratios = f"{get_column_letter(VALUE_COLUMN)}{row}:{get_column_letter(after - 1)}{row}"
    mean, low, high, check = (f"{get_column_letter(after + offset)}{row}" for offset in range(4))
    for offset, text in enumerate(("Mean", *BESIDE[:3])):
        book.text(sheet, row - 1, after + offset, text, "nFigure")
    value = sum(plan.settings.season_ratios) / len(MONTH_NAMES)
    book.formula(sheet, row, after, f"=SUM({ratios})/COLUMNS({ratios})", value, "nNumber", "0.000")
    for offset, bound in enumerate((1 - MEAN_TOLERANCE, 1 + MEAN_TOLERANCE), start=1):
        book.number(sheet, row, after + offset, bound, "nNumber", "0.000")
    fits = f"AND(COUNT({ratios})=COLUMNS({ratios}),{mean}>={low},{mean}<={high})"
    book.formula(sheet, row, after + 3, f'=IFERROR(IF({fits},"{GOOD}","{BAD}"),"{BAD}")', GOOD)
    book.text(sheet, row, after + 4, item.note, "nSubtitle")
    return f"'{SETTINGS_SHEET}'!{check}"


def _write_values(
    book: Book,
    sheet: Worksheet,
    plan: Plan,
    layout: FleetLayout,
    source: Source | None,
    table: Mapping[str, Input | Quantity],
) -> None:
    """Values of the scenarios: links to the sheet Workings, or blue numbers in a book that has none."""
    if table is TIER_VALUES:
        row = layout.settings["tier_names"]
        write_label(book, sheet, row, "Tier", "", "")
        for number, tier in enumerate(plan.tiers):
            if source:
                book.formula(sheet, row, VALUE_COLUMN + number, f"={source.name(number)}", tier.name)
            else:
                book.text(sheet, row, VALUE_COLUMN + number, tier.name, "nInput")
    for name, item in table.items():
        row = layout.settings[name]
        write_label(book, sheet, row, item.label, item.unit, name)
        for number, tier in enumerate(plan.tiers):
            place, shown = (sheet, row, VALUE_COLUMN + number), plan_format(item)
            if source:
                book.formula(*place, f"={source.value(name, number)}", tier[name], "nNumber", shown)
            else:
                book.number(*place, tier[name], "nInput", shown)


def _write_series(book: Book, sheet: Worksheet, plan: Plan, layout: FleetLayout) -> None:
    header = layout.settings["month_names"]
    write_label(book, sheet, header, "Month", "", "")
    for month in range(1, plan.settings.months + 1):
        book.number(sheet, header, FIRST_MONTH_COLUMN + month - 1, month, "nNumber", "0")
    for name in BY_TIER.values():
        for number, tier in enumerate(plan.tiers):
            row = layout.settings[name] + number
            label = f"{SERIES[name].label}: {tier.name}" if layout.tiers > 1 else SERIES[name].label
            write_label(book, sheet, row, label, SERIES[name].unit, name)
            for offset, value in enumerate(plan.settings.given(name, tier.name)):
                given = value if value == value else None
                book.number(sheet, row, FIRST_MONTH_COLUMN + offset, given, "nInput", "#,##0")


def _write_sameness(book: Book, sheet: Worksheet, layout: FleetLayout) -> list[str]:
    """Whether all tiers have the same: the plan takes that of the first."""
    column = VALUE_COLUMN + layout.tiers
    cells = []
    book.text(sheet, min(layout.settings[name] for name in SHARED_VALUES) - 1, column, CHECK, "nFigure")
    for name in SHARED_VALUES:
        row = layout.settings[name]
        area = f"D{row}:{layout.tier_letter(layout.tiers - 1)}{row}"
        whole = f",D{row}=INT(D{row})" if name == "useful_life_months" else ""
        same = f'IF(AND(MAX({area})=MIN({area}){whole}),"{GOOD}","{BAD}")'
        # What no tier knows is the same for all.
        unknown = f'IF(COUNT({area})=0,"{GOOD}","{BAD}")'
        book.formula(sheet, row, column, f"=IFERROR({same},{unknown})", GOOD)
        cells.append(f"'{SETTINGS_SHEET}'!${layout.tier_letter(layout.tiers)}${row}")
    return cells
