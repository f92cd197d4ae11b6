"""The commands cost, compare and apis, as a stranger runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook

from support.command_line import Command

PLANS = """
gpu = "H100 SXM"
model = "Qwen3-32B"
context_tokens = 8000
[customers]
fixed_usd_per_month = 1000
[[tier]]
name = "Free"
users = 5000
price_usd_per_user_month = 0
[[tier]]
name = "Pro"
users = 200
price_usd_per_user_month = 20
"""


@pytest.fixture
def plans(tmp_path: Path) -> str:
    (tmp_path / "plans.toml").write_text(PLANS, encoding="utf-8")
    return "plans.toml"


def test_cost_adds_the_plans_up(napkinxl: Command, plans: str) -> None:
    found = json.loads(napkinxl("cost", plans, "--json").out)
    free, pro = found["plans"]
    assert found["total"]["revenue_usd_per_month"] == 200 * 20
    assert free["gross_margin_share"] is None  # nothing is paid: no share of it
    assert free["given_usd_per_month"] == pytest.approx(-5000 * free["serving_usd_per_user_month"])
    assert pro["given_usd_per_month"] == pytest.approx(-free["given_usd_per_month"])
    assert pro["payment_fees_usd_per_user_month"] == pytest.approx(0.029 * 20 + 0.3)
    left = found["total"]["revenue_usd_per_month"] - found["total"]["cost_of_revenue_usd_per_month"] - 1000
    assert found["profit_usd_per_month"] == pytest.approx(left)


def test_alternatives_are_not_added_up(napkinxl: Command, tmp_path: Path) -> None:
    """Two contexts of one case are no two plans, unless a table gives each its users."""
    assert "All plans" not in napkinxl("cost").out
    assert "total" not in json.loads(napkinxl("cost", "--json").out)
    assert "all_plans" not in json.loads(napkinxl("compare", "--json").out)
    two = "name,gpu,model,context_tokens{0}\nA,H100 SXM,Qwen3-32B,8000{1}\nB,H200 SXM,Qwen3-32B,8000{1}\n"
    (tmp_path / "two.csv").write_text(two.format("", ""), encoding="utf-8")
    assert "total" not in json.loads(napkinxl("cost", "two.csv", "--json").out)
    (tmp_path / "plans.csv").write_text(two.format(",users", ",70"), encoding="utf-8")
    assert json.loads(napkinxl("cost", "plans.csv", "--json").out)["total"]["users"] == 140


def test_the_utilisation_shown_is_the_one_in_use(napkinxl: Command, plans: str) -> None:
    words = " ".join(napkinxl("cost", plans, "--utilization-share", "0.35").out.split())
    assert "│ share │ 35.0% │ 35.0% │" in words


def test_all_plans_on_one_fleet(napkinxl: Command, plans: str) -> None:
    """By way, what a user costs times the users; the cheapest stands in the first sentence."""
    found = json.loads(napkinxl("compare", plans, "--json").out)
    users = {"Free": 5000, "Pro": 200}
    for way, total in found["all_plans"].items():
        each = {row["scenario"]: row["usd_per_user_month"] for row in found["ways"] if row["name"] == way}
        assert total == pytest.approx(sum(users[name] * cost for name, cost in each.items()), nan_ok=True)
    cheapest = min((usd, way) for way, usd in found["all_plans"].items() if way != "spot")[1]
    assert napkinxl("compare", plans).out.startswith(f"All plans on one fleet: {cheapest} is cheapest at $")


def test_what_is_closer_than_the_error_is_said(napkinxl: Command, plans: str) -> None:
    """The calibrated preset errs by 23% on average: a bill at the API of 1.2 times that of GPUs is no verdict."""
    arguments = ("--only", "Pro", "--preset", "calibrated")
    ways = {row["name"]: row for row in json.loads(napkinxl("compare", plans, *arguments, "--json").out)["ways"]}
    gpus = min(ways[name]["usd_per_month"] for name in ("own", "rent", "reserved"))
    for times, said in ((1.2, True), (1.3, False)):
        factor = gpus * times / ways["API"]["usd_per_month"]
        prices = ("input", "cached_input", "output")
        dearer = [f"--times=api_{name}_usd_per_million_tokens={factor}" for name in prices]
        words = " ".join(napkinxl("compare", plans, *arguments, *dearer).out.split())
        assert ("differ by less than the mean error of the calibrated preset (23%)" in words) is said


def test_nobody_has_no_bill(napkinxl: Command) -> None:
    words = " ".join(napkinxl("compare", "--gpu", "H100 SXM", "--context-tokens", "8000", "--users", "0").out.split())
    assert "no users, so nothing to pay" in words
    assert "cheapest" not in words


@pytest.mark.slow
@pytest.mark.parametrize("command", ["cost", "compare", "report", "plan"])
def test_every_workbook_has_the_plan_of_all_tiers(napkinxl: Command, tmp_path: Path, command: str) -> None:
    """What `plan` prints stands on the sheet Monthly plan, whichever command wrote the workbook."""
    (tmp_path / "fleet.toml").write_text(PLANS + "[fleet]\nmonths = 3\nlead_months = 2\n", encoding="utf-8")
    wanted = json.loads(napkinxl("plan", "fleet.toml", "--json").out)["figures"]
    assert napkinxl(command, "fleet.toml", "-o", "book.xlsx").code == 0
    sheet = load_workbook(tmp_path / "book.xlsx", data_only=True)["Monthly plan"]
    found = {row[2].value: row[3].value for row in sheet.iter_rows(min_row=6, max_col=4)}
    for name in ("total_revenue_usd", "peak_funding_usd", "closing_cash_usd"):
        assert found[name] == pytest.approx(wanted[name]), name


@pytest.mark.slow
def test_tiers_share_a_fleet_without_a_section_for_it(napkinxl: Command, plans: str, tmp_path: Path) -> None:
    assert napkinxl("report", plans, "-o", "book.xlsx").code == 0
    assert napkinxl("report", "book.xlsx", "-o", "again.xlsx").code == 0
    for name in ("book.xlsx", "again.xlsx"):
        sheet = load_workbook(tmp_path / name, data_only=True)["Plan inputs"]
        (tiers,) = (row for row in sheet.iter_rows(values_only=True) if row[0] == "Tier")
        assert [cell for cell in tiers[3:] if cell] == ["Free", "Pro"]


def test_cost_says_it_in_a_sentence(napkinxl: Command, plans: str) -> None:
    words = " ".join(napkinxl("cost", plans).out.split())
    assert "Pro: a user costs $" in words
    assert "at $20.00 the gross margin is 9" in words
    assert "After fixed cost of 1,000:" in words
    assert "measured runs the napkin preset predicts" in words


def test_cost_of_what_does_not_fit_is_no_answer(napkinxl: Command) -> None:
    words = " ".join(
        napkinxl("cost", "--gpu", "L40S", "--model", "DeepSeek-V3", "--context-tokens", "1000").out.split()
    )
    assert "no answer; does not fit: the weights and one chat need" in words


def test_compare_prints_every_way(napkinxl: Command) -> None:
    arguments = ("--gpu", "H100", "--model", "Qwen3-32B", "--context-tokens", "8000", "--users", "10")
    outcome = napkinxl("compare", *arguments)
    words = " ".join(outcome.out.split())
    assert "for 10 users API is cheapest" in words  # a whole replica for ten users is dearer than their tokens
    assert all(f"│ {way} " in outcome.out for way in ("own", "rent", "reserved", "spot", "API"))
    assert "Owned H100 SXM elsewhere: 1.17 USD/h (SemiAnalysis, owned, hyperscaler, 2026-08-15)" in words
    rows = list(csv.DictReader(io.StringIO(napkinxl("compare", *arguments, "--csv").out)))
    assert [row["name"] for row in rows] == ["own", "rent", "reserved", "API", "spot"]
    assert rows[3]["usd_per_gpu_hour"] == ""


def test_an_api_by_name(napkinxl: Command) -> None:
    outcome = napkinxl("compare", "--api", "groq/llama-3.3-70b-versatile", "--context-tokens", "8000", "--json")
    (api, *_) = (way for way in json.loads(outcome.out)["ways"] if way["name"] == "API")
    # 1,155 tokens at 0.59 and 211 at 0.79 USD per million (GP14: 1.38 for a million of both).
    assert api["usd_per_million_tokens"] == pytest.approx((1155 * 0.59 + 211 * 0.79) / 1366)
    assert "warning: groq/llama-3.3-70b-versatile: no price for cached input is listed" in outcome.err


@pytest.mark.slow
@pytest.mark.parametrize("command", ["cost", "compare"])
@pytest.mark.parametrize("ending", ["csv", "json", "parquet", "xlsx"])
def test_files(napkinxl: Command, plans: str, tmp_path: Path, command: str, ending: str) -> None:
    assert napkinxl(command, plans, "-o", f"out.{ending}").code == 0
    path = tmp_path / f"out.{ending}"
    if ending == "xlsx":
        title = {"cost": "Price tiers", "compare": "Own, rent or API"}[command]
        assert title in load_workbook(path).sheetnames
    elif ending == "parquet":
        assert len(pandas.read_parquet(path)) == {"cost": 2, "compare": 10}[command]
    else:
        assert "Pro" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["cost", "compare", "plan"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--json", "--csv"), "choose one of --json, --csv and --output"),
        (
            ("-o", "out.doc"),
            "the name of the output must end in .csv, .parquet, .json, .xlsx, .pdf, .html or .md, got 'out.doc'",
        ),
        (("--users", "-1"), "users must be at least 0, got -1"),
        (("--api", "opnai/gpt-5"), "did you mean"),
        (("--horizon-months", "48"), "horizon_months must be at most useful_life_months"),
        (("--service-level-probability", "1"), "service_level_probability must be in [0.9, 0.999999], got 1"),
    ],
)
def test_bad_input_is_one_line(
    napkinxl: Command, tmp_path: Path, command: str, arguments: tuple[str, ...], message: str
) -> None:
    outcome = napkinxl(command, *arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("out*"))


def test_apis(napkinxl: Command) -> None:
    assert "openai/gpt-5" in napkinxl("apis", "gpt-5").out.split()
    found = json.loads(napkinxl("apis", "anthropic/claude-sonnet-4-5", "--at", "2026-01-01", "--json").out)
    assert (found["input_usd_per_million_tokens"], found["output_usd_per_million_tokens"]) == (3, 15)  # GP06
    long = ("apis", "anthropic/claude-sonnet-4-5", "--at", "2026-01-01", "--prompt-tokens", "200001", "--json")
    assert json.loads(napkinxl(*long).out)["input_usd_per_million_tokens"] == 6  # GP07
    assert napkinxl("apis", "openai/gpt-5", "--at", "soon").code == 2
    assert "there is no API" in napkinxl("apis", "no-such-thing").err


def test_plans_share_a_fleet(napkinxl: Command, plans: str) -> None:
    """The API's bills of both plans, added: no replica comes in."""
    ways = json.loads(napkinxl("compare", plans, "--json").out)["ways"]
    bill = sum(row["usd_per_month"] for row in ways if row["name"] == "API")
    words = napkinxl("compare", plans).out.partition("All plans on one fleet  ")[2]
    assert f"{bill:,.2f}" in words


