"""The sheet Outputs: for every scenario a sentence, the main figures, and how far to trust them."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimates.estimation import Estimate
from napkinxl.formulas import HEADLINE
from napkinxl.scenarios.presets import get_preset
from napkinxl_workbook.answers import answer
from napkinxl_workbook.sheets.catalog import RENT_BASIS, THIS_ROW
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    NAME_ROW,
    SCENARIO_WIDTH,
    scenario_letter,
    widths,
    write_header,
    write_texts,
)
from napkinxl_workbook.sheets.linked_rows import write_link
from napkinxl_workbook.sheets.look_up import LookUp
from napkinxl_workbook.sheets.pipeline_block import HEADERS
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import input_rows
from napkinxl_workbook.sheets.workings import LOOK_UP_ROWS, WORKINGS_SHEET, Workings

TITLE = "Outputs"
WIDTHS, NOTE_WIDTH = [46, 20, 34], 40
MOST_SENTENCES = 10
OWN, UNKNOWN = "the scenario", "not known"


def write_outputs(report: Report) -> None:
    """Write the sheet."""
    subtitle = (
        "All figures are live: they follow the sheet Inputs. #N/A: no answer, as it does not fit or is not known."
    )
    columns = widths(WIDTHS, len(report.estimates), [NOTE_WIDTH])
    sheet = report.book.sheet(TITLE, "Outputs, scenario by scenario", subtitle, columns, "Output")
    row = _write_answers(report, sheet)
    _write_figures(report, sheet, row)
    _write_grounds(report, sheet, row + len(HEADLINE) + 1)


def _write_answers(report: Report, sheet: Worksheet) -> int:
    """A sentence for each of the first scenarios; returns the row of the header of the figures."""
    shown = report.estimates[:MOST_SENTENCES]
    last = FIRST_SCENARIO_COLUMN + min(len(report.estimates), 3) - 1
    room = sum(WIDTHS) + SCENARIO_WIDTH * (last - FIRST_SCENARIO_COLUMN + 1)
    for row, (index, estimate) in enumerate(enumerate(shown), start=4):
        formula, text = answer(estimate, scenario_cells(report, index))
        report.book.formula(sheet, row, 1, formula, text, "nAnswer")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = 4 + 16 * (1 + len(text) // (room * 0.9))
    if len(shown) < len(report.estimates):
        more = f"and {len(report.estimates) - len(shown)} more below"
        report.book.text(sheet, 4 + len(shown), 1, more, "nSubtitle")
    return 6 + len(shown)


def scenario_cells(report: Report, index: int) -> dict[str, str]:
    """Where everything of a scenario lies; a GPU or model by the name that is in use, which may be the default."""
    letter = scenario_letter(index)
    return {
        "name": f"{INPUTS_SHEET}!{letter}{NAME_ROW}",
        **{field: name_in_use(report, field, letter) for field in report.look_ups},
        **report.get(Workings).cells(index),
    }


def name_in_use(report: Report, field: str, letter: str) -> str:
    """What finds the name of the GPU, model or preset that a column of the sheet Workings uses."""
    return f"INDEX({report.look_ups[field].name_range},{WORKINGS_SHEET}!{letter}{LOOK_UP_ROWS[field]})"


def _write_figures(report: Report, sheet: Worksheet, row: int) -> None:
    write_header(report.book, sheet, row, ["Figure", *HEADERS[1:]], report.names, ["Where it is worked out"])
    for line, name in enumerate(HEADLINE, start=row + 1):
        write_link(report, sheet, line, name, style="nFigure")


def _write_grounds(report: Report, sheet: Worksheet, row: int) -> None:
    """Assumptions and sources: whose rent, which preset with which error, and what would make a misfit fit."""
    book, estimates = report.book, report.estimates
    book.section(sheet, row, "Assumptions and sources", len(WIDTHS) + len(estimates) + 1)
    for line, title in enumerate(("Rent from", "Preset and its error"), start=row + 1):
        book.row(sheet, line, [title, "", ""])
    for index, estimate in enumerate(estimates):
        rent = _rent_basis(estimate, index, report.look_ups)
        error = _preset_error(estimate, index, report.look_ups["preset"])
        for line, (formula, text) in enumerate((rent, error), start=row + 1):
            book.formula(sheet, line, FIRST_SCENARIO_COLUMN + index, formula, text, "nNote")
    sheet.row_dimensions[row + 1].height = 28
    sheet.row_dimensions[row + 2].height = 112
    if all(item.fit is None or item.fit.fits for item in estimates):
        return
    book.row(sheet, row + 3, ["What would fit, as found when this was written", "", ""])
    remedies = [item.fit.remedy if item.fit and not item.fit.fits else "" for item in estimates]
    write_texts(book, sheet, row + 3, FIRST_SCENARIO_COLUMN, remedies)


def _rent_basis(estimate: Estimate, index: int, look_ups: dict[str, LookUp]) -> tuple[str, str]:
    """Whose price the rent is: the scenario's own, or the catalog's with its date."""
    letter = scenario_letter(index)
    own = f"{INPUTS_SHEET}!{letter}{input_rows()['rent_usd_per_gpu_hour']}"
    found = f"INDEX({look_ups['gpu'].column_range(RENT_BASIS)},{WORKINGS_SHEET}!{letter}{LOOK_UP_ROWS['gpu']})"
    formula = f'=IF({own}<>"","{OWN}",IF({found}="","{UNKNOWN}",{found}))'
    origin = estimate.in_use.origins["rent_usd_per_gpu_hour"]
    if origin == "scenario":
        return formula, OWN
    kind, _, basis = origin.partition(": ")
    if kind != "catalog":
        return formula, UNKNOWN
    return formula, basis if basis != estimate.scenario.gpu else THIS_ROW


def _preset_error(estimate: Estimate, index: int, presets: LookUp) -> tuple[str, str]:
    """The error of the scenario's preset: nobody should price on the ceiling unknowingly."""
    position = f"{WORKINGS_SHEET}!{scenario_letter(index)}{LOOK_UP_ROWS['preset']}"
    return f"=INDEX({presets.column_range('error')},{position})", get_preset(estimate.scenario.preset).error_text


OUTPUTS = ReportSheet(
    TITLE,
    "Output",
    "the main figures of every scenario, whose rent, and how wrong the preset is",
    write_outputs,
    needs=(WORKINGS_SHEET,),
)
