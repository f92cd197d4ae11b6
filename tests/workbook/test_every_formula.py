"""Two independent engines work out every formula of every sheet for random scenarios and agree with Python."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from napkinxl import Scenario, estimate
from napkinxl_workbook.book import Book
from napkinxl_workbook.report import ORDER
from support.engines import differences, ironcalc_values, stored_values
from support.libreoffice import needs_libreoffice, recalculate_many
from support.proof_books import as_stored, edited
from support.random_scenarios import random_scenarios
from support.report_files import write
from support.sizes import size

SCENARIOS_PER_BOOK = 10
BATCHES = [range(first, min(first + 5, size("random reports"))) for first in range(0, size("random reports"), 5)]
COVERING = range(10)  # seeds, of which the first are recalculated here and all in the proof
LEAST_FORMULAS = 20_000  # of a book


def scenarios_of(seed: int) -> list[Scenario]:
    """Ten random scenarios; those of an even seed share their fixed cost, so that Price tiers has its formulas."""
    found = random_scenarios(SCENARIOS_PER_BOOK, seed)
    return found if seed % 2 else [edited(item, fixed_usd_per_month=12_345.0) for item in found]


def write_seed(path: Path, seed: int) -> Book:
    """The scenario that the sheets about one scenario show is another in each book."""
    scenarios = scenarios_of(seed)
    return write(path, scenarios, selected=scenarios[seed % SCENARIOS_PER_BOOK].name)


@pytest.mark.slow
@pytest.mark.parametrize("seeds", BATCHES, ids=str)
def test_both_engines_agree_on_every_formula(tmp_path: Path, seeds: range) -> None:
    needs_libreoffice()
    paths = [tmp_path / f"report{seed}.xlsx" for seed in seeds]
    books = [write_seed(path, seed) for path, seed in zip(paths, seeds, strict=True)]
    for book, path, recalculated in zip(books, paths, recalculate_many(paths, tmp_path / "out"), strict=True):
        expected = as_stored(book.values)
        assert set(stored_values(path)) == set(expected)
        assert len(expected) > LEAST_FORMULAS
        assert differences(expected, ironcalc_values(path)) == []
        assert differences(expected, stored_values(recalculated)) == []


@pytest.mark.slow
def test_every_sheet_is_among_them(tmp_path: Path) -> None:
    """Each sheet has formulas in some book, and not only the light above its header."""
    formulas = Counter(title for title, _ in write_seed(tmp_path / "report.xlsx", 0).values)
    assert set(formulas) == set(ORDER)
    values_only = {"Models", "Presets", "Prices", "Measured figures", "Change log", "About", "Inputs"}
    assert {title for title, count in formulas.items() if count == 1} == values_only


def test_the_scenarios_cover_what_they_should() -> None:
    """A comparison that never meets a misfit, a mixture of experts or a window would prove little."""
    estimates = [estimate(scenario) for seed in COVERING for scenario in scenarios_of(seed)]
    assert len(estimates) == 100
    assert {item["bottleneck"] for item in estimates} == {"capacity", "bandwidth", "compute", "overhead"}
    assert all(any(item[name] > 0 for item in estimates) for name in ("experts", "latent_layers", "window_layers"))
    assert any(item["linear_layers"] > 0 for item in estimates)
    assert any(item["rent_usd_per_seat_month"] != item["rent_usd_per_seat_month"] for item in estimates)
