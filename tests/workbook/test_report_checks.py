"""The sheet Checks goes red when somebody breaks an input or a formula, and stays green when all is well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from napkinxl import Scenario, default_scenarios
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.checks import ALL_GOOD
from support.engines import ironcalc_values, libreoffice_values
from support.libreoffice import needs_libreoffice
from support.live_workbook import LiveWorkbook
from support.report_files import edit, input_cell, write

LIGHT: CellKey = ("Checks", "B3")
LAST_CHECK = 200


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checks") / "report.xlsx"
    write(path, default_scenarios())
    return path


@pytest.fixture(scope="module")
def live(report: Path) -> LiveWorkbook:
    """One workbook for all: each test types into it and takes back what it typed."""
    return LiveWorkbook(report)


def model_cell(live: LiveWorkbook, name: str) -> CellKey:
    row = next(row for row in range(1, 1000) if live["Workings", f"C{row}"] == name)
    return "Workings", f"D{row}"


def test_all_is_green(live: LiveWorkbook) -> None:
    assert live[LIGHT] == ALL_GOOD


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duty_cycle", 0.0),
        ("duty_cycle", 1.2),
        ("context_tokens", -5.0),
        ("layers", 2.5),
        ("weight_bits", "eight"),
        ("gpu_price_usd", -1.0),
        ("window_layers", 999.0),
    ],
)
def test_a_bad_input_turns_the_light_red(live: LiveWorkbook, name: str, value: Any) -> None:
    with live.typed({input_cell(name): value}):
        assert live[LIGHT] != ALL_GOOD


@pytest.mark.parametrize("name", ["gpu", "model", "preset"])
def test_an_unknown_name_turns_the_light_red(live: LiveWorkbook, name: str) -> None:
    with live.typed({input_cell(name): "no such name"}):
        assert live[LIGHT] != ALL_GOOD


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("tokens_per_s", "=1"),
        ("users_per_gpu", "=99"),
        ("rent_usd_per_seat_month", "=1"),
        ("owned_usd_per_seat_month", "=1"),
        ("concurrent_sequences", "=1000"),
        ("step_ms", "=0.001"),
        ("full_layers", "=3"),
    ],
)
def test_a_broken_formula_turns_the_light_red(live: LiveWorkbook, name: str, formula: str) -> None:
    with live.typed({model_cell(live, name): formula}):
        assert live[LIGHT] != ALL_GOOD


@pytest.mark.slow
def test_libreoffice_sees_the_red_light_on_other_sheets_too(report: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    edit(report, tmp_path / "edited.xlsx", {input_cell("duty_cycle"): 1.2})
    found = libreoffice_values(tmp_path / "edited.xlsx", tmp_path / "out")
    assert found[LIGHT] == found["Outputs", "A3"] == "SEE THE SHEET CHECKS"


@pytest.mark.slow
def test_warnings_do_not_turn_it_red(tmp_path: Path) -> None:
    # A model that does not fit, at a context over its limit, on a GPU without a purchase price: all for you to judge.
    path = tmp_path / "report.xlsx"
    write(path, [Scenario(gpu="A100", model="Llama-3.1-405B", context_tokens=500_000)])
    values = ironcalc_values(path)
    assert values[LIGHT] == values["Outputs", "A3"] == "NO ERRORS, WARNINGS: 3"
    assert list(values.values()).count("WARNING") == 3
    assert "CHECK" not in values.values()


@pytest.mark.parametrize(("field", "name"), [("gpu", "H*"), ("gpu", "H200"), ("model", "DeepSeek-V3"), ("preset", "x")])
def test_a_name_that_is_not_on_the_list_is_a_check_not_an_error(live: LiveWorkbook, field: str, name: str) -> None:
    """MATCH takes H* for the first name that begins so; a short name of the command line is no name of the sheet."""
    with live.typed({input_cell(field): name}):
        checks = [live["Checks", f"{column}{row}"] for row in range(1, LAST_CHECK + 1) for column in "ABCDEFG"]
        assert live[LIGHT] == "SEE THE SHEET CHECKS"
    assert "CHECK" in checks
    assert not any(str(value).startswith("#") for value in checks)


def test_a_cleared_gpu_is_named_in_the_answer(live: LiveWorkbook) -> None:
    with live.typed({input_cell("gpu"): None}):
        assert "1 x B200 announced running Article 32B" in str(live["Outputs", "A4"])
        assert live[LIGHT] == ALL_GOOD


def test_a_text_in_place_of_a_number_gives_no_answer(live: LiveWorkbook) -> None:
    """MIN would pass over it, and the cap on sequences with it."""
    with live.typed({input_cell("max_sequences_per_replica"): "abc"}):
        assert live[model_cell(live, "concurrent_sequences")] == "#N/A"
        assert live[LIGHT] != ALL_GOOD
