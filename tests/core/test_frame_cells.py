"""Cells of a frame: each kind of column that pandas makes, and each cell that may not be there."""

from __future__ import annotations

import math
from typing import Any

import numpy
import pandas
import pytest

from napkinxl import InputError, NapkinError, UnknownNameError, estimate_frame

KV_GB_PER_TOKEN = 131_072 / 1e9  # the article's model in FP8


def contexts(column: Any) -> list[float]:
    """The context in use for each row, from the KV cache that follows from it."""
    found = estimate_frame(pandas.DataFrame({"context_tokens": column}), quantities=["kv_cache_gb"])
    return [round(value / KV_GB_PER_TOKEN, 6) for value in found["kv_cache_gb"]]


@pytest.mark.parametrize(
    "column",
    [
        [1000, 20_000],
        [1000.0, 20_000.0],
        ["1000", " 20000 "],
        ["1e3", "20_000"],
        ["1_000", "20_000"],
        pandas.array([1000, 20_000], dtype="Int64"),
        pandas.array(["1000", "20000"], dtype="string"),
        pandas.Categorical([1000, 20_000]),
        pandas.Series([1000, "20000"], dtype=object),
        numpy.array([1000, 20_000], dtype=numpy.float32),
    ],
    ids=lambda column: type(column).__name__,
)
def test_numbers_of_every_kind(column: Any) -> None:
    """As one scenario takes them: a number, or a text that reads as one."""
    assert contexts(column) == [1000, 20_000]


@pytest.mark.parametrize(
    "blank",
    [[None, 1000], [math.nan, 1000], ["", "1000"], ["  ", "1000"], pandas.array([None, 1000], dtype="Int64")],
    ids=lambda column: repr(column[0]),
)
def test_blanks_of_every_kind(blank: Any) -> None:
    assert contexts(blank) == [200_000, 1000]


BAD_CELLS = [
    ([1000, 0], 2, "got 0"),
    ([1000, 1000, -5], 3, "got -5"),
    ([math.inf], 1, "inf"),
    (["1000", "many"], 2, "got 'many'"),
    (["nan"], 1, "got 'nan'"),
    (["0x10"], 1, "got '0x10'"),
    ([True, True], 1, "True"),
    (pandas.Series([1000, True], dtype=object), 2, "True"),
    (["20_000", "many"], 2, "got 'many'"),
    (pandas.to_datetime(["2026-11-21"]), 1, "2026-11-21"),
]


@pytest.mark.parametrize(("column", "row", "given"), BAD_CELLS, ids=range(len(BAD_CELLS)))
def test_bad_cell_is_named_with_its_row(column: Any, row: int, given: str) -> None:
    with pytest.raises(InputError, match=rf"^row {row}: context_tokens must be .*{given}"):
        contexts(column)


def test_whole_numbers_are_asked_for() -> None:
    with pytest.raises(InputError, match=r"^row 2: gpus_per_replica must be a whole number .*got 1\.5"):
        estimate_frame(pandas.DataFrame({"gpus_per_replica": [1, 1.5]}))


@pytest.mark.parametrize(
    ("column", "names", "row", "hint"),
    [
        ("gpu", ["H100", "H1000"], 2, "did you mean .*H100"),
        ("model", ["Qwen3-32B", None, "Qwen3-32"], 3, "did you mean .*Qwen3-32B"),
        ("preset", ["calibrate"], 1, "did you mean calibrated"),
        ("gpu", ["B200", 5], 2, "'5'"),
    ],
)
def test_unknown_name_is_named_with_its_row(column: str, names: list[object], row: int, hint: str) -> None:
    with pytest.raises(InputError, match=rf"^row {row}: .*{hint}"):
        estimate_frame(pandas.DataFrame({column: names}))


@pytest.mark.parametrize("names", [["  ", "H100"], [" H100 ", "H100"], [None, "H100"]])
@pytest.mark.parametrize("make", [list, pandas.Categorical, lambda names: pandas.array(names, dtype="string")])
def test_names_are_read_as_a_scenario_reads_them(names: list[str | None], make: Any) -> None:
    """Blank means the default, the article's B200 of 192 GB; spaces around a name do not matter."""
    frame = pandas.DataFrame({"gpu": make(names)})
    memory = estimate_frame(frame, quantities=["usable_memory_gb"])["usable_memory_gb"]
    assert memory.tolist() == [85.47 if (names[0] or "").strip() else 192, 85.47]  # H100: 79.6 GiB


def test_unknown_column_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"scenario field 'contex_tokens'; did you mean context_tokens"):
        estimate_frame(pandas.DataFrame({"contex_tokens": [1]}))


def test_unknown_quantity_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"quantity 'kv_cach_gb'; did you mean kv_cache_gb"):
        estimate_frame(pandas.DataFrame({"layers": [64]}), quantities=["kv_cach_gb"])


@pytest.mark.parametrize("name", ["context_tokens", "gpu"])
def test_column_that_is_there_twice(name: str) -> None:
    values = ["H100", "H200"] if name == "gpu" else [1, 2]
    with pytest.raises(NapkinError, match=name):
        estimate_frame(pandas.DataFrame([values], columns=[name, name]))
