"""Every fenced block is of a kind that some test reads; a page cannot show what nothing checks."""

from __future__ import annotations

import importlib
import re
import shlex
import tomllib

import pytest
from markdown_it import MarkdownIt

from docs.pages import ROOT, Block, blocks, links, page_blocks, pages

# A kind, as the words behind the fence say it, and the test that reads blocks of it.
TESTED = {
    "bash": "test_samples.test_commands_run",
    "console": "test_samples.test_commands_run",
    "csv catalog": "test_samples.test_catalog_is_read",
    "csv scenario": "test_samples.test_scenario_is_read",
    "excel": "test_excel_samples.test_formulas_give_what_is_shown",
    "json scenario": "test_samples.test_scenario_is_read",
    "powershell": "test_blocks.test_windows_commands_are_the_others_translated",
    "python": "test_samples.test_python_runs",
    "python quantity": "test_extending.test_number_appears_where_the_page_says",
    "python row": "test_extending.test_row_appears_where_the_page_says",
    "python row-test": "test_extending.test_samples_pass_their_tests_and_those_of_the_house",
    "python sheet": "test_extending.test_sheet_is_in_the_report",
    "python test": "test_extending.test_samples_pass_their_tests_and_those_of_the_house",
    "text": "test_blocks.test_text_is_made_by_the_build_or_names_folders",
    "toml scenario": "test_samples.test_scenario_is_read",
    "{eval-rst}": "test_site.test_api_page_has_every_public_name",
    "{toctree}": "test_site.test_every_page_is_in_the_table_of_contents_once",
}
SHELL = blocks("bash", "console")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
MARKDOWN = MarkdownIt("commonmark").enable("table")


def kind(block: Block) -> str:
    return f"{block.language} {block.mark}".strip()


def untested(text: str) -> list[str]:
    return [kind(block) for block in page_blocks("a page", text) if kind(block) not in TESTED]


@pytest.mark.parametrize("page", pages())
def test_every_block_is_of_a_kind_that_is_tested(page: str) -> None:
    assert untested(pages()[page]) == []


@pytest.mark.parametrize("opening", ["```vba", "```python skip", "```", "```toml"])
def test_a_block_of_another_kind_is_found(opening: str) -> None:
    assert untested(f"# Title\n\n{opening}\nx = 1\n```\n") == [opening.removeprefix("```")]


def test_every_kind_is_shown_and_its_test_is_there() -> None:
    assert {kind(block) for page, text in pages().items() for block in page_blocks(page, text)} == set(TESTED)
    for name in TESTED.values():
        module, _, function = name.partition(".")
        assert callable(getattr(importlib.import_module(f"docs.{module}"), function))


@pytest.mark.parametrize("page", pages())
def test_a_parser_of_markdown_sees_the_same_blocks_and_links(page: str) -> None:
    """Otherwise an indented block, a fence of tildes or a link in another form would pass untested."""
    tokens = MARKDOWN.parse(pages()[page])
    fences = [(token.info.strip(), token.content) for token in tokens if token.type == "fence"]
    assert fences == [(kind(block), block.text) for block in page_blocks(page, pages()[page])]
    assert [token.content for token in tokens if token.type == "code_block"] == []
    inner = [child for token in tokens for child in token.children or []]
    targets = [child.attrGet("href") or child.attrGet("src") for child in inner if child.type in ("link_open", "image")]
    assert [target for target in targets if not str(target).startswith("https:")] == links(pages()[page])


def parts(block: Block) -> list[list[str]]:
    """The commands of a block other than napkinxl's, as a shell splits them."""
    lines = [line.removeprefix("$ ") for line in block.text.splitlines()]
    commands = [shlex.split(part) for line in lines for part in line.split(" && ")]
    return [words for words in commands if words[0] != "napkinxl"]


@pytest.mark.parametrize("block", SHELL, ids=str)
def test_commands_beside_napkinxl_are_run_by_ci_or_by_a_test(block: Block) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    for words in parts(block):
        if words[0] == "python":
            assert (ROOT / words[1]).parent == ROOT / "examples", words  # test_samples.test_example_runs
            assert (ROOT / words[1]).exists(), words
            continue
        for word in words:
            if asked := re.fullmatch(r"\.\[(.*)\]", word):
                assert set(asked[1].split(",")) <= set(extras), words
            elif not word.startswith("-"):
                assert word in CI, words


def test_windows_commands_are_the_others_translated() -> None:
    (windows,) = blocks("powershell")
    shown = [line for block in SHELL if block.page == windows.page for line in block.text.splitlines()]
    translated = [
        line.replace("python3", "py").replace(" && ", "; ").replace(".venv/bin/", ".venv\\Scripts\\")
        for line in shown
        if " && " in line
    ]
    assert [line.replace(" ; ", "; ") for line in windows.text.splitlines()] == translated


@pytest.mark.parametrize("block", blocks("text"), ids=str)
def test_text_is_made_by_the_build_or_names_folders(block: Block) -> None:
    if pages()[block.page].splitlines()[block.line - 2].startswith("<!-- generated: "):
        return  # docs/build_reference.py --check compares it
    above = ROOT
    for line in block.text.splitlines():
        names = re.findall(r"(?<!\S)[\w./]+/(?!\S)", line)
        folders = [(above if line.startswith(" ") else ROOT) / name for name in names]
        assert folders, line
        assert [folder for folder in folders if not folder.is_dir()] == []
        above = above if line.startswith(" ") else folders[0]
