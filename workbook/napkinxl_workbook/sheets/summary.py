"""The sheet Summary: the answer in a sentence, a dozen figures, one chart, and how far to trust them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.headline import HEADLINE
from napkinxl.presets import get_preset
from napkinxl.quantities import QUANTITIES, TEXT
from napkinxl_workbook.answers import answer
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.by_context import ContextSweep
from napkinxl_workbook.sheets.catalog import RENT_BASIS, THIS_ROW, LookUp
from napkinxl_workbook.sheets.checks import colour_light, light_cell, light_text
from napkinxl_workbook.sheets.columns import INPUTS_SHEET, NAME_ROW, header_height, scenario_letter
from napkinxl_workbook.sheets.extra import ExtraSheet
from napkinxl_workbook.sheets.inputs import input_rows
from napkinxl_workbook.sheets.model import LOOK_UP_ROWS, MODEL_SHEET
from napkinxl_workbook.sheets.pipeline_block import Pipeline
from napkinxl_workbook.theme import number_format

TITLE = "Summary"
FIRST_COLUMN = 3  # of the scenarios; labels and units stand before
LABEL_WIDTH, UNIT_WIDTH, COLUMN_WIDTH = 46, 26, 26
MOST_ON_A_PAGE = 4  # scenarios that fit on a printed page
MOST_SENTENCES = 10
OWN, UNKNOWN = "the scenario", "not known"
CONTENTS = {
    "Inputs": "what each scenario sets; change the blue cells and everything follows",
    "Model": "every number with its formula, one column per scenario",
    "By context": "the first scenario at other lengths of chat",
    "Published figures": "what the sources print, recomputed",
    "GPUs": "catalog, with source and date per row",
    "Models": "catalog, with source and date per row",
    "Presets": "ceiling or calibrated, and the error of each",
    "Prices": "dated rental prices",
    "Checks": "balances and bounds",
    "About": "version, date, method, what is verified",
}


def write_summary(
    book: Book,
    estimates: Sequence[Estimate],
    model: Pipeline,
    sweep: ContextSweep,
    look_ups: dict[str, LookUp],
    extras: Sequence[ExtraSheet] = (),
) -> None:
    """Fill the sheet, which was made first so that it comes first."""
    sheet = book.sheets[TITLE]
    if len(estimates) <= MOST_ON_A_PAGE:
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.fitToHeight = 1
    columns = range(FIRST_COLUMN, FIRST_COLUMN + max(len(estimates), 3))
    for column in columns:
        sheet.column_dimensions[get_column_letter(column)].width = COLUMN_WIDTH
    row = _write_answers(book, sheet, estimates, model, look_ups, min(columns[-1], FIRST_COLUMN + MOST_ON_A_PAGE - 1))
    row = _write_figures(book, sheet, estimates, model, row + 1)
    row = _write_grounds(book, sheet, estimates, look_ups, row)
    book.chart(sheet, f"A{row + 1}", sweep.cost_chart())
    _write_contents(book, sheet, row + 21, _contents(extras))


def _write_answers(
    book: Book,
    sheet: Worksheet,
    estimates: Sequence[Estimate],
    model: Pipeline,
    look_ups: dict[str, LookUp],
    last: int,
) -> int:
    """The light of the checks, and a sentence for each of the first scenarios."""
    book.text(sheet, 3, 1, "Checks", "nSection")
    book.formula(sheet, 3, 2, f"={light_cell()}", light_text(estimates), "nSection")
    colour_light(sheet, "B3")
    room = LABEL_WIDTH + UNIT_WIDTH + COLUMN_WIDTH * (last - FIRST_COLUMN + 1)
    shown = estimates[:MOST_SENTENCES]
    for row, (index, estimate) in enumerate(enumerate(shown), start=5):
        formula, text = answer(estimate, _cells(index, model, look_ups))
        book.formula(sheet, row, 1, formula, text, "nAnswer")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = 4 + 16 * (1 + len(text) // (room * 0.9))
    if len(shown) < len(estimates):
        book.text(sheet, 5 + len(shown), 1, f"and {len(estimates) - len(shown)} more below", "nSubtitle")
    return 6 + len(shown)


def _cells(index: int, model: Pipeline, look_ups: dict[str, LookUp]) -> dict[str, str]:
    """Where everything of a scenario lies; a GPU or model by the name that is in use, which may be the default."""
    letter = scenario_letter(index)
    return {
        "name": f"{INPUTS_SHEET}!{letter}{NAME_ROW}",
        **{
            field: f"INDEX({table.name_range},{MODEL_SHEET}!{letter}{LOOK_UP_ROWS[field]})"
            for field, table in look_ups.items()
        },
        **{name: f"{MODEL_SHEET}!{cell}" for name, cell in model.cells(letter).items()},
    }


def _write_figures(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], model: Pipeline, row: int) -> int:
    book.row(sheet, row, ["Figure", "Unit"], "nHeader")
    for index, estimate in enumerate(estimates):
        name = f"={INPUTS_SHEET}!{scenario_letter(index)}{NAME_ROW}"
        book.formula(sheet, row, FIRST_COLUMN + index, name, estimate.scenario.name, "nHeaderRight")
    sheet.row_dimensions[row].height = header_height([item.scenario.name for item in estimates], COLUMN_WIDTH)
    for line, name in enumerate(HEADLINE, start=row + 1):
        quantity = QUANTITIES[name]
        book.row(sheet, line, [quantity.label, "" if quantity.unit == TEXT else quantity.unit])
        for index, estimate in enumerate(estimates):
            formula = f"={MODEL_SHEET}!{scenario_letter(index)}{model.rows[name]}"
            shown = number_format(quantity.unit, estimate.values[name])
            book.formula(sheet, line, FIRST_COLUMN + index, formula, estimate.values[name], "nFigure", shown)
    return row + len(HEADLINE) + 1


def _write_grounds(
    book: Book, sheet: Worksheet, estimates: Sequence[Estimate], look_ups: dict[str, LookUp], row: int
) -> int:
    """What the figures stand on: whose rent, which preset with which error, and what would make a misfit fit."""
    for line, title in enumerate(("Rent from", "Preset and its error"), start=row):
        book.row(sheet, line, [title, ""])
    for index, estimate in enumerate(estimates):
        rent, error = _rent_basis(estimate, index, look_ups), _preset_error(estimate, index, look_ups["preset"])
        for line, (formula, text) in enumerate((rent, error), start=row):
            book.formula(sheet, line, FIRST_COLUMN + index, formula, text, "nNote")
    sheet.row_dimensions[row].height = 28
    sheet.row_dimensions[row + 1].height = 100
    if all(item.fit is None or item.fit.fits for item in estimates):
        return row + 2
    book.row(sheet, row + 2, ["What would fit, as found when this was written", ""])
    for index, item in enumerate(estimates):
        text = item.fit.remedy if item.fit and not item.fit.fits else ""
        book.text(sheet, row + 2, FIRST_COLUMN + index, text, "nNote")
    return row + 3


def _rent_basis(estimate: Estimate, index: int, look_ups: dict[str, LookUp]) -> tuple[str, str]:
    """Whose price the rent is: the scenario's own, or the catalog's with its date."""
    letter = scenario_letter(index)
    own = f"{INPUTS_SHEET}!{letter}{input_rows()['rent_usd_per_gpu_hour']}"
    found = f"INDEX({look_ups['gpu'].column_range(RENT_BASIS)},{MODEL_SHEET}!{letter}{LOOK_UP_ROWS['gpu']})"
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
    position = f"{MODEL_SHEET}!{scenario_letter(index)}{LOOK_UP_ROWS['preset']}"
    return f"=INDEX({presets.column_range('error')},{position})", get_preset(estimate.scenario.preset).error_text


def _contents(extras: Sequence[ExtraSheet]) -> dict[str, str]:
    """What each sheet holds, in the order of the tabs: sheets of studies stand after those that follow the inputs."""
    titles = list(CONTENTS)
    place = titles.index("By context") + 1
    added = {extra.title: extra.meaning for extra in extras}
    return {title: (CONTENTS | added)[title] for title in (*titles[:place], *added, *titles[place:])}


def _write_contents(book: Book, sheet: Worksheet, row: int, contents: Mapping[str, str]) -> None:
    book.row(sheet, row, ["Sheets", ""], "nSection")
    for line, (title, meaning) in enumerate(contents.items(), start=row + 1):
        cell = sheet.cell(line, 1, title)
        cell.hyperlink = f"#'{title}'!A1"
        cell.style = "nLink"
        book.text(sheet, line, 2, meaning, "nSubtitle")
