"""The sheet Start: what has to be there for the functions to answer, what to type, and what an error means."""

from __future__ import annotations

from collections.abc import Sequence

import napkinxl
from napkinxl_workbook.book import Book
from napkinxl_workbook.sheets.checks import colour_light
from napkinxl_workbook.template.hosts import TemplateHost

TITLE = "Start"
ERRORS = (
    (
        "#VALUE!",
        "An argument is not allowed: a name that is not in the catalog, a number out of its bounds, ranges of "
        "different length. EXPLAIN says which and why: the quantity's name, then gpu, model and the rest.",
    ),
    (
        "#N/A",
        "No answer: it does not fit into the memory, or nobody knows a price. FIT_VERDICT and EXPLAIN say more. "
        "Counts of users and sequences are 0 there.",
    ),
    ("#NAME?", "The program does not know the function: the steps above are not done."),
    ("other errors", "An input cell holds this error; it is passed on."),
)
EXAMPLES = (
    ('KV_CACHE_GB("Qwen3-32B",20000)', "memory of one chat"),
    ('USERS_PER_GPU("H200 SXM","Qwen3-32B",20000,0.2)', "users that one GPU serves on average"),
    ('RENT_USD_PER_SEAT_MONTH("H200 SXM","Qwen3-32B",{2000;20000;100000})', "one call for three contexts"),
    ('NAPKIN("H200 SXM","Qwen3-32B",20000)', "the whole pipeline as a table"),
    ('EXPLAIN("users_per_gpu","H200 SXM","Qwen3-32B",20000)', "the formula in words and in numbers"),
    ("GPU_LIST()", "the names that functions take"),
)


def write_start(
    book: Book,
    host: TemplateHost,
    contents: Sequence[tuple[str, str]],
    light: tuple[str, str, str],
    typed: Sequence[tuple[str, str]],
) -> None:
    """Write the sheet.

    Parameters
    ----------
    book : Book
        Where.
    host : TemplateHost
        Which program the workbook is for.
    contents : sequence of (str, str)
        The other sheets, and what each holds.
    light : (str, str, str)
        The address of the cell that says whether all is well, what it says, and how a text begins that is neither
        good nor bad.
    typed : sequence of (str, str)
        What to type, and what it answers; none where there are no functions.
    """
    sheet = book.sheet(TITLE, "What serving a language model costs", f"For {host.title}.", [30, 96], "Cover")
    sheet.page_setup.orientation = "portrait"
    address, says, amber = light
    book.text(sheet, 4, 1, "When last calculated", "nSection")
    book.formula(sheet, 4, 2, f"={address}", says, "nSection")
    colour_light(sheet, "B4", amber)
    row = _block(book, 6, "First", [(f"{number}.", text) for number, text in enumerate(host.steps, start=1)])
    row = _write_contents(book, row, contents)
    if typed:
        row = _block(book, row, "Type into any cell", [(meaning, formula) for formula, meaning in typed])
        row = _block(book, row, "What an error means", ERRORS)
    facts = [
        ("napkinxl", f"version {napkinxl.__version__}, made by napkinxl template --host {host.name}"),
        (
            "Catalog",
            "The functions read the catalog inside napkinxl; the sheets GPUs, Models and Prices only show it. "
            "To change a figure type it on Inputs; your own GPU or model is a range of field and value.",
        ),
        (
            "Preset",
            "napkin is a best case: measured serving takes about three times as long. Choose calibrated on "
            "Inputs for plans; the sheet Scenarios shows the error of each.",
        ),
        (
            "The light",
            "It tests the functions against published figures, not your inputs. It says how that came out "
            "where the workbook was calculated last, which may have been another machine.",
        ),
        (
            "Verified",
            "Each kind of template is recalculated and checked without Excel, each in its own way: see "
            "docs/hosts.md. Desktop Excel itself was not available to the project's tests.",
        ),
    ]
    _block(book, row, "About", facts if typed else [facts[0], facts[-1]])


def _block(book: Book, row: int, title: str, lines: Sequence[tuple[str, str]]) -> int:
    sheet = book.sheets[TITLE]
    book.section(sheet, row, title, 2)
    for row, (left, right) in enumerate(lines, start=row + 1):  # noqa: B020  # the next line to write
        book.text(sheet, row, 1, left, "nText")
        book.text(sheet, row, 2, right, "nWrap")
    return row + 2


def _write_contents(book: Book, row: int, contents: Sequence[tuple[str, str]]) -> int:
    sheet = book.sheets[TITLE]
    book.section(sheet, row, "Sheets", 2)
    for line, (title, meaning) in enumerate(contents, start=row + 1):
        cell = sheet.cell(line, 1, title)
        cell.hyperlink = f"#'{title}'!A1"
        cell.style = "nLink"
        book.text(sheet, line, 2, meaning, "nWrap")
    return row + len(contents) + 2
