"""The sheets Price tiers and Own, rent or API: recalculated, followed after an edit, linted and validated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from napkinxl import Scenario
from napkinxl_workbook.sheets.own_rent_api import OWN_RENT_API
from napkinxl_workbook.sheets.price_tiers import PRICE_TIERS
from support.engines import differences, ironcalc_values, stored_values
from support.libreoffice import needs_libreoffice, recalculate_many
from support.model_lint import function_findings, row_findings
from support.report_files import edit, input_cell, write
from support.validator import needs_validator, validate
from support.xlsx_lint import lint

TITLES = (PRICE_TIERS.title, OWN_RENT_API.title)
SHARED = {"gpu": "H100 SXM", "model": "Qwen3-32B", "fixed_usd_per_month": 500}
SCENARIOS = [
    Scenario(name="Free", context_tokens=8000, users=50_000, price_usd_per_user_month=0, **SHARED),
    Scenario(name="Pro", context_tokens=32_000, users=900, **SHARED),
    Scenario(name="=1+1", context_tokens=32_000, duty_cycle=1, users=30, requests_per_user_month=50_000, **SHARED),
]
MISFIT = [Scenario(name="Misfit", gpu="L40S", model="DeepSeek-V3", context_tokens=1000)]


def of_ours(cells: dict[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in cells.items() if key[0] in (*TITLES, "Checks")}


CASES = {"three": SCENARIOS, "one": SCENARIOS[:1], "misfit": MISFIT}


@pytest.mark.slow
def test_engines_agree(tmp_path: Path) -> None:
    needs_libreoffice()
    paths = [tmp_path / f"{name}.xlsx" for name in CASES]
    for path, scenarios in zip(paths, CASES.values(), strict=True):
        write(path, scenarios)
    for path, recalculated in zip(paths, recalculate_many(paths, tmp_path / "out"), strict=True):
        cells = of_ours(stored_values(path))
        assert len(cells) > 150
        assert differences(cells, ironcalc_values(path)) == []
        assert differences(cells, stored_values(recalculated)) == []


@pytest.mark.slow
def test_an_edit_is_followed(tmp_path: Path) -> None:
    """Twice the users of the first plan: twice its revenue and cost, and twice the bill of the API."""
    path = tmp_path / "report.xlsx"
    write(path, SCENARIOS[1:])
    edit(path, tmp_path / "edited.xlsx", {input_cell("users"): 1800.0})
    before, after = stored_values(path), ironcalc_values(tmp_path / "edited.xlsx")
    rows = {str(row[0].value): row[3].coordinate for row in load_workbook(path)[PRICE_TIERS.title].iter_rows()}
    for label in (
        "Monthly revenue of the plan",
        "Monthly cost of revenue of the plan",
        "Monthly contribution of the plan",
    ):
        key = (PRICE_TIERS.title, rows[label])
        assert after[key] == pytest.approx(2 * float(str(before[key]))), label


@pytest.mark.slow
def test_lint(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write(path, SCENARIOS)
    assert lint(path) == []
    workbook = load_workbook(path)
    for title in TITLES:
        assert function_findings(workbook[title]) == []
        assert len(workbook[title]._charts) == 1  # type: ignore[attr-defined]
    ways = workbook[OWN_RENT_API.title]
    filled = [row for row in range(5, 50) if ways.cell(row, 3).value and str(ways.cell(row, 4).value).startswith("=")]
    assert row_findings(ways, filled, 4, 6) == []


@pytest.mark.slow
def test_the_file_is_valid(tmp_path: Path) -> None:
    needs_validator()
    write(tmp_path / "report.xlsx", SCENARIOS)
    assert validate(tmp_path / "report.xlsx") == []
