"""Bad input: one line on stderr, exit code 2, no traceback, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_line import Command, Outcome

CASES = {
    "--gpu H10": "there is no gpu in the catalog called 'H10'; did you mean H100",
    "--model Qwen3-33B": "did you mean Qwen3-32B",
    "--preset calibrate": "did you mean calibrated",
    "--duty-cycle 0": "duty_cycle must be in (0, 1], got 0",
    "--duty-cycle 1.2": "duty_cycle must be in (0, 1], got 1.2",
    "--duty-cycle nan": "duty_cycle must be a number (in (0, 1]), got 'nan'",
    "--context-tokens inf": "context_tokens must be a number",
    "--context-tokens -5": "context_tokens must be at least 1, got -5",
    "--context-tokens many": "context_tokens must be a number (at least 1), got 'many'",
    "--layers 2.5": "layers must be a whole number of at least 1, got 2.5",
    "--memory-gb 0": "memory_gb must be above 0, got 0",
    "--duty-cyle 0.5": "Did you mean '--duty-cycle'",
    "--catalog none.csv": "none.csv cannot be read",
    "none.toml": "none.toml cannot be read",
    "scenarios.docx": "scenarios are read from .toml, .json, .csv or .xlsx",
    "--json --csv": "not both",
}


def assert_refused(outcome: Outcome, message: str, folder: Path, left: set[str]) -> None:
    assert outcome.code == 2
    assert message in outcome.err
    assert outcome.err.startswith("napkinxl: ")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err + outcome.out
    assert {path.name for path in folder.iterdir()} == left


@pytest.mark.parametrize("arguments", CASES)
def test_estimate_refuses(napkinxl: Command, tmp_path: Path, arguments: str) -> None:
    assert_refused(napkinxl("estimate", *arguments.split()), CASES[arguments], tmp_path, set())


@pytest.mark.parametrize("arguments", [case for case in CASES if "json" not in case])
def test_report_refuses_and_writes_nothing(napkinxl: Command, tmp_path: Path, arguments: str) -> None:
    assert_refused(napkinxl("report", *arguments.split()), CASES[arguments], tmp_path, set())


FILES = {
    "a.toml": ("duty_cycle = ", "is not valid TOML"),
    "b.json": ("{", "is not valid JSON"),
    "c.csv": ("", "is empty"),
    "d.toml": ("", "is empty"),
    "e.csv": ("duty_cyle\n0.5\n", "did you mean duty_cycle"),
    "f.csv": ("duty_cycle\n0.5\n1.5\n", "duty_cycle must be in (0, 1], got 1.5"),
    "plans.toml": ("[[plan]]\nname = 'A'\n[[plan]]\nname = 'B'\n", "the plans of one product are [[tier]]"),
    "plan.toml": ("[plan]\nname = 'A'\n", "the plans of one product are [[tier]]"),
    "plans.json": ('{"plans": [{"name": "A"}]}', "the plans of one product are [[tier]]"),
    "both.toml": ("gpu = 'H100'\n[[scenario]]\nname = 'A'\n", "what all plans share stands above [[tier]]"),
    "commas.toml": ("gpu = 'H100'\nusers = 1,234,500\n", "write 1234500 or 1_234_500: no thousands commas"),
    "percent.toml": ("# 3% a month\nchurn_share_per_month = 3%\n", "write 0.03 for 3%"),
    "currency.toml": ("price_usd_per_user_month = $18.50\n", "write 18.50: no sign of a currency"),
    "g.json": ("[1, 2]", "must hold a scenario"),
    "h.toml": ("[use]\nmemory_gb = 5\n", "belongs in the section [gpu]"),
    "i.xlsx": ("no workbook", "is not a workbook that can be read"),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_files_are_refused(napkinxl: Command, tmp_path: Path, name: str) -> None:
    content, message = FILES[name]
    (tmp_path / name).write_text(content)
    assert_refused(napkinxl("report", name), message, tmp_path, {name})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("cots", "there is no command 'cots'; did you mean cost?"),
        ("explain serving_cost", "did you mean serving_usd_per_month"),
        ("sweep --result revenue_usd", "revenue_usd has a value a month: there is no figure over the plan"),
    ],
)
def test_the_nearest_is_offered(napkinxl: Command, tmp_path: Path, arguments: str, message: str) -> None:
    assert_refused(napkinxl(*arguments.split()), message, tmp_path, set())


@pytest.mark.slow
def test_a_folder_as_scenarios_or_output(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert_refused(napkinxl("report", "folder.xlsx"), "is a folder", tmp_path, {"folder.xlsx"})
    assert_refused(napkinxl("report", "-o", "folder.xlsx"), "folder", tmp_path, {"folder.xlsx"})


def test_duplicate_names_in_a_catalog(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("gpu,memory_gb\nh100,80\n")
    outcome = napkinxl("gpus", "--catalog", "own.csv")
    assert_refused(outcome, "own.csv row 2: the gpu name 'h100' is taken by gpus.csv row", tmp_path, {"own.csv"})


@pytest.mark.parametrize("command", ["explain", "gpus", "models", "prices"])
def test_unknown_names(napkinxl: Command, tmp_path: Path, command: str) -> None:
    outcome = napkinxl(command, "zzzzz")
    assert_refused(outcome, "there is no", tmp_path, set())


def test_an_unknown_command(napkinxl: Command, tmp_path: Path) -> None:
    assert_refused(napkinxl("raport"), "raport", tmp_path, set())


def test_thousands_of_scenarios_are_not_printed_as_tables(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("context_tokens\n" + "1000\n" * 50)
    assert_refused(napkinxl("estimate", "s.csv"), "50 scenarios are too many to print", tmp_path, {"s.csv"})
