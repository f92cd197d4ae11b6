"""Where everything of a plan lies: its settings on the sheet Plan inputs, its rows by month on Monthly plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from napkinxl.engine.expressions import History, Symbol
from napkinxl.engine.registry import Wire
from napkinxl.formulas import Quantity
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN, SECTIONS
from napkinxl.inputs import FLEET_INPUTS
from napkinxl.monthly_plan.plan import Plan
from napkinxl.monthly_plan.settings import BY_TIER
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES
from napkinxl_workbook.sheets.columns import INPUTS_SHEET, NAME_ROW, scenario_letter
from napkinxl_workbook.sheets.report_parts import Report
from napkinxl_workbook.sheets.scenario_inputs import SELECTOR
from napkinxl_workbook.sheets.workings import Workings

PLAN_SHEET, SETTINGS_SHEET = "Monthly plan", "Plan inputs"
VALUE_COLUMN, OPENING_COLUMN, FIRST_MONTH_COLUMN = 4, 5, 6
HEADER_ROW = 5
YEAR = 12  # months on a page, and what the charts stand on in a shorter plan too


@dataclass(frozen=True)
class Source:
    """The address of a value of a tier's scenario, given its name there and the tier's number, and of its name."""

    value: Callable[[str, int], str]
    name: Callable[[int], str]


def source_of(report: Report) -> Source:
    """Where the workbook has the values of the tiers: each is a scenario, or the only one is the selected scenario."""
    workings = report.get(Workings)
    if report.plan_of_selected:
        return Source(lambda name, _tier: workings.selected(name), lambda _tier: SELECTOR)
    return Source(workings.cell, lambda tier: f"{INPUTS_SHEET}!{scenario_letter(tier)}${NAME_ROW}")


def month_letter(month: int) -> str:
    """The column of a month, the same on both sheets; month 0 is the opening."""
    return get_column_letter(OPENING_COLUMN + month)


@dataclass(frozen=True)
class FleetLayout:
    """The rows of both sheets."""

    months: int
    tiers: int
    settings: dict[str, int]
    rows: dict[str, int]
    sections: dict[int, str]
    settings_sections: dict[int, str]

    @classmethod
    def place(cls, plan: Plan) -> FleetLayout:
        """Results first, then every row by section; a tier's row stands once for each tier."""
        tiers = len(plan.tiers)
        settings, settings_sections = _place(HEADER_ROW, _settings_groups(tiers))
        rows, sections = _place(HEADER_ROW, _row_groups(tiers))
        return cls(plan.settings.months, tiers, settings, rows, sections, settings_sections)

    @property
    def after_column(self) -> int:
        """The first column behind the months."""
        return FIRST_MONTH_COLUMN + max(self.months, YEAR)

    @property
    def first_monthly_row(self) -> int:
        """The heading of the first rows by month: above it stand the figures over the plan, and the charts."""
        return min(self.rows[name] for name in MONTHLY) - 1

    @property
    def last_row(self) -> int:
        """The last row of the sheet Monthly plan that holds a row of the plan."""
        return max(self.rows.values())

    def tier_letter(self, tier: int) -> str:
        """The column of a tier on the sheet Plan inputs."""
        return get_column_letter(VALUE_COLUMN + tier)

    def figure(self, name: str) -> str:
        """The cell of a figure over the plan."""
        return f"$D${self.rows[name]}"

    def month_range(self, name: str, tier: int = 0) -> str:
        """A row over all months."""
        row = self.rows[name] + tier
        return f"$F{row}:${month_letter(self.months)}{row}"

    def cells(self, wire: Wire, month: int, tier: int) -> Symbol:
        """What a parameter takes, seen from the column of a month and the row of a tier."""
        if wire.name in OVER_PLAN:
            return Symbol(self.figure(wire.name))
        if wire.name not in MONTHLY:
            return self._setting(wire, month, tier)
        first, here = self.rows[wire.name], month_letter(month)
        row = first + tier if MONTHLY[wire.name].per_tier else first
        if wire.form == "previous":
            return Symbol(f"{month_letter(month - 1)}{row}")
        if wire.form == "every":
            return Symbol(f"{here}{first}:{here}{first + self.tiers - 1}")
        if wire.form == "so_far":
            return History(f"${month_letter(0)}{row}:{month_letter(month - 1)}{row}")
        if wire.form == "by_month":
            return Symbol(self.month_range(wire.name))
        return Symbol(f"{here}{row}")

    def _setting(self, wire: Wire, month: int, tier: int) -> Symbol:
        sheet, row = f"'{SETTINGS_SHEET}'!", self.settings[wire.name]
        if wire.name in BY_TIER.values():
            return Symbol(f"{sheet}{month_letter(month)}{row + tier}")
        if wire.name == "season_ratios":
            return Symbol(f"{sheet}$D${row}:${get_column_letter(VALUE_COLUMN + 11)}${row}")
        if wire.form == "every":
            return Symbol(f"{sheet}$D${row}:${self.tier_letter(self.tiers - 1)}${row}")
        letter = self.tier_letter(tier) if wire.name in TIER_VALUES else "D"
        return Symbol(f"{sheet}${letter}${row}")


Group = tuple[str, list[tuple[str, int]]]  # a title, and names with the rows that each takes


def _settings_groups(tiers: int) -> Iterator[Group]:
    yield "Fleet", [(name, 1) for name in FLEET_INPUTS]
    yield "Seasons, from January on", [("season_ratios", 1)]
    yield "From the scenarios, a column each", [("tier_names", 1), *((name, 1) for name in TIER_VALUES)]
    yield "Of the GPUs and the product, the same for all", [(name, 1) for name in SHARED_VALUES]
    series = [("month_names", 1), *((name, tiers) for name in BY_TIER.values())]
    yield "By month and tier, where given: a blank follows growth and churn", series


def _row_groups(tiers: int) -> Iterator[Group]:
    items: list[Quantity] = [*OVER_PLAN.values(), *MONTHLY.values()]
    titles = list(SECTIONS.values())
    figures = [title for title in reversed(titles) if any(item.topic == title for item in OVER_PLAN.values())]
    for table, order in ((OVER_PLAN, figures), (MONTHLY, titles)):
        for title in order:
            chosen = [item for item in items if item.topic == title and item.name in table]
            yield title, [(item.name, tiers if item.per_tier else 1) for item in chosen]


def _place(row: int, groups: Iterator[Group]) -> tuple[dict[str, int], dict[int, str]]:
    rows: dict[str, int] = {}
    sections: dict[int, str] = {}
    for title, names in groups:
        if not names:
            continue
        row += 1
        sections[row] = title
        for name, height in names:
            rows[name] = row + 1
            row += height
    return rows, sections
