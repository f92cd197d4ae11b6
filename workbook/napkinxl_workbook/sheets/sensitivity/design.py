"""Which inputs the live sensitivity moves, and where it lies: the base, each input low and high, and a grid."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from napkinxl.catalog import Catalog
from napkinxl.estimates.estimation import Estimate
from napkinxl.inputs import INPUTS
from napkinxl.studies.sensitivity import CHANGE, tornado

TITLE, VARIANTS_TITLE = "Sensitivity", "Sensitivity workings"
FIRST_INPUT_ROW = 8
FIRST_GRID_COLUMN = 4
# The results that can be chosen; the first is shown.
RESULTS = (
    "serving_usd_per_user_month",
    "contribution_usd_per_user_month",
    "rent_usd_per_seat_month",
    "owned_usd_per_seat_month",
    "users_per_gpu",
    "tokens_per_s_per_user",
)
MOST_INPUTS = 10
# Moved where the tornado has too few: what does not fit has no tornado.
FALLBACK = ("context_tokens", "duty_cycle", "rent_usd_per_gpu_hour", "requests_per_user_month")
LOW_SHARE, HIGH_SHARE = 1 - CHANGE, 1 + CHANGE
GRID_SHARES = (0.5, 0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class Design:
    """The inputs that vary, the one that varies most first."""

    inputs: tuple[str, ...]

    @property
    def variants(self) -> int:
        """How many columns of variants there are."""
        return 1 + 2 * len(self.inputs) + len(GRID_SHARES) ** 2

    def end(self, place: int, high: bool) -> int:
        """The variant with one input at its low or high end."""
        return 1 + 2 * place + int(high)

    def grid(self, down: int, across: int) -> int:
        """The variant of a cell of the grid: the first input down, the second across."""
        return 1 + 2 * len(self.inputs) + down * len(GRID_SHARES) + across

    def end_cell(self, place: int, high: bool) -> str:
        """Where the sheet Sensitivity has the value of an input at its low or high end."""
        return f"{TITLE}!${'H' if high else 'G'}${FIRST_INPUT_ROW + place}"

    @property
    def grid_row(self) -> int:
        """The heading of the grid; below it the shares across, then the values across, then the rows of the grid."""
        return FIRST_INPUT_ROW + len(self.inputs) + 1

    def down_cell(self, down: int) -> str:
        """Where the sheet has the value of the first input in a row of the grid."""
        return f"{TITLE}!$C${self.grid_row + 3 + down}"

    def across_cell(self, across: int) -> str:
        """Where the sheet has the value of the second input in a column of the grid."""
        return f"{TITLE}!${get_column_letter(FIRST_GRID_COLUMN + across)}${self.grid_row + 2}"

    @property
    def sorted_row(self) -> int:
        """The heading of the table that the chart draws."""
        return self.grid_row + 3 + len(GRID_SHARES) + 1

    def changes(self, base: Estimate) -> Iterator[dict[str, float]]:
        """What each variant changes, as the workbook works it out from shares of the value in use."""
        yield {}
        for name in self.inputs:
            for share in (LOW_SHARE, HIGH_SHARE):
                yield {name: moved(name, base, share)}
        first, second = self.inputs[:2]
        for down in GRID_SHARES:
            for across in GRID_SHARES:
                yield {first: moved(first, base, down), second: moved(second, base, across)}


def moved(name: str, base: Estimate, share: float) -> float:
    """A share of the value in use, within the input's bounds; halves are rounded up where it must be whole."""
    bounds, value = INPUTS[name].bounds, float(base.values[name])
    if value != value:
        return value
    near = min(max(value * share, bounds.low), bounds.high)
    return float(math.floor(near + 0.5)) if bounds.whole else near


def design(base: Estimate, catalog: Catalog) -> Design:
    """The inputs that move the first result most, by the tornado of the studies."""
    bars = tornado(base.scenario, RESULTS[0], catalog=catalog, decisions_only=True)
    found = [bar.input for bar in bars][:MOST_INPUTS]
    return Design(tuple(dict.fromkeys([*found, *FALLBACK]))[: max(len(found), len(FALLBACK))])
