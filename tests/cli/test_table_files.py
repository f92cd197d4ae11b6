"""Tables as files: read back by other programs they hold what was written."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import BinaryIO

import numpy
import pandas
import pytest

from napkinxl.errors import FileError, InputError
from napkinxl_cli import table_files
from napkinxl_cli.table_files import BLOCK_ROWS, check_output, write_frame

FRAME = pandas.DataFrame(
    {
        "name": ["plain", "=1+1", 'a,b\n"c"'],
        "value": [1 / 3, float("nan"), -5.0],
        "count": [1, 2, -3],
        "word": pandas.Categorical(["yes", None, "@no"]),
    }
)


def test_csv_is_read_by_the_standard_library(tmp_path: Path) -> None:
    write_frame(FRAME, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["name", "value", "count", "word"],
        ["plain", repr(1 / 3), "1", "yes"],
        ["'=1+1", "", "2", ""],
        ['a,b\n"c"', "-5.0", "-3", "'@no"],
    ]


def test_json_keeps_every_digit(tmp_path: Path) -> None:
    write_frame(FRAME, tmp_path / "t.json")
    rows = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert rows[0] == {"name": "plain", "value": 1 / 3, "count": 1, "word": "yes"}
    assert rows[1] == {"name": "=1+1", "value": None, "count": 2, "word": None}


def test_parquet_keeps_types_and_texts(tmp_path: Path) -> None:
    write_frame(FRAME, tmp_path / "t.parquet")
    found = pandas.read_parquet(tmp_path / "t.parquet")
    assert found["name"].tolist() == FRAME["name"].tolist()
    assert found["value"].equals(FRAME["value"])
    assert found["count"].dtype == "int64"


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_blocks_join_without_a_seam(tmp_path: Path, suffix: str) -> None:
    frame = pandas.DataFrame({"row": numpy.arange(2 * BLOCK_ROWS + 1)})
    write_frame(frame, tmp_path / f"t{suffix}")
    read = pandas.read_csv if suffix == ".csv" else pandas.read_json
    assert read(tmp_path / f"t{suffix}")["row"].tolist() == frame["row"].tolist()


@pytest.mark.parametrize("frame", [FRAME.head(0), pandas.DataFrame()])
def test_no_rows_is_a_table_too(tmp_path: Path, frame: pandas.DataFrame) -> None:
    for suffix in (".csv", ".json", ".parquet"):
        write_frame(frame, tmp_path / f"t{suffix}")
    assert json.loads((tmp_path / "t.json").read_text()) == []
    assert (tmp_path / "t.csv").read_text().strip() == ",".join(frame.columns)


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_an_infinity_is_no_answer(tmp_path: Path, value: float) -> None:
    frame = pandas.DataFrame({"a": ["x"], "value": [value]})
    for suffix in (".csv", ".json"):
        write_frame(frame, tmp_path / f"t{suffix}")
    assert (tmp_path / "t.csv").read_text() == "a,value\nx,\n"
    assert json.loads((tmp_path / "t.json").read_text()) == [{"a": "x", "value": None}]


@pytest.mark.parametrize("name", ["t", "t.xls", "t.csv.gz", ".csv"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"must end in \.csv, \.parquet or \.json, got"):
        write_frame(FRAME, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_endings_that_a_command_adds() -> None:
    assert check_output(Path("a.XLSX"), ".xlsx") == ".xlsx"
    with pytest.raises(InputError, match=r"\.json or \.xlsx"):
        check_output(Path("a.txt"), ".xlsx")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("napkinxl_cli.table_files.find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"napkinxl\[parquet\]"):
        write_frame(FRAME, tmp_path / "t.parquet")
    write_frame(FRAME, tmp_path / "t.csv")


def test_an_old_file_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_frame: pandas.DataFrame, stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(table_files._WRITERS, ".csv", full_disk)
    (tmp_path / "t.csv").write_text("old")
    with pytest.raises(FileError, match="No space left"):
        write_frame(FRAME, tmp_path / "t.csv")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("t.csv", "old")]
