"""The pipeline as rows: the inputs in use and every quantity, one formula a row, copied across the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.engine.inputs import OWNERS, Input
from napkinxl.formulas import QUANTITIES, TOPICS, Quantity, excel_formula, formula_words
from napkinxl.inputs import INPUTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import write_label, write_texts
from napkinxl_workbook.theme import input_format, number_format

HEADERS, WIDTHS = ["Quantity", "Unit", "Name"], [44, 20, 38]
# The auditor's view of a row.
AFTER = ["Formula", "Reads rows", "Read by rows", "Source", "Note"]
AFTER_WIDTHS = [58.0, 24.0, 24.0, 44.0, 44.0]
MOST_LISTED = 4

# The formula of an input in use, given the input's name and the column's letter.
InputFormula = Callable[[str, str], str]


@dataclass(frozen=True)
class Pipeline:
    """Which inputs and quantities are shown, and in which rows of the sheet."""

    rows: dict[str, int]
    sections: dict[int, str]

    @classmethod
    def place(cls, first_row: int, names: Iterable[str] | None = None) -> Pipeline:
        """Rows from `first_row` on: inputs by owner, then quantities by topic (all, or those asked for)."""
        wanted = {*INPUTS, *QUANTITIES} if names is None else set(names)
        rows: dict[str, int] = {}
        sections: dict[int, str] = {}
        row = first_row
        for title, group in _groups(wanted):
            if group:
                sections[row] = title
                rows.update({name: row + offset for offset, name in enumerate(group, start=1)})
                row += len(group) + 1
        return cls(rows, sections)

    @property
    def first_row(self) -> int:
        """The heading above the first row."""
        return min(self.sections)

    @property
    def last_row(self) -> int:
        """The last row of the block."""
        return max(self.rows.values())

    def cells(self, letter: str) -> dict[str, str]:
        """The address of everything in one column."""
        return {name: f"{letter}{row}" for name, row in self.rows.items()}

    @cached_property
    def reads(self) -> dict[str, list[int]]:
        """The rows that the formula of each row reads."""
        return {
            name: sorted(self.rows[other] for other in _precedents(name) if other in self.rows) for name in self.rows
        }

    @cached_property
    def read_by(self) -> dict[str, list[int]]:
        """The rows whose formulas read each row."""
        found: dict[str, list[int]] = {name: [] for name in self.rows}
        for name, row in self.rows.items():
            for other in _precedents(name):
                if other in found:
                    found[other].append(row)
        return found


def _groups(wanted: set[str]) -> Iterator[tuple[str, list[str]]]:
    for owner, title in OWNERS.items():
        yield f"In use: {title}", [name for name, item in INPUTS.items() if item.owner == owner and name in wanted]
    for topic in TOPICS.values():
        yield topic, [name for name, item in QUANTITIES.items() if item.topic == topic and name in wanted]


def _precedents(name: str) -> Sequence[str]:
    if name in QUANTITIES:
        return QUANTITIES[name].parameters
    follows = INPUTS[name].follows
    return [follows] if follows else []


def write_labels(book: Book, sheet: Worksheet, pipeline: Pipeline, columns: int) -> None:
    """Label, unit and name of every row, and the headings across that many columns."""
    for row, title in pipeline.sections.items():
        book.section(sheet, row, title, columns)
    for name, row in pipeline.rows.items():
        item = INPUTS.get(name) or QUANTITIES[name]
        write_label(book, sheet, row, item.label, item.unit, name)
    book.group_rows(sheet, pipeline.rows.values())


def write_column(
    book: Book,
    sheet: Worksheet,
    pipeline: Pipeline,
    column: int,
    values: Mapping[str, Any],
    input_formula: InputFormula,
) -> None:
    """A column of live formulas."""
    letter = get_column_letter(column)
    cells = pipeline.cells(letter)
    for name, row in pipeline.rows.items():
        formula = input_formula(name, letter) if name in INPUTS else excel_formula(name, cells)
        book.formula(sheet, row, column, formula, values[name], "nNumber", format_of(name, values[name]))


def format_of(name: str, value: Any = None) -> str:
    """The number format of an input or a quantity."""
    if name in INPUTS:
        return input_format(INPUTS[name])
    return QUANTITIES[name].number_format or number_format(QUANTITIES[name].unit, value)


def write_explanations(
    book: Book, sheet: Worksheet, pipeline: Pipeline, column: int, input_texts: Callable[[str], tuple[str, str]]
) -> None:
    """The auditor's view, from a column on; `input_texts` says where an input's value and its source come from."""
    for name, row in pipeline.rows.items():
        item = INPUTS.get(name) or QUANTITIES[name]
        formula, source, note = (*input_texts(name), item.note) if isinstance(item, Input) else _explained(item)
        links = (_row_list(pipeline.reads[name]), _row_list(pipeline.read_by[name]))
        write_texts(book, sheet, row, column, (formula, *links, source, note))


def _row_list(rows: Sequence[int]) -> str:
    listed = ", ".join(map(str, rows[:MOST_LISTED]))
    return f"{listed} and {len(rows) - MOST_LISTED} more" if len(rows) > MOST_LISTED else listed


def _explained(quantity: Quantity) -> tuple[str, str, str]:
    return formula_words(quantity.name), quantity.source, " ".join(quantity.section("Notes").split())
