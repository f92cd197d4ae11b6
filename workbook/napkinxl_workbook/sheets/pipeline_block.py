"""The pipeline as rows: the inputs in use and every quantity, one formula a row, copied across the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from napkinxl.input_table import INPUTS
from napkinxl.inputs import OWNERS, Input
from napkinxl.quantities import QUANTITIES, TOPICS, Quantity
from napkinxl.tracing import excel_formula, formula_words
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.columns import FIRST_SCENARIO_COLUMN, scenario_letter, write_after, write_label
from napkinxl_workbook.theme import input_format, number_format

HEADERS, WIDTHS = ["Quantity", "Unit", "Name"], [44, 20, 38]
AFTER, AFTER_WIDTHS = ["Formula", "Source", "Note"], [58, 44, 44]

# The formula of an input in use, given the input's name, the column's letter and the rows of this block.
InputFormula = Callable[[str, str, Mapping[str, int]], str]


@dataclass(frozen=True)
class Pipeline:
    """Which inputs and quantities are shown, and in which rows of the sheet."""

    inputs: tuple[str, ...]
    quantities: tuple[str, ...]
    rows: dict[str, int]
    sections: dict[int, str]

    @classmethod
    def place(cls, first_row: int, names: Iterable[str] | None = None) -> Pipeline:
        """Rows from `first_row` on: inputs by owner, then quantities by topic (all, or those asked for)."""
        wanted = {*INPUTS, *QUANTITIES} if names is None else set(names)
        chosen = tuple(name for name in QUANTITIES if name in wanted)
        inputs = tuple(name for name in INPUTS if name in wanted)
        groups: list[tuple[str, list[str]]] = []
        for owner, title in OWNERS.items():
            groups.append((f"In use: {title}", [name for name in inputs if INPUTS[name].owner == owner]))
        for topic in TOPICS.values():
            groups.append((topic, [name for name in chosen if QUANTITIES[name].topic == topic]))
        rows: dict[str, int] = {}
        sections: dict[int, str] = {}
        row = first_row
        for title, names in groups:
            if names:
                sections[row] = title
                rows.update({name: row + offset for offset, name in enumerate(names, start=1)})
                row += len(names) + 1
        return cls(inputs, chosen, rows, sections)

    @property
    def last_row(self) -> int:
        """The last row of the block."""
        return max(self.rows.values())

    def cells(self, letter: str) -> dict[str, str]:
        """The address of everything in one column."""
        return {name: f"{letter}{row}" for name, row in self.rows.items()}


def write_pipeline(
    book: Book, sheet: Worksheet, pipeline: Pipeline, columns: Sequence[Mapping[str, Any]],
    input_formula: InputFormula, input_texts: Callable[[str], tuple[str, str]],
) -> None:  # fmt: skip
    """Write the block: labels on the left, one column of live formulas per set of values.

    `input_texts` says of an input where its value comes from, and where to find that value's source.
    """
    for row, title in pipeline.sections.items():
        book.section(sheet, row, title, len(HEADERS) + len(columns) + len(AFTER))
    for name, row in pipeline.rows.items():
        item = INPUTS.get(name) or QUANTITIES[name]
        write_label(book, sheet, row, item.label, item.unit, name)
        texts = [*input_texts(name), item.note] if isinstance(item, Input) else _explained(item)
        write_after(book, sheet, row, len(columns), texts, ["nNote"] * len(AFTER))
    for index, values in enumerate(columns):
        letter = scenario_letter(index)
        cells = pipeline.cells(letter)
        for name, row in pipeline.rows.items():
            if name in INPUTS:
                formula, shown = input_formula(name, letter, pipeline.rows), input_format(INPUTS[name])
            else:
                formula, shown = excel_formula(name, cells), number_format(QUANTITIES[name].unit, values[name])
            book.formula(sheet, row, FIRST_SCENARIO_COLUMN + index, formula, values[name], "nNumber", shown)


def _explained(quantity: Quantity) -> list[str]:
    notes = " ".join(quantity.section("Notes").split())
    return [formula_words(quantity.name), quantity.source, notes]
