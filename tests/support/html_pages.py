"""HTML pages read by a parser of the standard: what stands in their tables, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

NOT_CELLS = ("tab", "back")


def parse(text: str) -> Element:
    """The tree of a page; a page that breaks the standard fails."""
    parser: Any = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    root: Element = parser.parse(text)
    for item in root.iter():
        if isinstance(item.tag, str):
            item.tag = item.tag.rpartition("}")[2]  # of drawings
    return root


def text_of(element: Element) -> str:
    """All text in an element, its white space as one blank."""
    return " ".join("".join(element.itertext()).split())


def sections(root: Element) -> dict[str, Element]:
    """The sections of the page by what the navigation calls them."""
    by_id = {item.get("id", ""): item for item in root.iter("section")}
    links = [link for nav in root.iter("nav") for link in nav.iter("a")]
    return {text_of(link): by_id[link.get("href", "").removeprefix("#")] for link in links}


def shown_rows(section: Element) -> list[list[str]]:
    """What a section shows, row by row, blanks left out: headings, texts, rows of tables."""
    return [row for row in _rows(section) if row]


def _rows(element: Element) -> Iterator[list[str]]:
    for child in element:
        if child.tag == "figure" or child.tag == "summary" or child.get("class") in NOT_CELLS:
            continue
        if child.tag == "tr":
            yield [text for text in map(text_of, child) if text]
        elif child.tag in ("h2", "h3", "p"):
            yield [text_of(child)]
        else:
            yield from _rows(child)