def test_only_and_times(napkinxl: Command, plans: str) -> None:
    """Twice the requests are twice the price at the API; the other plan is left out."""
    rows = json.loads(napkinxl("compare", plans, "--only", "Pro", "--json").out)["ways"]
    more = json.loads(napkinxl("compare", plans, "--only", "Pro", "--times", "requests_per_user_month=2", "--json").out)
    assert {row["scenario"] for row in rows} == {"Pro"}
    once, twice = ({row["name"]: row["usd_per_user_month"] for row in found} for found in (rows, more["ways"]))
    assert twice["API"] == pytest.approx(2 * once["API"])
    assert twice["rent"] > once["rent"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--only", "Por"), "there is no scenario 'Por'; did you mean Pro?"),
        (("--times", "users"), "--times must be written INPUT=FACTOR, as requests_per_user_month=2, got 'users'"),
        (("--times", "users=nan"), "--times must be written INPUT=FACTOR"),
        (("--times", "usres=2"), "there is no input 'usres'; did you mean users"),
        (("--times", "duty_cycle=9"), "duty_cycle must be in (0, 1], got 1.8"),
    ],
)
def test_wrong_selections(napkinxl: Command, plans: str, arguments: tuple[str, ...], message: str) -> None:
    outcome = napkinxl("cost", plans, *arguments)
    assert outcome.code == 2
    assert message in outcome.err
