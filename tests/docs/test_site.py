"""The site of the pages has them all, and the pictures that they show are drawn by the build."""

from __future__ import annotations

import importlib
import re
import runpy
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import napkinxl
from docs.pages import ROOT, blocks, links, pages

INDEX = "docs/index.md"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
FEWEST_WORDS_OF_A_PICTURE = 3


@pytest.fixture
def configuration(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The names that docs/conf.py sets."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    return runpy.run_path(str(ROOT / "docs" / "conf.py"))


@pytest.fixture(scope="module")
def pictures() -> Any:
    """docs/build_images.py as a module."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("build_images")
    finally:
        sys.path.remove(str(ROOT / "docs"))


def listed() -> list[str]:
    """The pages that the table of contents names, in its order."""
    lines = [line for block in blocks("{toctree}") for line in block.text.splitlines()]
    entries = [line for line in lines if line and not line.startswith(":")]
    names = [re.sub(r".*<(.*)>", r"\1", entry) for entry in entries]
    return [((ROOT / "docs" / f"{name}.md").resolve().relative_to(ROOT)).as_posix() for name in names]


def test_every_page_is_in_the_table_of_contents_once() -> None:
    assert {block.page for block in blocks("{toctree}")} == {INDEX}
    assert Counter(listed()) == Counter(page for page in pages() if page != INDEX)


def test_every_page_is_behind_one_of_the_doors() -> None:
    linked = {link.partition("#")[0] for link in links(pages()[INDEX])}
    paths = {(ROOT / "docs" / link).resolve() for link in linked}
    assert [page for page in listed() if ROOT / page not in paths] == []


def test_the_doors_are_for_finance_then_scripts_then_contributors() -> None:
    assert re.findall(r"^## (.*)$", pages()[INDEX], re.MULTILINE) == ["For finance", "For scripts", "For contributors"]


def test_the_site_is_built_from_every_page(configuration: dict[str, Any]) -> None:
    found = {
        path.relative_to(ROOT).as_posix() for name in configuration["include_patterns"] for path in ROOT.glob(name)
    }
    assert found == set(pages())
    assert f"{configuration['root_doc']}.md" == INDEX


def test_what_the_configuration_names_is_there(configuration: dict[str, Any]) -> None:
    (static,), (templates,) = configuration["html_static_path"], configuration["templates_path"]
    files = [Path(static) / name for name in configuration["html_css_files"]]
    files += [Path(templates) / name for name in configuration["html_additional_pages"].values()]
    assert [file for file in files if not (ROOT / "docs" / file).is_file()] == []
    first = (ROOT / "docs" / templates / configuration["html_additional_pages"]["index"]).read_text(encoding="utf-8")
    assert set(re.findall(r'(?:href|url)="?([^"]*\.html)"', first)) == {f"{configuration['root_doc']}.html"}


def test_ci_builds_the_site_with_warnings_as_errors() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^\.venv/bin/sphinx-build\b.* -W\b", ci, re.MULTILINE)
    assert "build/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_api_page_has_every_public_name() -> None:
    lines = [line for block in blocks("{eval-rst}") if block.page == "docs/api.md" for line in block.text.splitlines()]
    shown = re.findall(r"^\.\. auto(?:class|function|exception):: ([\w.]+)", "\n".join(lines), re.MULTILINE)
    public = [f"napkinxl.{name}" for name in napkinxl.__all__]
    assert shown == public


@pytest.mark.parametrize("page", pages())
def test_pictures_say_what_they_show(page: str) -> None:
    for words, target in PICTURE.findall(pages()[page]):
        assert len(words.split()) >= FEWEST_WORDS_OF_A_PICTURE, target


@pytest.mark.parametrize("page", pages())
def test_addresses_are_well_formed(page: str) -> None:
    """Whether they answer cannot be known without a network."""
    for address in re.findall(r"\b(?:https?|ftp)://[^\s)>\"'`|]*", pages()[page]):
        parts = urlsplit(address)
        assert parts.scheme == "https", address
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", parts.netloc), address


def test_pictures_shown_are_those_drawn(pictures: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main(["--check"]) == 0, capsys.readouterr().out


def test_a_picture_that_nothing_draws_is_found(
    pictures: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = {name: pictures.PICTURES[name] for name in pictures.PICTURES if name != "dashboard.png"}
    monkeypatch.setattr(pictures, "PICTURES", {**shown, "unseen.png": ("words", 95, 1.0)})
    assert pictures.main(["--check"]) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == ["dashboard.png", "unseen.png"]
