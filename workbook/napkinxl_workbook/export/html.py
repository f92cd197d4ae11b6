"""A book as one HTML file that needs nothing else: tables, pictures of the charts, links between the sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Placed
from napkinxl_workbook.export.inline_svg import inline_svg
from napkinxl_workbook.export.pages import CATALOG_SHEETS, Cell, Page, Row, Table, read_pages
from napkinxl_workbook.sheets.balances import BAD, GOOD, WARNING
from napkinxl_workbook.sheets.checks import ALL_GOOD, NO_ERRORS

_PACKAGE, _TEMPLATE = "napkinxl_workbook.export", "report.html"
_LIGHTS: Final = {GOOD: "good", ALL_GOOD: "good", WARNING: "judge", BAD: "bad"}
_PLAIN_BLACK: Final = "000000"
_USUAL_POINTS: Final = 10
_CODE_FONTS: Final = ("Consolas",)


def html_text(book: Book) -> str:
    """The whole page."""
    pages = read_pages(book)
    environment = Environment(
        loader=PackageLoader(_PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        picture=_Pictures(book).picture, bodies=_bodies, css_class=_css_class, cell_classes=_cell_classes
    )
    environment.tests.update(table=lambda part: isinstance(part, Table), prose=_is_prose)
    properties = book.workbook.properties
    return environment.get_template(_TEMPLATE).render(
        title=properties.title or "napkinxl",
        created=properties.created,
        pages=pages,
        anchors={page.title: f"sheet-{number}" for number, page in enumerate(pages, start=1)},
        catalog=CATALOG_SHEETS,
        styles=Markup("\n".join(_style_rules(book, pages))),  # noqa: S704 - colours and names of our own styles
    )


class _Pictures:
    """The charts of a book as elements of the page, each with ids of its own."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def picture(self, placed: Placed) -> Markup:
        """One chart."""
        # Half a second that only pages with charts have to wait for.
        from napkinxl_workbook.export.pictures import svg

        name = f"chart-{self._book.charts.index(placed) + 1}"
        drawn = inline_svg(svg(self._book, placed), name, placed.chart.title, placed.chart.alt)
        return Markup(drawn)  # noqa: S704 - made from a tree, which escapes the texts in it


def _is_prose(table: Table) -> bool:
    """Whether there is but one column of texts and titles, which need no table."""
    return table.columns == 1 and all(row.kind != "header" for row in table.rows)


def _bodies(table: Table) -> Iterator[list[Row]]:
    """The rows of a table in groups: headers at the top, then one group for each section."""
    group: list[Row] = []
    for row in table.rows:
        if group and (row.kind == "section" or (group[-1].kind == "header" and row.kind != "header")):
            yield group
            group = []
        group.append(row)
    yield group


def _css_class(style: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "-", style)


def _cell_classes(cell: Cell) -> str:
    light = "judge" if cell.text.startswith(NO_ERRORS) else _LIGHTS.get(cell.text, "")
    return " ".join(filter(None, [_css_class(cell.style), "right" if cell.right else "", light]))


def _style_rules(book: Book, pages: list[Page]) -> Iterator[str]:
    """The workbook's named styles in CSS, as far as they are used."""
    used = {
        cell.style
        for page in pages
        for part in page.parts
        if isinstance(part, Table)
        for row in part.rows
        for cell in row.cells
    }
    workbook: Any = book.workbook  # the stubs leave the styles out
    for style in workbook._named_styles:
        if style.name in used and style.name != "Normal":
            yield f".{_css_class(style.name)} {{ {'; '.join(_declarations(style))} }}"


def _declarations(style: Any) -> Iterator[str]:
    colour = str(style.font.color.rgb)[-6:] if style.font.color is not None else _PLAIN_BLACK
    yield f"color: #{colour}"
    yield f"font-weight: {600 if style.font.b else 400}"
    if style.font.sz < _USUAL_POINTS:
        yield f"font-size: {style.font.sz / _USUAL_POINTS:g}em"
    if style.font.i:
        yield "font-style: italic"
    if style.font.name in _CODE_FONTS:
        yield "font-family: var(--code)"
    if style.fill.fill_type == "solid":
        yield f"background: #{str(style.fill.fgColor.rgb)[-6:]}"
