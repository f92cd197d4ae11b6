"""The page fleet.md: what a plan over months takes, and every row that it works out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence_tables import meaning, table

from napkinxl.engine.inputs import OWNERS, Input
from napkinxl.formulas import Quantity, formula_words
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN, SECTIONS
from napkinxl.inputs import FLEET_INPUTS, INPUTS, SERIES
from napkinxl.inputs.plan import MONTHS
from napkinxl.monthly_plan.settings import BY_TIER
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES

INTRODUCTION = """
    The inputs and rows of `napkinxl plan`; [economics.md](economics.md#how-many-gpus-in-which-month) shows its use.
    In the workbook, rows are on the sheet Monthly plan and inputs on the sheet Plan inputs.

    Each row is one formula, identical in every month. Prefixes and suffixes say what else it reads:

    | In a formula | Reads |
    | --- | --- |
    | `previous_` | the month before |
    | `every_` | all price plans |
    | `_so_far` | the months so far |
    | `_by_month` | all months |
    """


def fleet_parts() -> Iterator[str]:
    """The page's parts below its introduction."""
    yield "## Inputs of the fleet"
    yield "The section `[fleet]` of a scenario file; each is also an option of `napkinxl plan`."
    rows = [_input(item.name) for item in (MONTHS, *FLEET_INPUTS.values())]
    yield table(["Name", "Meaning", "Unit", "Allowed", "Default", "Source and note"], rows)
    yield "Numbers by month:"
    yield table(["Name", "Meaning", "Unit", "Allowed", "Note"], list(_series()))
    yield "## Values of the scenarios"
    yield "These may differ from plan to plan:"
    yield _values(TIER_VALUES)
    yield "These must agree in all plans, which share one fleet and one product:"
    yield _values(SHARED_VALUES)
    for rows_of, words in ((MONTHLY, "by month"), (OVER_PLAN, "whole period")):
        for section in SECTIONS.values():
            found = [item for item in rows_of.values() if item.topic == section]
            if found:
                yield f"## {section}"
                yield table([f"Row, {words}", "Meaning", "Unit", "Formula", "Source and note"], list(map(_row, found)))


def _input(name: str) -> list[str]:
    item = {MONTHS.name: MONTHS, **FLEET_INPUTS}[name]
    note = "; ".join(part for part in (item.source, item.note) if part)
    return [f"`{item.name}`", meaning(item.label, item.help), item.unit, str(item.bounds), item.default_text, note]


def _series() -> Iterator[list[str]]:
    sections = {series: f"`[fleet.{name}]`, by plan" for name, series in BY_TIER.items()}
    for item in SERIES.values():
        name = sections.get(item.name, f"`{item.name}`")
        yield [name, meaning(item.label, item.help), item.unit, str(item.bounds), item.note]


def _values(values: Mapping[str, Input | Quantity]) -> str:
    rows = [[f"`{item.name}`", _meaning(item), item.unit, _source(item.name)] for item in values.values()]
    return table(["Name", "Meaning", "Unit", "Taken from"], rows)


def _meaning(item: Input | Quantity) -> str:
    return meaning(item.label, item.help if isinstance(item, Input) else item.summary)


def _source(name: str) -> str:
    if name in INPUTS:
        return f"the input [{name}](inputs.md#{OWNERS[INPUTS[name].owner].lower()})"
    return f"the quantity [{name}](quantities.md#{name})"


def _row(item: Quantity) -> list[str]:
    notes = " ".join(item.section("Notes").split())
    source = f"{item.source} {notes}".strip()
    return [f"`{item.name}`", _meaning(item), item.unit, f"`{formula_words(item.name)}`", source]
