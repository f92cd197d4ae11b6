"""The sheet Checks goes red when somebody breaks an input or a formula, and stays green when all is well."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from napkinxl import Scenario, default_scenarios
from napkinxl_workbook.files.sheet_writer import CellKey
from napkinxl_workbook.sheets.checks import ALL_GOOD
from support.engines import ironcalc_values, libreoffice_values
from support.libreoffice import needs_libreoffice
from support.report_files import edit, input_cell, write

LIGHT: CellKey = ("Checks", "B3")


@cache
def model_cell(path: Path, name: str) -> CellKey:
    sheet = load_workbook(path)["Workings"]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value == name)
    return "Workings", f"D{row}"


def light(path: Path) -> object:
    return ironcalc_values(path)[LIGHT]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all: edits go into files of their own."""
    path = tmp_path_factory.mktemp("checks") / "report.xlsx"
    write(path, default_scenarios())
    return path


def test_all_is_green(report: Path) -> None:
    assert light(report) == ALL_GOOD


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
def test_a_bad_input_turns_the_light_red(report: Path, tmp_path: Path, name: str, value: Any) -> None:
    edit(report, tmp_path / "edited.xlsx", {input_cell(name): value})
    assert light(tmp_path / "edited.xlsx") != ALL_GOOD


@pytest.mark.parametrize("name", ["gpu", "model", "preset"])
def test_an_unknown_name_turns_the_light_red(report: Path, tmp_path: Path, name: str) -> None:
    edit(report, tmp_path / "edited.xlsx", {input_cell(name): "no such name"})
    assert light(tmp_path / "edited.xlsx") != ALL_GOOD


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("tokens_per_s", "=1"),
        ("users_per_gpu", "=99"),
        ("rent_usd_per_user_month", "=1"),
        ("owned_usd_per_user_month", "=1"),
        ("concurrent_users", "=1000"),
        ("step_ms", "=0.001"),
        ("full_layers", "=3"),
    ],
)
def test_a_broken_formula_turns_the_light_red(report: Path, tmp_path: Path, name: str, formula: str) -> None:
    edit(report, tmp_path / "edited.xlsx", {model_cell(report, name): formula})
    assert light(tmp_path / "edited.xlsx") != ALL_GOOD


def test_libreoffice_sees_the_red_light_on_other_sheets_too(report: Path, tmp_path: Path) -> None:
    needs_libreoffice()
    edit(report, tmp_path / "edited.xlsx", {input_cell("duty_cycle"): 1.2})
    found = libreoffice_values(tmp_path / "edited.xlsx", tmp_path / "out")
    assert found[LIGHT] == found["Outputs", "A3"] == "SEE THE SHEET CHECKS"


def test_warnings_do_not_turn_it_red(tmp_path: Path) -> None:
    # A model that does not fit, at a context over its limit, on a GPU without a purchase price: all for you to judge.
    path = tmp_path / "report.xlsx"
    write(path, [Scenario(gpu="A100", model="Llama-3.1-405B", context_tokens=500_000)])
    values = ironcalc_values(path)
    assert values[LIGHT] == values["Outputs", "A3"] == "NO ERRORS, WARNINGS: 3"
    assert list(values.values()).count("WARNING") == 3
    assert "CHECK" not in values.values()


@pytest.mark.parametrize(("field", "name"), [("gpu", "H*"), ("gpu", "H200"), ("model", "DeepSeek-V3"), ("preset", "x")])
def test_a_name_that_is_not_on_the_list_is_a_check_not_an_error(
    report: Path, tmp_path: Path, field: str, name: str
) -> None:
    """MATCH takes H* for the first name that begins so; a short name of the command line is no name of the sheet."""
    edit(report, tmp_path / "edited.xlsx", {input_cell(field): name})
    values = ironcalc_values(tmp_path / "edited.xlsx")
    checks = {key: value for key, value in values.items() if key[0] == "Checks"}
    assert values[LIGHT] == "SEE THE SHEET CHECKS"
    assert "CHECK" in checks.values()
    assert not any(str(value).startswith("#") for value in checks.values())


def test_a_cleared_gpu_is_named_in_the_answer(report: Path, tmp_path: Path) -> None:
    edit(report, tmp_path / "edited.xlsx", {input_cell("gpu"): None})
    values = ironcalc_values(tmp_path / "edited.xlsx")
    assert "1 x B200 announced running Article 32B" in str(values["Outputs", "A4"])
    assert values[LIGHT] == ALL_GOOD


def test_a_text_in_place_of_a_number_gives_no_answer(report: Path, tmp_path: Path) -> None:
    """MIN would pass over it, and the cap on sequences with it."""
    edit(report, tmp_path / "edited.xlsx", {input_cell("max_sequences_per_replica"): "abc"})
    values = ironcalc_values(tmp_path / "edited.xlsx")
    assert values[model_cell(report, "concurrent_users")] == "#N/A"
    assert values[LIGHT] != ALL_GOOD
