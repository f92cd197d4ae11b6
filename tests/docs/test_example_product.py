"""The example product runs from its plans to its fleet, and its figures are those that a pencil gives."""

from __future__ import annotations

import json
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from docs.pages import ROOT, commands
from napkinxl_cli.app import cli
from support.engines import differences, libreoffice_values, stored_values
from support.libreoffice import needs_libreoffice

FILE = ROOT / "examples" / "chat_plans.toml"
SCRIPT = ROOT / "examples" / "heron.py"
SHEETS = {"Price tiers", "Own, rent or API", "Monthly plan", "Plan inputs"}
PEN = 1e-9  # sums and products on paper are exact; this is floating point


def product() -> dict[str, Any]:
    """The file as it is written, read without any of our code."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def answer(*arguments: str) -> Any:
    result = CliRunner().invoke(cli, [*arguments, "--json"], standalone_mode=False)
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


def run_script(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", [str(SCRIPT), *arguments])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    return capsys.readouterr().out


def test_every_command_of_the_topic_is_on_the_page() -> None:
    """tests/docs/test_samples.py runs them all; none may be dropped from the page unseen."""
    shown = [line[1] for line in commands()["docs/economics.md"]]
    assert {"cost", "compare", "apis", "sweep", "plan", "explain"} <= set(shown)


def test_revenue_is_users_times_price() -> None:
    tiers = product()["tier"]
    data = answer("cost", str(FILE))
    for tier, plan in zip(tiers, data["plans"], strict=True):
        assert plan["name"] == tier["name"]
        assert plan["revenue_usd_per_month"] == tier["users"] * tier["price_usd_per_user_month"]
    assert data["total"]["revenue_usd_per_month"] == 20_000 * 18 + 6_000 * 30 + 500 * 250 == 665_000
    assert data["total"]["users"] == sum(tier["users"] for tier in tiers) == 326_500


def test_contribution_is_price_less_serving_fees_and_support() -> None:
    """Fees on paper: 2.9% of 18 and 0.30 is 0.822 for Pro; a plan without a price has none."""
    plans = {plan["name"]: plan for plan in answer("cost", str(FILE))["plans"]}
    for name, fee, support, price in (
        ("Free", 0, 0, 0),
        ("Pro", 0.822, 0.6, 18),
        ("Team", 1.17, 2, 30),
        ("Agents", 7.55, 5, 250),
    ):
        plan = plans[name]
        assert plan["payment_fees_usd_per_user_month"] == pytest.approx(fee, rel=PEN)
        cost = plan["serving_usd_per_user_month"] + fee + support
        assert plan["contribution_usd_per_month"] == pytest.approx((price - cost) * plan["users"], rel=PEN)
        serving = plan["serving_usd_per_user_month"]
        assert plan["target_price_usd_per_user_month"] == pytest.approx((serving + support + 0.3) / 0.271, rel=PEN)


def test_what_is_given_is_what_is_taken() -> None:
    data = answer("cost", str(FILE))
    given = [plan["given_usd_per_month"] for plan in data["plans"]]
    assert given[0] < 0 < min(given[1:])
    assert sum(given) == pytest.approx(0, abs=1e-6)
    left = sum(plan["contribution_usd_per_month"] for plan in data["plans"])
    assert data["profit_usd_per_month"] == pytest.approx(left - 600_000, rel=PEN)


def test_api_bill_is_tokens_times_the_prices_listed() -> None:
    """Pro: 350 requests of 2,500 input tokens, 30% of them cached, and 1,100 output tokens."""
    price = answer("apis", product()["api"]["name"])
    fresh, cached, output = (price[f"{kind}_usd_per_million_tokens"] for kind in ("input", "cached_input", "output"))
    ways = {(way["scenario"], way["name"]): way for way in answer("compare", str(FILE))["ways"]}
    user = 350 * (2_500 * (0.7 * fresh + 0.3 * cached) + 1_100 * output) / 1e6
    assert ways["Pro", "API"]["usd_per_user_month"] == pytest.approx(user, rel=PEN)
    assert ways["Pro", "API"]["usd_per_month"] == pytest.approx(20_000 * user, rel=PEN)
    assert ways["Free", "API"]["serving_margin_share"] is None  # a price of 0 has no margin


def test_first_month_of_the_fleet() -> None:
    """On paper: Pro has 20,000 users, wins 8% and loses 4%; servers ordered now come after the lead time."""
    data = answer("plan", str(FILE))
    pro = data["tiers"][1]["rows"]
    assert pro["tier_new_users"][0] == pytest.approx(1_600, rel=PEN)
    assert pro["tier_churned_users"][0] == pytest.approx(800, rel=PEN)
    assert pro["tier_users"][0] == pytest.approx(20_800, rel=PEN)
    rows = data["rows"]
    assert data["months"] == len(rows["gpus"]) == 36
    assert rows["owned_servers"][:4] == [0, 0, 0, 0]
    assert rows["gpus"][0] == rows["rented_gpus"][0]
    assert rows["gpus"][0] % 8 == 0
    users = [tier["rows"]["tier_users"][0] for tier in data["tiers"]]
    assert users == pytest.approx([309_000, 20_800, 6_300, 535], rel=PEN)
    cash = [sum(rows["cash_flow_usd"][: month + 1]) for month in range(36)]
    assert rows["cumulative_cash_usd"] == pytest.approx(cash, rel=1e-6)
    assert data["figures"]["peak_funding_usd"] == pytest.approx(-min(cash), rel=1e-6)


def test_the_script_tells_the_whole_story(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run_script(monkeypatch, capsys).splitlines()
    assert 8 <= len(lines) <= 14
    assert any("All plans: 326,500 users bring 665,000 USD" in line for line in lines)
    planned, doubled = (next(line for line in lines if line.startswith(words)) for words in ("As planned", "If every"))
    assert gpus(planned) < gpus(doubled) <= 2 * gpus(planned) + 8


def gpus(line: str) -> int:
    """The GPUs of the last month that a line of the script tells."""
    return int(line.partition(" GPUs in month 1, ")[2].split()[0])


@pytest.mark.slow
def test_the_workbook_follows_in_libreoffice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    needs_libreoffice()
    path = tmp_path / "heron.xlsx"
    run_script(monkeypatch, capsys, str(path))
    assert set(load_workbook(path, read_only=True).sheetnames) >= SHEETS
    stored = stored_values(path)
    assert {title for title, _ in stored} >= SHEETS
    assert differences(stored, libreoffice_values(path, tmp_path / "out")) == []
