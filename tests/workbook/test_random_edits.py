"""After random edits of a file two engines show what Python works out afresh, and nothing else has changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.files.sheet_writer import CellKey
from support.edited_books import Desk, expected_cells, moved_inputs, stale_cells, typed_cells
from support.engines import EngineValue, differences, ironcalc_values, stored_values
from support.libreoffice import needs_libreoffice, recalculate_many
from support.proof_books import as_stored, edited
from support.random_edits import EDITS, MOST_TRIES, random_edit
from support.random_scenarios import random_scenarios
from support.report_files import CREATED, edit
from support.sizes import size

SCENARIOS = 3
OTHER_BLUE = ["select", "contexts", "users", "ends", "grid", "fleet", "seasons", "monthly users"]
# What is edited together: each kind alone, then more and more at once.
EDIT_KINDS = (
    *([kind] for kind in EDITS),
    ["number"] * 5,
    ["number", "clear"] * 2,
    ["number"] * 20,
    ["gpu", "select"],
    ["model", "gpu", "preset"],
    ["select", "number", "number"],
    ["model", "contexts", "users"],
    ["ends", "grid", "gpu"],
    ["select", "fleet"],
    ["model"] * 3 + ["gpu"] * 3,
    ["number"] * 8 + ["clear"] * 4 + OTHER_BLUE,
    [*EDITS] * 2,
)
SEEDS = range(0, len(EDIT_KINDS), -(-len(EDIT_KINDS) // size("random edits")))  # spread over all kinds
IN_LIBREOFFICE = (12, 16, 20, 24)  # of one report, which LibreOffice works out only once
BASES = 4  # so many reports are edited
Values = dict[CellKey, EngineValue]


@dataclass(frozen=True)
class Original:
    """A report before edits, and what IronCalc makes of it."""

    desk: Desk
    book: Book
    path: Path
    found: Values


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Original]:
    """The report that the edits with a seed begin with."""
    folder = tmp_path_factory.mktemp("originals")

    @cache
    def make(base: int) -> Original:
        desk, path = first_desk(base), folder / f"report{base}.xlsx"
        book = desk.book()
        write_workbook(book.workbook, path, book.values, created=CREATED)
        return Original(desk, book, path, ironcalc_values(path))

    return lambda seed: make(seed % BASES)


def first_desk(seed: int) -> Desk:
    """Three scenarios that are plans of one product, so that all sheets have their formulas."""
    return Desk(tuple(edited(item, fixed_usd_per_month=500.0) for item in random_scenarios(SCENARIOS, seed)))


def write_edited(original: Original, seed: int, path: Path) -> Values:
    """Type random edits into a report; returns what its formulas must say then.

    Drawn again until both have the same cells and differ in some: a plan by month needs numbers that make one, and what
    is read nowhere changes nothing.
    """
    choose, before = random.Random(seed), original.book
    for _ in range(MOST_TRIES):
        after = random_edit(original.desk, EDIT_KINDS[seed], choose).book(moved_inputs(before))
        same_cells = set(after.values) == set(before.values)
        if same_cells and differences(as_stored(before.values), as_stored(after.values)):
            break
    else:
        raise AssertionError("no such edits were found")
    cells = typed_cells(before, after)
    assert cells
    assert stale_cells(before, after) == []
    edit(original.path, path, cells)
    return expected_cells(before, after, SCENARIOS)


def assert_follows(original: Original, expected: Values, found_before: Values, found: Values) -> None:
    """The engine says what Python says, and whatever does not follow from the edits stays, to the last digit."""
    before = as_stored(original.book.values)
    assert differences(expected, found) == []
    same = [key for key in before if before[key] == expected[key]]
    assert [key for key in same if found[key] != found_before[key]] == []
    assert changed_cells({key: found_before[key] for key in before}, found) == changed_cells(before, expected) != set()


def changed_cells(before: Values, after: Values) -> set[str]:
    return {line.partition(": ")[0] for line in differences(before, after)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: " ".join(EDIT_KINDS[seed])[:40])
def test_ironcalc_shows_what_python_works_out(tmp_path: Path, original: Callable[[int], Original], seed: int) -> None:
    base = original(seed)
    expected = write_edited(base, seed, tmp_path / "edited.xlsx")
    assert_follows(base, expected, base.found, ironcalc_values(tmp_path / "edited.xlsx"))


@pytest.mark.slow
def test_libreoffice_shows_what_python_works_out(tmp_path: Path, original: Callable[[int], Original]) -> None:
    needs_libreoffice()
    bases = [original(seed) for seed in IN_LIBREOFFICE]
    paths = [tmp_path / f"edited{seed}.xlsx" for seed in IN_LIBREOFFICE]
    expected = [write_edited(base, seed, path) for base, seed, path in zip(bases, IN_LIBREOFFICE, paths, strict=True)]
    sources = sorted({base.path for base in bases})
    recalculated = [stored_values(path) for path in recalculate_many([*sources, *paths], tmp_path / "out")]
    before = dict(zip(sources, recalculated, strict=False))
    for base, values, found in zip(bases, expected, recalculated[len(sources) :], strict=True):
        assert_follows(base, values, before[base.path], found)


@pytest.mark.slow
def test_a_cleared_name_means_the_default(tmp_path: Path) -> None:
    """Python writes the default's name where none is given; a user can leave the cell blank."""
    scenarios = random_scenarios(SCENARIOS, 77)
    source, target = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    before = Desk(tuple(scenarios)).book()
    scenarios[1] = edited(scenarios[1], gpu=None, model=None, preset=None)
    after = Desk(tuple(scenarios)).book(moved_inputs(before))
    write_workbook(before.workbook, source, before.values, created=CREATED)
    cells = typed_cells(before, after)
    assert {title for title, _ in cells} == {"Inputs"}
    edit(source, target, dict.fromkeys(cells))
    assert differences(expected_cells(before, after, SCENARIOS), ironcalc_values(target)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 8])
def test_formulas_do_not_depend_on_the_numbers(seed: int) -> None:
    """Other numbers, other GPUs and models: the same formulas in the same cells."""
    before = first_desk(seed).book()
    after = Desk(first_desk(seed + 100).scenarios, selected=1).book(moved_inputs(before))

    def formulas(book: object) -> dict[CellKey, object]:
        sheets = book.sheets.items()  # type: ignore[attr-defined]
        return {
            (title, cell.coordinate): cell.value
            for title, sheet in sheets
            for line in sheet
            for cell in line
            if cell.data_type == "f"
        }

    assert formulas(before) == formulas(after)
    assert len(before.values) > 10_000
