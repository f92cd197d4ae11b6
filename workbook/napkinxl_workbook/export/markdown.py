"""A book as one Markdown file: a table for each block of cells, a line for each chart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from napkinxl_workbook.book import Book
from napkinxl_workbook.charts.spec import Placed
from napkinxl_workbook.export.pages import CATALOG_SHEETS, Cell, Page, Row, Table, read_pages

# What Markdown and HTML read as markup within a line; an underscore only where it does not stand inside a word.
_MARKUP = re.compile(r"[\\`*\[<|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
# What is read as markup at the beginning of a line: headings, lists, rules, quotes.
_AT_START = re.compile(r"^(\s*\d*)(?=[#+\-=>.)])")


def markdown_text(book: Book, leave_out: Collection[str] = CATALOG_SHEETS) -> str:
    """The whole file, but for some sheets: by default those of the catalog, which is looked up, not read."""
    properties = book.workbook.properties
    blocks = [f"# {_escaped(properties.title or 'napkinxl')}"]
    if properties.created:
        blocks.append(f"Made on {properties.created:%Y-%m-%d %H:%M} UTC.")
    pages = read_pages(book)
    left_out = [page.title for page in pages if page.title in leave_out]
    if left_out:
        blocks.append(f"Not in this file: the sheets {', '.join(map(_escaped, left_out))}, which the workbook has.")
    for page in pages:
        if page.title not in leave_out:
            blocks.extend(_page_blocks(page))
    return "\n\n".join(blocks) + "\n"


def _page_blocks(page: Page) -> Iterator[str]:
    same = page.heading == page.title
    yield f"## {_escaped(page.title if same else f'{page.title}: {page.heading}')}"
    if page.subtitle:
        yield _paragraph(page.subtitle)
    for part in page.parts:
        if isinstance(part, Placed):
            yield f"Chart: {_escaped(part.chart.title)}. {_escaped(part.chart.alt)}"
        elif part.columns == 1:
            yield from (_title_or_text(row) for row in part.rows)
        else:
            yield from _table_blocks(part)


def _title_or_text(row: Row) -> str:
    text = row.cells[0].text
    return f"### {_escaped(text)}" if row.kind == "section" else _paragraph(text)


def _table_blocks(table: Table) -> Iterator[str]:
    """One table for each section, each with the header, under the section's title."""
    headers = [row for row in table.rows if row.kind == "header"][:1]
    rows: list[Row] = []
    for row in table.rows:
        if row.kind == "section":
            if rows:
                yield _grid(headers, rows, table.columns)
                rows = []
            yield _title_or_text(row)
        elif row not in headers:
            rows.append(row)
    if rows:
        yield _grid(headers, rows, table.columns)


def _grid(headers: Sequence[Row], rows: Sequence[Row], columns: int) -> str:
    # Without a header of its own a table still needs one, which is blank.
    head = _texts(headers[0]) if headers else [""] * columns
    columns_of_cells = zip(*map(_spread, [*headers, *rows]), strict=True)
    right = [any(cell.right and cell.text for cell in cells) for cells in columns_of_cells]
    rule = ["---:" if numeric else "---" for numeric in right]
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, rule, *map(_texts, rows)])


def _texts(row: Row) -> list[str]:
    return [_escaped(cell.text).replace("\n", "<br>") for cell in _spread(row)]


def _spread(row: Row) -> list[Cell]:
    """The cells with a blank one for each column that a wider one covers."""
    return [item for cell in row.cells for item in (cell, *[Cell("")] * (cell.span - 1))]


def _paragraph(text: str) -> str:
    """A text that stands by itself, its lines kept.

    >>> _paragraph("- one\\n2. two")
    '\\\\- one\\\\\\n2\\\\. two'
    """
    return "\\\n".join(_AT_START.sub(r"\1\\", _escaped(line)) for line in text.splitlines())


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is.

    >>> _escaped("a|b *c* kv_bits")
    'a\\\\|b \\\\*c\\\\* kv_bits'
    """
    return _MARKUP.sub(r"\\\g<0>", text)
