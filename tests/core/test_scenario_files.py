"""Scenarios from files: the forms that are read, and one clear line for each that cannot be."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from napkinxl import FileError, InputError, NapkinError, Scenario, read_scenarios
from napkinxl.catalog import built_in_catalog
from napkinxl.inputs.choices import GIVEN_IN_FULL
from napkinxl.scenarios.files import scenarios_from_rows

TOML_FLAT = 'name = "Chat"\ngpu = "H100"\nmodel = "Qwen3-32B"\ncontext_tokens = 20_000\nduty_cycle = 0.3\n'
TOML_SECTIONS = """
name = "Chat"
[gpu]
name = "H100"
memory_gb = 80
[model]
name = "Qwen3-32B"
[use]
context_tokens = 20000
[money]
rent_usd_per_gpu_hour = 2.5
"""
TOML_SEVERAL = """
[[scenario]]
name = "One"
gpu = "H100"
[[scenario]]
[scenario.use]
duty_cycle = 1
"""


def read(folder: Path, name: str, content: str | bytes) -> list[Scenario]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_scenarios(path)


def test_toml_flat(tmp_path: Path) -> None:
    expected = Scenario(name="Chat", gpu="H100", model="Qwen3-32B", context_tokens=20_000, duty_cycle=0.3)
    assert read(tmp_path, "a.toml", TOML_FLAT) == [expected]


def test_toml_sections(tmp_path: Path) -> None:
    expected = Scenario(
        name="Chat", gpu="H100", model="Qwen3-32B", memory_gb=80, context_tokens=20_000, rent_usd_per_gpu_hour=2.5
    )
    assert read(tmp_path, "a.TOML", TOML_SECTIONS) == [expected]


def test_toml_several(tmp_path: Path) -> None:
    """One without a name is called after its number."""
    expected = [Scenario(name="One", gpu="H100"), Scenario(name="Scenario 2", duty_cycle=1)]
    assert read(tmp_path, "a.toml", TOML_SEVERAL) == expected


def test_section_without_a_name_gives_everything_itself(tmp_path: Path) -> None:
    (scenario,) = read(tmp_path, "a.toml", "[gpu]\nmemory_gb = 100\n")
    assert scenario.gpu == GIVEN_IN_FULL


@pytest.mark.parametrize(
    "data",
    [
        {"name": "Chat", "gpu": "H100"},
        [{"name": "Chat", "gpu": "H100"}],
        {"scenarios": [{"name": "Chat", "gpu": {"name": "H100"}}]},
        {"scenario": [{"name": "Chat", "gpu": "H100", "use": {}}]},
    ],
)
def test_json(tmp_path: Path, data: Any) -> None:
    assert read(tmp_path, "a.json", json.dumps(data)) == [Scenario(name="Chat", gpu="H100")]


def test_csv_one_scenario_a_row(tmp_path: Path) -> None:
    """Blank cells are not given, blank lines are no scenarios, text that reads as a number is one."""
    table = 'name,gpu,context_tokens,duty_cycle\nChat,H100,20000,\n,,,\n"Agents, all",,"200_000",1\n'
    expected = [
        Scenario(name="Chat", gpu="H100", context_tokens=20_000),
        Scenario(name="Agents, all", context_tokens=200_000, duty_cycle=1),
    ]
    assert read(tmp_path, "a.csv", table) == expected


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(
    ("name", "content"), [("a.toml", TOML_FLAT), ("a.csv", "name,gpu\nChat,H100\n"), ("a.json", '{"gpu":\n"H100"}')]
)
def test_as_windows_editors_save_it(tmp_path: Path, name: str, content: str, start: str, end: str) -> None:
    (scenario,) = read(tmp_path, name, (start + content).replace("\n", end))
    assert scenario.gpu == "H100"


WRONG_NAMES = [
    ("a.toml", "[uses]\nduty_cycle = 0.2\n", "section 'uses'.*did you mean use"),
    ("a.toml", "[money]\nduty_cycle = 0.2\n", r"duty_cycle belongs in the section \[use\], not in \[money\]"),
    ("a.toml", "[use]\nduty_cyle = 0.2\n", r"section \[use\] 'duty_cyle'; did you mean duty_cycle"),
    ("a.toml", 'duty_cyle = 0.2\ngpu = "H100"\n', "a.toml, scenario 1: .*'duty_cyle'; did you mean duty_cycle"),
    ("a.toml", TOML_SEVERAL + "[[scenario]]\nlayers = -1\n", "a.toml, scenario 3: layers must be .*, got -1"),
    ("a.toml", '[use]\ngpu = "H100"\n', r"gpu.*\[use\]|\[use\].*gpu"),
    ("a.json", '[{}, {"gpu": "H100"}, {"duty_cycle": 1.2}]', r"scenario \d: duty_cycle must be .*, got 1.2"),
    ("a.json", '{"context_tokens": [1]}', r"context_tokens must be a number"),
    ("a.json", '{"context_tokens": NaN}', r"context_tokens must be a number"),
    ("a.json", '{"context_tokens": 1e999}', r"context_tokens must be a number"),
    ("a.json", '{"context_tokens": true}', r"context_tokens must be a number"),
    ("a.json", '{"gpu": {"name": {"a": 1}}}', "gpu must be a text"),
    ("a.csv", "name,contex_tokens\nChat,1\n", "'contex_tokens'; did you mean context_tokens"),
    ("a.csv", "name,context_tokens\nChat,1\nOther,many\n", "a.csv, scenario 2: context_tokens must be a number"),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG_NAMES)
def test_wrong_fields_are_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        read(tmp_path, name, content)
    assert "\n" not in str(error.value)
    assert name in str(error.value), "the message names the file"
    assert "'gpu'; did you mean gpu?" not in str(error.value)


UNREADABLE = [
    ("a.toml", "", "is empty"),
    ("a.json", " \n", "is empty"),
    ("a.csv", "", "is empty"),
    ("a.csv", "\n\n", "is empty"),
    ("a.csv", "name,gpu\n", "holds no scenario"),
    ("a.json", "[]", "holds no scenario"),
    ("a.json", "{}", "holds no scenario"),
    ("a.toml", "gpu = \n", "not valid TOML"),
    ("a.toml", "gpu = 'a'\ngpu = 'b'\n", "not valid TOML"),
    ("a.json", '{"gpu": ', "not valid JSON"),
    ("a.json", "[" * 100_000, "not valid JSON"),
    ("a.json", '"H100"', "must hold a scenario or a list"),
    ("a.json", "[1, 2]", "must hold a scenario or a list"),
    ("a.json", "null", "must hold a scenario or a list"),
    ("a.csv", "name,gpu\nChat,H100,1\n", "row 2: more cells than the header"),
    ("a.toml", b'name = "\xff\xfe"', "not text in UTF-8"),
    ("a.csv", "name\nCafé\n".encode("latin-1"), "not text in UTF-8"),
    ("a.csv", "name\nCafé\n".encode("utf-16"), "not text in UTF-8"),
    ("a.yaml", "gpu: H100", r"\.toml, \.json, \.csv or \.xlsx, not \.yaml"),
    ("scenario", "gpu", r"\.toml, \.json, \.csv or \.xlsx"),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE, ids=range(len(UNREADABLE)))
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(FileError, match=message) as error:
        read(tmp_path, name, content)
    assert "\n" not in str(error.value)
    assert name in str(error.value)


# Files that trip the parsers beneath: a clear line is owed for these as well.
HOSTILE = [
    ("a.toml", "a = " + "[" * 100_000),
    ("a.toml", "context_tokens = " + "1" * 5000),
    ("a.json", '{"context_tokens": ' + "1" * 5000 + "}"),
    ("a.csv", "name,gpu\n" + "x" * 200_000 + ",H100\n"),
    ("a.csv", 'name,gpu\n"Chat,H100\n'),
    ("a.csv", "gpu,gpu\nH100,H200\n"),
    ("a.json", '{"use": {"duty_cycle": 0.5}, "duty_cycle": 0.7}'),
]


@pytest.mark.parametrize(
    ("name", "content"),
    HOSTILE,
    ids=[
        "deep TOML",
        "long TOML number",
        "long JSON number",
        "long CSV cell",
        "open quote",
        "column twice",
        "field twice",
    ],
)
def test_hostile_files(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(NapkinError, match=name):
        read(tmp_path, name, content)


def test_quoted_line_break_stays_in_its_cell(tmp_path: Path) -> None:
    """RFC 4180: a line break within quotes belongs to the field."""
    (scenario,) = read(tmp_path, "a.csv", 'name,gpu\n"Chat\nwith tools",H100\n')
    assert (scenario.name, scenario.gpu) == ("Chat\nwith tools", "H100")


def test_one_scenario_as_a_table_of_its_own(tmp_path: Path) -> None:
    """[scenario] once, as [[scenario]] would be for several: nothing else can be meant."""
    assert read(tmp_path, "a.toml", '[scenario]\nname = "One"\n') == [Scenario(name="One")]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"none\.toml cannot be read: No such file"):
        read_scenarios(tmp_path / "none.toml")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(FileError, match="is a folder"):
        read_scenarios(tmp_path / "folder.toml")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read every file, Windows has no such modes")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("duty_cycle = 1")
    path.chmod(0)
    with pytest.raises(FileError, match="cannot be read"):
        read_scenarios(path)


@pytest.mark.parametrize(
    ("rows", "source", "place"),
    [
        ([{"layers": -1}], "", ""),
        ([{"layers": -1}], "a.csv", "a.csv, scenario 1: "),
        ([{"layers": -1}, {}], "", "scenario 1: "),
        ([{}, {"layers": -1}], "", "scenario 2: "),
        ([{}, {"layers": -1}], "a.csv", "a.csv, scenario 2: "),
    ],
)
def test_errors_of_rows_say_where(rows: list[dict[str, Any]], source: str, place: str) -> None:
    with pytest.raises(InputError) as error:
        scenarios_from_rows(rows, source)
    assert str(error.value) == f"{place}layers must be a whole number of at least 1, got -1"


def test_names_of_rows_are_looked_up_where_there_is_a_catalog() -> None:
    rows = [{"gpu": "h100", "model": "qwen3-32b"}, {"gpu": GIVEN_IN_FULL}]
    found = scenarios_from_rows(rows, "a.csv", built_in_catalog())
    assert [(item.name, item.gpu, item.model) for item in found] == [
        ("Scenario 1", "H100 SXM", "Qwen/Qwen3-32B"),
        ("Scenario 2", GIVEN_IN_FULL, "Article 32B"),
    ]
    with pytest.raises(InputError, match=r"a\.csv, scenario 2: there is no gpu in the catalog called 'H10'"):
        scenarios_from_rows([{}, {"gpu": "H10"}], "a.csv", built_in_catalog())
