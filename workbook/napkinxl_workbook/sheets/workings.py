"""The sheet Workings: the value in use of every input and every quantity, one column per scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.estimates.estimation import Estimate
from napkinxl.inputs import INPUTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.balances import BAD, GOOD
from napkinxl_workbook.sheets.columns import (
    FIRST_SCENARIO_COLUMN,
    INPUTS_SHEET,
    SCENARIO_WIDTH,
    scenario_letter,
    scenario_range,
    widths,
    write_header,
    write_texts,
)
from napkinxl_workbook.sheets.look_up import LookUp
from napkinxl_workbook.sheets.pipeline_block import (
    AFTER,
    AFTER_WIDTHS,
    HEADERS,
    WIDTHS,
    Pipeline,
    format_of,
    write_column,
    write_explanations,
    write_labels,
)
from napkinxl_workbook.sheets.report_parts import Report, ReportSheet
from napkinxl_workbook.sheets.scenario_inputs import TEXT_ROWS, default_cell, input_rows, selector_formula

WORKINGS_SHEET = "Workings"
HEADER_ROW = 4
# Where each scenario's GPU, model and preset stand in their table, and the place of the selected scenario.
LOOK_UP_ROWS = {"gpu": 6, "model": 7, "preset": 8}
SELECTED_ROW = 9
FIRST_PIPELINE_ROW = 11
OF_THE_ROW = ["Selected scenario", "Check"]  # the columns after those of the scenarios


@dataclass(frozen=True)
class Workings:
    """Where everything lies on the sheet."""

    pipeline: Pipeline
    scenarios: int

    @property
    def selected_letter(self) -> str:
        """The column of the selected scenario."""
        return scenario_letter(self.scenarios)

    @property
    def check_letter(self) -> str:
        """The column that says whether a row holds an error."""
        return scenario_letter(self.scenarios + 1)

    def cell(self, name: str, index: int) -> str:
        """The address of an input or quantity of a scenario."""
        return f"{WORKINGS_SHEET}!{scenario_letter(index)}{self.pipeline.rows[name]}"

    def cells(self, index: int) -> dict[str, str]:
        """The address of everything of a scenario."""
        return {name: self.cell(name, index) for name in self.pipeline.rows}

    def selected(self, name: str) -> str:
        """The address of an input or quantity of the selected scenario."""
        return f"{WORKINGS_SHEET}!${self.selected_letter}${self.pipeline.rows[name]}"

    @property
    def selected_place(self) -> str:
        """The cell with the number of the selected scenario."""
        return f"{WORKINGS_SHEET}!${self.selected_letter}${SELECTED_ROW}"


def write_workings(report: Report) -> None:
    """Write the sheet."""
    book, estimates = report.book, report.estimates
    subtitle = "One formula a row, copied across the scenarios. #N/A: no answer, as it does not fit or is not known."
    columns = widths(WIDTHS, len(estimates), [SCENARIO_WIDTH, 10, *AFTER_WIDTHS])
    sheet = book.sheet(WORKINGS_SHEET, "Workings", subtitle, columns, "Workings")
    write_header(book, sheet, HEADER_ROW, HEADERS, report.names, [])
    first = FIRST_SCENARIO_COLUMN + len(estimates)
    write_texts(book, sheet, HEADER_ROW, first, OF_THE_ROW, "nHeaderRight")
    write_texts(book, sheet, HEADER_ROW, first + len(OF_THE_ROW), AFTER, "nHeaderNote")
    _write_look_ups(book, sheet, estimates, report.look_ups)
    workings = Workings(Pipeline.place(FIRST_PIPELINE_ROW), len(estimates))
    _write_place(book, sheet, report)
    pipeline = workings.pipeline
    write_labels(book, sheet, pipeline, first + len(OF_THE_ROW) + len(AFTER) - 1)

    def input_formula(name: str, letter: str) -> str:
        default = default_cell(input_rows()[name], len(estimates))
        return _in_use_formula(name, letter, pipeline, report.look_ups, default)

    for index, estimate in enumerate(estimates):
        write_column(book, sheet, pipeline, FIRST_SCENARIO_COLUMN + index, estimate.values, input_formula)
    _write_selected(report, sheet, workings)
    look_ups = report.look_ups
    book.group_columns(sheet, first + len(OF_THE_ROW), first + len(OF_THE_ROW) + len(AFTER) - 1)
    book.page_starts[WORKINGS_SHEET] = (first + len(OF_THE_ROW),)
    write_explanations(
        book,
        sheet,
        pipeline,
        first + len(OF_THE_ROW),
        lambda name: (_precedence(name, look_ups), _source(name, look_ups)),
    )
    report.put(workings)


def _write_look_ups(book: Book, sheet: Worksheet, estimates: Sequence[Estimate], look_ups: dict[str, LookUp]) -> None:
    """The position of each scenario's GPU, model and preset; a blank name means the default."""
    columns = len(HEADERS) + len(estimates) + len(OF_THE_ROW) + len(AFTER)
    after = FIRST_SCENARIO_COLUMN + len(estimates) + len(OF_THE_ROW)
    book.section(sheet, min(LOOK_UP_ROWS.values()) - 1, "Rows of the catalog", columns)
    for field, row in LOOK_UP_ROWS.items():
        table = look_ups[field]
        book.row(sheet, row, [f"Row of the {field} in {table.title}", "", ""])
        write_texts(
            book, sheet, row, after, [f"MATCH of the name on the sheet {INPUTS_SHEET} in {table.title}", "", "", "", ""]
        )
        for index, estimate in enumerate(estimates):
            name = f"{INPUTS_SHEET}!{scenario_letter(index)}${TEXT_ROWS[field]}"
            given = f'IF({name}="",{default_cell(TEXT_ROWS[field], len(estimates))},{name})'
            value = float(table.position(getattr(estimate.scenario, field)))
            formula = f"=MATCH({given},{table.name_range},0)"
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, value, "nNumber", "0")


