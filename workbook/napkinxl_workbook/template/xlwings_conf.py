"""The sheet xlwings.conf of a classic template: where Python is and which module holds the functions."""

from __future__ import annotations

import sys

from napkinxl_addin.functions import UDF_MODULE
from napkinxl_workbook.book import Book
from napkinxl_workbook.files.text_cells import set_text

TITLE = "xlwings.conf"


def write_xlwings_conf(book: Book, interpreter: str | None) -> None:
    """Write the sheet: keys in column A and values in B from the first row on, as xlwings reads it.

    Parameters
    ----------
    book : Book
        Where.
    interpreter : str, optional
        The path of Python on the machines that open the workbook; by default this one on Windows, else whatever
        Windows finds as python.
    """
    sheet = book.workbook.create_sheet(TITLE)
    book.sheets[TITLE] = sheet
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    here = sys.executable if sys.platform == "win32" else "python"
    rows = {
        "Interpreter_Win": interpreter or here,
        "UDF Modules": UDF_MODULE,
        "Debug UDFs": "False",
        "Show Console": "False",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    }
    for row, (key, value) in enumerate(rows.items(), start=1):
        set_text(sheet.cell(row, 1), key)
        set_text(sheet.cell(row, 2), value)
