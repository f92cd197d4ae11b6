"""What a report is made of: sheets with a role, written in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Literal, TypeAlias, TypeVar

from napkinxl.catalog import Catalog
from napkinxl.estimates.estimation import Estimate
from napkinxl.monthly_plan.plan import Plan
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.look_up import LookUp

Role = Literal["Cover", "Output", "Input", "Workings", "Control", "Catalog", "Study"]
Part = TypeVar("Part")
ChangeValue: TypeAlias = float | str | None
# What has changed since an earlier report: what, scenario, name, before, now.
Change: TypeAlias = tuple[str, str, str, ChangeValue, ChangeValue]


@dataclass(frozen=True)
class SheetCheck:
    """A relation that a sheet holds of itself; `test` is Excel and true where all is well."""

    sheet: str
    meaning: str
    test: str


@dataclass
class Report:
    """The book, what it is made from, and where the sheets that are written so far have put things."""

    book: Book
    estimates: Sequence[Estimate]
    catalog: Catalog
    created: datetime
    selected: int = 0  # the scenario that sheets about one scenario show
    plan: Plan | None = None  # by month
    plan_of_selected: bool = True  # otherwise every scenario is a tier of it
    moved: Sequence[str] = ()  # the inputs that the sensitivity moves; by default those that matter most
    changes: Sequence[Change] = ()  # since an earlier report
    look_ups: dict[str, LookUp] = field(default_factory=dict)
    checks: list[SheetCheck] = field(default_factory=list)
    sheets: tuple[ReportSheet, ...] = ()
    _parts: dict[type, object] = field(default_factory=dict)

    @property
    def base(self) -> Estimate:
        """The selected scenario."""
        return self.estimates[self.selected]

    @property
    def names(self) -> list[str]:
        """The scenarios' names."""
        return [item.scenario.name for item in self.estimates]

    def put(self, part: object) -> None:
        """Keep where a sheet has put things, for the sheets that need it."""
        self._parts[type(part)] = part

    def get(self, kind: type[Part]) -> Part:
        """What a sheet that this one needs has put down."""
        return self._parts[kind]  # type: ignore[return-value]

    def has(self, kind: type) -> bool:
        """Whether there is such a part: some sheets are left out of some reports."""
        return kind in self._parts

    def check(self, sheet: str, meaning: str, test: str) -> None:
        """Have the sheet Checks watch a relation."""
        self.checks.append(SheetCheck(sheet, meaning, test))


@dataclass(frozen=True)
class ReportSheet:
    """A sheet: its title, its role, what it holds, what writes it, and the sheets that must be written before."""

    title: str
    role: Role
    meaning: str
    write: Callable[[Report], None]
    needs: tuple[str, ...] = ()


def writing_order(sheets: Iterable[ReportSheet]) -> Iterator[ReportSheet]:
    """Each sheet after those that it needs; a needed sheet that is left out is passed over."""
    by_title = {sheet.title: sheet for sheet in sheets}
    graph = {title: [need for need in sheet.needs if need in by_title] for title, sheet in by_title.items()}
    return (by_title[title] for title in TopologicalSorter(graph).static_order())
