"""Whoever breaks a formula while no input has changed turns the light on every sheet red."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils.cell import rows_from_range

from napkinxl import default_scenarios
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.report import ORDER
from napkinxl_workbook.sheets import as_written
from napkinxl_workbook.sheets.balances import TOLERANCE_CELL
from napkinxl_workbook.sheets.by_context import SHOWN
from napkinxl_workbook.sheets.checks import ALL_GOOD, light_key
from napkinxl_workbook.sheets.sensitivity.design import RESULTS
from support.broken_formulas import RED, broken, unseen
from support.live_workbook import LiveWorkbook
from support.report_files import write

SCENARIO_COLUMNS, BASE_COLUMN, SUM_COLUMN = "DE", "E", "F"
CHANGED = {"D": "F", "E": "G"}  # where the sheet As written flags what has changed in a column of Workings
FIRST_MONTH = "F"
SPARE = ("Checks", "Z1")
SAMPLE = 8
# Rows of the plan that a balance works out another way.
BALANCED = (
    "total_users",
    "new_users",
    "churned_users",
    "owned_gpus",
    "idle_gpu_hours",
    "depreciation_usd",
    "cumulative_cash_usd",
)
SUMMED = ("revenue_usd_per_month", "cost_of_revenue_usd_per_month", "contribution_usd_per_month")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, LiveWorkbook]:
    path: Path = tmp_path_factory.mktemp("broken") / "report.xlsx"
    return write(path, default_scenarios()), LiveWorkbook(path)


def cells(book: Book, title: str, columns: str, names: set[str] | tuple[str, ...]) -> Iterator[CellKey]:
    """The formulas of the last row that bears each name: the first may only repeat it."""
    sheet = book.sheets[title]
    rows = {str(sheet.cell(row, 3).value): row for row in range(1, sheet.max_row + 1)}
    assert set(names) <= set(rows)
    for name in sorted(names):
        yield from ((title, f"{column}{rows[name]}") for column in columns)


def sample(keys: list[CellKey]) -> list[CellKey]:
    """Some of many cells, spread over all."""
    return keys[:: max(len(keys) // SAMPLE, 1)]


def area(book: Book, title: str, reference: str) -> Iterator[CellKey]:
    """The formulas of an area."""
    yield from ((title, cell) for line in rows_from_range(reference) for cell in line if (title, cell) in book.values)


def test_every_sheet_shows_the_red_light(written: tuple[Book, LiveWorkbook]) -> None:
    book, live = written
    lights = [light_key(), *((title, "A3") for title in ORDER if title != light_key()[0])]
    assert live[light_key()] == ALL_GOOD
    for key in cells(book, "Workings", "D", ("concurrent_sequences", "step_ms", "rent_usd_per_seat_month")):
        with broken(live, [key]):
            assert [live[light] for light in lights] == [RED] * len(ORDER)
    assert live[light_key()] == ALL_GOOD


@cache
def step(name: str) -> int:
    """How many quantities stand in a row up to this one: those of one step do not feed each other."""
    if name in INPUTS:
        follows = INPUTS[name].follows
        return step(follows) if follows else 0
    return 1 + max(map(step, QUANTITIES[name].parameters), default=0)


@pytest.mark.parametrize("column", SCENARIO_COLUMNS)
def test_every_quantity_of_every_scenario_is_watched(written: tuple[Book, LiveWorkbook], column: str) -> None:
    """Those of one step are broken at once: each has a flag that reads it alone, and the light counts the flags."""
    book, live = written
    flags = {key: flag_of(book, key) for key in cells(book, "Workings", column, {*QUANTITIES})}
    assert len(flags) == len(QUANTITIES)
    names = {key: str(book.sheets["Workings"][f"C{key[1][1:]}"].value) for key in flags}
    for now in range(1, 1 + max(map(step, QUANTITIES))):
        with broken(live, [key for key in flags if step(names[key]) == now]):
            assert {live[flags[key]] for key in flags if step(names[key]) == now} == {1.0}
            changed = sum(live[flag] == 1.0 for flag in flags.values())
            assert live[as_written.TITLE, f"{CHANGED[column]}{as_written.RESULTS_ROW}"] == changed
            assert live[light_key()] == RED


def flag_of(book: Book, key: CellKey) -> CellKey:
    """The cell that says whether a result has changed; it reads the result, what was written of it and the rounding."""
    cell = f"{CHANGED[key[1][0]]}{key[1][1:]}"
    assert set(re.findall(r"[\w!$]*[A-Z]\$?\d+", str(book.sheets[as_written.TITLE][cell].value))) == {
        f"Workings!{key[1]}",
        key[1],
        TOLERANCE_CELL,
    }
    return as_written.TITLE, cell


@pytest.mark.parametrize(
    ("title", "columns", "names"),
    [
        ("By context", BASE_COLUMN, SHOWN),
        ("Sensitivity workings", BASE_COLUMN, RESULTS),
        ("Monthly plan", FIRST_MONTH, BALANCED),
        ("Price tiers", SUM_COLUMN, SUMMED),
    ],
)
def test_what_a_balance_works_out_again_is_watched(
    written: tuple[Book, LiveWorkbook], title: str, columns: str, names: tuple[str, ...]
) -> None:
    book, live = written
    keys = list(cells(book, title, columns, names))
    assert unseen(live, keys) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Chart data", "B6:B10"),
        ("Chart data", "C7:D9"),
        ("Published figures", "E5:E45"),
        ("Published figures", "H5:H45"),
        ("Plan inputs", "G7:G13"),
    ],
)
def test_areas_are_watched(written: tuple[Book, LiveWorkbook], title: str, reference: str) -> None:
    book, live = written
    keys = list(area(book, title, reference))
    assert len(keys) > 4
    assert unseen(live, keys) == []


def test_every_check_is_watched(written: tuple[Book, LiveWorkbook]) -> None:
    """Broken at once, each is one less among the good ones that the light counts; some are broken alone."""
    book, live = written
    keys = list(area(book, "Checks", "D7:E999"))
    assert len(keys) > 250
    good = re.search(r'COUNTIF\([^)]*,"OK"\)', live.formula(light_key()))
    assert good
    with live.typed({SPARE: f"={good[0]}"}):
        assert live[SPARE] == len(keys)
        with broken(live, keys):
            assert live[SPARE] == 0
            assert live[light_key()] == RED
    assert unseen(live, sample(keys)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Workings", "D12:E141"),  # the inputs in use
        ("Workings", "F12:F386"),  # the selected scenario
        ("Outputs", "D7:E22"),
        ("Dashboard", "A5:K9"),
        ("By context", "F7:L174"),
        ("Sensitivity workings", "E10:E15"),
        ("Sensitivity workings", "F16:AX227"),
        ("Sensitivity", "A8:M39"),
        ("Own, rent or API", "A6:G69"),
        ("Price tiers", "D6:E29"),
        ("Price tiers", "F11:F14"),
        ("Price tiers", "F25:F31"),
        ("Chart data", "E6:I10"),
        ("Chart data", "B17:C21"),
        ("Plan inputs", "D9:D42"),
        ("Monthly plan", "D7:D94"),
        ("Monthly plan", "F40:AO110"),
        ("GPUs", "C6:F36"),
    ],
)
def test_all_other_numbers_are_watched(written: tuple[Book, LiveWorkbook], title: str, reference: str) -> None:
    """By the sums of their rows; sentences, names and words have none."""
    book, live = written
    keys = [key for key in area(book, title, reference) if not isinstance(book.values[key], str)]
    assert keys
    assert unseen(live, sample(keys)) == []
