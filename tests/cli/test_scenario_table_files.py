"""`napkinxl estimate FILE -o table.xlsx`: a table as a file, by the ending of its name."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pandas
import pytest
from openpyxl import load_workbook

from napkinxl import Scenario, estimate
from napkinxl.formulas import HEADLINE, QUANTITIES
from support.command_line import Command

GIVEN = ["name", "gpu", "model", "preset", "context_tokens", "duty_cycle"]
ENDINGS = [".xlsx", ".parquet", ".csv", ".json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "s.csv").write_text("name,context_tokens,gpu,duty_cycle\n=One,4_000,h200,\nTwo,8000,,0.5\n")
    return tmp_path


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a table as another program reads them; what has no value is None."""
    if path.suffix == ".xlsx":
        names, _, *lines = load_workbook(path)["Scenarios"].iter_rows(values_only=True)
        return [dict(zip(map(str, names), line, strict=True)) for line in lines]
    if path.suffix == ".parquet":
        frame = pandas.read_parquet(path).astype(object)
        return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as stream:
            return list(csv.DictReader(stream))
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_says_which_kind(napkinxl: Command, folder: Path, ending: str) -> None:
    outcome = napkinxl("estimate", "s.csv", "-o", f"t{ending}")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"Wrote t{ending}\n")
    rows = read(folder / f"t{ending}")
    assert [list(row) for row in rows] == [[*GIVEN, *HEADLINE]] * 2
    assert [row["name"] for row in rows] == ["'=One" if ending == ".csv" else "=One", "Two"]
    assert [row["gpu"] for row in rows] == ["H200 SXM", Scenario().gpu]
    alone = estimate(Scenario(gpu="h200", context_tokens=4000))
    assert float(rows[0]["users_per_gpu"]) == alone["users_per_gpu"]
    assert rows[0]["bottleneck"] == alone["bottleneck"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_quantities(napkinxl: Command, folder: Path, ending: str) -> None:
    assert napkinxl("estimate", "s.csv", "--all", "-o", f"t{ending}").code == 0
    assert list(read(folder / f"t{ending}")[0]) == [*GIVEN, *QUANTITIES]


@pytest.mark.usefixtures("folder")
def test_a_table_is_estimated_again(napkinxl: Command) -> None:
    assert napkinxl("estimate", "s.csv", "-o", "t.xlsx").code == 0
    assert napkinxl("estimate", "t.xlsx", "--csv").out == napkinxl("estimate", "s.csv", "--csv").out


def test_without_a_file_the_articles_case(napkinxl: Command, tmp_path: Path) -> None:
    assert napkinxl("estimate", "-o", "t.xlsx").code == 0
    assert [row["name"] for row in read(tmp_path / "t.xlsx")] == ["Advertised context", "Typical context"]


def test_json_and_csv_print_the_same_to_a_file(napkinxl: Command, folder: Path) -> None:
    """With one of them the file holds what the screen would."""
    for form in ("--json", "--csv"):
        printed = napkinxl("estimate", "s.csv", form).out
        assert napkinxl("estimate", "s.csv", form, "-o", "t.txt").code == 0
        assert (folder / "t.txt").read_text(encoding="utf-8") == printed


def test_more_than_a_sheet_holds(napkinxl: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("napkinxl_workbook.table.build.MOST_ROWS", 1)
    monkeypatch.setattr("napkinxl.estimates.given_frames.given_frame", None)  # refused before any work
    outcome = napkinxl("estimate", "s.csv", "-o", "t.xlsx")
    assert outcome.code == 2
    assert outcome.err == (
        "napkinxl: an .xlsx sheet holds 1 scenarios, got 2: write .parquet or .csv instead "
        "(napkinxl estimate s.csv -o t.parquet)\n"
    )
    assert not (folder / "t.xlsx").exists()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("duty_cycle\n0.5\n1.5\n", "bad.csv, scenario 2: duty_cycle must be in (0, 1], got 1.5"),
        ("gpu\nH100\nH10\n", "bad.csv, scenario 2: there is no gpu in the catalog called 'H10'"),
        ("query_heads,kv_heads\n64,8\n8,64\n", "bad.csv, scenario 2: kv_heads must be at most query_heads (8), got 64"),
    ],
)
def test_errors_say_where(napkinxl: Command, tmp_path: Path, ending: str, lines: str, message: str) -> None:
    (tmp_path / "bad.csv").write_text(lines)
    (tmp_path / f"t{ending}").write_text("old")
    outcome = napkinxl("estimate", "bad.csv", "-o", f"t{ending}")
    assert outcome.code == 2
    assert outcome.err.startswith(f"napkinxl: {message}")
    assert (tmp_path / f"t{ending}").read_text() == "old"


@pytest.mark.parametrize("name", ["t", "t.xls", "t.xlsm", "t.txt"])
def test_other_endings(napkinxl: Command, tmp_path: Path, name: str) -> None:
    outcome = napkinxl("estimate", "-o", name)
    assert outcome.code == 2
    assert outcome.err == (
        f"napkinxl: the name of the output must end in .csv, .parquet, .json or .xlsx, got {name!r}\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_too_many_for_a_report_are_sent_to_the_table(napkinxl: Command, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("context_tokens\n" + "1000\n" * 201)
    assert (
        "got 201; for a table with one a row: napkinxl estimate FILE -o table.xlsx" in napkinxl("report", "s.csv").err
    )
    assert napkinxl("estimate", "s.csv", "-o", "t.xlsx").code == 0
    assert len(read(tmp_path / "t.xlsx")) == 201
