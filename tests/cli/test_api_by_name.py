"""An API by name on the command line: the tier of the prompt, the day, and where the prices come from."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from napkinxl.inputs import INPUTS
from napkinxl_workbook.sheets.scenario_inputs import input_rows
from support.command_line import Command

SONNET = "anthropic/claude-sonnet-4-5"
LONG = f"""
name = "Long"
[api]
name = "{SONNET}"
day = 2026-11-22
[traffic]
input_tokens_per_request = 150000
"""
SOURCE = f"genai-prices 0.2.3: {SONNET}, 22 November 2026, prompts"


@pytest.fixture
def long(tmp_path: Path) -> str:
    (tmp_path / "long.toml").write_text(LONG, encoding="utf-8")
    return "long.toml"


def test_a_doubled_prompt_is_priced_as_one_of_that_length(napkinxl: Command, long: str) -> None:
    """GP07: 300,000 tokens are past the tier of 200,000: 6 and 22.50 USD, not 3 and 15."""
    times = ("--times", "input_tokens_per_request=2")
    twice = json.loads(napkinxl("compare", long, *times, "--json").out)
    typed = json.loads(napkinxl("compare", long, "--input-tokens-per-request", "300000", "--json").out)
    assert twice == typed
    (api,) = (way for way in twice["ways"] if way["name"] == "API")
    assert api["usd_per_million_tokens"] == pytest.approx((300_000 * 6 + 211 * 22.5) / 300_211)
    assert api["api_source"] == f"{SOURCE} over 200,000 tokens: 6 in, 0.6 cached, 22.5 out"
    words = " ".join(napkinxl("compare", long, *times).out.split())
    assert f"6 in, 22.5 out, USD/million tokens ({SOURCE} over 200,000 tokens: 6 in, 0.6 cached, 22.5 out)" in words


def test_a_discount_is_one_on_the_price_of_the_doubled_prompt(napkinxl: Command, long: str) -> None:
    factors = ("--times", "api_input_usd_per_million_tokens=0.5", "--times", "input_tokens_per_request=2")
    words = " ".join(napkinxl("compare", long, *factors).out.split())
    assert "3 in, 22.5 out, USD/million tokens" in words
    assert "3 in, 0.6 cached, 22.5 out; given: in)" in words


def test_rows_of_every_kind_name_the_source(napkinxl: Command, long: str) -> None:
    for command in ("cost", "compare"):
        rows = csv.DictReader(io.StringIO(napkinxl(command, long, "--csv").out))
        assert {row["api_source"] for row in rows} == {f"{SOURCE} up to 200,000 tokens: 3 in, 0.3 cached, 15 out"}
    plain = json.loads(napkinxl("cost", "--json").out)["plans"][0]["api_source"]
    assert plain == f"default: {INPUTS['api_input_usd_per_million_tokens'].source}"
    price = "--api-input-usd-per-million-tokens"
    own = json.loads(napkinxl("cost", price, "1", "--api-output-usd-per-million-tokens", "2", "--json").out)
    assert own["plans"][0]["api_source"] == "given"
    table = napkinxl("estimate", long, "--csv").out
    assert next(csv.DictReader(io.StringIO(table)))["api_source"].startswith(SOURCE)


@pytest.mark.slow
def test_a_report_keeps_the_source_until_a_price_is_changed(napkinxl: Command, long: str, tmp_path: Path) -> None:
    assert napkinxl("report", long, "-o", "r.xlsx").code == 0
    row = input_rows()["api_source"]
    sheet = load_workbook(tmp_path / "r.xlsx")["Inputs"]
    told = f"{SOURCE} up to 200,000 tokens: 3 in, 0.3 cached, 15 out"
    assert [sheet.cell(row, column).value for column in (1, 4)] == ["Source of the API prices", told]
    assert str(sheet.cell(input_rows()["useful_life_months"], 7).value).startswith("of the default: ")
    assert json.loads(napkinxl("compare", "r.xlsx", "--json").out)["ways"][-1]["api_source"] == told
    changed = napkinxl("compare", "r.xlsx", "--api-input-usd-per-million-tokens", "4", "--json").out
    assert json.loads(changed)["ways"][-1]["api_source"] == f"{told}; prices changed since"
    other = json.loads(napkinxl("compare", "r.xlsx", "--api", "openai/gpt-4o", "--json").out)
    assert "openai/gpt-4o" in other["ways"][-1]["api_source"]
    outcome = napkinxl("report", long, "--api-day", "2026-11-20", "-o", "r.xlsx", "--diff", "r.xlsx")
    before = f"Long, Source of the API prices: {told.replace('22 Nov', '20 Nov')}; before: {told}"
    assert before in outcome.out


def test_plans_that_buy_from_one_api_share_a_line(napkinxl: Command, tmp_path: Path) -> None:
    tiers = "".join(f"[[tier]]\nname = '{name}'\n" for name in ("A", "B"))
    more = f"[[tier]]\nname = 'C'\n[tier.api]\nname = '{SONNET}'\n"
    (tmp_path / "t.toml").write_text(tiers + more, encoding="utf-8")
    words = " ".join(napkinxl("compare", "t.toml").out.split())
    assert "API price of A, B: 0.29 in, 0.59 out, USD/million tokens (default: Groq, " in words
    assert "API price of C: 3 in, 15 out, USD/million tokens (genai-prices " in words


def test_a_plan_without_an_api_has_no_day(napkinxl: Command, tmp_path: Path) -> None:
    tiers = f"[[tier]]\nname = 'A'\n[tier.api]\nname = '{SONNET}'\n[[tier]]\nname = 'B'\n"
    (tmp_path / "t.toml").write_text(tiers, encoding="utf-8")
    ways = json.loads(napkinxl("compare", "t.toml", "--api-day", "2026-11-20", "--json").out)["ways"]
    sources = {way["scenario"]: way["api_source"] for way in ways}
    assert ", 20 November 2026, " in sources["A"]
    assert sources["B"].startswith("default: ")
    assert "api_day is the day of the prices of an API by name" in napkinxl("cost", "--api-day", "2026-11-20").err


def test_a_sweep_over_a_tier_is_told(napkinxl: Command, long: str) -> None:
    crossing = "goes from 100,000 to 300,000, and over 200,000 tokens all tokens of a request cost another price"
    grid = ("--grid", "input_tokens_per_request=100000:300000:3")
    vary = ("--vary", "input_tokens_per_request=100000:300000")
    bill = ("--result", "api_usd_per_user_month", "--csv")
    for study in (grid, vary, (*vary, "--draws", "10")):
        assert crossing in napkinxl("sweep", long, *study, *bill).err
    assert "goes from 90,000 to 210,000" in napkinxl("sweep", long, "--change", "0.4", *bill).err
    assert "goes from" not in napkinxl("sweep", long, *bill).err
    assert "goes from" not in napkinxl("sweep", long, *grid, "--csv").err  # serving costs do not ask the API


def test_warnings_of_a_named_api(napkinxl: Command, long: str) -> None:
    outcome = napkinxl("compare", long, "--cached-input-share", "0.8")
    assert "writing to the cache costs 3.75 USD per million tokens against 3 for fresh input" in outcome.err
    assert "3 in, 0.3 cached, 15 out, USD/million tokens" in " ".join(outcome.out.split())
    hourly = napkinxl("compare", "--api", "deepseek/deepseek-flash", "--api-day", "2026-11-22").err
    assert "the price changes with the hour: taken is the mean over the 24 hours of 2026-11-22 (UTC)" in hourly


@pytest.mark.parametrize(
    ("api", "message"),
    [
        (
            "name = 'opnai/gpt-5'",
            "bad.toml, scenario 1: there is no API model 'opnai/gpt-5'; did you mean openai/gpt-5",
        ),
        ("name = 'openai/text-embedding-3-small'", "has no price for output"),
        ("nme = 'openai/gpt-5'", "bad.toml: there is no field of the section [api] 'nme'; did you mean name?"),
        (f"name = '{SONNET}'\nday = 'soon'", "bad.toml, scenario 1: api_day must be a day as 2026-11-21, got 'soon'"),
    ],
)
def test_what_is_wrong_in_a_file_is_placed(napkinxl: Command, tmp_path: Path, api: str, message: str) -> None:
    (tmp_path / "bad.toml").write_text(f"[api]\n{api}\n", encoding="utf-8")
    outcome = napkinxl("compare", "bad.toml")
    assert outcome.code == 2
    assert message in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_apis_says_which_moment_and_what_a_scenario_takes(napkinxl: Command) -> None:
    """deepseek-flash: 0.30 from 1 to 4 UTC, 0.15 at noon; seven and seventeen hours of them are 0.19375."""
    for at, shown, usd in (("2026-11-22T02:00", "02:00 UTC", 0.3), ("2026-11-22T14:00+02:00", "12:00 UTC", 0.15)):
        outcome = napkinxl("apis", "deepseek/deepseek-flash", "--at", at)
        assert f"On 22 November 2026 at {shown}" in " ".join(outcome.out.split())
        assert f" {usd} " in outcome.out
        assert "a scenario takes the mean over the 24 hours of the day: 0.19375 in, 0.003875 cached" in outcome.err
    assert "mean" not in napkinxl("apis", "openai/gpt-5", "--at", "2026-11-22").err
