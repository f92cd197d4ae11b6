"""`napkinxl sweep` of figures over the plan by month: one study for a product, held against `napkinxl plan`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas
import pytest
from openpyxl import load_workbook

from napkinxl.studies import plan_points
from support.command_line import Command, run

TIERS = """
gpu = "H100 SXM"
model = "Qwen3-32B"
context_tokens = 20000
growth_share_per_month = 0.05
owned_gpus_share = 0.5
[fleet]
months = 14
[[tier]]
name = "Pro"
users = 60_000
requests_per_user_month = 300
[[tier]]
name = "Team"
users = 4000
requests_per_user_month = 900
price_usd_per_user_month = 60
"""
ALTERNATIVES = """
[[scenario]]
name = "Hoppers"
gpu = "H100 SXM"
[[scenario]]
name = "Blackwells"
gpu = "B200"
"""
NPV = ("--result", "npv_with_book_value_usd")
GRID = ("--grid", "lead_months=0,4", "--grid", "owned_gpus_share=0,1")


@pytest.fixture
def napkinxl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    Path("tiers.toml").write_text(TIERS, encoding="utf-8")
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def figures(napkinxl: Command, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(napkinxl("plan", *arguments, "--json").out)["figures"]
    return found


def test_a_tornado_of_the_product(napkinxl: Command) -> None:
    found = rows(napkinxl("sweep", "tiers.toml", *NPV, "--csv").out)
    assert {(row["scenario"], row["unit"]) for row in found} == {("All plans", "USD")}
    whole = figures(napkinxl, "tiers.toml")["npv_with_book_value_usd"]
    assert {float(row["result_in_use"]) for row in found} == {whole}
    bars = {row["input"]: row for row in found}
    for name, factor in (("requests_per_user_month", "1.2"), ("rent_usd_per_gpu_hour", "1.2")):
        alone = figures(napkinxl, "tiers.toml", "--times", f"{name}={factor}")["npv_with_book_value_usd"]
        assert float(bars[name]["result_at_high"]) == pytest.approx(alone, rel=1e-12)
    requests = bars["requests_per_user_month"]
    assert (requests["low"], requests["in_use"], requests["high"]) == ("", "", "")
    assert float(requests["swing"]) > 0
    assert requests["remark"] == "each plan from its own value: -20% and +20%"
    assert (float(bars["owned_gpus_share"]["low"]), bars["owned_gpus_share"]["input_unit"]) == (0.4, "share")


def test_ranges_and_what_is_left_out(napkinxl: Command) -> None:
    words = " ".join(napkinxl("sweep", "tiers.toml", *NPV).out.split())
    assert "Not moved, as a change of 20% does not suit counts" in words
    assert "lead_months" in words
    assert "Where plans differ, each moves from its own value" in words
    vary = ("--vary", "lead_months=0:8", "--vary", "requests-per-user-month=100:500")
    found = {row["input"]: row for row in rows(napkinxl("sweep", "tiers.toml", *NPV, *vary, "--csv").out)}
    assert set(found) == {"lead_months", "requests_per_user_month"}
    late = figures(napkinxl, "tiers.toml", "--lead-months", "8")["npv_with_book_value_usd"]
    assert float(found["lead_months"]["result_at_high"]) == late
    same = figures(napkinxl, "tiers.toml", "--requests-per-user-month", "100")["npv_with_book_value_usd"]
    assert float(found["requests_per_user_month"]["result_at_low"]) == same


def test_a_grid_of_the_fleet(napkinxl: Command) -> None:
    found = rows(napkinxl("sweep", "tiers.toml", *NPV, "--result", "most_gpus", *GRID, "--csv").out)
    assert list(found[0]) == ["scenario", "lead_months", "owned_gpus_share", "npv_with_book_value_usd", "most_gpus"]
    assert [(row["lead_months"], row["owned_gpus_share"]) for row in found] == [
        ("0.0", "0.0"),
        ("0.0", "1.0"),
        ("4.0", "0.0"),
        ("4.0", "1.0"),
    ]
    for row in found:
        options = ("--lead-months", row["lead_months"], "--owned-gpus-share", row["owned_gpus_share"])
        alone = figures(napkinxl, "tiers.toml", *options)
        assert float(row["npv_with_book_value_usd"]) == alone["npv_with_book_value_usd"]
        assert float(row["most_gpus"]) == alone["most_gpus"]


def test_a_plan_without_an_answer_is_shown(napkinxl: Command) -> None:
    outcome = napkinxl("sweep", "tiers.toml", "--result", "payback_month", "--grid", "price_usd_per_user_month=0,500")
    assert outcome.code == 0
    assert "no answer" in outcome.out
    data = json.loads(
        napkinxl(
            "sweep", "tiers.toml", "--result", "payback_month", "--json", "--grid", "price_usd_per_user_month=0,500"
        ).out
    )
    assert [row["payback_month"] is None for row in data] == [True, False]


def test_one_scenario_bears_its_name(napkinxl: Command) -> None:
    assert {row["scenario"] for row in rows(napkinxl("sweep", "tiers.toml", "--only", "Team", *NPV, "--csv").out)} == {
        "Team"
    }
    found = rows(napkinxl("sweep", *NPV, "--csv", "--users", "500").out)
    assert {float(row["result_in_use"]) for row in found} == {
        figures(napkinxl, "--users", "500")["npv_with_book_value_usd"]
    }


def test_alternatives_are_plans_of_their_own(napkinxl: Command) -> None:
    Path("two.toml").write_text(ALTERNATIVES, encoding="utf-8")
    found = rows(napkinxl("sweep", "two.toml", *NPV, *GRID, "--csv").out)
    assert [row["scenario"] for row in found] == ["Hoppers"] * 4 + ["Blackwells"] * 4


def test_ranges_of_the_fleet_in_a_file_are_for_its_plan(napkinxl: Command) -> None:
    vary = "[vary]\nlead_months = [1, 6]\nrent_usd_per_gpu_hour = { low = 2, high = 4 }\n"
    Path("vary.toml").write_text(TIERS.replace("[[tier]]", f"{vary}[[tier]]", 1), encoding="utf-8")
    assert {row["input"] for row in rows(napkinxl("sweep", "vary.toml", *NPV, "--csv").out)} == {
        "lead_months",
        "rent_usd_per_gpu_hour",
    }
    assert {row["input"] for row in rows(napkinxl("sweep", "vary.toml", "--csv").out)} == {"rent_usd_per_gpu_hour"}


@pytest.mark.parametrize("mode", [(), GRID], ids=["tornado", "grid"])
def test_files_hold_the_same_rows(napkinxl: Command, mode: tuple[str, ...]) -> None:
    for suffix in ("csv", "json", "parquet"):
        outcome = napkinxl("sweep", "tiers.toml", *NPV, *mode, "-o", f"out.{suffix}")
        assert (outcome.code, outcome.out, outcome.err.split()) == (0, "", ["Wrote", f"out.{suffix}"])
    parquet = pandas.read_parquet("out.parquet")
    from_csv = rows(Path("out.csv").read_text(encoding="utf-8"))
    from_json = json.loads(Path("out.json").read_text(encoding="utf-8"))
    name = parquet.columns[-2]
    assert [row[name] for row in from_json] == parquet[name].tolist() == [float(row[name]) for row in from_csv]


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "sheet"), [((), "Tornado"), (GRID, "Grid")], ids=["tornado", "grid"])
def test_a_sheet_of_a_report(napkinxl: Command, mode: tuple[str, ...], sheet: str) -> None:
    outcome = napkinxl("sweep", "tiers.toml", *NPV, *mode, "-o", "out.xlsx")
    assert outcome.code == 0, outcome.err
    book = load_workbook("out.xlsx")
    assert "Monthly plan" in book.sheetnames
    found: Any = book[sheet]
    cells = [cell for line in found.iter_rows() for cell in line if cell.value is not None]
    assert "All plans: NPV with owned servers at book value" in " ".join(str(cell.value) for cell in cells)
    assert len(found._charts) == (0 if mode else 1)
    whole = figures(napkinxl, "tiers.toml")["npv_with_book_value_usd"]
    if not mode:
        (place,) = (cell for cell in cells if cell.value == "requests_per_user_month")
        line = [found.cell(place.row, column).value for column in (4, 5, 6)]
        assert line == ["-20%", "own", "+20%"]
        cell = found.cell(place.row, 8)
        assert cell.value == pytest.approx(whole)
        assert cell.number_format == "$#,##0"


def test_tables_fit_eighty_columns(napkinxl: Command) -> None:
    for mode in ((), GRID, ("--grid", "owned_gpus_share=0:1:7")):
        outcome = napkinxl("sweep", "tiers.toml", *NPV, "--result", "break_even_month", *mode)
        assert outcome.code == 0, outcome.err
        assert max(map(len, outcome.out.splitlines())) <= 80
        assert "…" not in outcome.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--result", "break_even_mont"], "did you mean break_even_month"),
        (
            ["--result", "revenue_usd"],
            "revenue_usd has a value a month: there is no figure over the plan "
            "'revenue_usd'; did you mean total_revenue_usd",
        ),
        (
            [*NPV, "--result", "step_ms"],
            "npv_with_book_value_usd is a figure over the plan by month, step_ms is a scenario's: sweep them apart",
        ),
        (
            [*NPV, "--draws", "9", "--vary", "lead_months=1:2"],
            "--draws takes results of a scenario, and "
            "npv_with_book_value_usd is a figure over the plan by month: --tornado and --grid have it",
        ),
        ([*NPV, *GRID, "--dask", "local"], "--dask takes results of a scenario"),
        ([*NPV, "--grid", "lead_month=1,2"], "did you mean lead_months"),
        ([*NPV, "--grid", "owned_gpus_share=0,2"], "owned_gpus_share must be in [0, 1], got 2"),
        (
            [*NPV, "--grid", "useful_life_months=36,40.5"],
            "useful_life_months must be a whole number of at least 1, got 40.5",
        ),
        ([*NPV, "--change", "2"], "change must be in (0, 1], got 2"),
        (["--grid", "lead_months=1,2"], "lead_months belongs to a plan by month: it moves only figures over the plan"),
        (["--vary", "lead_months=1:2"], "lead_months belongs to a plan by month"),
        (["--draws", "9", "--vary", "lead_months=1:2"], "lead_months belongs to a plan by month"),
    ],
)
def test_refusals_are_one_line(napkinxl: Command, arguments: list[str], message: str) -> None:
    outcome = napkinxl("sweep", "tiers.toml", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_stop_leaves_nothing_behind(napkinxl: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, made = plan_points.Planned.changed, []

    def stopped(self: plan_points.Planned, changes: plan_points.Changes) -> Any:
        made.append(changes)
        if len(made) == 3:
            raise KeyboardInterrupt
        return plan(self, changes)

    monkeypatch.setattr(plan_points.Planned, "changed", stopped)
    outcome = napkinxl("sweep", "tiers.toml", *NPV, "-o", "out.xlsx")
    assert (outcome.code, len(made)) == (130, 3)
    assert [path.name for path in Path().iterdir()] == ["tiers.toml"]


def test_a_prompt_that_crosses_a_tier_of_the_api_is_told(napkinxl: Command) -> None:
    api = '[api]\nname = "anthropic/claude-sonnet-4-5"\nday = 2026-11-22\n'
    Path("long.toml").write_text(f"input_tokens_per_request = 150000\nusers = 10\n{api}", encoding="utf-8")
    grid = ("--grid", "input_tokens_per_request=100000:300000:3", "--csv")
    crossing = "goes from 100,000 to 300,000, and over 200,000 tokens all tokens of a request cost another price"
    assert crossing in napkinxl("sweep", "long.toml", "--result", "total_api_usd", *grid).err
    assert "goes from" not in napkinxl("sweep", "long.toml", *NPV, *grid).err  # the fleet does not ask the API


def test_the_draws_of_all_scenarios_are_counted(napkinxl: Command) -> None:
    """60 million draws of two results are fewer than may be kept, those of two scenarios are more."""
    vary = ("--vary", "duty_cycle=0.1:0.2", "--result", "step_ms", "--result", "tokens_per_s")
    outcome = napkinxl("sweep", "tiers.toml", *vary, "--draws", "60000000")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "scenarios x results x rows (draws or cells) must be at most 200,000,000, got 240,000,000" in outcome.err
