"""A file of scenarios and options that change them: what is left of the file, and where an error is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from napkinxl import Scenario, estimate, read_scenarios
from napkinxl.catalog import built_in_catalog
from napkinxl.inputs import INPUTS
from support.command_line import Command

FULL = """
[gpu]
name = "H100 SXM"
memory_gb = 80
compute_tflops = 1000
[model]
name = "Qwen3-32B"
layers = 60
max_context_tokens = 1000
[use]
context_tokens = 20000
[money]
rent_usd_per_gpu_hour = 9
gpu_price_usd = 1
opex_usd_per_gpu_month = 5
"""


def inputs(napkinxl: Command, *arguments: str) -> dict[str, Any]:
    (found,) = json.loads(napkinxl("estimate", "full.toml", *arguments, "--json").out)
    values: dict[str, Any] = found["inputs"]
    return values


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "full.toml").write_text(FULL)
    (tmp_path / "bad.csv").write_text("duty_cycle,gpu\n1.5,H100\n0.5,H10\n")
    (tmp_path / "names.csv").write_text("gpu\nH100\nH10\n")
    (tmp_path / "cells.csv").write_text("duty_cycle\n0.5\noften\n")
    (tmp_path / "heads.csv").write_text("query_heads,kv_heads\n64,8\n8,64\n")
    (tmp_path / "one.csv").write_text("duty_cycle\n1.5\n")
    (tmp_path / "good.csv").write_text("duty_cycle\n0.5\n0.7\n")


def test_a_file_overrules_the_catalog(napkinxl: Command) -> None:
    found = inputs(napkinxl)
    assert (found["memory_gb"], found["layers"], found["rent_usd_per_gpu_hour"]) == (80, 60, 9)


def test_another_gpu_leaves_the_old_ones_numbers_behind(napkinxl: Command) -> None:
    found = inputs(napkinxl, "--gpu", "H200")
    h200 = built_in_catalog().values("gpus", "H200")
    assert {name: found[name] for name in h200} == h200
    assert found["compute_tflops"] == 1979  # FP8, dense: what the weights allow on an H200, no longer the file's 1000
    assert found["gpu_price_usd"] == pytest.approx(277_897.75 / 8, abs=0.005)  # Lenovo, a server of eight
    assert (found["layers"], found["context_tokens"], found["opex_usd_per_gpu_month"]) == (60, 20_000, 5)


def test_another_model_leaves_the_old_ones_numbers_behind(napkinxl: Command) -> None:
    found = inputs(napkinxl, "--model", "Llama-3.1-70B")
    llama = built_in_catalog().values("models", "Llama-3.1-70B")
    assert {name: found[name] for name in llama} == llama
    assert (found["memory_gb"], found["rent_usd_per_gpu_hour"]) == (80, 9)


def test_numbers_given_as_options_stay(napkinxl: Command) -> None:
    found = inputs(napkinxl, "--gpu", "H200", "--memory-gb", "140", "--model", "Llama-3.1-70B", "--layers", "70")
    assert (found["memory_gb"], found["layers"]) == (140, 70)
    assert found["rent_usd_per_gpu_hour"] != 9


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",)])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bad.csv",), "bad.csv, scenario 1: duty_cycle must be in (0, 1], got 1.5"),
        (("one.csv",), "one.csv, scenario 1: duty_cycle must be in (0, 1], got 1.5"),
        (("names.csv",), "names.csv, scenario 2: there is no gpu in the catalog called 'H10'; did you mean H100"),
        (("cells.csv",), "cells.csv, scenario 2: duty_cycle must be a number (in (0, 1]), got 'often'"),
        (("heads.csv",), "heads.csv, scenario 2: kv_heads must be at most query_heads (8), got 64"),
        # What is wrong with an option is no scenario's fault.
        (("good.csv", "--duty-cycle", "7"), "duty_cycle must be in (0, 1], got 7"),
        (("good.csv", "--gpu", "H10"), "there is no gpu in the catalog called 'H10'"),
        (("--model", "Qwen3-33B"), "there is no model in the catalog called 'Qwen3-33B'"),
        (("--preset", "calibrate"), "there is no preset 'calibrate'"),
    ],
)
def test_errors_say_where(napkinxl: Command, arguments: tuple[str, ...], message: str, form: tuple[str, ...]) -> None:
    outcome = napkinxl("estimate", *arguments, *form)
    assert outcome.code == 2
    assert outcome.err.startswith(f"napkinxl: {message}")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize("command", [("report",), ("explain", "kv_cache_gb")])
def test_the_other_commands_say_it_too(napkinxl: Command, command: tuple[str, ...]) -> None:
    assert napkinxl(*command, "bad.csv").err.startswith("napkinxl: bad.csv, scenario 1: duty_cycle")


def test_csv_has_what_the_rows_set(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("context_tokens,gpu,duty_cycle,model\n4000,h100,,qwen3-32b\n2_000,,0.25,\n")
    text = napkinxl("estimate", "s.csv", "--kv-bits", "16", "--csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0])[:7] == ["name", "gpu", "model", "preset", "context_tokens", "duty_cycle", "kv_bits"]
    assert not {*list(rows[0])[7:]} & {*INPUTS}
    assert [(row["gpu"], row["model"]) for row in rows] == [
        ("H100 SXM", "Qwen/Qwen3-32B"),
        ("B200 announced", "Article 32B"),
    ]
    assert [(row["context_tokens"], row["duty_cycle"], row["kv_bits"]) for row in rows] == [
        ("4000.0", "", "16.0"),
        ("2000.0", "0.25", "16.0"),
    ]


def test_a_sweep_is_read_back(napkinxl: Command, tmp_path: Path) -> None:
    """The columns before the quantities are a file of the same scenarios."""
    rows = [{"name": f"Case {tokens}", "gpu": "H200", "context_tokens": tokens} for tokens in (1000, 50_000)]
    (tmp_path / "s.json").write_text(json.dumps([*rows, {"duty_cycle": 1, "name": ""}, {"gpu": " ", "model": None}]))
    lines = list(csv.reader(io.StringIO(napkinxl("estimate", "s.json", "--csv").out)))
    (tmp_path / "again.csv").write_text("\n".join(",".join(line[:6]) for line in lines))
    assert lines[0][5:7] == ["duty_cycle", lines[0][6]]
    first = [estimate(scenario) for scenario in read_scenarios(tmp_path / "s.json")]
    second = [estimate(scenario) for scenario in read_scenarios(tmp_path / "again.csv")]
    assert [item.in_use for item in first] == [item.in_use for item in second]
    assert [item.scenario.gpu for item in second] == ["H200 SXM", "H200 SXM", "B200 announced", Scenario().gpu]


def test_prices_of_a_gpu_under_any_of_its_names(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("provider,gpu,usd_per_gpu_hour,term,date\nus,H100,1.25,own,2026-11\n")
    for name in ("h100", "H100 SXM"):
        found = json.loads(napkinxl("prices", name, "--catalog", "own.csv", "--json").out)
        assert "us" in {item["provider"] for item in found}
        assert "SemiAnalysis" in {item["provider"] for item in found}
    assert json.loads(napkinxl("prices", "h800", "--json").out)[0]["gpu"] == "H800"
    assert json.loads(napkinxl("prices", "A10G", "--json").out) == []
