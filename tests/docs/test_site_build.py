"""The site is built without a warning, and not at all where something on a page leads nowhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.pages import ROOT, pages

pytestmark = pytest.mark.slow

CONTENTS = "# Title\n\n```{toctree}\npage\n```\n"
LOADED = {"script": "src", "link": "href", "img": "src"}


class Targets(HTMLParser):
    """What a built page loads, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors.add(values.get("id", ""))
        if values.get(LOADED.get(tag, "")):
            self.loaded.append(values[LOADED[tag]])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])


def build(root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = ["-q", "-W", "-c", "docs", "-d", str(folder / "doctrees"), ".", str(folder / "site")]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *arguments], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )


def read(path: Path) -> Targets:
    found = Targets()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_site_is_built_and_all_its_links_lead_somewhere(tmp_path: Path) -> None:
    """The links of the built pages, followed by a parser of HTML that knows nothing of Sphinx."""
    result = build(ROOT, tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    site = tmp_path / "site"
    built = {path.resolve(): read(path) for path in site.rglob("*.html")}
    assert {(site / page).with_suffix(".html").resolve() for page in pages()} <= set(built)
    for path, found in built.items():
        assert [target for target in found.loaded if re.match(r"(https?:)?//", target)] == []
        for target in (*found.loaded, *found.links):
            if not re.match(r"[a-z]+:", target):
                name, _, anchor = unquote(target).partition("#")
                file = (path.parent / name.partition("?")[0]).resolve() if name else path
                assert file.is_file(), (path, target)
                assert not anchor or anchor in built[file].anchors, (path, target)
        assert str(ROOT) not in path.read_text(encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of two pages with the configuration of the real one."""
    docs = tmp_path / "small" / "docs"
    shutil.copytree(ROOT / "docs" / "site", docs / "site")
    for name in ("conf.py", "site_extension.py"):
        shutil.copy(ROOT / "docs" / name, docs)
    (docs / "images").mkdir()
    shutil.copy(ROOT / "docs" / "images" / "ways.png", docs / "images" / "sheet.png")
    (docs / "index.md").write_text(CONTENTS, encoding="utf-8")
    return docs


def test_links_bear_titles_and_pictures_open_at_full_size(small: Path, tmp_path: Path) -> None:
    links = "See [page.md](page.md) and [this](page.md#below)."
    text = f"# The other page\n\n{links}\n\n## Below\n\n![A sheet](images/sheet.png)\n"
    (small / "page.md").write_text(text, encoding="utf-8")
    result = build(small.parent, tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    path = tmp_path / "site" / "docs" / "page.html"
    html = path.read_text(encoding="utf-8")
    assert re.search(r'See <a [^>]*href="#"[^>]*>(<span[^>]*>)?The other page<', html)
    assert re.search(r'<a [^>]*href="\.\./_images/sheet\.png"[^>]*><img alt="A sheet"', html)
    assert "#below" in read(path).links


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[text](absent.md)", "absent.md"),
        ("[text](page.md#absent)", "absent"),
        ("[text](#absent)", "absent"),
        ("[text](../absent.py)", "absent.py"),
        ("![some words](images/absent.png)", "absent.png"),
        ("```absent\nx\n```", "'absent'"),
    ],
)
def test_what_leads_nowhere_stops_the_build(small: Path, tmp_path: Path, line: str, complaint: str) -> None:
    (small / "page.md").write_text(f"# Page\n\n{line}\n", encoding="utf-8")
    result = build(small.parent, tmp_path)
    assert result.returncode == 1
    assert complaint in result.stderr
    assert "page.md" in result.stderr


def test_a_page_outside_the_table_of_contents_stops_the_build(small: Path, tmp_path: Path) -> None:
    for name in ("page.md", "other.md"):
        (small / name).write_text("# Page\n\nText.\n", encoding="utf-8")
    result = build(small.parent, tmp_path)
    assert result.returncode == 1
    assert "other.md" in result.stderr
