"""Books before and after a user's edits: what is typed into the first, and the second as Python builds it afresh."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from napkinxl import Scenario, estimate
from napkinxl.inputs import INPUTS
from napkinxl.monthly_plan.plan import Plan, plan_fleet
from napkinxl.monthly_plan.settings import BY_TIER, settings_from
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.report import build_report
from napkinxl_workbook.sheets import by_context, user_sweep
from napkinxl_workbook.sheets.as_written import FOLLOWS
from napkinxl_workbook.sheets.balances import TOLERANCE
from napkinxl_workbook.sheets.columns import scenario_letter
from napkinxl_workbook.sheets.row_sums import HEADER_ROW as ROW_SUMS_HEADER
from napkinxl_workbook.sheets.sensitivity import design
from napkinxl_workbook.sheets.sensitivity import sheet as sensitivity
from napkinxl_workbook.sheets.sensitivity.design import FIRST_INPUT_ROW
from support.engines import EngineValue, differences
from support.proof_books import as_stored
from support.report_files import CREATED

INPUT_STYLE = "nInput"
# Sheets on which Python writes texts about the scenarios, which edits of a file do not reach.
WRITTEN_TEXTS = {"As written", "Row sums", "About", "Change log"}
SAYS_SO = "as found when this was written"  # in the label of a row of such texts


@dataclass(frozen=True)
class Desk:
    """Everything that a user can type: the scenarios, which is shown, and the blue cells of other sheets."""

    scenarios: tuple[Scenario, ...]
    selected: int = 0
    contexts: tuple[float, ...] = by_context.CONTEXTS
    most_users: float = 1000.0
    ends: tuple[float, float] = (design.LOW_SHARE, design.HIGH_SHARE)
    grid: tuple[float, ...] = design.GRID_SHARES
    fleet: Mapping[str, Any] = field(default_factory=dict)  # users and new_users as lists by month

    def plan(self) -> Plan | None:
        """The plan by month of what is typed on its sheet; none where that is as Python writes it."""
        if not self.fleet:
            return None
        shown = self.scenarios[self.selected]
        by_tier = {name: {shown.name: self.fleet[name]} for name in BY_TIER if name in self.fleet}
        return plan_fleet([estimate(shown)], settings_from({**self.fleet, **by_tier}))

    def book(self, moved: Sequence[str] = ()) -> Book:
        """The report as Python builds it, with the sensitivity of the inputs `moved`."""
        selected = self.scenarios[self.selected].name
        with self._blue_cells():
            return build_report(self.scenarios, created=CREATED, plan=self.plan(), selected=selected, moved=moved)

    @contextmanager
    def _blue_cells(self) -> Iterator[None]:
        """The blue cells that Python fills from the scenarios or from constants; here the user has filled them."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(by_context, "contexts_of", lambda _base: list(self.contexts))
            patch.setattr(user_sweep, "_most_users", lambda _values: self.most_users)
            for module in (design, sensitivity):
                patch.setattr(module, "LOW_SHARE", self.ends[0])
                patch.setattr(module, "HIGH_SHARE", self.ends[1])
                patch.setattr(module, "GRID_SHARES", self.grid)
            yield


def moved_inputs(book: Book) -> list[str]:
    """The inputs that a book's sheet Sensitivity moves."""
    found = book.sheets["Sensitivity"]
    names = [str(found.cell(row, 3).value) for row in range(FIRST_INPUT_ROW, found.max_row + 1)]
    return names[: next(place for place, name in enumerate(names) if name not in INPUTS)]


def typed_cells(before: Book, after: Book) -> dict[CellKey, float | str | None]:
    """What a user types into the first book to have the second: its blue cells that differ."""
    return {
        (title, cell.coordinate): other for title, cell, other in _unlike(before, after) if cell.style == INPUT_STYLE
    }


def _unlike(before: Book, after: Book) -> Iterator[tuple[str, Any, Any]]:
    """The cells of the first book whose content is another in the second, and that content."""
    for title, found in before.sheets.items():
        for cells in found.iter_rows():
            for cell in cells:
                other = after.sheets[title][cell.coordinate].value
                if cell.value != other:
                    yield title, cell, other


def stale_cells(before: Book, after: Book) -> list[str]:
    """Cells that are neither formula nor blue and yet differ: an edit of the first book would leave them behind."""
    return [
        f"{title}!{cell.coordinate}: {cell.value!r} against {other!r}"
        for title, cell, other in _unlike(before, after)
        if title not in WRITTEN_TEXTS
        and cell.data_type != "f"
        and cell.style != INPUT_STYLE
        and SAYS_SO not in str(before.sheets[title].cell(cell.row, 1).value)
    ]


def expected_cells(before: Book, after: Book, scenarios: int) -> dict[CellKey, EngineValue]:
    """What every formula of the first book must say after the edits: the second's values, and what has changed."""
    changed = {place.partition(":")[0] for place in differences(as_stored(before.values), as_stored(after.values))}
    flags = {}
    sheet = before.sheets["As written"]
    names = [str(sheet.cell(row, 3).value) for row in range(1, sheet.max_row + 1)]
    for index in range(scenarios):
        letter, sums = scenario_letter(scenarios + index), {True: 0.0, False: 0.0}
        for row, name in enumerate(names, start=1):
            if ("As written", f"{letter}{row}") in before.values and name != "None":
                cell = f"{scenario_letter(index)}{row}"
                # An input that follows another moves with it, which is no edit; to set it is one.
                set_since = after.sheets["As written"][cell].value != FOLLOWS
                flag = float(set_since if sheet[cell].value == FOLLOWS else f"Workings!{cell}" in changed)
                flags["As written", f"{letter}{row}"] = flag
                sums[name in INPUTS] += flag
        flags["As written", f"{letter}6"], flags["As written", f"{letter}7"] = sums[True], sums[False]
    return as_stored(after.values) | flags | _row_sum_flags(before, after)


def _row_sum_flags(before: Book, after: Book) -> dict[CellKey, EngineValue]:
    """On the sheet Row sums: which rows add up to something else than in the first book, and how many of each kind."""
    found: Any = before.sheets["Row sums"]
    flags: dict[CellKey, EngineValue] = {}
    counts = {"typed": 0.0, "worked out": 0.0}
    for row in range(ROW_SUMS_HEADER + 1, found.max_row + 1):
        kind, then = (found.cell(row, column).value for column in (3, 4))
        now = after.values["Row sums", f"E{row}"]
        assert isinstance(now, float)
        flag = float(abs(now - then) > TOLERANCE * then)
        flags["Row sums", f"F{row}"] = flag
        counts[kind] += flag
    return flags | {("Row sums", "F4"): counts["typed"], ("Row sums", "F5"): counts["worked out"]}
