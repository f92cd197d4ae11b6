"""The HTML file: it stands by itself, keeps to the standard, and shows what the workbook shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from html5lib.html5parser import ParseError
from openpyxl.chart import Reference

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Axis, Chart, Series
from napkinxl_workbook.export.html import html_text
from napkinxl_workbook.export.markdown import markdown_text
from napkinxl_workbook.export.pages import CATALOG_SHEETS
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.theme import NAVY
from support.export_books import HOSTILE, chart_book, report
from support.html_pages import parse, sections, shown_rows, text_of
from support.report_files import CREATED
from support.shown_cells import same_text, shown_cells

# What loads something, or runs: none may be there.
FORBIDDEN_ELEMENTS = {"script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "image"}
SMALLEST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


@pytest.fixture(scope="module")
def book() -> Book:
    return report()


@pytest.fixture(scope="module")
def text(book: Book) -> str:
    return html_text(book)


@pytest.fixture(scope="module")
def page(text: str) -> Element:
    return parse(text)


def test_a_page_that_breaks_the_standard_is_found(text: str) -> None:
    with pytest.raises(ParseError):
        parse(text.replace("</table>", "</tabel>", 1))


@pytest.mark.slow
def test_every_sheet_shows_what_libreoffice_shows(book: Book, page: Element, tmp_path: Path) -> None:
    write_workbook(book.workbook, tmp_path / "report.xlsx", book.values, created=CREATED)
    theirs = shown_cells(tmp_path / "report.xlsx", tmp_path)
    ours = sections(page)
    assert list(ours) == book.workbook.sheetnames
    assert set(theirs) == set(ours)
    cells, differences = 0, []
    for title, rows in theirs.items():
        expected = [[" ".join(cell.split()) for cell in row if cell.strip()] for row in rows]
        expected = [row for row in expected if row]
        found = shown_rows(ours[title])
        assert len(found) == len(expected), title
        for one, other in zip(found, expected, strict=True):
            assert len(one) == len(other), (title, one, other)
            cells += len(one)
            differences += [pair for pair in zip(one, other, strict=True) if not same_text(*pair)]
    # A formula in General takes over the format of the cells that it names in LibreOffice; in Excel it does not.
    assert all(ours_is == theirs_is.replace(",", "") for ours_is, theirs_is in differences)
    assert len(differences) < cells / 500


def test_nothing_is_loaded_or_run(text: str, page: Element) -> None:
    assert {item.tag for item in page.iter()} & FORBIDDEN_ELEMENTS == set()
    names = {name for item in page.iter() for name in item.attrib}
    assert [name for name in names if name.startswith("on")] == []
    targets = [value for item in page.iter() for name, value in item.attrib.items() if name in ("href", "src")]
    assert targets
    assert all(target.startswith("#") for target in targets)
    styles = " ".join([*(item.text or "" for item in page.iter("style")), *(i.get("style", "") for i in page.iter())])
    assert "@import" not in styles
    assert all(address.startswith("#") for address in re.findall(r"url\(([^)]*)\)", styles))
    policy = next(item.get("content", "") for item in page.iter("meta") if item.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_a_hostile_name_is_only_a_name(book: Book, page: Element) -> None:
    cells = [text_of(cell) for cell in page.iter("th")]
    assert HOSTILE in cells
    assert "=1+1" in cells
    assert next(page.iter("title")).text == book.workbook.properties.title


def test_links_and_references_have_their_target(page: Element) -> None:
    ids = [item.get("id") for item in page.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    linked = [item.get("href", "#")[1:] for item in page.iter("a")]
    told = [item.get(name, "") for item in page.iter() for name in ("aria-labelledby", "aria-describedby")]
    drawn = [
        found
        for item in page.iter()
        for value in item.attrib.values()
        for found in re.findall(r"url\(#([^)]+)\)", value)
    ]
    used = [item.get("href", "#")[1:] for item in page.iter("use")]
    assert drawn
    assert {*linked, *filter(None, told), *drawn, *used} <= set(ids)


def test_the_links_of_the_summary_lead_to_the_sheets(book: Book, page: Element) -> None:
    by_title = sections(page)
    links = [item for item in by_title[book.workbook.sheetnames[0]].iter("a") if text_of(item) in by_title]
    assert len(links) >= len(CATALOG_SHEETS)
    assert all(link.get("href") == f"#{by_title[text_of(link)].get('id')}" for link in links)


def test_people_who_do_not_see_it_are_told(page: Element) -> None:
    assert next(page.iter("html")).get("lang") == "en"
    levels = [int(item.tag[1]) for item in page.iter() if re.fullmatch("h[1-6]", str(item.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {item.get("scope") for item in page.iter("th")} == {"col", "row", "rowgroup"}
    for drawing in page.iter("svg"):
        assert drawing.get("role") == "img"
        assert drawing[0].tag == "title"
        assert drawing[1].tag == "desc"
        assert drawing[0].text
        assert drawing[1].text
    for box in page.iter("div"):
        assert (box.get("tabindex"), bool(box.get("aria-label"))) == ("0", True)  # scrolls by keyboard


def test_tables_are_as_wide_as_their_rows(page: Element) -> None:
    for table in page.iter("table"):
        columns = len(list(table.iter("col")))
        for row in table.iter("tr"):
            assert sum(int(cell.get("colspan", "1")) for cell in row) == columns


def test_only_the_catalog_is_folded(page: Element) -> None:
    folded = {title for title, section in sections(page).items() if list(section.iter("details"))}
    assert folded == CATALOG_SHEETS


def test_colours_can_be_read(text: str) -> None:
    rules = re.findall(r"\.(n\w+|good|judge|bad) \{ ?([^}]*)\}", text)
    assert len(rules) > 10
    for name, rule in rules:
        colour = re.search(r"(?<!-)color: (#\w{6})", rule)
        ground = re.search(r"background: (#\w{6})", rule)
        if colour:
            assert contrast(colour[1], ground[1] if ground else "#ffffff") >= SMALLEST_CONTRAST, name


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2.2 defines it."""
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known grey that just fails


