"""Beneath the answers: each scenario's warnings once, whose rents they take, and rents that do not compare."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support.command_line import Command

SCENARIOS = """name,gpu,model,context_tokens,rent_usd_per_gpu_hour
One,H100,Qwen3-32B,200000,
Two,H100,Qwen3-32B,300000,
Two,H100,Qwen3-32B,300000,
Own,L40S,Qwen3-8B,8000,1
"""
FORMS = ["estimate", pytest.param("report", marks=pytest.mark.slow)]


@pytest.fixture(params=FORMS)
def command(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    (tmp_path / "s.csv").write_text(SCENARIOS)
    return str(request.param)


def test_warnings_name_the_scenario_and_come_once(napkinxl: Command, command: str) -> None:
    longest = "is over the model's longest context of 40,960 tokens"
    lines = [line for line in napkinxl(command, "s.csv").err.splitlines() if longest in line]
    assert lines == [
        f"warning: One: context_tokens 200,000 {longest}",
        f"warning: Two: context_tokens 300,000 {longest}",
    ]


def test_rents_of_the_catalog_say_whose_they_are(napkinxl: Command, command: str) -> None:
    """Once per GPU; a rent of the scenario's own needs no source."""
    lines = napkinxl(command, "s.csv").out.splitlines()
    assert [line for line in lines if line.startswith("Rent of")] == [
        "Rent of H100 SXM: 2.95 USD/h (nebius, on-demand list, 2026)"
    ]


def test_rents_on_one_kind_of_terms_need_no_warning(napkinxl: Command, command: str, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("gpu,context_tokens\nH100,1000\nH200,1000\n")
    outcome = napkinxl(command, "s.csv")
    assert outcome.out.count("Rent of") == 2
    assert "terms" not in outcome.err


@pytest.mark.slow
def test_rents_on_different_terms_are_a_warning(napkinxl: Command, command: str, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("gpu,context_tokens\nH100,1000\nL4,1000\nMI300X,1000\nB200 announced,1000\n")
    lines = [line for line in napkinxl(command, "s.csv").err.splitlines() if "terms" in line]
    assert lines == [
        "warning: rents on different terms are compared (on-demand list: H100 SXM, L4; rental market: MI300X; "
        "assumption: B200 announced): give rent_usd_per_gpu_hour for a like-for-like comparison"
    ]


def test_a_rent_in_the_gpus_own_row(napkinxl: Command, command: str, tmp_path: Path) -> None:
    """It is a quote of the team's, not the market's."""
    gpus = "gpu,memory_gb,memory_bandwidth_tb_s,bf16_tflops,rent_usd_per_gpu_hour\nMine,100,3,900,2.5\n"
    (tmp_path / "own.csv").write_text(gpus)
    (tmp_path / "s.csv").write_text("gpu,model,context_tokens\nMine,Qwen3-8B,1000\nH100,Qwen3-8B,1000\n")
    outcome = napkinxl(command, "s.csv", "--catalog", "own.csv")
    assert "Rent of Mine: 2.50 USD/h (your catalog's own row)" in outcome.out
    assert "terms are compared (own: Mine; on-demand list: H100 SXM)" in outcome.err


def test_fields_of_a_gpu_say_whose_rent_only_where_it_is_a_price(napkinxl: Command, tmp_path: Path) -> None:
    """A GPU whose own row gives the rent has prices too; they are not where its rent comes from."""
    gpus = "gpu,memory_gb,memory_bandwidth_tb_s,bf16_tflops,rent_usd_per_gpu_hour\nMine,100,3,900,2.5\n"
    prices = "provider,gpu,usd_per_gpu_hour,term,date\nMarket,Mine,9,rental market,2026-01-02\n"
    (tmp_path / "own.csv").write_text(gpus)
    (tmp_path / "prices.csv").write_text(prices)
    more = ("--catalog", "own.csv", "--catalog", "prices.csv")
    [mine] = json.loads(napkinxl("gpus", "Mine", "--json", *more).out)
    assert (mine["rent_usd_per_gpu_hour"], mine["reference_rent_from"]) == (2.5, None)
    [h100] = json.loads(napkinxl("gpus", "H100", "--json", *more).out)
    assert h100["reference_rent_from"] == "nebius, on-demand list, 2026"
    rows = list(csv.DictReader(io.StringIO(napkinxl("gpus", "--csv", *more).out)))
    assert {row["reference_rent_from"] for row in rows if row["name"] == "Mine"} == {""}
