"""Each command does its job: tables that fit 80 columns, JSON, CSV, files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest

from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_cli.app import COMMANDS, cli
from support.command_line import Command, run_process

GROUP = click.Context(cli)
COMMANDS_HELP = {name: getattr(cli.get_command(GROUP, name), "help", "") for name in COMMANDS}


def test_the_main_job_as_a_process(tmp_path: Path) -> None:
    outcome = run_process(tmp_path, "report")
    assert outcome.code == 0
    assert (tmp_path / "napkinxl-report.xlsx").read_bytes()[:2] == b"PK"
    words = " ".join(outcome.out.split())
    # The article's case: 6 chats fit, 30 users at 20% duty, 72 USD a month.
    assert "or 30.0 seats in constant use" in words
    assert "6 chats of 200,000 tokens at once on 1 x B200 announced" in words
    assert "measured runs the napkin preset predicts" in words
    assert "Wrote napkinxl-report.xlsx" in words


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples_whole_and_its_own_options_first(napkinxl: Command, command: str) -> None:
    lines = [line.strip() for line in napkinxl(command, "--help").out.splitlines()]
    text = COMMANDS_HELP[command]
    examples = text.partition("Examples:\n\n\b\n")[2].splitlines()
    assert examples
    assert [line for line in examples if line.strip() not in lines] == []
    panels = [line for line in lines if line.startswith("╭─ ")]
    assert panels[0].startswith("╭─ Options ")
    assert [name for name in ("report", "cost", "compare", "plan") if f"napkinxl {name}" not in napkinxl().out] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(napkinxl: Command, command: str) -> None:
    outcome = napkinxl(command, "--help")
    assert outcome.code == 0
    assert f"napkinxl {command}" in outcome.out.split("Options")[0]
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_help_lists_every_command(napkinxl: Command) -> None:
    assert all(command in napkinxl("--help").out for command in COMMANDS)
    assert napkinxl().code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_help_lists_a_command_by_its_own_first_sentence(command: str) -> None:
    assert COMMANDS[command][2] == " ".join(COMMANDS_HELP[command].partition("\n\n")[0].split())


def test_every_input_is_an_option(napkinxl: Command) -> None:
    text = napkinxl("estimate", "--help").out.replace("\n", "")
    assert [name for name in INPUTS if "--" + name.replace("_", "-")[:20] not in text] == []


TABLES = [
    ("estimate",),
    ("estimate", "--all"),
    ("estimate", "--gpu", "H100", "--model", "Qwen3-32B"),
    ("audit",),
    ("gpus",),
    ("models",),
    ("prices",),
    ("gpus", "H100"),
    ("models", "Qwen3-32B"),
]


@pytest.mark.parametrize("arguments", TABLES, ids=" ".join)
def test_tables_fit_eighty_columns(napkinxl: Command, arguments: tuple[str, ...]) -> None:
    outcome = napkinxl(*arguments)
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "…" not in outcome.out


def test_estimate_json_has_every_input_and_quantity(napkinxl: Command) -> None:
    found = json.loads(napkinxl("estimate", "--json").out)
    assert [item["scenario"]["name"] for item in found] == ["Advertised context", "Typical context"]
    assert list(found[0]["inputs"]) == list(INPUTS)
    assert list(found[0]["quantities"]) == list(QUANTITIES)
    assert found[0]["quantities"]["kv_cache_gb"] == pytest.approx(26.2144)
    assert found[0]["quantities"]["fitting_sequences"] == 6


def test_json_says_null_where_there_is_no_answer(napkinxl: Command) -> None:
    found = json.loads(napkinxl("estimate", "--gpu", "H100", "--model", "Llama-3.1-405B", "--json").out)
    assert found[0]["quantities"]["step_ms"] is None
    assert "does not fit" in found[0]["fit"]


def test_csv_is_one_scenario_a_row(napkinxl: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(napkinxl("estimate", "--csv").out)))
    assert [row["name"] for row in rows] == ["Advertised context", "Typical context"]
    assert float(rows[0]["kv_cache_gb"]) == pytest.approx(26.2144)
    assert rows[0]["bottleneck"] == "bandwidth"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_csv_defuses_formulas(napkinxl: Command, name: str) -> None:
    text = napkinxl("estimate", "--name", name, "--context-tokens", "1000", "--csv").out
    assert [row["name"] for row in csv.DictReader(io.StringIO(text))] == ["'" + name]


def test_csv_blanks_where_there_is_no_answer(napkinxl: Command) -> None:
    text = napkinxl("estimate", "--gpu", "H100", "--model", "Llama-3.1-405B", "--csv").out
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["step_ms"] == ""
    assert row["bottleneck"] == "capacity"


def test_output_goes_to_a_file(napkinxl: Command, tmp_path: Path) -> None:
    assert napkinxl("estimate", "--json", "-o", "out.json").out == ""
    assert len(json.loads((tmp_path / "out.json").read_text())) == 2


def test_options_change_every_scenario_of_a_file(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("name,context_tokens\nOne,4000\nTwo,8000\n")
    found = json.loads(napkinxl("estimate", "s.csv", "--duty-cycle", "0.5", "--json").out)
    assert [(item["inputs"]["context_tokens"], item["inputs"]["duty_cycle"]) for item in found] == [
        (4000, 0.5),
        (8000, 0.5),
    ]


def test_a_misfit_is_an_answer(napkinxl: Command) -> None:
    outcome = napkinxl("estimate", "--gpu", "H100", "--model", "Llama-3.1-405B", "--context-tokens", "20000")
    words = " ".join(outcome.out.split())
    assert outcome.code == 0
    # 405.85e9 weights in 8 bits and 20,000 x 258,048 bytes of KV cache.
    assert "does not fit on 1 x H100 SXM. The weights and one chat of 20,000 tokens need 411.0 GB" in words
    # Five would hold it (427 GB), but 128 heads spread over 8.
    assert "it would fit with 8 GPUs per replica" in words.lower().replace("gpus", "GPUs")


def test_a_context_over_the_models_limit_is_a_warning(napkinxl: Command) -> None:
    outcome = napkinxl("estimate", "--model", "Qwen3-32B", "--context-tokens", "200000")
    assert outcome.code == 0
    assert "over the model's longest context of 40,960 tokens" in outcome.err


def test_explain_shows_names_numbers_and_source(napkinxl: Command) -> None:
    text = napkinxl("explain", "KV_CACHE_GB").out
    words = " ".join(text.split())
    assert "kv_cache_gb = (kv_elements_per_token × context_tokens" in words
    assert "(131,072 × 200,000 + 0 × 0) × 8 / 8 / 1e9 + 0" in words
    assert "= 26.2144 GB" in words
    assert "Source:" in words


@pytest.mark.parametrize("name", ["gross_profit_usd", "npv_usd"])
def test_explain_says_where_a_row_of_the_plan_is_explained(napkinxl: Command, name: str) -> None:
    found = napkinxl("explain", name)
    assert found.code == 2
    assert f"{name} belongs to a plan by month: napkinxl plan works it out" in " ".join(found.err.split())


def test_explain_takes_inputs_too(napkinxl: Command) -> None:
    assert "(catalog: B200 announced)" in napkinxl("explain", "memory_gb").out


def test_audit_counts_and_filters(napkinxl: Command) -> None:
    found = json.loads(napkinxl("audit", "--json").out)
    slips = json.loads(napkinxl("audit", "--slips", "--json").out)
    assert len(found) == 41
    assert 0 < len(slips) < len(found)
    assert {item["verdict"] for item in slips} == {"slip"}


def test_prices_of_one_gpu(napkinxl: Command) -> None:
    found = json.loads(napkinxl("prices", "h100", "--json").out)
    assert {item["gpu"] for item in found} == {"H100 SXM"}
    assert all(item["date"] and item["source"] for item in found)


def test_own_catalog_and_imported_model(napkinxl: Command, tmp_path: Path) -> None:
    configs = json.loads((Path(__file__).parents[1] / "catalog" / "configs" / "models.json").read_text())
    name = "Qwen/Qwen3-8B"
    (tmp_path / "config.json").write_text(json.dumps(configs[name]))
    assert napkinxl("models", "my-org/mine", "--import", "config.json", "-o", "own.csv").code == 0
    arguments = ("--context-tokens", "4000", "--json")
    mine = json.loads(napkinxl("estimate", "--catalog", "own.csv", "--model", "my-org/mine", *arguments).out)
    theirs = json.loads(napkinxl("estimate", "--model", name, *arguments).out)
    assert mine[0]["quantities"]["kv_cache_gb"] == theirs[0]["quantities"]["kv_cache_gb"]
    assert mine[0]["quantities"]["weights_gb"] == pytest.approx(theirs[0]["quantities"]["weights_gb"], rel=1e-5)


SOURCES = [
    (("bandwidth_efficiency", "--preset", "calibrated"), "fitted to serving runs"),
    (("duty_cycle", "--duty-cycle", "0.35"), "the scenario's own"),
    (("duty_cycle",), "article on napkin maths"),
    (("memory_gb", "--gpu", "H200"), "checked 2026-11-21"),
    (("rent_usd_per_gpu_hour", "--gpu", "H200"), "skypilot-catalog"),
]


@pytest.mark.parametrize(("arguments", "source"), SOURCES)
def test_explain_gives_the_source_of_the_value_in_use(
    napkinxl: Command, arguments: tuple[str, ...], source: str
) -> None:
    words = " ".join(napkinxl("explain", *arguments).out.split())
    assert source in words.split("Source: ")[1]


def test_explain_says_why_there_is_no_answer(napkinxl: Command) -> None:
    words = " ".join(napkinxl("explain", "owned_usd_per_seat_month", "--gpu", "MI300X").out.split())
    assert "gpu_price_usd is not known" in words


def test_scenarios_from_excel_in_europe(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("name;context_tokens;gpu\nEins;4000;H100\n", encoding="utf-8-sig")
    found = json.loads(napkinxl("estimate", "s.csv", "--json").out)
    assert (found[0]["scenario"]["name"], found[0]["inputs"]["context_tokens"]) == ("Eins", 4000)


@pytest.mark.slow
def test_a_report_that_is_given_back_says_what_is_read(napkinxl: Command) -> None:
    assert napkinxl("report", "-o", "old.xlsx").code == 0
    outcome = napkinxl("report", "old.xlsx", "-o", "new.xlsx")
    assert outcome.code == 0
    assert "its blue cells are read" in outcome.err
