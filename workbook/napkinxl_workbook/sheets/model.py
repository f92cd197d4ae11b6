"""The sheet Model: the value in use of every input and every quantity, one column per scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimation import Estimate
from napkinxl.input_table import INPUTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.catalog import LookUp
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    scenario_letter,
    widths,
    write_after,
    write_header,
)
from napkinxl_workbook.sheets.inputs import TEXT_ROWS, default_cell, input_rows
from napkinxl_workbook.sheets.pipeline_block import AFTER, AFTER_WIDTHS, HEADERS, WIDTHS, Pipeline, write_pipeline

MODEL_SHEET = "Model"
HEADER_ROW = 4
# Where each scenario's GPU, model and preset stand in their table.
LOOK_UP_ROWS = {"gpu": 6, "model": 7, "preset": 8}
FIRST_PIPELINE_ROW = 10


def write_model(book: Book, estimates: Sequence[Estimate], look_ups: dict[str, LookUp]) -> Pipeline:
    """Write the sheet; returns where everything lies."""
    subtitle = "One formula a row, copied across the scenarios. #N/A: no answer, as it does not fit or is not known."
    sheet = book.sheet(MODEL_SHEET, "Model", subtitle, widths(WIDTHS, len(estimates), AFTER_WIDTHS), "5B9BD5")
    write_header(book, sheet, HEADER_ROW, HEADERS, [item.scenario.name for item in estimates], AFTER)
    _write_look_ups(book, sheet, estimates, look_ups)
    pipeline = Pipeline.place(FIRST_PIPELINE_ROW)

    def input_formula(name: str, letter: str, rows: Mapping[str, int]) -> str:
        default = default_cell(input_rows()[name], len(estimates))
        return _in_use_formula(name, letter, rows, look_ups, default)

    values = [estimate.values for estimate in estimates]
    write_pipeline(
        book,
        sheet,
        pipeline,
        values,
        input_formula,
        lambda name: (_precedence(name, look_ups), _source(name, look_ups)),
    )
    return pipeline


def _write_look_ups(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], look_ups: dict[str, LookUp]) -> None:
    """The position of each scenario's GPU, model and preset; a blank name means the default."""
    columns = len(HEADERS) + len(estimates) + len(AFTER)
    book.section(sheet, min(LOOK_UP_ROWS.values()) - 1, "Rows of the catalog", columns)
    for field, row in LOOK_UP_ROWS.items():
        table = look_ups[field]
        book.row(sheet, row, [f"Row of the {field} in {table.title}", "", ""])
        note = f"MATCH of the name on the sheet {INPUTS_SHEET} in {table.title}"
        write_after(book, sheet, row, len(estimates), [note, "", ""], ["nNote"] * len(AFTER))
        for index, estimate in enumerate(estimates):
            name = f"{INPUTS_SHEET}!{scenario_letter(index)}${TEXT_ROWS[field]}"
            given = f'IF({name}="",{default_cell(TEXT_ROWS[field], len(estimates))},{name})'
            value = float(table.position(getattr(estimate.scenario, field)))
            formula = f"=MATCH({given},{table.name_range},0)"
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value, "nNumber", "0")


def _table_of(name: str, look_ups: dict[str, LookUp]) -> str | None:
    return next((field for field, table in look_ups.items() if name in table.columns), None)


def _in_use_formula(name: str, letter: str, rows: Mapping[str, int], look_ups: dict[str, LookUp], default: str) -> str:
    """The scenario's own value, else the catalog's or preset's, else the default, else what it follows.

    A text in place of a number gives no answer: MIN and MAX would pass over it in silence.
    """
    item = INPUTS[name]
    own = f"{INPUTS_SHEET}!{letter}{input_rows()[name]}"
    followed = f"{letter}{rows[item.follows]}" if item.follows else "NA()"
    fallback = followed if item.default is None else default
    field = _table_of(name, look_ups)
    if field is not None:
        found = f"INDEX({look_ups[field].column_range(name)},{letter}${LOOK_UP_ROWS[field]})"
        fallback = f'IF({found}="",{fallback},{found})'
    return f'=IF({own}="",{fallback},IF(ISNUMBER({own}),{own},NA()))'


def _precedence(name: str, look_ups: dict[str, LookUp]) -> str:
    """In words, where the value in use comes from."""
    item = INPUTS[name]
    field = _table_of(name, look_ups)
    steps = ["the scenario's own", f"the sheet {look_ups[field].title}" if field else ""]
    if item.default is not None:
        steps.append("the default")
    elif item.follows:
        steps.append(item.follows)
    return ", else ".join(step for step in steps if step)


def _source(name: str, look_ups: dict[str, LookUp]) -> str:
    """Where to find the source of the value in use, which differs by scenario."""
    field = _table_of(name, look_ups)
    places = [f"the column source of {look_ups[field].title}" if field else ""]
    default = INPUTS[name].source if INPUTS[name].default is not None else ""
    places.append(f"of the default: {default}" if default else "")
    return "; ".join(place for place in places if place)
