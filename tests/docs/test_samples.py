"""What the pages show runs: commands, Python, scenario files, examples."""

from __future__ import annotations

import runpy
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.pages import ROOT, Block, blocks, commands
from napkinxl import read_scenarios
from napkinxl.catalog import load_catalog
from napkinxl_cli.app import cli
from support.libreoffice import needs_libreoffice
from support.template_files import template

CONFIG = ROOT / "tests" / "docs" / "config.json"
WRITTEN: dict[tuple[str | bytes, ...], bytes] = {}  # by the line and the content of the files that it names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the samples use, made the current one."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CONFIG, tmp_path / "config.json")
    (sample,) = (block for block in blocks("toml", mark="scenario") if block.page == "README.md")
    (tmp_path / "scenarios.toml").write_text(sample.text, encoding="utf-8")
    template(tmp_path, "server").rename(tmp_path / "own.xlsx")  # a workbook without the code of xlwings Lite
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))  # a LibreOffice profile of its own
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("page", commands())
@pytest.mark.usefixtures("folder")
def test_commands_run(page: str) -> None:
    for line in commands()[page]:
        _run(line)


def _run(line: list[str]) -> None:
    arguments, target = line[1:], None
    if arguments[0] == "calc-install":
        needs_libreoffice()
    if ">" in arguments:
        arguments, target = arguments[: arguments.index(">")], arguments[-1]
    output = Path(arguments[arguments.index("-o") + 1]) if "-o" in arguments else None
    # The same line on another page writes the same file from the same files; it may write but one.
    read = [path.read_bytes() for path in map(Path, arguments) if path.is_file() and path != output]
    if output and "--vba" not in arguments and (content := WRITTEN.get((*line, *read))):
        output.write_bytes(content)
        return
    result = CliRunner().invoke(cli, arguments, standalone_mode=False, prog_name="napkinxl")
    assert result.exception is None, f"{' '.join(line)}: {result.exception}"
    assert result.exit_code == 0
    assert result.output.strip()  # to a file: the note on stderr
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    if output:
        WRITTEN[(*line, *read)] = output.read_bytes()
        assert WRITTEN[(*line, *read)]


@pytest.mark.parametrize(
    "block",
    [pytest.param(block, marks=[pytest.mark.slow] * ("write_" in block.text)) for block in blocks("python")],
    ids=str,
)
@pytest.mark.usefixtures("folder")
def test_python_runs(block: Block) -> None:
    lines = "\n" * block.line + block.text
    exec(compile(lines, block.page, "exec"), {"__name__": "sample"})


@pytest.mark.parametrize("block", blocks("toml", "json", "csv", mark="scenario"), ids=str)
def test_scenario_is_read(block: Block, tmp_path: Path) -> None:
    path = tmp_path / f"sample.{block.language}"
    path.write_text(block.text, encoding="utf-8")
    names = [scenario.name for scenario in read_scenarios(path)]
    assert names
    assert all(name in block.text for name in names)


@pytest.mark.parametrize("block", blocks("csv", mark="catalog"), ids=str)
def test_catalog_is_read(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(block.text, encoding="utf-8")
    built_in, catalog = load_catalog(), load_catalog([path])
    assert len(catalog.gpus) + len(catalog.prices) == len(built_in.gpus) + len(built_in.prices) + 1


def test_every_kind_of_scenario_file_is_shown() -> None:
    shown = {block.language for block in blocks("toml", "json", "csv", mark="scenario")}
    assert shown == {"toml", "json", "csv"}


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.name)
def test_example_runs(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(path)])
    runpy.run_path(str(path), run_name="__main__")
    assert len(capsys.readouterr().out.splitlines()) >= 8


def test_example_files_are_read() -> None:
    assert len(read_scenarios(ROOT / "examples" / "chat_product.toml")) == 3
    assert [item.name for item in read_scenarios(ROOT / "examples" / "chat_plans.toml")] == [
        "Free",
        "Pro",
        "Team",
        "Agents",
    ]
    catalog = load_catalog([ROOT / "examples" / "own_gpus.csv"])
    assert catalog.gpu("our H200").values["gpu_price_usd"] == 35_000
