"""The columns of the scenario table: what each is called, how it is shown and how wide it must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import napkinxl.formulas  # noqa: F401  # registers the quantities
from napkinxl.formulas import QUANTITIES, TEXT
from napkinxl.inputs import INPUTS
from napkinxl.inputs.choices import TEXT_FIELDS
from napkinxl_workbook.theme import input_format, number_format

NAME_ROW, LABEL_ROW, FIRST_ROW = 1, 2, 3
# Below the fields' names, so that a reader knows the file for a table of ours and passes the row over.
NAME_LABEL = "Scenario name"
_TEXT_LABELS = {
    "name": NAME_LABEL,
    "gpu": "GPU",
    "model": "Model",
    "preset": "Preset",
    "api_source": "Source of the API prices",
}
_TEXT_MEANINGS = {
    "name": "what the scenario is called",
    "gpu": "a GPU of the catalog",
    "model": "a model of the catalog",
    "preset": "how far measured serving is believed: napkin (the ceiling) or calibrated",
    "api_source": "where the API's prices come from, if they are given",
}
NARROWEST, WIDEST, WIDEST_NAME = 12.0, 60.0, 24.0
_SHARE_OF_WIDTH = 0.95  # of a character of the row of names, in a column's unit of width


@dataclass(frozen=True)
class TableColumn:
    """A column: a scenario's text, an input that some row sets, or a quantity."""

    name: str
    label: str
    unit: str
    meaning: str
    is_given: bool
    is_text: bool
    number_format: str = "General"
    small_format: str = "General"

    @property
    def heading(self) -> str:
        """The label with its unit."""
        return f"{self.label} [{self.unit}]" if self.unit else self.label

    def width(self, content: float) -> float:
        """How wide the column must be for content of so many characters, and for its name."""
        name = min(len(self.name) * _SHARE_OF_WIDTH + 2, WIDEST_NAME)
        return min(max(content + 2, name, NARROWEST), WIDEST)


def given_column(name: str) -> TableColumn:
    """The column of a scenario's text or input."""
    if name in TEXT_FIELDS:
        return TableColumn(name, _TEXT_LABELS[name], "", _TEXT_MEANINGS[name], is_given=True, is_text=True)
    item = INPUTS[name]
    form = input_format(item)
    return TableColumn(
        name,
        item.label,
        item.unit,
        f"an input: {item.bounds}",
        is_given=True,
        is_text=False,
        number_format=form,
        small_format=form,
    )


def quantity_column(name: str) -> TableColumn:
    """The column of a quantity."""
    item = QUANTITIES[name]
    is_text = item.unit == TEXT
    return TableColumn(
        name,
        item.label,
        "" if is_text else item.unit,
        item.summary,
        is_given=False,
        is_text=is_text,
        number_format=number_format(item.unit),
        small_format=number_format(item.unit, 0.01),
    )


def shown_length(number: float, form: str) -> int:
    """How many characters a number takes in a number format.

    >>> shown_length(1234567.891, "$#,##0.00"), shown_length(0.5, "0.00%"), shown_length(0.25, "General")
    (13, 6, 4)
    """
    if form == "General":
        return len(f"{number:.10g}")
    decimals = re.search(r"\.([0#]+)", form)
    shown = number * 100 if form.endswith("%") else number
    return len(f"{shown:,.{len(decimals[1]) if decimals else 0}f}") + form.count("$") + form.count("%")


def without_results(cells: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The cells of a file of scenarios; those of a scenario table without its labels and results."""
    kept = [place for place, name in enumerate(cells[0] if cells else ()) if str(name).strip() not in QUANTITIES]
    if len(cells) < LABEL_ROW or NAME_LABEL not in cells[LABEL_ROW - 1] or len(kept) == len(cells[0]):
        return cells
    blank = (None,) * len(kept)  # in the labels' place: row numbers in messages stay right
    return [
        blank if number == LABEL_ROW else tuple(line[place] for place in kept)
        for number, line in enumerate(cells, start=1)
    ]
