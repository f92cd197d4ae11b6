"""Pages and examples show scripts one door: `napkinxl` alone. Contributors' pages may name what is inside."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import napkinxl
from docs.pages import ROOT, page_blocks, pages

CONTRIBUTORS = ("docs/extending.md", "docs/number_to_cell.md", "CONTRIBUTING.md")
DOOR, INSIDE = "napkinxl", "napkinxl_workbook"


def samples() -> dict[str, str]:
    """Every Python sample by its place, and every example by its path."""
    found = {
        str(block): block.text
        for name, text in pages().items()
        if name not in CONTRIBUTORS
        for block in page_blocks(name, text)
        if block.language == "python"
    }
    return {**found, **{path.name: path.read_text(encoding="utf-8") for path in (ROOT / "examples").glob("*.py")}}


def imported(code: str) -> Iterator[str]:
    """The modules that a script imports, and the public names that it asks of the door."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("place", samples())
def test_sample_imports_from_the_door_alone(place: str) -> None:
    ours = {module for module in imported(samples()[place]) if module.partition(".")[0] in (DOOR, INSIDE)}
    assert ours <= {DOOR}


def test_samples_were_found() -> None:
    assert {"heron.py", "sweep.py"} < samples().keys()
    assert any(place.startswith("docs/python.md:") for place in samples())
    assert not any(place.startswith(CONTRIBUTORS) for place in samples())


@pytest.mark.parametrize("name", napkinxl.__all__)
def test_public_name_is_there_and_says_what_it_is(name: str) -> None:
    text = getattr(napkinxl, name).__doc__ or ""
    assert text.strip().partition("\n\n")[0].endswith("."), text


def test_without_the_package_for_workbooks_the_door_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, INSIDE, None)
    for name in [name for name in sys.modules if name.startswith(f"{INSIDE}.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(napkinxl.NapkinError) as error:
        napkinxl.__getattr__("write_report")
    assert str(error.value) == "napkinxl.write_report needs the package napkinxl_workbook, which is not installed"
    with pytest.raises(napkinxl.NapkinError, match=r"^reading plans\.xlsx needs the package napkinxl_workbook"):
        napkinxl.read_scenarios(tmp_path / "plans.xlsx")
    text = tmp_path / "plans.toml"
    text.write_text("context_tokens = 8_000", encoding="utf-8")
    assert [item.context_tokens for item in napkinxl.read_scenarios(text)] == [8_000]
