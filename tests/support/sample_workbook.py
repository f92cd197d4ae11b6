"""A workbook with one of everything that the reports use."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Final
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.chartsheet import Chartsheet
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.stored_values import CellValue
from napkinxl_workbook.files.text_cells import set_text

CREATED: Final = datetime(2026, 1, 2, 3, 4, 5)
TITLE: Final = "Users & cost's"

Values = dict[tuple[str, str], CellValue]


def one_sheet(*formulas: str) -> tuple[Workbook, Worksheet]:
    """A workbook with the formulas in A1, A2 and so on of the sheet Calc."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Calc"
    for row, formula in enumerate(formulas, 1):
        sheet.cell(row, 1, formula)
    return workbook, sheet


def full_workbook() -> tuple[Workbook, Values]:
    """One of everything that the reports use, with the true values of its formulas."""
    workbook, sheet = one_sheet()
    sheet.title = TITLE
    sheet.append(["GPU", "Users", "Cost"])
    for row, (name, users) in enumerate([("H100", 20), ("B200", 45), ("L4", 3)], 2):
        set_text(sheet.cell(row, 1), name)
        sheet.cell(row, 2, users)
        sheet.cell(row, 3, f"=IF(B{row}>10,1000/B{row},NA())").number_format = "0.00"
    sheet["E1"] = '="Best: "&A3'
    sheet["E1"].font = Font(bold=True, underline="single", vertAlign="superscript", color="FF1F4E79", strike=True)
    sheet["E2"] = "=SUM(B2:B4)=68"
    sheet["E2"].comment = Comment("A check", "napkinxl")
    sheet["E3"] = "=1/(B2-20)"
    sheet["E4"] = "=MAX(0,B2-B3)"
    sheet["E4"].hyperlink = "https://example.org/"
    sheet["E5"] = ArrayFormula("E5", "=SUM(B2:B4*B2:B4)")
    sheet["E6"] = "=rate*2"
    set_text(sheet["G1"], "=1+1")
    sheet.merge_cells("G3:H4")
    sheet.merge_cells("G6:H7")
    sheet.add_table(Table(displayName="gpu_table", ref="A1:C4"))
    sheet.conditional_formatting.add("B2:B4 E4", _bold_above_five())
    choice = DataValidation("list", formula1='"yes,no"')
    for cell in ("I9", "I1", "K3"):
        choice.add(cell)
    sheet.add_data_validation(choice)
    workbook.defined_names["rate"] = DefinedName("rate", attr_text="'Users & cost''s'!$B$2")
    _add_charts(workbook, sheet)
    return workbook, {
        (TITLE, "C2"): 50.0,
        (TITLE, "C3"): 1000 / 45,
        (TITLE, "C4"): float("nan"),
        (TITLE, "E1"): "Best: B200",
        (TITLE, "E2"): True,
        (TITLE, "E3"): "#DIV/0!",
        (TITLE, "E4"): 0,
        (TITLE, "E5"): 2434,
        (TITLE, "E6"): 40.0,
    }


def _add_charts(workbook: Workbook, sheet: Worksheet) -> None:
    bars = BarChart()
    bars.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=4), titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=4))
    sheet.add_chart(bars, "J12")
    dots = ScatterChart()
    dots.scatterStyle = "lineMarker"  # the schema requires one; openpyxl sets none
    users = Reference(sheet, min_col=2, min_row=2, max_row=4)
    dots.series.append(Series(Reference(sheet, min_col=3, min_row=2, max_row=4), users, title="Cost"))
    page = workbook.create_chartsheet("Chart")
    assert isinstance(page, Chartsheet)
    page.add_chart(dots)


def _bold_above_five() -> Rule:
    return Rule(type="cellIs", operator="greaterThan", formula=["5"], dxf=DifferentialStyle(Font(bold=True, sz=9)))


def written(workbook: Workbook, values: Values, created: datetime = CREATED) -> bytes:
    stream = io.BytesIO()
    write_workbook(workbook, stream, values, created=created)
    return stream.getvalue()


def part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))
