"""The edits that pages walk a reader through have the effects shown beside them, as an engine not ours sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from docs.pages import ROOT, pages
from napkinxl import read_scenarios
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.balances import BALANCES
from napkinxl_workbook.sheets.checks import ALL_GOOD, NO_ERRORS
from napkinxl_workbook.sheets.columns import scenario_letter
from support.engines import EngineValue
from support.live_workbook import LiveWorkbook
from support.report_files import write

SCENARIOS = read_scenarios(ROOT / "examples" / "chat_plans.toml")
HEADER = "| Sheet | Where | Before | After |"
TYPED = re.compile(r"(?:[Tt]ype|[Pp]aste) `([^`]+)` on \*([^*]+)\*, row \*([^*]+)\*, column \*([^*]+)\*")
CHOSEN = re.compile(r"choose `([^`]+)` in `(\w+)!([A-Z]+\d+)`")


@dataclass(frozen=True)
class Walk:
    """What a page has a reader type, in which sheet and where, and the table of what follows."""

    page: str
    typed: str
    sheet: str
    where: str
    effects: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.typed}"


def walks() -> Iterator[Walk]:
    for page, text in pages().items():
        parts = text.split(HEADER)
        for before, after in pairwise(parts):
            words = " ".join(before.split())
            found = max([*TYPED.finditer(words), *CHOSEN.finditer(words)], key=lambda match: match.start())
            where = found[3] if found.re is CHOSEN else f"{found[3]}; {found[4]}"
            rows = [line.strip("| ").split(" | ") for line in after.partition("\n\n")[0].splitlines()[2:]]
            yield Walk(page, found[1], found[2], where, tuple(tuple(row) for row in rows))


WALKS = list(walks())


def cell(path: Path, sheet: str, where: str) -> CellKey:
    """An address, or the row with a label in its first two columns; without a scenario's name in the first's column."""
    if re.fullmatch(r"`?[A-Z]+\d+`?", where):
        return sheet, where.strip("`")
    label, _, name = where.rpartition("; ") if where.rpartition("; ")[2] in names() else (where, "", names()[0])
    rows = [row for row, labels in enumerate(row_labels(path, sheet), start=1) if label in labels]
    assert rows, f"{sheet} has no row {label}"
    return sheet, f"{scenario_letter(names().index(name))}{rows[0]}"


@cache
def row_labels(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(load_workbook(path, read_only=True)[sheet].iter_rows(max_col=2, values_only=True))


def names() -> list[str]:
    return [scenario.name for scenario in SCENARIOS]


def is_shown(value: EngineValue, shown: str) -> bool:
    """Whether a number is what the page shows of it, to the page's digits; a text must be the same."""
    if isinstance(value, str):
        return value == shown
    digits = shown.strip("$%").replace(",", "")
    decimals = len(digits.partition(".")[2])
    scaled = float(value or 0.0) * (100 if shown.endswith("%") else 1)
    return abs(scaled - float(digits)) <= 0.5001 / float(10**decimals)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "chat.xlsx"
    write(path, SCENARIOS)
    return path


@pytest.fixture(scope="module")
def live(report: Path) -> LiveWorkbook:
    return LiveWorkbook(report)


@pytest.mark.parametrize("walk", WALKS, ids=str)
def test_edit_has_the_effects_shown(walk: Walk, report: Path, live: LiveWorkbook) -> None:
    given = float(walk.typed) if re.fullmatch(r"[\d.]+", walk.typed) else walk.typed
    effects = [(cell(report, sheet, where), before, after) for sheet, where, before, after in walk.effects]
    for key, before, _ in effects:
        assert is_shown(live[key], before), (key, live[key])
    with live.typed({cell(report, walk.sheet, walk.where): given}):
        for key, _, after in effects:
            assert is_shown(live[key], after), (key, live[key])
    assert {effect[3] for effect in walk.effects} != {effect[2] for effect in walk.effects}


def test_there_are_walks() -> None:
    assert [walk.page for walk in WALKS] == [*["docs/checks.md"] * 3, *["docs/workbook.md"] * 2]


def test_a_wrong_effect_is_found() -> None:
    assert is_shown(1134.1974, "$1,134.20")
    assert is_shown(0.8960522, "89.61%")
    assert not is_shown(1134.1974, "$1,134.30")
    assert not is_shown("CHECK", "OK")


def test_every_balance_and_light_is_in_the_page() -> None:
    text = pages()["docs/checks.md"]
    for balance in BALANCES:
        assert f"\n| {balance.title} | {balance.meaning} | {balance.otherwise} |\n" in text
    assert text.count("| WARNING |\n") == 1 + sum(balance.otherwise == "WARNING" for balance in BALANCES)
    assert f"`{ALL_GOOD}`" in text
    assert f"`{NO_ERRORS}1`" in text


def test_every_check_of_a_sheet_is_in_the_page(report: Path) -> None:
    """Checks that differ only in the result that they name share a line, which says "each"."""
    rows = row_labels(report, "Checks")
    first = next(place for place, (title, _) in enumerate(rows) if str(title).startswith("Sheets, once")) + 1
    last = next(place for place, (title, _) in enumerate(rows) if str(title).startswith("Own inputs")) - 1
    text = pages()["docs/checks.md"]
    for title, meaning in rows[first:last]:
        general = re.sub(r", .* is that of Workings", "", str(meaning))
        assert f"| {title} | {general}" in text
    assert f"\n## {rows[last + 1][0]}\n" in text