def _write_place(book: Book, sheet: Worksheet, report: Report) -> None:
    """The number of the selected scenario, in its own column."""
    count = len(report.estimates)
    book.row(sheet, SELECTED_ROW, ["Number of the selected scenario", "", ""])
    text = f"MATCH of the name selected on the sheet {INPUTS_SHEET} among the scenarios"
    write_texts(book, sheet, SELECTED_ROW, FIRST_SCENARIO_COLUMN + count + len(OF_THE_ROW), [text, "", "", "", ""])
    place = float(report.selected + 1)
    book.formula(sheet, SELECTED_ROW, FIRST_SCENARIO_COLUMN + count, selector_formula(count), place, "nNumber", "0")


def _write_selected(report: Report, sheet: Worksheet, workings: Workings) -> None:
    """The column of the selected scenario, and whether each row is sound."""
    column = FIRST_SCENARIO_COLUMN + workings.scenarios
    place = f"${workings.selected_letter}${SELECTED_ROW}"
    rows = LOOK_UP_ROWS | workings.pipeline.rows
    for name, row in rows.items():
        values = report.base.values
        value = values[name] if name in values else float(report.look_ups[name].position(_text(report.base, name)))
        area = scenario_range(row, workings.scenarios)
        style = format_of(name, value) if name in values else "0"
        found, here = f"INDEX({area},1,{place})", f"{workings.selected_letter}{row}"
        report.book.formula(sheet, row, column, f"={found}", value, "nNumber", style)
        same = f"IFERROR({here}={found},ISNA({here}))"  # whoever types over the column is seen
        test = f'=IF(ISERR(SUM({area})),"{BAD}",IF({same},"{GOOD}","{BAD}"))'
        report.book.formula(sheet, row, column + 1, test, GOOD)
    letter = workings.check_letter
    meaning = "no row holds an error, #N/A aside, and the selected scenario is one of the row"
    area = f"{WORKINGS_SHEET}!${letter}${min(rows.values())}:${letter}${max(rows.values())}"
    report.check(
        WORKINGS_SHEET,
        meaning,
        f'COUNTIF({area},"{BAD}")=0',
    )


def _text(estimate: Estimate, field: str) -> str:
    return str(getattr(estimate.scenario, field))


def table_of(name: str, look_ups: dict[str, LookUp]) -> str | None:
    """The field that names the row of the catalog in which an input is looked up, if it is."""
    return next((field for field, table in look_ups.items() if name in table.columns), None)


def found_in_catalog(name: str, field: str, letter: str, look_ups: dict[str, LookUp]) -> str:
    """What the catalog has for an input in the row that a column of the sheet Workings looks up."""
    return f"INDEX({look_ups[field].column_range(name)},{letter}${LOOK_UP_ROWS[field]})"


def _in_use_formula(name: str, letter: str, pipeline: Pipeline, look_ups: dict[str, LookUp], default: str) -> str:
    """The scenario's own value, else the catalog's or preset's, else the default, else what it follows.

    A text in place of a number gives no answer: MIN and MAX would pass over it in silence.
    """
    item = INPUTS[name]
    own = f"{INPUTS_SHEET}!{letter}{input_rows()[name]}"
    followed = f"{letter}{pipeline.rows[item.follows]}" if item.follows else "NA()"
    fallback = followed if item.default is None else default
    field = table_of(name, look_ups)
    if field is not None:
        found = found_in_catalog(name, field, letter, look_ups)
        fallback = f'IF({found}="",{fallback},{found})'
    return f'=IF({own}="",{fallback},IF(ISNUMBER({own}),{own},NA()))'


def _precedence(name: str, look_ups: dict[str, LookUp]) -> str:
    """In words, where the value in use comes from."""
    item = INPUTS[name]
    field = table_of(name, look_ups)
    steps = ["the scenario's own", f"the sheet {look_ups[field].title}" if field else ""]
    if item.default is not None:
        steps.append("the default")
    elif item.follows:
        steps.append(item.follows)
    return ", else ".join(step for step in steps if step)


def _source(name: str, look_ups: dict[str, LookUp]) -> str:
    """Where to find the source of the value in use, which differs by scenario."""
    field = table_of(name, look_ups)
    places = [f"the column source of {look_ups[field].title}" if field else ""]
    places.append(INPUTS[name].source_text if INPUTS[name].default is not None else "")
    return "; ".join(place for place in places if place)


WORKINGS = ReportSheet(
    WORKINGS_SHEET,
    "Workings",
    "every number with its formula, source and cross references, one column per scenario",
    write_workings,
    needs=("Inputs",),
)
