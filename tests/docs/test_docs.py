"""The pages name all there is, their links lead somewhere, and what they quote is so."""

from __future__ import annotations

import importlib
import re
import struct
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import napkinxl
import napkinxl_cli.app
from docs.pages import ROOT, anchors, blocks, commands, links, pages, written_pages
from napkinxl import Scenario, estimate
from napkinxl.evidence.published import published_figures
from napkinxl.formulas import QUANTITIES
from napkinxl.formulas.plan import MONTHLY, OVER_PLAN
from napkinxl.inputs import FLEET_INPUTS, INPUTS
from napkinxl.scenarios.presets import PRESETS
from napkinxl_addin.functions import FUNCTIONS, Function
from napkinxl_addin.lite.bundle import lite_files
from napkinxl_workbook.report import ORDER
from napkinxl_workbook.template.hosts import HOSTS

RUN_COMMAND = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/napkinxl report"
TEST_COMMAND = 'python3 -m venv .venv && .venv/bin/pip install ".[test]" && .venv/bin/pytest'
FORBIDDEN = re.compile(
    r"/tmp\b|/work/|/root\b|/home/|seamless|leverag|cutting-edge|robust|empower|delve", re.IGNORECASE
)
LARGEST_PICTURE_BYTES = 200_000
ALL_TEXT = "\n".join(pages().values())


def is_named(name: str, text: str = ALL_TEXT) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", text) is not None


@pytest.fixture(scope="module")
def reference() -> Any:
    """docs/build_reference.py as a module."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("build_reference")
    finally:
        sys.path.remove(str(ROOT / "docs"))


def test_the_two_commands_are_in_the_readme_and_ci_runs_the_second() -> None:
    fenced = {line for block in blocks("bash") if block.page == "README.md" for line in block.text.splitlines()}
    assert {RUN_COMMAND, TEST_COMMAND} <= fenced
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_ci_stops_where_a_chain_of_commands_breaks() -> None:
    """`set -e` looks only at the last link: an earlier one that fails would be passed over."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    chains = [line for line in lines if " && " in line and not line.startswith(("#", "(", "if "))]
    assert TEST_COMMAND + " || exit 1" in chains
    assert [line for line in chains if not line.endswith(" || exit 1")] == []


@pytest.mark.parametrize("name", napkinxl_cli.app.COMMANDS)
def test_command_is_documented_with_all_its_options(name: str) -> None:
    command = napkinxl_cli.app.cli.get_command(click.Context(napkinxl_cli.app.cli), name)
    assert command is not None
    text = pages()["docs/commands.md"]
    assert f"\n## napkinxl {name}\n" in text
    for option in command.params:
        if isinstance(option, click.Option):
            assert all(f"`{flag}`" in text for flag in option.opts)
    assert any(line[1] == name for lines in commands().values() for line in lines if len(line) > 1)


def test_every_quantity_and_input_is_documented() -> None:
    quantities, inputs = pages()["docs/quantities.md"], pages()["docs/inputs.md"]
    assert [name for name in QUANTITIES if f"\n### {name}\n" not in quantities] == []
    assert [name for name in INPUTS if f"\n| `{name}` |" not in inputs] == []


def test_every_name_in_code_marks_that_looks_like_a_quantity_or_input_is_one() -> None:
    """A page that names what was renamed is found: words in backticks that end in a unit must exist."""
    known = {*QUANTITIES, *INPUTS, *FLEET_INPUTS, *MONTHLY, *OVER_PLAN}
    units = "|".join(["gb", "ms", "share", "tokens", "month", "sequences", "flops", "efficiency", "replica", "factor"])
    for page, text in written_pages().items():
        text = re.sub(r"\n### Renamed\n.*?(?=\n### )", "", text, flags=re.DOTALL)  # the one list of old names
        words = re.findall(rf"`([a-z]+_(?:[a-z0-9]+_)*(?:{units}))`", text)
        assert [word for word in words if word not in known] == [], page


@pytest.mark.parametrize("title", ORDER)
def test_sheet_is_documented(title: str) -> None:
    assert is_named(title, pages()["docs/workbook.md"])
    assert is_named(title, pages()["README.md"])


def test_every_fleet_row_and_input_is_documented() -> None:
    text = pages()["docs/fleet.md"]
    assert [name for name in {**FLEET_INPUTS, **MONTHLY, **OVER_PLAN} if f"\n| `{name}` |" not in text] == []


@pytest.mark.parametrize("name", napkinxl.__all__)
def test_public_name_is_documented(name: str) -> None:
    assert is_named(name, pages()["docs/python.md"])


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_function_is_documented_with_its_arguments(function: Function) -> None:
    text = pages()["docs/functions.md"]
    assert f"\n### {function.excel_name}\n" in text
    assert f"\n- `{function.signature}`\n" in text
    assert all(f"\n| `{argument.name}` |" in text for argument in function.arguments)


