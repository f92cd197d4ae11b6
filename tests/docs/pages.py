"""The pages and what they hold: fenced blocks, commands, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^( *)```(\S*) *([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
GENERATED = ("functions.md", "quantities.md", "inputs.md", "commands.md", "fleet.md", "api.md")


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, line, language, the word after the language, and its text."""

    page: str
    line: int
    language: str
    mark: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def pages() -> dict[str, str]:
    """Every page's path below the root, and its text."""
    paths = [path for folder in (ROOT, ROOT / "docs", ROOT / "examples") for path in sorted(folder.glob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def written_pages() -> dict[str, str]:
    """The pages that people write."""
    return {name: text for name, text in pages().items() if Path(name).name not in GENERATED}


def blocks(*languages: str, mark: str = "") -> list[Block]:
    """The fenced blocks in some languages."""
    return [
        block
        for name, text in pages().items()
        for block in page_blocks(name, text)
        if block.language in languages and block.mark == mark
    ]


def page_blocks(page: str, text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    for found in FENCE.finditer(text):
        indent, language, mark, body = found.groups()
        lines = [line.removeprefix(indent) for line in body.splitlines()]
        yield Block(page, text.count("\n", 0, found.start()) + 1, language, mark.strip(), "\n".join(lines) + "\n")


def commands() -> dict[str, list[list[str]]]:
    """The lines that start with `napkinxl`, split as a shell does, by page."""
    found: dict[str, list[list[str]]] = {}
    for block in blocks("bash", "console"):
        lines = [line.removeprefix("$ ") for line in block.text.splitlines()]
        found.setdefault(block.page, []).extend(shlex.split(line) for line in lines if line.startswith("napkinxl"))
    return {page: lines for page, lines in found.items() if lines}


def links(text: str) -> list[str]:
    """The targets of a page's relative links; code is no link."""
    plain = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    return [target for target in LINK.findall(plain) if not re.match(r"[a-z]+:", target)]


def anchors(text: str) -> set[str]:
    """What a page's headings are called in links."""
    headings = HEADING.findall(FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
