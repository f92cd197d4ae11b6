"""The page fleet.md: what a plan over months takes, and every row that it works out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence_tables import table

from napkinxl.engine.inputs import OWNERS, Input
from napkinxl.formulas import Quantity, formula_words
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN, SECTIONS
from napkinxl.inputs import FLEET_INPUTS, INPUTS, SERIES
from napkinxl.inputs.plan import MONTHS
from napkinxl.monthly_plan.settings import BY_TIER
from napkinxl.monthly_plan.tiers import SHARED_VALUES, TIER_VALUES

INTRODUCTION = """
    What `napkinxl plan` takes and works out: see [economics.md](economics.md#how-many-gpus-in-which-month) for what it
    is good for. Each row is one formula, the same in every month; it may take the month before (`previous_`), all tiers
    (`every_`), the months so far (`_so_far`) or all months (`_by_month`). In the workbook the rows stand on the sheet
    Monthly plan, what they take on the sheet Plan inputs.
    """


def fleet_parts() -> Iterator[str]:
    """The page's parts below its introduction."""
    yield "## Inputs of the fleet"
    yield "The section `[fleet]` of a scenario file; each is an option of `napkinxl plan` too."
    rows = [_input(item.name) for item in (MONTHS, *FLEET_INPUTS.values())]
    yield table(["Name", "Meaning", "Unit", "Allowed", "Default", "Source and note"], rows)
    yield "Numbers by month:"
    yield table(["Name", "Meaning", "Unit", "Allowed", "Note"], list(_series()))
    yield "## Values of the scenarios"
    yield "What may differ from tier to tier:"
    yield _values(TIER_VALUES)
    yield "What must be the same for all, as they share one fleet and one product:"
    yield _values(SHARED_VALUES)
    for rows_of, words in ((MONTHLY, "by month"), (OVER_PLAN, "over the plan")):
        for section in SECTIONS.values():
            found = [item for item in rows_of.values() if item.topic == section]
            if found:
                yield f"## {section}"
                yield table([f"Row, {words}", "Meaning", "Unit", "Formula", "Source and note"], list(map(_row, found)))


def _input(name: str) -> list[str]:
    item = {MONTHS.name: MONTHS, **FLEET_INPUTS}[name]
    note = "; ".join(part for part in (item.source, item.note) if part)
    return [f"`{item.name}`", item.label, item.unit, str(item.bounds), item.default_text, note]


def _series() -> Iterator[list[str]]:
    sections = {series: f"`[fleet.{name}]`, by tier" for name, series in BY_TIER.items()}
    for item in SERIES.values():
        name = sections.get(item.name, f"`{item.name}`")
        yield [name, item.label, item.unit, str(item.bounds), item.note]


def _values(values: Mapping[str, Input | Quantity]) -> str:
    rows = [[f"`{item.name}`", item.label, item.unit, _source(item.name)] for item in values.values()]
    return table(["Name", "Meaning", "Unit", "Taken from"], rows)


def _source(name: str) -> str:
    if name in INPUTS:
        return f"the input [{name}](inputs.md#{OWNERS[INPUTS[name].owner].lower()})"
    return f"the quantity [{name}](quantities.md#{name})"


def _row(item: Quantity) -> list[str]:
    notes = " ".join(item.section("Notes").split())
    source = f"{item.source} {notes}".strip()
    meaning = f"{item.label}: {_lower_first(item.summary)}"
    return [f"`{item.name}`", meaning, item.unit, f"`{formula_words(item.name)}`", source]


def _lower_first(sentence: str) -> str:
    """A sentence that goes on after a colon; an abbreviation such as GPU keeps its letters."""
    return sentence if sentence[1:2].isupper() else f"{sentence[0].lower()}{sentence[1:]}"
