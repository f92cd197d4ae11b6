"""The command `sweep`: its modes, outputs and refusals."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas
import pytest

from support.command_line import Command, run_process

CAPEX, SERVING = "capex_usd_per_seat_month", "serving_usd_per_user_month"
BUY = ("--result", CAPEX)
# The article's case: 40,000 USD over 36 months and 30 users; 720 h of rent per user cost 24 times the rent.
IN_USE, OF_RENT = 40_000 / 1080, 24


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_tornado_is_the_default(napkinxl: Command) -> None:
    assert {row["result"] for row in rows(napkinxl("sweep", "--csv").out)} == {SERVING}
    plain, named = napkinxl("sweep", *BUY, "--csv"), napkinxl("sweep", *BUY, "--csv", "--tornado")
    assert plain.code == 0
    assert plain.out == named.out
    found = {(row["scenario"], row["input"]): row for row in rows(plain.out)}
    price = found["Advertised context", "gpu_price_usd"]
    assert (price["result"], price["unit"], price["input_unit"]) == (CAPEX, "USD/month", "USD")
    assert float(price["result_at_low"]) == pytest.approx(0.8 * IN_USE)
    assert float(price["result_in_use"]) == pytest.approx(IN_USE)
    assert float(price["swing"]) == pytest.approx(0.4 * IN_USE)
    assert ("Typical context", "gpu_price_usd") in found


def test_what_a_share_does_not_fit_is_left_out_and_said(napkinxl: Command) -> None:
    arguments = ("sweep", "--context-tokens", "20000")
    moved = {row["input"] for row in rows(napkinxl(*arguments, "--csv").out)}
    assert "rent_usd_per_gpu_hour" in moved
    assert not {"service_level_probability", "weight_bits", "kv_bits", "gpus_per_replica"} & moved
    words = " ".join(napkinxl(*arguments).out.split())
    assert "Not moved, as a change of 20% does not suit counts" in words
    assert "service_level_probability, replicas_per_pool" in words
    named = napkinxl(*arguments, "--vary", "weight_bits=4,8", "--csv")
    assert [row["input"] for row in rows(named.out)] == ["weight_bits"]
    assert "Left out" not in napkinxl(*arguments, "--vary", "weight_bits=4,8").out


def test_a_tornado_of_ones_own_ranges(napkinxl: Command) -> None:
    found = rows(napkinxl("sweep", *BUY, "--vary", "gpu_price_usd=20000:60000", "--csv").out)
    assert [row["input"] for row in found] == ["gpu_price_usd"] * 2
    assert float(found[0]["swing"]) == pytest.approx(IN_USE)


def test_a_grid(napkinxl: Command) -> None:
    arguments = [
        "--grid",
        "gpu_price_usd=20000:40000:3",
        "--grid",
        "useful-life-months=36,72",
        "--context-tokens",
        "200000",
    ]
    found = rows(napkinxl("sweep", *BUY, *arguments, "--csv").out)
    assert list(found[0]) == ["scenario", "gpu_price_usd", "useful_life_months", CAPEX]
    assert [(float(row["gpu_price_usd"]), float(row["useful_life_months"])) for row in found] == [
        (price, months) for price in (20_000, 30_000, 40_000) for months in (36, 72)
    ]
    for row in found:
        assert float(row[CAPEX]) == pytest.approx(float(row["gpu_price_usd"]) / 30 / float(row["useful_life_months"]))


def test_draws(napkinxl: Command) -> None:
    result = "rent_usd_per_seat_month"
    arguments = ["--draws", "40000", "--vary", "rent_usd_per_gpu_hour=1:5", "--result", result, "--seed", "4"]
    bounds = ["--above", f"{result}=96", "--below", f"{result}=36"]
    outcome = napkinxl("sweep", *arguments, *bounds, "--context-tokens", "200000", "--json")
    found = json.loads(outcome.out)[0]
    assert (found["draws"], found["seed"], found["no_answer_share"]) == (40_000, 4, 0)
    assert found["mean"] == pytest.approx(3 * OF_RENT, rel=0.02)
    assert found["percentile_5"] == pytest.approx(1.2 * OF_RENT, rel=0.02)
    assert found["share_above_96"] == pytest.approx(0.25, abs=0.02)
    assert found["share_below_36"] == pytest.approx(0.125, abs=0.02)
    assert napkinxl("sweep", *arguments, *bounds, "--context-tokens", "200000", "--json").out == outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--gpu", "H100", "--model", "gpt-oss-120b"),
        ("--result", "tokens_per_s", "--result", "fitting_sequences"),
        ("--grid", "context_tokens=4000:400000:9", "--grid", "max_sequences_per_replica=1:1000000:13"),
        ("--grid", "parallel_layer_overhead_us=1,2"),
        (
            "--draws",
            "1000",
            "--vary",
            "context_tokens=4000:20000:400000",
            "--vary",
            "max_sequences_per_replica=1,2",
            "--above",
            f"{SERVING}=2.5",
        ),
    ],
    ids=" ".join,
)
def test_tables_fit_eighty_columns(napkinxl: Command, arguments: tuple[str, ...]) -> None:
    outcome = napkinxl("sweep", *arguments)
    assert outcome.code == 0
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "…" not in outcome.out


def test_a_lost_answer_is_said(napkinxl: Command) -> None:
    words = " ".join(
        napkinxl(
            "sweep", "--total-params-b", "160", "--context-tokens", "200000", "--vary", "memory_gb=150:250"
        ).out.split()
    )
    assert "memory_gb: no answer at the low end." in words


@pytest.mark.parametrize(
    "mode",
    [
        ("--tornado",),
        ("--grid", "duty_cycle=0.1,0.2"),
        ("--draws", "100", "--vary", "duty_cycle=0.1:0.2"),
        ("--draws", "100", "--vary", "duty_cycle=0.1:0.2", "--each-draw"),
    ],
    ids=lambda mode: mode[-1],
)
def test_files_hold_the_same_rows(napkinxl: Command, tmp_path: Path, mode: tuple[str, ...]) -> None:
    for suffix in ("csv", "json", "parquet"):
        outcome = napkinxl("sweep", *mode, "-o", f"out.{suffix}")
        assert (outcome.code, outcome.out, outcome.err.split()) == (0, "", ["Wrote", f"out.{suffix}"])
    parquet = pandas.read_parquet(tmp_path / "out.parquet")
    from_csv = rows((tmp_path / "out.csv").read_text(encoding="utf-8"))
    from_json = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(parquet.columns) == list(from_csv[0]) == list(from_json[0])
    for name in parquet.columns:
        values = parquet[name].tolist()
        kind = float if isinstance(values[0], float) else type(values[0])
        assert [row[name] for row in from_json] == values
        assert [kind(row[name]) for row in from_csv] == values


def test_each_draw_is_a_row(napkinxl: Command, tmp_path: Path) -> None:
    napkinxl("sweep", *BUY, "--draws", "50", "--vary", "gpu_price_usd=20000:60000", "--each-draw", "-o", "d.parquet")
    frame = pandas.read_parquet(tmp_path / "d.parquet")
    assert frame["scenario"].value_counts().to_dict() == {"Advertised context": 50, "Typical context": 50}
    first = frame[frame["scenario"] == "Advertised context"]
    assert (first[CAPEX] / first["gpu_price_usd"]).tolist() == pytest.approx([1 / 1080] * 50)


def test_the_section_of_a_file(napkinxl: Command, tmp_path: Path) -> None:
    text = "context_tokens = 200000\n[vary.gpu_price_usd]\nlow = 20000\nhigh = 60000\n"
    (tmp_path / "own.toml").write_text(text)
    assert {row["input"] for row in rows(napkinxl("sweep", "own.toml", "--csv").out)} == {"gpu_price_usd"}
    drawn = json.loads(napkinxl("sweep", "own.toml", *BUY, "--draws", "1000", "--json").out)
    assert 20_000 / 1080 <= drawn[0]["minimum"] < drawn[0]["maximum"] <= 60_000 / 1080
    assert "names some in [vary]" in napkinxl("sweep", "own.toml", "--change", "0.1").err
    replaced = rows(napkinxl("sweep", "own.toml", "--csv", "--vary", "gpu_price_usd=1:2").out)
    assert [float(row["high"]) for row in replaced] == [2]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("[vary]\ncontext_token = [1]", "did you mean context_tokens"),
        ("[vary.duty_cycle]\nlow = 0.1\nhihg = 0.2", "did you mean high"),
        ("[vary]\nduty_cycle = 3", "must be a list of values"),
        ("vary = 3", "[vary]"),
        ("[very]\nduty_cycle = [1]", "did you mean vary"),
    ],
)
def test_wrong_sections_are_refused(napkinxl: Command, tmp_path: Path, section: str, message: str) -> None:
    (tmp_path / "own.toml").write_text(f"context_tokens = 200000\n{section}\n")
    outcome = napkinxl("sweep", "own.toml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "own.toml" in outcome.err
    assert message in outcome.err


def test_a_cluster_gives_the_same(napkinxl: Command) -> None:
    distributed: Any = import_module("distributed")
    arguments = ["sweep", "--draws", "40000", "--vary", "context_tokens=4000:20000:400000", "--csv"]
    alone = napkinxl(*arguments).out
    place = {"processes": False, "protocol": "tcp", "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **place) as cluster:
        assert napkinxl(*arguments, "--dask", cluster.scheduler_address).out == alone


@pytest.mark.slow
def test_a_local_cluster_as_a_process(tmp_path: Path) -> None:
    arguments = ["sweep", "--draws", "40000", "--vary", "context_tokens=4000:20000:400000", "--csv"]
    alone, local = run_process(tmp_path, *arguments), run_process(tmp_path, *arguments, "--dask", "local")
    assert (local.code, local.out, local.err) == (0, alone.out, alone.err)


REFUSED: list[tuple[list[str], str]] = [
    (["--tornado", "--draws", "5"], "choose one of --tornado, --grid and --draws"),
    (["--json", "--csv"], "choose one of --json, --csv and --output"),
    (["--json", "-o", "x.json"], "choose one of --json, --csv and --output"),
    (["--seed", "1"], "--seed belongs to --draws"),
    (["--above", f"{SERVING}=1"], "--above belongs to --draws"),
    (["--each-draw"], "--each-draw belongs to --draws"),
    (["--draws", "5", "--vary", "duty_cycle=1", "--each-draw"], "add --output with a name in .csv, .parquet or .json"),
    (["--draws", "5", "--vary", "duty_cycle=1", "--each-draw", "-o", "x.xlsx"], "--each-draw writes a file"),
    (["--grid", "duty_cycle=0.1,1", "--vary", "duty_cycle=1"], "do not belong to --grid"),
    (["--change", "0.5", "--vary", "duty_cycle=0.1:1"], "--change belongs to a tornado without --vary"),
    (["--change", "7"], "change must be in (0, 1], got 7"),
    (["--dask", "local"], "--dask belongs to --draws and --grid"),
    (["--draws", "5"], "nothing varies"),
    (["--draws", "0", "--vary", "duty_cycle=1"], "draws must be a whole number"),
    (["--draws", "5", "--seed", "-1", "--vary", "duty_cycle=1"], "seed must be a whole number"),
    (["--draws", "x"], "--draws"),
    (["--draws", "5", "--vary", "duty_cyle=0.1:1"], "did you mean duty_cycle"),
    (["--draws", "5", "--vary", "duty_cycle=1", "--above", "step_ms=3"], f"must name one of the results ({SERVING})"),
    (["--draws", "5", "--vary", "duty_cycle=1", "--above", f"{SERVING}=x"], "--above must be written QUANTITY=NUMBER"),
    (["--draws", "5", "--vary", "duty_cycle=1", "--above", SERVING], "--above must be written QUANTITY=NUMBER"),
    (["--result", "owned_usd_per_user_mont"], "did you mean owned_usd_per_seat_month"),
    (["--result", "bottleneck"], "a result must be a number, got bottleneck"),
    (["--grid", "duty_cycle=0.1:1"], "low:high:count"),
    (["--grid", "duty_cycle=0.1,1"] * 2, "duty_cycle varies in two ways"),
    (["--grid", "context_tokens=1:1000:1000"], "400 tables are too many to print (20 at most)"),
    (["--output", "x.txt"], "must end in .csv, .parquet, .json, .xlsx, .pdf, .html or .md"),
    (["--kv-heads", "100"], "kv_heads must be at most query_heads"),
    (["none.toml"], "none.toml"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_refusals_are_one_line(napkinxl: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    outcome = napkinxl("sweep", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("napkinxl: ")
    assert outcome.err.count("\n") == 1
    assert message in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_nan_and_infinite_bounds_are_refused(napkinxl: Command) -> None:
    for number in ("nan", "inf"):
        outcome = napkinxl("sweep", "--draws", "5", "--vary", "duty_cycle=1", "--above", f"{SERVING}={number}")
        assert outcome.code == 2
        assert "--above must be written QUANTITY=NUMBER" in outcome.err
