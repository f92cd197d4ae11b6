"""The Markdown file, read by another program's parser."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown_it import MarkdownIt

from napkinxl_workbook.book import Book
from napkinxl_workbook.export.html import html_text
from napkinxl_workbook.export.markdown import markdown_text
from napkinxl_workbook.export.pages import CATALOG_SHEETS
from support.export_books import HOSTILE, chart_book, report
from support.html_pages import parse, sections, text_of
from support.report_files import CREATED


@pytest.fixture(scope="module")
def book() -> Book:
    return report()


@pytest.fixture(scope="module")
def text(book: Book) -> str:
    return markdown_text(book)


@pytest.fixture(scope="module")
def root(text: str) -> Element:
    return rendered(text)


def rendered(text: str) -> Element:
    """What a reader sees, as GitHub's kind of Markdown has it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    root: Element = html5lib.parse(parser.render(text), treebuilder="etree", namespaceHTMLElements=False)
    return root


def rows(root: Element, left_out: frozenset[str] = frozenset()) -> Iterator[list[str]]:
    for row in root.iter("tr"):
        cells = [text for text in map(text_of, row) if text]
        if cells:
            yield cells


@pytest.mark.slow
def test_tables_hold_what_the_page_holds(book: Book, root: Element) -> None:
    page = sections(parse(html_text(book)))
    ours = {tuple(row) for row in rows(root)}
    for title, section in page.items():
        if title in CATALOG_SHEETS:
            continue
        for row in rows(section):
            if len(row) > 1:  # a section's title stands over its table
                assert tuple(row) in ours, title


@pytest.mark.slow
def test_only_the_catalog_is_left_out(book: Book, text: str, root: Element) -> None:
    headings = [text_of(item).partition(":")[0] for item in root.iter("h2")]
    assert headings == [title for title in book.workbook.sheetnames if title not in CATALOG_SHEETS]
    left_out = ", ".join(title for title in book.workbook.sheetnames if title in CATALOG_SHEETS)
    assert "GPUs, Models, Presets, Prices" in left_out
    assert f"Not in this file: the sheets {left_out}" in text
    all_of_it = rendered(markdown_text(book, leave_out=()))
    assert len(list(all_of_it.iter("h2"))) == len(book.workbook.sheetnames)


@pytest.mark.slow
def test_a_hostile_name_is_only_a_name(root: Element) -> None:
    assert HOSTILE in [text_of(cell) for cell in root.iter("th")]
    tags = {str(item.tag) for item in root.iter()}
    assert tags & {"script", "img", "a", "em", "code", "strong", "del"} == set()


@pytest.mark.parametrize(
    "line",
    [
        "# no heading",
        "- no list",
        "12. no list",
        "1) no list",
        "> no quote",
        "+ no list",
        "---",
        "===",
        "~~kept~~",
        "a_b_c",
        "_kept_",
        "**kept**",
        "![x](y)",
        "&lt;",
        "\\*",
        "<b>",
        "`kept`",
        "a | b",
        "https://example.test/",
    ],
)
def test_texts_stay_as_they_are(line: str) -> None:
    book = Book()
    sheet = book.sheet("One", "One", "", [20], "Output")
    book.text(sheet, 4, 1, f"{line}\n{line}", "nAnswer")
    book.text(sheet, 6, 1, line)
    book.text(sheet, 6, 2, line)
    book.finish(["One"])
    book.describe("T", CREATED)
    root = rendered(markdown_text(book))
    assert text_of(list(root.iter("p"))[-1]) == f"{line} {line}"
    assert [text_of(cell) for cell in root.iter("td")] == [line, line]


def test_a_chart_is_a_line() -> None:
    text = markdown_text(chart_book())
    assert "Chart: Stacked. told 1\n" in text
    assert "Chart: Roofline. told \\<6> & more\n" in text


def test_numbers_stand_to_the_right() -> None:
    root = rendered(markdown_text(chart_book()))
    assert all("right" in cell.get("style", "") for cell in root.iter("td"))
