"""The kinds of file that a report is written as; the ending of its name says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from napkinxl.errors import InputError
from napkinxl_workbook.files.safe_files import write_bytes

if TYPE_CHECKING:
    from napkinxl_workbook.book import Book

XLSX: Final = ".xlsx"


def _html(book: Book) -> bytes:
    from napkinxl_workbook.export.html import html_text

    return html_text(book).encode("utf-8")


def _markdown(book: Book) -> bytes:
    from napkinxl_workbook.export.markdown import markdown_text

    return markdown_text(book).encode("utf-8")


def _pdf(book: Book) -> bytes:
    from napkinxl_workbook.export.pdf import pdf_bytes

    return pdf_bytes(book)


_WRITERS: Final[dict[str, Callable[[Book], bytes]]] = {".pdf": _pdf, ".html": _html, ".md": _markdown}
ENDINGS: Final = (XLSX, *_WRITERS)


def report_ending(path: Path) -> str:
    """The ending of a report's name, checked before long work.

    Raises:
        InputError: reports are not written with that ending.
        FileError: it is .pdf, and there is no LibreOffice to print it.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(f"a report's name must end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, got {path.name!r}")
    if ending == ".pdf":
        from napkinxl_workbook.export.pdf import needed_soffice

        needed_soffice()
    return ending


def write_book(book: Book, path: Path, created: datetime) -> None:
    """Write a report as the ending of its name says; an old file is replaced by a whole new one.

    Raises:
        InputError: reports are not written with that ending.
        FileError: the file cannot be written, or there is no LibreOffice to print a PDF.
    """
    ending = report_ending(path)
    if ending == XLSX:
        from napkinxl_workbook.files.cached_values import write_workbook

        write_workbook(book.workbook, path, book.values, created=created)
    else:
        write_bytes(path, _WRITERS[ending](book))