@pytest.mark.parametrize("host", HOSTS)
def test_host_is_documented_with_how_it_was_tested(host: str) -> None:
    text = pages()["docs/hosts.md"]
    tested = text.partition("## How each host was tested")[2]
    assert f"`{host}`" in text
    assert f"\n| {host} |" in tested
    assert "Desktop Excel was not available" in tested


def test_no_written_page_counts_what_the_registry_holds() -> None:
    """A count on a page would have to be edited for every number that is added."""
    counted = re.compile(r"\b\d{2,} (?:Excel )?(?:functions|quantities|inputs|monthly rows)\b")
    found = {name: counted.findall(text) for name, text in written_pages().items() if name != "CHANGELOG.md"}
    assert {name: words for name, words in found.items() if words} == {}


def test_sizes_hold() -> None:
    assert "about 420 kB" in pages()["docs/hosts.md"]
    assert 380_000 < len(lite_files()["main.py"].encode()) < 460_000


def test_every_dependency_is_documented() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^ *"([a-z][a-z-]+)(?:[><=][^"]*)"', project, re.MULTILINE)
    listed += re.findall(r'[\[ ]"([a-z][a-z-]+)[><=]', project)
    text = pages()["docs/dependencies.md"]
    assert len(listed) > 10
    assert [name for name in listed if f"\n| {name} |" not in text] == []


def test_generated_references_are_up_to_date(reference: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert reference.main(["--check"]) == 0, capsys.readouterr().out


def test_check_finds_a_stale_reference(
    reference: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = ROOT / "docs" / "inputs.md"
    monkeypatch.setattr(reference, "generated", lambda: {path: "something else"})
    assert reference.main(["--check"]) == 1
    assert "docs/inputs.md" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") != "something else"


@pytest.mark.parametrize("page", ["README.md", "docs/accuracy.md"])
def test_quoted_errors_are_those_of_the_presets(page: str) -> None:
    for preset in PRESETS.values():
        figures = (
            f"{preset.measured_runs:,}",
            f"{preset.median_predicted_over_measured:.0%}",
            f"{preset.mean_absolute_error_share:.0%}",
            f"{preset.within_a_quarter_share:.0%}",
        )
        assert f"| {preset.name} | {' | '.join(figures)} |" in pages()[page]


def test_claims_about_the_presets_hold() -> None:
    case = {"gpu": "H200 SXM", "model": "Qwen3-32B", "context_tokens": 20_000.0}
    ceiling, fitted = (estimate(Scenario(**case, preset=preset)) for preset in ("napkin", "calibrated"))
    for name in ("users_per_gpu", "rent_usd_per_seat_month", "memory_utilization_share", "runtime_reserve_gb"):
        assert ceiling[name] == fitted[name], f"README and accuracy.md say that {name} is the same in both presets"
    assert fitted["step_ms"] > ceiling["step_ms"]
    assert round(1 / PRESETS["napkin"].median_predicted_over_measured, 1) == 3.0  # "about three times as long"
    assert Scenario().preset == "napkin"


def test_figures_of_the_method_hold() -> None:
    advertised, typical = (estimate(scenario) for scenario in napkinxl.default_scenarios())
    assert (advertised["fitting_sequences"], advertised["users_per_gpu"], typical["users_per_gpu"]) == (6, 30, 305)
    assert round(advertised["gb_per_step"], 1) == 189.3
    assert round(advertised["memory_ms"], 1) == 23.7
    assert round(advertised["compute_ms"], 2) == 0.64
    assert round(advertised["tokens_per_s"]) == 254
    assert round(typical["rent_usd_per_seat_month"], 2) == 7.08
    text = pages()["docs/method.md"]
    assert all(shown in text for shown in ("189.3 GB", "23.7 ms", "0.64 ms", "together 254", "7.08", "= 30, or 305"))


def test_every_slip_is_in_the_method() -> None:
    slips = [figure for figure in published_figures() if figure.verdict == "slip"]
    assert slips
    assert all(f"| {figure.figure} |" in pages()["docs/method.md"] for figure in slips)


@pytest.mark.parametrize("page", pages())
def test_relative_links_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    for target in links(pages()[page]):
        path, _, anchor = target.partition("#")
        file = (folder / path).resolve() if path else ROOT / page
        assert file.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{page}: {target}"


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(links(pages()["README.md"]))
    assert [page for page in pages() if page not in {*linked, "README.md"}] == []


def test_pictures_are_pictures_of_fair_size() -> None:
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert "dashboard.png" in [picture.name for picture in pictures]
    for picture in pictures:
        data = picture.read_bytes()
        width, height = struct.unpack(">II", data[16:24])
        assert data.startswith(b"\x89PNG")
        assert len(data) < LARGEST_PICTURE_BYTES
        assert width > 600
        assert height > 200
        assert is_named(picture.name, ALL_TEXT.replace("images/", " "))


@pytest.mark.parametrize("path", [*pages(), *(f"examples/{path.name}" for path in Path(ROOT / "examples").iterdir())])
def test_no_forbidden_words(path: str) -> None:
    file = ROOT / path
    if file.is_file():
        assert FORBIDDEN.findall(file.read_text(encoding="utf-8")) == []
