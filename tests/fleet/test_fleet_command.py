"""`napkinxl plan` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import Command, run
from support.report_files import edit

TIERS = """
gpu = "H100 SXM"
model = "Qwen3-32B"
owned_gpus_share = 0.5
[fleet]
months = 14
[fleet.users]
Pro = [1200, 1500]
[[tier]]
name = "Pro"
context_tokens = 20000
requests_per_user_month = 3000
[[tier]]
name = "Team"
context_tokens = 30000
users = 200
price_usd_per_user_month = 60
"""


@pytest.fixture
def napkinxl(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)
    Path("tiers.toml").write_text(TIERS, encoding="utf-8")
    return lambda *arguments: run(capsys, monkeypatch, *arguments)


def test_table_in_80_columns(napkinxl: Command) -> None:
    found = napkinxl("plan", "tiers.toml")
    assert found.code == 0, found.err
    assert max(map(len, found.out.splitlines())) <= 80
    for text in ("1-3", "13-14", "Margin", "The fleet peaks at", "gross margin"):
        assert text in " ".join(found.out.split()), text


def test_json_holds_everything(napkinxl: Command) -> None:
    data = json.loads(napkinxl("plan", "tiers.toml", "--json", "--lead-months", "1").out)
    assert data["months"] == 14
    assert data["inputs"]["lead_months"] == 1
    assert [tier["values"]["owned_gpus_share"] for tier in data["tiers"]] == [0.5, 0.5]
    assert data["tiers"][0]["rows"]["tier_users"][:2] == [1200, 1500]
    assert len(data["rows"]["cash_flow_usd"]) == 14


def test_options_come_before_the_file(napkinxl: Command) -> None:
    data = json.loads(
        napkinxl("plan", "tiers.toml", "--json", "--months", "3", "--season-ratios", "1.5,0.5" + ",1" * 10).out
    )
    assert data["rows"]["season_ratio"] == [1.5, 0.5, 1.0]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet", "json", "xlsx"])
def test_files(napkinxl: Command, ending: str) -> None:
    found = napkinxl("plan", "tiers.toml", "-o", f"plan.{ending}")
    assert found.code == 0, found.err
    assert Path(f"plan.{ending}").stat().st_size > 1000
    if ending == "csv":
        lines = Path("plan.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 15
        assert lines[0].startswith("month,season_ratio,tier_churned_users [Pro]")


def test_without_a_file_one_tier_is_planned(napkinxl: Command) -> None:
    data = json.loads(napkinxl("plan", "--json", "--users", "500").out)
    assert len(data["tiers"]) == 1
    assert data["figures"]["opening_total_users"] == 500


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owned-gpus-share", "2"], "owned_gpus_share must be in [0, 1], got 2"),
        (["--season-ratios", "1,2"], "season_ratios must be 12 numbers"),
        (["tiers.toml", "--months", "1"], "users of Pro must be at most 1 numbers"),
        (["--json", "--csv"], "choose one of --json, --csv and --output"),
        (["-o", "plan.doc"], "must end in .csv, .parquet, .json, .xlsx, .pdf, .html or .md"),
        (["absent.toml"], "absent.toml cannot be read"),
        (["--useful-life-months", "36.5"], "whole useful_life_months, got 36.5"),
        (["--owned-gpus-shar", "1"], "--owned-gpus-share"),
        (["--by", "week"], "'week' is not one of 'month', 'quarter', 'year'"),
    ],
)
def test_what_is_wrong_is_one_line(napkinxl: Command, arguments: list[str], message: str) -> None:
    found = napkinxl("plan", *arguments)
    assert found.code == 2
    assert message in found.err
    assert len(found.err.strip().splitlines()) == 1
    assert not Path("plan.doc").exists()


def test_a_wrong_section_is_one_line(napkinxl: Command) -> None:
    Path("wrong.toml").write_text(TIERS.replace("months", "month"), encoding="utf-8")
    found = napkinxl("plan", "wrong.toml")
    assert (found.code, "did you mean months" in found.err) == (2, True)
    assert "wrong.toml" in found.err


def test_long_plans_and_large_numbers_fit_80_columns_whole(napkinxl: Command) -> None:
    found = napkinxl(
        "plan",
        "--months",
        "120",
        "--users",
        "471650",
        "--growth-share-per-month",
        "0.05",
        "--owned-gpus-share",
        "1",
        "--fixed-usd-per-month",
        "98765432",
        "--context-tokens",
        "8000",
    )
    assert found.code == 0, found.err
    assert max(map(len, found.out.splitlines())) <= 80
    lines = [line for line in cells(found.out) if len(line) == 9]
    assert [line[0] for line in lines] == [f"{start + 1}-{start + 12}" for start in range(0, 120, 12)]
    assert all(all(line) for line in lines)
    assert all(all(line) for line in cells(found.out))
    assert lines[0][1].endswith("k")  # 472k users who grow
    headers = " ".join(line for line in found.out.splitlines() if line[0] == "┃")
    assert all(header in headers for header in ("Month", "Users", "GPUs", "owned", "Revenue", "Profit", "Margin"))


@pytest.mark.slow
def test_a_workbook_of_the_plan_is_read_back(napkinxl: Command) -> None:
    Path("full.toml").write_text(
        TIERS.replace("months = 14", f"months = 14\nlead_months = 1\nseason_ratios = [1.5, 0.5{', 1' * 10}]").replace(
            "Pro = [1200, 1500]", "Pro = [1200, 1500]\n[fleet.new_users]\nTeam = [50]"
        ),
        encoding="utf-8",
    )
    assert napkinxl("plan", "full.toml", "-o", "plan.xlsx").code == 0
    again = napkinxl("plan", "plan.xlsx", "--json")
    assert again.code == 0, again.err
    assert json.loads(again.out) == json.loads(napkinxl("plan", "full.toml", "--json").out)
    assert json.loads(napkinxl("plan", "plan.xlsx", "--json", "--lead-months", "2").out)["inputs"]["lead_months"] == 2


@pytest.mark.slow
def test_the_share_owned_is_read_back_and_may_be_changed(napkinxl: Command) -> None:
    assert napkinxl("plan", "--owned-gpus-share", "0.5", "--months", "3", "-o", "plan.xlsx").code == 0
    for options, share in (((), 0.5), (("--owned-gpus-share", "0.25"), 0.25)):
        data = json.loads(napkinxl("plan", "plan.xlsx", *options, "--json").out)
        assert data["tiers"][0]["values"]["owned_gpus_share"] == share


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"D9": 70.0}, "lead_months must be a whole number in [0, 36], got 70"),
        ({"D9": "=1/2"}, "the formula =1/2 has no value"),
        ({"D8": "many"}, "Plan inputs: gpus_per_server must be a number"),
        ({"C8": "gpus"}, "no row gpus_per_server"),
    ],
)
def test_what_is_wrong_in_the_workbook_is_one_line(
    napkinxl: Command, typed: dict[str, float | str], message: str
) -> None:
    assert napkinxl("plan", "tiers.toml", "-o", "plan.xlsx").code == 0
    edit(Path("plan.xlsx"), Path("edited.xlsx"), {("Plan inputs", cell): value for cell, value in typed.items()})
    found = napkinxl("plan", "edited.xlsx")
    assert found.code == 2
    assert message in found.err.splitlines()[-1]


def test_replicas_that_nobody_pooled_are_said_to_stand_alone(napkinxl: Command) -> None:
    words = " ".join(napkinxl("plan", "tiers.toml").out.split())
    assert "Each replica stands alone (replicas_per_pool 1, the default)" in words
    assert "stands alone" not in napkinxl("plan", "tiers.toml", "--replicas-per-pool", "4").out


def test_users_by_month_that_begin_elsewhere_are_said(napkinxl: Command) -> None:
    """The file gives 1,200 users for month 1 of Pro, and not those before: 200 would be won in month 1."""
    told = napkinxl("plan", "tiers.toml").err
    assert "Pro: the plan starts from the default of 1,000 users, and those of month 1 are given as 1,200" in told
    assert "users are given up to month 2; from then on the default growth of 0.05 and churn of 0.04 hold" in told
    options = ("--users", "1200", "--growth-share-per-month", "0.05")
    assert napkinxl("plan", "tiers.toml", *options).err == ""


SEASONS = ["--season-ratios", "1,1,1,1,2,1,1,0,1,1,1,1"]  # most in May, nothing in August
STILL = ["--users", "900000", "--growth-share-per-month", "0", "--churn-share-per-month", "0", "--months", "12"]


def cells(out: str) -> list[list[str]]:
    """The cells of the tables that were printed."""
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in out.splitlines() if line[:1] == "│"]


def test_the_most_of_a_period_is_shown(napkinxl: Command) -> None:
    """May has twice the traffic and ends no quarter; August has none, so that the third quarter ends as the first."""
    rows = json.loads(napkinxl("plan", *STILL, *SEASONS, "--json").out)["rows"]
    assert rows["gpus"][4] > rows["gpus"][0] > rows["gpus"][7] == 0
    lines = cells(napkinxl("plan", *STILL, *SEASONS).out)[:4]
    assert [line[0] for line in lines] == ["1-3", "4-6", "7-9", "10-12"]
    assert [line[2] for line in lines] == [f"{rows['gpus'][month]:,.0f}" for month in (0, 4, 6, 9)]


@pytest.mark.parametrize(("period", "first", "count"), [("month", "1", 12), ("quarter", "1-3", 4), ("year", "1-12", 1)])
def test_periods(napkinxl: Command, period: str, first: str, count: int) -> None:
    lines = [line for line in cells(napkinxl("plan", *STILL, "--by", period).out) if len(line) == 9]
    assert (len(lines), lines[0][0]) == (count, first)


def test_a_year_is_a_line_of_a_long_plan(napkinxl: Command) -> None:
    found = napkinxl("plan", *STILL[:-1], "60", "--by", "quarter")
    assert [line[0] for line in cells(found.out) if len(line) == 9][-1] == "58-60"


def test_own_rent_and_api_over_the_plan(napkinxl: Command) -> None:
    found = napkinxl("plan", "tiers.toml")
    text = " ".join(found.out.split())
    assert "Own, rent or API over the whole period" in text
    lines = [line for line in cells(found.out) if len(line) == 4]
    assert [line[0] for line in lines] == ["all owned", "50% owned", "all rented", "API"]
    data = json.loads(napkinxl("plan", "tiers.toml", "--json").out)
    assert [way["name"] for way in data["ways"]] == [line[0] for line in lines]
    for share, way in ((1, data["ways"][0]), (0, data["ways"][2])):
        other = json.loads(napkinxl("plan", "tiers.toml", "--json", "--owned-gpus-share", str(share)).out)["figures"]
        assert way["fleet_cost_usd"] == other["total_fleet_cost_usd"]
        assert way["npv_usd"] == other["npv_with_book_value_usd"]
    assert data["ways"][3]["owned_gpus_share"] is None


def test_one_month_and_no_users(napkinxl: Command) -> None:
    found = napkinxl("plan", "--months", "1", "--users", "0", "--fixed-usd-per-month", "100")
    words = " ".join(found.out.split())
    assert "not paid back after 1 month." in words
    assert "Whole period: NPV" in words
    assert "gross margin" not in words
    assert "GPU-hours used" not in words


def test_what_does_not_fit_is_said_without_a_table(napkinxl: Command) -> None:
    found = napkinxl("plan", "--gpu", "L4", "--model", "Qwen3-32B", "--context-tokens", "20000")
    assert found.code == 0
    assert "does not fit: the weights and one chat need" in " ".join(found.out.split())
    assert "│" not in found.out
    assert "Whole period" not in found.out


@pytest.mark.parametrize(("growth", "months"), [("10", "36"), ("1", "120")])
def test_growth_that_nobody_means_is_one_line(napkinxl: Command, growth: str, months: str) -> None:
    found = napkinxl("plan", "--growth-share-per-month", growth, "--months", months)
    assert (found.code, len(found.err.strip().splitlines())) == (2, 1)
    assert "a plan takes at most 10,000,000,000 users" in found.err
