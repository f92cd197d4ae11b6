"""Whoever breaks a formula while no input has changed turns the light on every sheet red."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl.utils.cell import rows_from_range

from napkinxl import default_scenarios
from napkinxl.quantities import QUANTITIES
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.report import ORDER
from napkinxl_workbook.sheets.by_context import SHOWN
from napkinxl_workbook.sheets.checks import ALL_GOOD, light_key
from napkinxl_workbook.sheets.sensitivity.design import RESULTS
from support.broken_formulas import RED, BreakableBook
from support.proof_books import write_book

SCENARIO_COLUMNS, BASE_COLUMN, SUM_COLUMN = "DE", "E", "F"
FIRST_MONTH = "F"
SAMPLE = 8
# Rows of the plan that a balance works out another way.
BALANCED = ("total_users", "new_users", "churned_users", "owned_gpus", "idle_gpu_hours", "depreciation_usd",
            "cumulative_cash_usd")  # fmt: skip
SUMMED = ("revenue_usd_per_month", "variable_usd_per_month", "contribution_usd_per_month")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, BreakableBook]:
    path: Path = tmp_path_factory.mktemp("broken") / "report.xlsx"
    return write_book(path, default_scenarios()), BreakableBook(path)


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


def test_every_sheet_shows_the_red_light(written: tuple[Book, BreakableBook]) -> None:
    book, breakable = written
    lights = [(title, "A3") for title in ORDER if title != light_key()[0]]
    assert breakable.mended() == ALL_GOOD
    for key in cells(book, "Workings", "D", ("concurrent_users", "step_ms", "rent_usd_per_user_month")):
        assert breakable.broken(key, [light_key(), *lights]) == [RED] * len(ORDER)
    assert breakable.mended() == ALL_GOOD


def test_every_quantity_of_every_scenario_is_watched(written: tuple[Book, BreakableBook]) -> None:
    book, breakable = written
    keys = list(cells(book, "Workings", SCENARIO_COLUMNS, {*QUANTITIES}))
    assert len(keys) > 250
    assert breakable.unseen(keys) == []


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
    written: tuple[Book, BreakableBook], title: str, columns: str, names: tuple[str, ...]
) -> None:
    book, breakable = written
    keys = list(cells(book, title, columns, names))
    assert breakable.unseen(keys) == []


@pytest.mark.parametrize(
    ("title", "reference"),
    [
        ("Chart data", "B6:B10"),
        ("Chart data", "C7:D9"),
        ("Published figures", "E5:E45"),
        ("Published figures", "H5:H45"),
        ("Plan inputs", "G7:G13"),
        ("Checks", "D7:E999"),
    ],
)
def test_areas_are_watched(written: tuple[Book, BreakableBook], title: str, reference: str) -> None:
    book, breakable = written
    keys = list(area(book, title, reference))
    assert len(keys) > 4
    assert breakable.unseen(keys) == []


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
def test_all_other_numbers_are_watched(written: tuple[Book, BreakableBook], title: str, reference: str) -> None:
    """By the sums of their rows; sentences, names and words have none."""
    book, breakable = written
    keys = [key for key in area(book, title, reference) if not isinstance(book.values[key], str)]
    assert keys
    assert breakable.unseen(sample(keys)) == []
