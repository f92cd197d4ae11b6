"""What changed from one report to the next: inputs, what follows from them, scenarios, rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from napkinxl.formulas import HEADLINE
from napkinxl.inputs import INPUTS
from napkinxl_workbook.export.figures import Figures, Line, Value

# Engines agree with each other to this relative difference: a smaller one is no change.
SAME_SHARE: Final = 1e-9
# No rows of the workings.
CHOICE_LABELS: Final = {"gpu": "GPU", "model": "Model", "preset": "Preset", "api_source": "Source of the API prices"}


@dataclass(frozen=True)
class Change:
    """One figure of one scenario, before and after; None is a blank input, or no answer."""

    scenario: str
    name: str
    label: str
    unit: str
    old: Value
    new: Value

    @property
    def relative(self) -> float | None:
        """The change as a share of the old value; None where there is none."""
        if isinstance(self.old, float) and isinstance(self.new, float) and self.old:
            return (self.new - self.old) / abs(self.old)
        return None


@dataclass(frozen=True)
class Diff:
    """All that differs; rows that only one of the reports has are named, not compared."""

    old_version: str
    new_version: str
    added_scenarios: tuple[str, ...]
    removed_scenarios: tuple[str, ...]
    inputs: tuple[Change, ...]  # what the scenarios set
    in_use: tuple[Change, ...]  # other values in use: the catalog, a preset or a default says something else now
    results: tuple[Change, ...]
    added_rows: tuple[str, ...]
    removed_rows: tuple[str, ...]

    @property
    def headline_results(self) -> tuple[Change, ...]:
        """The changed results that answer the question."""
        order = {name: place for place, name in enumerate(HEADLINE)}
        scenarios = list(dict.fromkeys(change.scenario for change in self.results))
        main = [change for change in self.results if change.name in order]
        return tuple(sorted(main, key=lambda change: (scenarios.index(change.scenario), order[change.name])))

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.rows())

    def rows(self) -> list[tuple[str, str, str, Value, Value]]:
        """All of it as rows: what changed, the scenario, the name, old and new; for a sheet or a file."""
        found: list[tuple[str, str, str, Value, Value]] = []
        if self.old_version != self.new_version:
            found.append(("version", "", "", self.old_version, self.new_version))
        found += [("scenario added", name, "", None, None) for name in self.added_scenarios]
        found += [("scenario removed", name, "", None, None) for name in self.removed_scenarios]
        for what, changes in (("input", self.inputs), ("input in use", self.in_use), ("result", self.results)):
            found += [(what, item.scenario, item.name, item.old, item.new) for item in changes]
        found += [("row added", "", name, None, None) for name in self.added_rows]
        found += [("row removed", "", name, None, None) for name in self.removed_rows]
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        data = asdict(self)
        for name in ("inputs", "in_use", "results"):
            changes: tuple[Change, ...] = getattr(self, name)
            data[name] = [{**asdict(change), "relative_change_share": change.relative} for change in changes]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in data.items()}


def compare(old: Figures, new: Figures) -> Diff:
    """What differs from the old figures to the new ones; scenarios are matched by name."""
    both = [name for name in new.scenarios if name in old.given]
    inputs = tuple(_changed_inputs(old, new, both))
    told = {(change.scenario, change.name) for change in inputs}
    lines = tuple(_changed_lines(old, new, both))
    return Diff(
        old_version=old.version,
        new_version=new.version,
        added_scenarios=tuple(name for name in new.scenarios if name not in old.given),
        removed_scenarios=tuple(name for name in old.scenarios if name not in new.given),
        inputs=inputs,
        in_use=tuple(item for item in lines if item.name in INPUTS and (item.scenario, item.name) not in told),
        results=tuple(item for item in lines if item.name not in INPUTS),
        added_rows=tuple(name for name in new.lines if name not in old.lines),
        removed_rows=tuple(name for name in old.lines if name not in new.lines),
    )


def _changed_inputs(old: Figures, new: Figures, scenarios: Iterable[str]) -> Iterator[Change]:
    lines = {**old.lines, **new.lines}
    for scenario in scenarios:
        yield from _changes(scenario, old.given[scenario], new.given[scenario], lines)


def _changed_lines(old: Figures, new: Figures, scenarios: Iterable[str]) -> Iterator[Change]:
    both = [name for name in new.lines if name in old.lines]
    for scenario in scenarios:
        before, after = (_column(figures.lines, scenario, both) for figures in (old, new))
        yield from _changes(scenario, before, after, new.lines)


def _column(lines: Mapping[str, Line], scenario: str, names: Iterable[str]) -> dict[str, Value]:
    return {name: lines[name].values[scenario] for name in names}


def _changes(
    scenario: str, old: Mapping[str, Value], new: Mapping[str, Value], lines: Mapping[str, Line]
) -> Iterator[Change]:
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if not _same(before, after):
            label = lines[name].label if name in lines else CHOICE_LABELS.get(name, name)
            yield Change(scenario, name, label, lines[name].unit if name in lines else "", before, after)


def _same(old: Value, new: Value) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=SAME_SHARE)
    return old == new
