"""A book as a PDF file: LibreOffice prints the workbook, with a profile that is made for it and thrown away."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from napkinxl.errors import FileError
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.cached_values import write_workbook
from napkinxl_workbook.soffice import find_soffice, run_soffice

PRINT_SECONDS: Final = 300
_STARTUP: Final = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")


def needed_soffice() -> Path:
    """LibreOffice's program.

    Raises:
        FileError: there is none on this machine.
    """
    found = find_soffice()
    if found is None:
        raise FileError(
            "a PDF needs LibreOffice, which was not found: install it, or write .xlsx and save that as PDF in Excel, "
            "or write .html"
        )
    return found


def pdf_bytes(book: Book) -> bytes:
    """The PDF file, printed as the workbook's page set-up says.

    Raises:
        FileError: there is no LibreOffice, or it made no file.
    """
    soffice = needed_soffice()
    with TemporaryDirectory(prefix="napkinxl-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, profile = folder / "report.xlsx", folder / "profile"
        created = book.workbook.properties.created
        assert created is not None
        write_workbook(book.workbook, source, book.values, created=created)
        address = f"-env:UserInstallation={profile.resolve().as_uri()}"
        # The exit code is 0 even where nothing was printed.
        command = [str(soffice), address, *_STARTUP, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        run_soffice(command, PRINT_SECONDS, "print the PDF")
        printed = source.with_suffix(".pdf")
        if not printed.exists():
            raise FileError("LibreOffice made no PDF; write .xlsx and save that as PDF by hand, or write .html")
        return printed.read_bytes()