def test_the_same_book_gives_the_same_bytes() -> None:
    assert html_text(chart_book()) == html_text(chart_book())


def test_charts_stand_where_they_are_placed() -> None:
    (data,) = sections(parse(html_text(chart_book()))).values()
    figures = [text_of(item) for item in data.iter("figcaption")]
    assert figures == ["Stacked", "Waterfall", "Clustered", "Sideways", "Lines", "Roofline"]
    assert [item.tag for item in data if item.tag in ("div", "figure")] == ["div", *["figure"] * 6]
    assert [item.text for item in data.iter("desc")][-1] == "told <6> & more"


def test_only_html_needs_the_packages_that_make_it() -> None:
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import sys, napkinxl_workbook.report; print({'matplotlib', 'jinja2'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=paths)
    assert done.stdout.strip() == "set()"


@pytest.mark.slow
def test_signs_that_a_file_cannot_hold_are_dropped() -> None:
    name = "bell\x07 \ud800</svg><script>"
    book = Book()
    sheet = book.sheet("Data", "Data", "", [10], "Output")
    book.formula(sheet, 4, 1, "=1", name)
    points = Reference(sheet, min_row=4, max_row=4, min_col=1)
    chart = Chart(name, name, points, tuple(Series(name, points, NAVY) for _ in range(2)), Axis(name), Axis(name))
    book.chart(sheet, "D4", chart)
    book.describe("T", CREATED)
    text = html_text(book)
    assert text.encode("utf-8")
    (data,) = sections(parse(text)).values()
    shown = [text_of(item) for tag in ("figcaption", "title", "desc", "th", "p") for item in data.iter(tag)]
    assert shown.count("bell </svg><script>") == 4
    assert not list(parse(text).iter("script"))
    write_workbook(book.workbook, BytesIO(), book.values, created=CREATED)  # nor does the workbook refuse them
    assert "\x07" not in markdown_text(book).encode("utf-8").decode("utf-8")
