"""`napkinxl plan` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import Command, run

TIERS = """
gpu = "H100 SXM"
model = "Qwen3-32B"
[fleet]
months = 14
owned_share = 0.5
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
    for text in ("1-3", "13-14", "Margin", "GPUs for", "gross margin"):
        assert text in " ".join(found.out.split()), text


def test_json_holds_everything(napkinxl: Command) -> None:
    data = json.loads(napkinxl("plan", "tiers.toml", "--json", "--lead-months", "1").out)
    assert data["months"] == 14
    assert data["inputs"]["lead_months"] == 1
    assert data["inputs"]["owned_share"] == 0.5
    assert data["tiers"][0]["rows"]["tier_users"][:2] == [1200, 1500]
    assert len(data["rows"]["cash_usd"]) == 14


def test_options_come_before_the_file(napkinxl: Command) -> None:
    data = json.loads(
        napkinxl("plan", "tiers.toml", "--json", "--months", "3", "--season-ratios", "1.5,0.5" + ",1" * 10).out
    )
    assert data["rows"]["season_ratio"] == [1.5, 0.5, 1.0]


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
        (["--owned-share", "2"], "owned_share must be in [0, 1], got 2"),
        (["--season-ratios", "1,2"], "season_ratios must be 12 numbers"),
        (["tiers.toml", "--months", "1"], "users of Pro must be at most 1 numbers"),
        (["--json", "--csv"], "choose one of --json, --csv and --output"),
        (["-o", "plan.doc"], "must end in .csv, .parquet, .json or .xlsx"),
        (["absent.toml"], "absent.toml cannot be read"),
        (["--lifetime-months", "36.5"], "whole lifetime_months, got 36.5"),
        (["--owned-shar", "1"], "--owned-share"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(napkinxl: Command, arguments: list[str], message: str) -> None:
    found = napkinxl("plan", *arguments)
    assert found.code == 2
    assert message in found.err
    assert len(found.err.strip().splitlines()) == 1
    assert not Path("plan.doc").exists()


def test_a_wrong_section_is_one_line(napkinxl: Command) -> None:
    Path("wrong.toml").write_text(TIERS.replace("owned_share", "owned_shares"), encoding="utf-8")
    found = napkinxl("plan", "wrong.toml")
    assert (found.code, "did you mean owned_share" in found.err) == (2, True)
    assert "wrong.toml" in found.err
